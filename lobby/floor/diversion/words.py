"""Reasons for declining a machine or coming back from one: one tap, kept with the ticket."""

from lobby.i18n.texts import mark

DECLINED = (
    mark("Prefers to speak with a person"),
    mark("Is unsure with machines"),
    mark("Has coins or other papers"),
    mark("The wait is short enough"),
)

RETURNED = (
    mark("The machine did not work"),
    mark("The machine did not take the notes or the card"),
    mark("It was too difficult"),
    mark("Changed their mind"),
)
"""A reason is kept in English, like every ready-made one, and read in any language."""
