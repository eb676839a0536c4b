"""Who asks for a page of a branch's set-up, about which branch, and what a form says of days."""

import re
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request

from lobby.i18n.formats import long_date
from lobby.i18n.texts import texts
from lobby.queueing.model.plan import Plan
from lobby.setup.refusals import SetUpRefusedError
from lobby.setup_pages.days import day_in
from lobby.web.commands import FormFields
from lobby.web.pages import language_of
from lobby.web.services import Services, services_of
from lobby.web.staff import Role, Staff, require_staff

SEEN = re.compile(r"-?[0-9]{1,11}")


@dataclass(frozen=True, slots=True)
class SetUpRequest:
    """Of an administrator, who sees all branches, or of a branch's head, who sees their own."""

    request: Request
    services: Services
    staff: Staff
    language: str
    plan: Plan
    plans: tuple[Plan, ...]

    @property
    def today(self) -> date:
        return self.plan.business_day(self.services.clock.now())

    def say(self, text: str) -> str:
        return texts(self.language).gettext(text)

    def sentence(self, refused: SetUpRefusedError) -> str:
        blanks = {
            name: self._told(value) if name == "day" else value
            for name, value in refused.blanks.items()
        }
        return self.say(refused.problem.value) % blanks

    def _told(self, value: str | int) -> str:
        day = day_in(str(value))
        return long_date(day, self.language) if day is not None else str(value)


async def asked_for(request: Request, branch_id: str) -> SetUpRequest:
    """Refuses (403) who sets up no branch, and knows (404) no branch that they do not see."""
    staff = await require_staff(request, Role.ADMINISTRATOR, Role.BRANCH_HEAD)
    services = services_of(request)
    every = [branch.plan for branch in services.branches.values()]
    sees_all = staff.role is Role.ADMINISTRATOR
    plans = tuple(each for each in every if sees_all or each.id == staff.branch_id)
    wanted = branch_id or staff.branch_id
    plan = next((each for each in plans if each.id == wanted), None)
    if plan is None:
        raise HTTPException(404)
    language = language_of(request, staff.language)
    return SetUpRequest(request, services, staff, language, plan, plans)


def seen_in(form: FormFields) -> int | None:
    """The newest change that whoever sends the form has seen."""
    text = form.get("seen", "")
    return int(text) if SEEN.fullmatch(text) else None
