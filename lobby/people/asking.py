"""One request of the pages of people, read once: who asks, and whose accounts they see."""

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from lobby.accounts.authority import looks_after, roles_given_by
from lobby.accounts.commands import Command, Done
from lobby.accounts.passwords import TooBusyError
from lobby.accounts.refusals import AccountRefusedError, Problem
from lobby.accounts.roles import ROLES
from lobby.branch import Actor, ActorKind
from lobby.i18n.texts import texts
from lobby.queueing.model.plan import Plan
from lobby.screens.words import speaker
from lobby.store.accounts import Account, account_by_id
from lobby.web.pages import language_of
from lobby.web.services import Services, services_of
from lobby.web.staff import Role, Staff, require_staff


@dataclass(frozen=True, slots=True)
class PeopleRequest:
    """Of an administrator, who sees all branches, or of a branch's head, who sees their own."""

    request: Request
    services: Services
    staff: Staff
    language: str

    @property
    def plan(self) -> Plan:
        """Of the asking person's own branch: its clock tells the times on the page."""
        return self.services.branches[self.staff.branch_id].plan

    @property
    def plans(self) -> tuple[Plan, ...]:
        every = [branch.plan for branch in self.services.branches.values()]
        sees_all = self.staff.role is Role.ADMINISTRATOR
        return tuple(plan for plan in every if sees_all or plan.id == self.staff.branch_id)

    @property
    def plans_by_id(self) -> dict[str, Plan]:
        return {plan.id: plan for plan in self.plans}

    @property
    def roles(self) -> tuple[Role, ...]:
        """Those that this person may give."""
        return roles_given_by(self.staff)

    def may_change(self, account: Account) -> bool:
        staff = account.staff
        return looks_after(self.staff, role=staff.role, branch_id=staff.branch_id)

    async def account_or_404(self) -> Account:
        """The one in the address; who sees one branch knows nothing of another."""
        staff_id = self.request.path_params["staff_id"]
        account = await self.services.store.read(lambda c: account_by_id(c, staff_id))
        if account is None or account.staff.branch_id not in self.plans_by_id:
            raise HTTPException(404)
        return account

    async def perform(self, command: Command) -> Done:
        """Raises `AccountRefusedError`; 404 for an account that is not there, 503 where too many
        passwords are being looked at."""
        return await performed(self.services, command, self.staff)

    def sentence(self, refused: AccountRefusedError) -> str:
        return sentence_of(refused, self.language)

    def page(self, template: str, status_code: int = 200, **context: Any) -> Response:
        return self.services.pages.page(
            self.request,
            template,
            self.language,
            status_code=status_code,
            me=self.staff,
            plan=self.plan,
            plans=self.plans,
            plans_by_id=self.plans_by_id,
            roles=ROLES,
            say=speaker(self.language),
            **context,
        )


async def people_request(request: Request) -> PeopleRequest:
    """Refuses (403) who looks after nobody's account."""
    staff = await require_staff(request, Role.ADMINISTRATOR, Role.BRANCH_HEAD)
    language = language_of(request, staff.language)
    return PeopleRequest(request, services_of(request), staff, language)


async def performed(services: Services, command: Command, staff: Staff) -> Done:
    actor = Actor(ActorKind.STAFF, str(staff.id))
    try:
        return await services.accounts.perform(command, actor)
    except TooBusyError:
        raise HTTPException(503) from None
    except AccountRefusedError as refused:
        if refused.problem is Problem.GONE:
            raise HTTPException(404) from None
        raise


def sentence_of(refused: AccountRefusedError, language: str) -> str:
    return texts(language).gettext(refused.problem.value) % refused.blanks
