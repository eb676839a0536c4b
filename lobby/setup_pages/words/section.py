"""The branch's words, as a section of its set-up."""

from lobby.i18n.texts import mark
from lobby.setup_pages.section import Section
from lobby.setup_pages.words.changed import changed, field_of
from lobby.setup_pages.words.rows import PHONES, rows, told, typed

WORDS = Section(
    path="words",
    template="setup_pages/words/page.html",
    title=mark("Name and telephones"),
    about=(("branch", "names"), *((name,) for name in PHONES)),
    rows=rows,
    typed=typed,
    changed=changed,
    field_of=field_of,
    told=told,
)
