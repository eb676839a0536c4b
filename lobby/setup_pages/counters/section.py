"""Counters, as a section of a branch's set-up."""

from lobby.i18n.texts import mark
from lobby.setup_pages.counters.changed import changed, field_of
from lobby.setup_pages.counters.rows import COUNTERS as AT
from lobby.setup_pages.counters.rows import PREMIUM, rows, told, typed
from lobby.setup_pages.section import Section

COUNTERS = Section(
    path="counters",
    template="setup_pages/counters/page.html",
    title=mark("Counters"),
    about=(AT, PREMIUM),
    rows=rows,
    typed=typed,
    changed=changed,
    field_of=field_of,
    told=told,
)
