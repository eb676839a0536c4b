"""Names of staff by the ids under which the hall knows them."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from lobby.branch import Branch
from lobby.store.people import staff_of_branch
from lobby.web.services import Services

_KNOWN: WeakKeyDictionary[Branch, dict[str, str]] = WeakKeyDictionary()


async def staff_names(services: Services, branch: Branch) -> Callable[[str], str]:
    """From a teller's id to their name; empty for somebody who has left.

    The answers come from memory and are read anew whenever somebody opens a page, so whoever
    can sit down at a counter is known to every screen of the branch by then.
    """
    known = _KNOWN.setdefault(branch, {})
    people = await services.store.read(lambda connection: staff_of_branch(connection, branch.id))
    known.update((str(person.id), person.name) for person in people)
    return lambda teller: known.get(teller, "")
