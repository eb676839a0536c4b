"""What a teller does at counter 1, step by step, for tests that begin in the middle of it."""

from tests.app.app import LocalApp


def called(door: LocalApp, service: str = "A01") -> str:
    number = door.take(service)
    assert door.post("thu", "/counter/calls", counter="1").status_code == 303
    return number


def called_twice(door: LocalApp, service: str = "A01") -> str:
    """And long enough ago: whoever has not come by now is absent."""
    number = called(door, service)
    door.clock.advance(30)
    door.post("thu", f"/counter/calls/{number}/repeats", counter="1", number=number)
    door.clock.advance(door.hall.plan.counter_policy.grace_s)
    return number


def missed(door: LocalApp, service: str = "A01") -> str:
    number = called_twice(door, service)
    answer = door.post("thu", "/counter/absences", counter="1", number=number)
    assert answer.status_code == 303
    return number


def served(door: LocalApp, service: str = "A01") -> str:
    number = called(door, service)
    door.post("thu", "/counter/servings", counter="1", number=number)
    return number
