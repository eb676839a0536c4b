"""Who has to go when there is no more room, and who stays."""

from lobby.web.connections import Connection, Connections, Standing


class Crowd:
    """People at a door with few places; `gone` are those who had to go, in that order."""

    def __init__(self, capacity: int) -> None:
        self.connections = Connections(capacity)
        self.gone: list[str] = []

    def come(self, name: str, address: str, standing: Standing = Standing.STRANGER) -> Connection:
        connection = Connection(address, lambda: self.gone.append(name))
        assert self.connections.admit(connection), name
        self.connections.is_known(connection, standing)
        return connection


def test_the_most_silent_of_the_largest_crowd_goes_first() -> None:
    crowd = Crowd(4)
    crowd.come("alone", "10.0.0.1")
    first = crowd.come("first", "10.0.0.2")
    crowd.come("second", "10.0.0.2")
    crowd.come("third", "10.0.0.2")
    crowd.connections.was_heard(first)
    crowd.come("late", "10.0.0.3")
    crowd.come("later", "10.0.0.3")
    assert crowd.gone == ["second", "third"]
    assert crowd.connections.count == 4
    assert crowd.connections.shed == 2


def test_staff_never_go_for_strangers() -> None:
    crowd = Crowd(4)
    for number in range(3):
        crowd.come(f"staff {number}", "10.0.0.1", Standing.STAFF)
    for number in range(20):
        crowd.come(f"stranger {number}", f"10.0.{number}.2")
    assert crowd.gone == [f"stranger {number}" for number in range(19)]


def test_customers_leave_room_for_staff() -> None:
    crowd = Crowd(16)
    for number in range(16):
        crowd.come(f"customer {number}", "10.0.0.1", Standing.CUSTOMER)
    assert crowd.connections.counts[Standing.CUSTOMER] == crowd.connections.customers_max == 14
    for number in range(4):
        crowd.come(f"staff {number}", "10.0.0.2", Standing.STAFF)
        if number == 1:
            break
    assert crowd.gone == ["customer 14", "customer 15"]


def test_nobody_is_let_in_where_nobody_can_go() -> None:
    crowd = Crowd(2)
    crowd.come("teller", "10.0.0.1", Standing.STAFF)
    crowd.come("head", "10.0.0.1", Standing.STAFF)
    assert not crowd.connections.admit(Connection("10.0.0.2", lambda: None))


def test_whoever_has_left_is_counted_no_more() -> None:
    crowd = Crowd(4)
    one = crowd.come("one", "10.0.0.1")
    two = crowd.come("two", "10.0.0.1", Standing.STAFF)
    for connection in (one, two, one, two):
        crowd.connections.leave(connection)
    assert crowd.connections.count == 0
    assert crowd.connections.of_address("10.0.0.1") == 0


def test_it_closes_no_line_of_the_few_that_there_are() -> None:
    """Staff, strangers and machines alike: who goes for another goes only when it is full."""
    crowd = Crowd(16)
    for number in range(16):
        crowd.come(f"line {number}", "10.0.0.1", list(Standing)[number % 2 * 2])
    assert crowd.gone == []
