"""A polite no: what every refusal of the core is."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule said no. Nothing has changed."""
