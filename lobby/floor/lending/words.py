"""The kinds of things a branch lends, with their words and icons."""

from lobby.i18n.texts import mark

KINDS = {
    "glasses": mark("Reading glasses"),
    "umbrella": mark("Umbrella"),
    "wheelchair": mark("Wheelchair"),
    "charger": mark("Phone charger"),
    "pager": mark("Pager"),
    "other": mark("Other"),
}

ICONS = {
    "glasses": "glasses",
    "umbrella": "umbrella",
    "wheelchair": "wheelchair",
    "charger": "charger",
    "pager": "pager",
    "other": "box",
}

STRENGTHS = ("+1.0", "+1.5", "+2.0", "+2.5", "+3.0", "+3.5", "+4.0")
"""The usual strengths of reading glasses, offered where the detail is typed."""

DETAIL_LENGTH_MAX = 40
TOTAL_MAX = 999
