"""One request from the lobby: who walks there, in which branch, and what they read."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from lobby.branch import Actor, ActorKind, Branch
from lobby.web.hall_words import speaker
from lobby.web.house import House, house_of
from lobby.web.pages import language_of
from lobby.web.staff import Role, Staff, require_staff

ROLES = (Role.LOBBY_MANAGER, Role.BRANCH_HEAD)


@dataclass(frozen=True, slots=True)
class Round:
    house: House
    staff: Staff
    branch: Branch
    language: str

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, str(self.staff.id))

    def page(
        self, request: Request, template: str, status_code: int = 200, **context: Any
    ) -> Response:
        """A page of the tablet with what all of them show."""
        return self.house.pages.page(
            request,
            template,
            self.language,
            status_code=status_code,
            staff=self.staff,
            plan=self.branch.plan,
            say=speaker(self.language),
            **context,
        )


async def round_of(request: Request) -> Round:
    house = house_of(request)
    staff = await require_staff(request, *ROLES)
    language = language_of(request, staff.language)
    return Round(house, staff, house.branches[staff.branch_id], language)
