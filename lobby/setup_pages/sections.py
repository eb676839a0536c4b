"""The sections of a branch's set-up, in the order in which a new branch goes through them."""

from lobby.setup_pages.counters.section import COUNTERS
from lobby.setup_pages.hours.section import HOURS
from lobby.setup_pages.section import Section
from lobby.setup_pages.services.section import SERVICES
from lobby.setup_pages.words.section import WORDS

SECTIONS: tuple[Section, ...] = (SERVICES, COUNTERS, HOURS, WORDS)
AFTER_LAST = "/people?first=1"


def after(section: Section, branch_id: str) -> str:
    """Where the first run goes on."""
    at = next(number for number, each in enumerate(SECTIONS) if section.path.startswith(each.path))
    if at + 1 == len(SECTIONS):
        return AFTER_LAST
    return f"/setup/{SECTIONS[at + 1].path}?first=1&branch={branch_id}"


def section_at(path: str) -> Section | None:
    return next((each for each in SECTIONS if each.path == path), None)
