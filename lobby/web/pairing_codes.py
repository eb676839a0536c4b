"""The codes with which devices join: how long they are and how long they live."""

from datetime import timedelta

NAME_LETTERS_MAX = 60
"""Of a device: what a card in the list of devices shows on two lines."""

CODE_LIVES = timedelta(minutes=5)
CODE_DIGITS = 8
