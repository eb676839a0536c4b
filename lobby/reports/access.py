"""Who may read the reports, of which branch, and of which day."""

from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request

from lobby import typed_text
from lobby.queueing.model.plan import Plan
from lobby.web.services import Services, services_of
from lobby.web.staff import Role, Staff, require_staff

READERS = (Role.BRANCH_HEAD, Role.ADMINISTRATOR, Role.AUDITOR)


async def report_reader(request: Request) -> tuple[Services, Staff, Plan]:
    """Who may read reports, and the only branch whose reports they may read: their own."""
    staff = await require_staff(request, *READERS)
    services = services_of(request)
    return services, staff, services.branches[staff.branch_id].plan


def day_named(text: str) -> date:
    """Raises the 404 of a day that is none."""
    day = typed_text.day(text)
    if day is None:
        raise HTTPException(404)
    return day
