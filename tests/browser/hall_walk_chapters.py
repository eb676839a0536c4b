"""What happens in the hall on the morning of the walk, chapter by chapter, in any language."""

import re

from playwright.sync_api import expect

from counter.words import RISK_NOTES
from lobby.i18n.texts import texts
from lobby.store.catalogue import load_plans
from lobby.store.engine import reading_engine
from lobby.store.history import read_history
from tests.browser.hall_walk_house import WalkHouse
from tests.browser.hall_walk_windows import Windows, code
from tests.display.wall_page import sentence

CASH = ("A01", "A02", "A04")
SERVICE = ("B01", "B02", "B03")
TO_THE_COUNTER = ("1", "1", "1", "2")
"""Cash, with a card, a small amount; and then the counter rather than the machine beside it."""

WITH_HELP = ("2", "7", "1", "1")
"""A deposit by somebody who would like a colleague beside them."""

ON_ITS_WAY_MS = 10_000
LATE_MS = 30_000
"""Where the forecast has to think first, on a machine that does other things too."""


class Morning:
    """The walk itself; `own` is the number of the customer with the phone."""

    own = ""

    def __init__(self, services: WalkHouse, windows: Windows) -> None:
        self.at = windows
        self.services = services
        self.language = services.language

    def the_doors_open(self) -> None:
        at = self.at
        expect(at.tablet.locator(".nobody")).to_be_visible()
        at.picture("before-opening")
        at.tap("#duty-take button")
        expect(at.tablet.locator(".nobody")).to_have_count(0)
        for group in at.counter.locator(".group").all()[1:]:
            for box in group.locator("input[name=service]").all():
                box.uncheck()
        at.counter.locator("input[name=counter]").first.check()
        at.press("o")
        for teller, counter, services in (("wei", "2", SERVICE), ("mai", "3", CASH)):
            self.services.post(teller, "/counter/openings", counter=counter, service=list(services))
        expect(at.counter.locator("#customer-none")).to_be_visible()
        expect(at.tablet.locator(".now-card")).to_have_count(0)
        at.picture("open-and-calm")

    def the_hall_fills(self) -> None:
        """Two are served at the other counters, and people wait before our customer comes."""
        for service in ("B01", "A01", "A01", "A02", "A04", "A01", "A02", "A04", "A01", "B03"):
            self.services.comes(service, self.language)
        for teller, counter in (("wei", "2"), ("mai", "3")):
            called = self.services.post(teller, "/counter/calls", counter=counter).json()
            number = called["tickets"][0]
            self.services.post(teller, "/counter/servings", counter=counter, number=number)
        expect(self.at.display.locator("[data-newest-ticket]")).not_to_be_empty()
        expect(self.at.tablet.locator("#region-arrivals li")).not_to_have_count(0)

    def asks_at_the_kiosk(self) -> None:
        """A plain cash job: three questions, an advice, a number, and its page on the phone."""
        at = self.at
        for key in TO_THE_COUNTER:
            at.picture("kiosk-asks", "kiosk")
            at.answer(key)
        self.own = at.number_at_kiosk()
        at.go(at.phone, f"/t/{self._secret_of(self.own)}?language={self.language}")
        expect(at.phone.locator(".standing__number")).to_have_text(code(self.own))
        expect(at.phone.locator("[data-wait]")).to_be_visible(timeout=LATE_MS)
        expect(at.tablet.locator(f"#arrival-{self.own}")).to_be_visible()
        at.picture("has-a-number")
        at.answer("1")

    def others_need_somebody(self) -> None:
        """One who asked for help, one for an adviser, a machine out of order, a call for help:
        the tablet says who comes first, and only one card asks for it."""
        at = self.at
        at.answer(*WITH_HELP)
        helped = at.number_at_kiosk()
        expect(at.tablet.locator(".now-card--first")).to_have_attribute("data-kind", "arrival")
        expect(at.tablet.locator(".now-card--first")).to_contain_text(code(helped))
        at.picture("one-asks-for-help")
        at.answer("1")
        self.services.comes("B03", self.language, "premium")
        self.services.post("minh", "/floor/machines/m2/reports", state="down")
        at.tap("button[data-key='0']", at.kiosk)
        expect(at.tablet.locator(".now-card:visible")).to_have_count(4)
        kinds = [card.get_attribute("data-kind") for card in at.tablet.locator(".now-card").all()]
        assert kinds == ["help", "arrival", "premium", "fault"]
        self.one_answer("help")
        at.picture("four-need-somebody")

    def the_lobby_manager_goes(self) -> None:
        """The others see who went; a card ends by what came of it, not by being put away."""
        at = self.at
        at.tap(".now-card--first .now-go")
        taken = at.tablet.locator(".now-card--taken")
        expect(taken.locator(".now-taken")).to_be_visible()
        self.one_answer("arrival")
        at.picture("lobby-manager-goes", "tablet")
        at.tap(".now-card--taken summary")
        at.picture("how-it-ended", "tablet")
        at.tap(".now-card--taken button[value=helped]")
        expect(at.tablet.locator(".now-card[data-kind=help]")).to_have_count(0)
        at.tap(".now-card--first .now-go")
        at.tap(".now-card--taken summary")
        at.tap(".now-card--taken button[value=welcomed]")
        expect(at.tablet.locator(".now-card[data-kind=arrival]")).to_have_count(0)
        self.one_answer("premium")

    def the_teller_calls(self) -> str:
        """By one key; the display shows it and says it, in the ticket's language and the hall's."""
        at = self.at
        before = len(at.spoken())
        at.press("n")
        expect(at.counter.locator(".customer-number")).to_be_visible()
        number = at.counter.locator(".customer-number").inner_text().replace("\u200a", "")
        expect(at.display.locator("[data-newest-ticket]")).to_have_text(
            code(number), timeout=ON_ITS_WAY_MS
        )
        expect(at.display.locator("[data-newest-counter]")).to_have_text("1")
        tongues = dict.fromkeys((self.language, "zh"))
        said = [clip for tongue in tongues for clip in 2 * sentence(number, "1", tongue)]
        at.display.wait_for_function("(clips) => heard.length >= clips", arg=before + len(said))
        assert at.spoken()[-len(said) :] == said
        at.picture("called")
        return number

    def is_absent_and_comes_back(self, number: str) -> None:
        """Not before a second call and its time; then one tap brings them back, behind two."""
        at = self.at
        at.press("a")
        expect(at.counter.locator("[data-notice]")).to_be_visible()
        at.picture("not-yet-absent", "counter")
        at.press("r")
        expect(at.counter.locator(".customer-state")).to_have_text(re.compile("2"))
        self.services.advance(181)  # who asked for help has three minutes to come
        at.press("a")
        expect(at.counter.locator("#customer-none")).to_be_visible()
        at.picture("absent", "counter", "tablet", "display")
        at.press("b")
        expect(at.counter.locator(f"#missed-{number}")).to_be_visible()
        at.picture("bring-back", "counter")
        waiting = at.counter.locator(".waiting-mine .number")
        before = int(waiting.inner_text())
        at.press("1")
        expect(waiting).to_have_text(str(before + 1))

    def a_teller_has_a_doubt(self) -> None:
        """The risk card goes before everything, to whoever is on duty, and to nobody else."""
        at = self.at
        at.press("n")
        at.press("s")
        expect(at.counter.locator("[data-key='f']")).to_be_visible()
        at.press("w")
        at.picture("opens-a-risk-card", "counter")
        at.press("1")
        expect(at.tablet.locator(".now-card--first")).to_have_attribute("data-kind", "risk")
        noticed = texts(self.language).gettext(RISK_NOTES[0])
        expect(at.tablet.locator(".now-card--first .now-note")).to_contain_text(noticed)
        self.one_answer("risk")
        at.picture("risk", "tablet", "counter", "display")
        at.tap(".now-card--first .now-script")
        expect(at.tablet.locator("#risk-go button")).to_be_visible()
        at.picture("what-to-say", "tablet")
        place = texts(self.language).gettext("Counter %(number)s") % {"number": 1}
        expect(at.tablet.locator(".risk-what")).to_contain_text(place)
        at.tap("#risk-go button")
        expect(at.counter.locator("#region-beside")).to_contain_text("Lan")
        at.tap("#risk-end button[value=reassured]")
        at.arrives(at.tablet, "/floor")
        at.press("f")
        expect(at.counter.locator("#customer-none")).to_be_visible()

    def the_counter_pauses(self) -> None:
        """Waits get longer, and say so at once: on the wall, and with the reason on the phone."""
        at = self.at
        cash = at.display.locator(".line__wait").first
        expect(cash).to_be_visible(timeout=LATE_MS)
        before = cash.inner_text()
        at.press("p")
        at.picture("why-a-pause", "counter")
        at.press("2")
        expect(at.counter.locator("#customer-paused")).to_be_visible()
        expect(at.phone.locator("[data-moved]")).to_be_visible(timeout=LATE_MS)
        expect(cash).not_to_have_text(before, timeout=LATE_MS)
        at.picture("paused")

    def a_notice_hangs(self) -> None:
        at = self.at
        at.tap("a[href='/floor/notices']")
        at.picture("notices", "tablet")
        at.tap("button[value='delay/system_slow']")
        expect(at.tablet.locator(".notice-now")).to_be_visible()
        expect(at.display.locator(".notice-line").first).to_be_visible(timeout=ON_ITS_WAY_MS)
        expect(at.phone.locator(".standing__notice")).to_be_visible(timeout=ON_ITS_WAY_MS)
        at.picture("notice-hangs", "tablet", "display", "phone")
        at.go(at.tablet, "/floor")

    def a_counter_more_is_worth_it(self) -> None:
        """Twenty minutes later: waits past red, and the advice to open a counter, with why."""
        at = self.at
        for service in ("A01", "A04", "B02") * 2:
            self.services.comes(service, self.language)
        self.services.advance(22 * 60)
        expect(at.tablet.locator(".staffing")).to_be_visible(timeout=LATE_MS)
        expect(at.tablet.locator(".now-card[data-kind=wait]").first).to_be_visible(timeout=LATE_MS)
        self.one_answer("wait")
        at.picture("one-counter-more", "tablet", "display", "phone")
        at.tap(".staffing button[value=accepted]")
        expect(at.tablet.locator(".staffing")).to_have_count(0)

    def the_visit_ends(self) -> None:
        """Chosen with a reason; the phone says where to go, then that it is over."""
        at = self.at
        at.press("p")
        expect(at.counter.locator("#customer-none")).to_be_visible()
        at.press("c")
        at.counter.locator(f"#person-{self.own} input").check()
        at.picture("chooses-one", "counter")
        at.press("1")
        expect(at.counter.locator(".customer-number")).to_have_text(code(self.own))
        expect(at.phone.locator(".standing__call")).to_be_visible(timeout=ON_ITS_WAY_MS)
        at.picture("own-call")
        at.press("s")
        at.press("f")
        expect(at.counter.locator("#customer-none")).to_be_visible()
        expect(at.phone.locator(".standing--finished")).to_be_visible(timeout=ON_ITS_WAY_MS)
        at.picture("over")

    def one_answer(self, kind: str) -> None:
        """Who needs me first? One card is the first, and it has the only button that stands out."""
        tablet = self.at.tablet
        first = tablet.locator(".now-card--first")
        expect(first).to_have_count(1)
        expect(first).to_have_attribute("data-kind", kind)
        expect(tablet.locator("#region-now .now-go.button--main")).to_have_count(1)

    def _secret_of(self, number: str) -> str:
        """What its code says; the phone's camera reads it from the kiosk."""
        engine = reading_engine(self.services.database)
        with engine.connect() as connection:
            (plan,) = load_plans(connection)
            hall = read_history(connection, plan).hall
        engine.dispose()
        return hall.tickets[number].secret
