"""When a branch is open, as a section of its set-up."""

from lobby.i18n.texts import mark
from lobby.setup_pages.hours.changed import changed, field_of
from lobby.setup_pages.hours.rows import rows, told, typed
from lobby.setup_pages.section import Section

HOURS = Section(
    path="hours",
    template="setup_pages/hours/page.html",
    title=mark("Opening hours"),
    about=(("hours",),),
    rows=rows,
    typed=typed,
    changed=changed,
    field_of=field_of,
    told=told,
)
