"""Planted faults in what people meet every day: typed text, calls, the kiosk's and the screens'
small acts."""

from tests.bench.mutant import Mutant

AUTO_CALL_TESTS = ("tests/queueing/test_auto_call.py", "tests/counter/test_auto_call.py")
SEVERAL_TESTS = ("tests/counter/test_serving.py", "tests/forecast/test_forecaster.py")
TYPED_TESTS = ("tests/web/test_typed_everywhere.py",)

DAILY = (
    Mutant(
        "the page for pairing holds back digits of full width",
        "lobby/web/templates/pair.html",
        'maxlength="{{ digits * 2 }}"',
        'pattern="[0-9 ]*" maxlength="{{ digits * 2 }}"',
        TYPED_TESTS,
    ),
    Mutant(
        "a notice's minutes are understood in one width only",
        "lobby/floor/notices/routes.py",
        "minutes = typed_text.whole_number(text, digits_max=3)",
        "minutes = int(text) if text in map(str, MINUTES) else None",
        TYPED_TESTS,
    ),
    Mutant(
        "the counter finds a ticket by its exact number only",
        "counter/act_request.py",
        "return ticket_number(self.hall, typed) or typed_text.code(typed) or",
        "return typed or",
        TYPED_TESTS,
    ),
    Mutant(
        "a counter that becomes free calls nobody by itself",
        "lobby/queueing/decide/auto_call.py",
        "return (*arrival, *_called_by_freed(hall, after, now))",
        "return arrival",
        AUTO_CALL_TESTS,
    ),
    Mutant(
        "who was just sent away is called back at once",
        "lobby/queueing/decide/auto_call.py",
        "if choice is not None and choice.number != held.ticket:",
        "if choice is not None:",
        AUTO_CALL_TESTS,
    ),
    Mutant(
        "a customer is called into a teller's break",
        "lobby/queueing/decide/auto_call.py",
        "counter.ticket is None and not has_break_now(counter, now)",
        "counter.ticket is None",
        AUTO_CALL_TESTS,
    ),
    Mutant(
        "the time of an added service is booked on the first",
        "lobby/queueing/evolve/served_ticket.py",
        "serving = Serving(event.counter, teller, event.service, started_at=event.at)",
        "serving = Serving(event.counter, teller, before.service, started_at=event.at)",
        SEVERAL_TESTS,
    ),
    Mutant(
        "the report books a whole visit on the service that was asked for",
        "lobby/reports/segments.py",
        "for segment in (_of_stretches(visit, by_number[visit.number]) or _of_visit(visit))",
        "for segment in _of_visit(visit)",
        SEVERAL_TESTS,
    ),
    Mutant(
        "the stretch that a service was added to is never written as ended",
        "lobby/store/projection.py",
        "(last - 1, last) if isinstance(event, ServiceAdded) else (last,)",
        "(last,)",
        SEVERAL_TESTS,
    ),
    Mutant(
        "a forecast learns nothing where a service was added",
        "lobby/forecast/learning.py",
        "            case ServiceAdded():\n                self._finished(event, before)\n",
        "",
        SEVERAL_TESTS,
    ),
    Mutant(
        "a second device with a used name gets the first one's code",
        "lobby/floor/devices/routes.py",
        "if known is not None and known.is_paired:",
        "if known is not None and not known.is_paired:",
        ("tests/floor/test_devices.py",),
    ),
    Mutant(
        "a device is given a name that another has",
        "lobby/floor/devices/device_forms.py",
        "other.kind is device.kind and is_same_name(other.name, name)",
        "other.kind is device.kind and other.name is name",
        ("tests/floor/test_devices.py",),
    ),
    Mutant(
        "nobody is told from whom a customer comes",
        "lobby/queueing/evolve/ticket.py",
        "sent_by=teller or None,",
        "sent_by=None,",
        ("tests/counter/test_colleagues.py",),
    ),
    Mutant(
        "a colleague is not told who was sent to them",
        "counter/side_panel.py",
        "if is_reserved(counter, t))",
        "if t.reserved_counter == counter.id)",
        ("tests/counter/test_colleagues.py",),
    ),
    Mutant(
        "a kiosk that is stopped gives numbers",
        "kiosk/hours.py",
        "if is_stopped or not gives_tickets(kiosk.services, kiosk.branch, now):",
        "if not gives_tickets(kiosk.services, kiosk.branch, now):",
        ("tests/kiosk/test_stopped.py",),
    ),
    Mutant(
        "the wall invites to a kiosk that is stopped",
        "display/regions.py",
        "gives_numbers = display.gives_tickets(now) and kiosk_stop(hall.notices, now) is None",
        "gives_numbers = display.gives_tickets(now)",
        ("tests/kiosk/test_stopped.py",),
    ),
    Mutant(
        "a second stop needs a second tap to undo",
        "lobby/queueing/decide/staff.py",
        "return (NoticeWithdrawn(now, before.id), posted) if before else (posted,)",
        "return (posted,)",
        ("tests/kiosk/test_stopped.py",),
    ),
    Mutant(
        "what was typed when a session ended is lost",
        "static/js/drafts.js",
        "if (isMine && hadEnded && kept.page === location.pathname) giveBack(kept.fields);",
        "if (false) giveBack(kept.fields);",
        ("tests/counter/test_drafts.py",),
    ),
    Mutant(
        "what somebody typed is given to whoever signs in next",
        "static/js/drafts.js",
        "kept.person === person && ",
        "",
        ("tests/counter/test_drafts.py",),
    ),
    Mutant(
        "the wall asks its style sheet what Chromium 87 cannot answer",
        "static/css/display-parts.css",
        ".wall:not([data-listed]) .slides {",
        ".stage:not(:has(.last:not([hidden]))) .slides {",
        ("tests/browser/test_young_features.py",),
    ),
    Mutant(
        "a counter's sign calls by a method that Chromium 87 does not have",
        "static/js/display-sign.js",
        "calls[calls.length - 1]",
        "calls.at(-1)",
        ("tests/browser/test_young_features.py",),
    ),
    Mutant(
        "the demo's doors open from any computer",
        "lobby/console/demo_doors.py",
        "if request.client is None or request.client.host not in LOOPBACK:",
        "if request.client is None:",
        ("tests/console/test_demo_doors.py",),
    ),
    Mutant(
        "nobody in the demo's hall needs anybody",
        "lobby/demo/scenario.py",
        "        self._incidents.come_on(day)\n",
        "",
        ("tests/demo/test_branch_life.py",),
    ),
)
