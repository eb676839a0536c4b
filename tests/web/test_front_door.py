"""The whole chain at once: a ticket taken at the kiosk reaches the hall, twice is once."""

from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp


def test_a_double_tap_is_one_ticket(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    first = kiosk.post_json("/kiosk/tickets", key="tap", service="A01", language="vi")
    second = kiosk.post_json("/kiosk/tickets", key="tap", service="A01", language="vi")
    assert first.status_code == 201
    assert first.content == second.content
    assert door.riverside.hall.waiting_count() == 1


def test_the_same_key_with_another_body_is_refused(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    kiosk.post_json("/kiosk/tickets", key="tap", service="A01", language="vi")
    other = kiosk.post_json("/kiosk/tickets", key="tap", service="B01", language="vi")
    assert other.status_code == 422
    assert other.json()["sentence"]
    assert door.riverside.hall.waiting_count() == 1


def test_an_act_without_a_key_is_refused(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    assert kiosk.post_json("/kiosk/tickets", key=None, service="A01").status_code == 400
    assert door.riverside.hall.day is None


def test_branches_do_not_meet(door: LocalApp) -> None:
    door.paired(DeviceKind.KIOSK, "harbour").post_json("/kiosk/tickets", service="A01")
    assert door.riverside.hall.waiting_count() == 0
    assert door.harbour.hall.waiting_count() == 1
