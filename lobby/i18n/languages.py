"""The languages of Lobby, each by its own name, in the order in which they are offered."""

LANGUAGES = ("zh", "vi", "en")
OWN_NAMES = {"zh": "中文", "vi": "Tiếng Việt", "en": "English"}
HTML_CODES = {"zh": "zh-CN", "vi": "vi", "en": "en"}
"""What a page says of itself, so that browsers pick the right glyphs and voices."""
