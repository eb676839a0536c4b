"""The error of a setting, for all files that read settings."""


class SettingsError(Exception):
    """One sentence: which setting is wrong, what it is, and what it may be."""
