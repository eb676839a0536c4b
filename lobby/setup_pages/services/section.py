"""The services of a branch, and each of them, as sections of its set-up."""

from lobby.i18n.texts import mark
from lobby.setup_pages.section import Section
from lobby.setup_pages.services import one
from lobby.setup_pages.services.changed import changed, field_of
from lobby.setup_pages.services.rows import rows, told, typed

SERVICES = Section(
    path="services",
    template="setup_pages/services/page.html",
    title=mark("Services"),
    about=(("services",), ("routine",)),
    rows=rows,
    typed=typed,
    changed=changed,
    field_of=field_of,
    told=told,
)


def service_section(code: str) -> Section:
    """Of one service of the branch."""
    service = one.OneService(code)
    return Section(
        path=f"services/{code}",
        template="setup_pages/services/one.html",
        title=mark("Service"),
        about=(("services", code),),
        rows=service.rows,
        typed=service.typed,
        changed=service.changed,
        field_of=service.field_of,
        told=told,
    )
