"""After a restore: what the people in the hall have to know of it, for the rest of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lobby.i18n.formats import clock_time, ticket_code
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.numbering import ticket_number
from lobby.store.epochs import Epoch


@dataclass(frozen=True, slots=True)
class RestoredView:
    """`kept_until` is empty where the backup had nothing in it; `lost` and `following` are numbers
    as they are printed. Where not `is_known`, nobody can say which numbers were lost."""

    at: str
    kept_until: str
    lost: str
    following: str
    is_known: bool


def restored_view(restored: Mapping[str, Epoch], hall: Hall, now: datetime) -> RestoredView | None:
    """None on any other day."""
    plan = hall.plan
    epoch = restored.get(plan.id)
    if epoch is None or plan.business_day(epoch.began_at) != plan.business_day(now):
        return None
    loss = epoch.loss
    backup_at = datetime.fromisoformat(loss.backup_at) if loss.backup_at else None
    return RestoredView(
        at=clock_time(epoch.began_at, plan),
        kept_until=clock_time(backup_at, plan) if backup_at else "",
        lost=", ".join(_span(prefix, *loss.lost[prefix]) for prefix in sorted(loss.lost)),
        following=", ".join(
            ticket_code(ticket_number(prefix, last + 1))
            for prefix, last in sorted(loss.last_given.items())
        ),
        is_known=loss.is_known,
    )


def _span(prefix: str, first: int, last: int) -> str:
    one = ticket_code(ticket_number(prefix, first))
    return one if first == last else f"{one} – {ticket_code(ticket_number(prefix, last))}"
