"""Words of lost items: kinds, ways to reach the owner, results and endings."""

from collections.abc import Iterator

from lobby.floor.core.places import place_words, places_of
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.store.lost_items import Direction, ItemState

KINDS = {
    "phone": mark("Phone"),
    "wallet": mark("Wallet"),
    "card": mark("Bank card"),
    "identity": mark("Identity papers"),
    "papers": mark("Papers"),
    "keys": mark("Keys"),
    "bag": mark("Bag"),
    "glasses": mark("Glasses"),
    "umbrella": mark("Umbrella"),
    "clothes": mark("Clothes"),
    "cash": mark("Cash"),
    "other": mark("Another thing"),
}

DIRECTIONS = {
    Direction.FOUND: mark("Found here"),
    Direction.MISSED: mark("Reported missing by a customer"),
}

STATES = {
    ItemState.OPEN: mark("Still open"),
    ItemState.RETURNED: mark("Given back to the owner"),
    ItemState.CLOSED: mark("Closed"),
}

WAYS = {
    "phone": mark("By phone"),
    "message": mark("By message"),
    "in_person": mark("In person"),
}

RESULTS = {
    "comes": mark("Will come to collect it"),
    "not_reached": mark("Not reached"),
    "not_theirs": mark("Not the owner"),
}

ENDINGS = {
    "identity_seen": (ItemState.RETURNED, mark("Given to the owner, identity card seen")),
    "described": (ItemState.RETURNED, mark("Given to the owner, who described it correctly")),
    "police": (ItemState.CLOSED, mark("Handed to the police")),
    "head_office": (ItemState.CLOSED, mark("Sent to head office")),
    "not_found": (ItemState.CLOSED, mark("Not found here")),
}


def codes_meaning(word: str, plan: Plan, language: str) -> Iterator[str]:
    """Kinds and places whose words contain this one, as whoever searches reads them."""
    text, sought = texts(language), word.casefold()
    named = {kind: text.gettext(words) for kind, words in KINDS.items()}
    named |= {place: place_words(plan, place, language) for place in places_of(plan)}
    return (code for code, words in named.items() if sought in words.casefold())
