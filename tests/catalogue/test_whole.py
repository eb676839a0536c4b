"""A catalogue is read whole, with three languages and a source for each limit, or not at all."""

import re
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from lobby.catalogue.reading import DEMO, CatalogueError, read_catalogue, read_plan
from lobby.catalogue.serialise import from_json, to_json
from lobby.machines import MachineKind
from lobby.triage.catalogue import FeeChannel, Job
from lobby.triage.machine import MachineFunction
from lobby.triage.profile import LimitName

TEXT = DEMO.read_text(encoding="utf-8")
CASH = '{ name = "cash", amount = 20_000, valid_from = 2026-01-01, source = '


def refused(folder: Path, old: str, new: str) -> str:
    """What is said of the demo catalogue with its first `old` put otherwise."""
    assert old in TEXT
    file = folder / "branch.toml"
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(file)
    return str(caught.value)


def test_the_demo_catalogue_is_whole() -> None:
    catalogue = read_catalogue(DEMO)
    assert len(catalogue.services) == 25
    assert set(catalogue.profiles) == {"CN", "VN"}
    assert catalogue.routine == ("A01", "A02", "A04", "A06", "A05", "B01")
    assert (catalogue.version, catalogue.valid_from) == ("demo-2026.1", date(2026, 1, 1))
    assert {service.job for service in catalogue.services.values()} == set(Job)
    assert {machine.kind for machine in catalogue.machines.values()} == set(MachineKind)
    able = {f for machine in catalogue.machines.values() for f in machine.functions}
    assert able == set(MachineFunction)
    assert catalogue.hours["retail"].days[0][0].opens == time(8, 30)
    assert catalogue.hours["corporate"].days[5:] == ((), ())


def test_every_machine_rule_has_a_machine_in_the_demo_branch() -> None:
    catalogue = read_catalogue(DEMO)
    built = [machine.functions for machine in catalogue.machines.values()]
    rules = [s.machine for s in catalogue.services.values() if s.machine is not None]
    assert rules
    assert all(any(rule.functions <= functions for functions in built) for rule in rules)


def test_limits_are_those_of_the_country() -> None:
    profiles = read_catalogue(DEMO).profiles
    assert profiles["CN"].amounts[LimitName.CASH] == 20_000
    assert profiles["CN"].amounts[LimitName.TRANSFER] == 50_000
    assert profiles["VN"].amounts[LimitName.BIOMETRIC] == 10_000_000
    assert LimitName.BIOMETRIC not in profiles["CN"].amounts
    assert all(limit.source for profile in profiles.values() for limit in profile.limits)


def test_a_fee_has_an_amount_for_each_country_and_a_source() -> None:
    fee = read_catalogue(DEMO).services["A04"].fees[FeeChannel.MACHINE]
    assert fee.amounts == {"CN": Decimal(5), "VN": Decimal(11_000)}
    assert (fee.source, fee.valid_from) == ("Demo tariff", date(2026, 1, 1))


def test_lobby_services_have_no_line_and_are_none_of_the_plan() -> None:
    catalogue, plan = read_catalogue(DEMO), read_plan(DEMO)
    without = [service.code for service in catalogue.services.values() if not service.has_line]
    assert without == ["H01", "H02", "H03", "H04"]
    assert set(catalogue.services) - set(plan.services) == set(without)


def test_the_plan_knows_the_machines() -> None:
    machines = read_plan(DEMO).machines
    assert list(machines) == ["m1", "m2", "m3", "m4", "m5"]
    assert machines["m3"].functions >= {"cash_out", "passbook_reader"}
    assert machines["m5"].place("zh") == "入口右侧"


def test_it_is_kept_as_one_text_and_comes_back_the_same() -> None:
    catalogue = read_catalogue(DEMO)
    text = to_json(catalogue)
    assert from_json(text) == catalogue
    assert to_json(from_json(text)) == text


def test_a_kept_text_of_another_kind_is_a_sentence() -> None:
    with pytest.raises(CatalogueError, match="kept catalogue cannot be read"):
        from_json('{"version": 1}')


FREE = (
    "fees.counter = { amounts = { CN = 0, VN = 0 }, "
    'notes = { en = "Free", zh = "免费", vi = "Miễn phí" } }'
)
STEPS_ZH = 'steps.zh = ["出示银行卡或存折，说明金额", "输入密码", "清点现金并签字"]'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (FREE, "", "service A01 has no fee note for the counter in zh, vi, en."),
        (FREE, FREE.replace('zh = "免费", ', ""), "service A01, counter, has no fee note in zh."),
        (FREE, FREE.replace("CN = 0, ", ""), "a fee for other profiles than there are: CN"),
        (FREE, FREE.replace("CN = 0", "CN = -1"), "it takes an amount for each profile"),
        ("fees.machine = ", "fees.phone = ", "service A01 has no fee note for the machine"),
        (STEPS_ZH, "", "service A01 has no steps in zh."),
        (STEPS_ZH, "steps.zh = []", "service A01 has no steps in zh."),
        (STEPS_ZH, 'steps.zh = ["一步"]', "more steps in one language than in another"),
        (
            'vi = "Thẻ ngân hàng hoặc sổ tài khoản"',
            'vi = ""',
            "service A01 has no documents in vi.",
        ),
        ("documents = [", "papers = [", "service A01 has no documents in zh, vi, en."),
        ('zh = "取款", ', "", "service A01 has no name in zh."),
        ('job = "cash_out"', 'job = "magic"', "service A01 has 'magic' for 'job'; it knows"),
        ('job = "cash_out"', "", "service A01 lacks 'job'."),
        (
            "minutes = 4",
            "minutes = 0",
            "service A01 has 0 for 'minutes'; it takes a number from 0.1 to 480.",
        ),
        ("minutes = 4", "minutes = 4\ncolour = 1", "service A01 has 'colour', which nobody reads."),
        ('prefix = "A"', 'prefix = "ab"', "service A01 has the prefix 'ab'"),
        ('prefix = "A"', "", "service A01 lacks 'prefix'."),
        ('code = "A02"', 'code = "A01"', "the catalogue has the service A01 twice."),
        ("queue = false", "queue = 0", "service H01 has 0 for 'queue'; it is true or false."),
        ('strength = "suggest"', 'strength = "push"', "service A01, machine, has 'push'"),
        ('version = "demo-2026.1"', "", "the catalogue lacks 'version'."),
        ('version = "demo-2026.1"', 'version = ""', "the catalogue has no version."),
        ('profile = "CN"', 'profile = "XX"', "the catalogue has the profile 'XX'"),
        ("valid_from = 2026-01-01", 'valid_from = "soon"', "it takes a day such as 2026-01-01"),
        ('routine = ["A01"', 'routine = ["Z99"', "names 'Z99' as routine"),
        ("grace_s = 60", "grace_s = 0.5", "takes a whole number"),
        (f'{CASH}"Branch', f'{CASH}"", because = "Branch', "the limit cash of CN has no source."),
        (CASH, CASH.replace(", source", ", why"), "the limit cash of CN lacks 'source'."),
        (
            'name = "cash"',
            'name = "transfer"',
            "the profile CN has two limits transfer on 2026-01-01.",
        ),
        (CASH, CASH.replace("2026", "2027"), "the profile CN has no limit cash on 2026-01-01."),
        (CASH, CASH.replace("source", "valid_until = 2026-12-31, source"), "no limit cash after"),
        ('kind = "atm"', 'kind = "toaster"', "machine m1 has 'toaster' for 'kind'"),
        (
            "[machine_kinds.atm]",
            "[machine_kinds.other]",
            "machine m1 is of the kind atm, and the file has no such kind.",
        ),
        ('id = "m2"', 'id = "m1"', "the machine m1 twice"),
        ('zh = "入口左侧", ', "", "machine m1 has no place in zh."),
        ("[09:00:00, 17:00:00]", "[17:00:00, 09:00:00]", "two times, the earlier first"),
        (
            "routine = ",
            'series = { slip = "S" }\nroutine = ',
            "branch.toml: the catalogue has 'series', which nobody reads: a number has the letter",
        ),
        ("routine = ", "grace_s = 60\nroutine = ", "stands in [[rules]], and in [[priorities]]"),
        ("routine = ", 'premium_pool = "x"\nroutine = ', "`premium_counters` of [branch]"),
        ("complaint_phone", "complaint_fone", "'complaint_phone'"),
        ("target_min = 20", "target_mins = 20", "did you mean 'target_min'?"),
        ('kind = "hub"', 'kind = "castle"', "it knows hub, spoke, machines"),
        ('kind = "hub"', 'kind = "machines"', "it takes counters = []"),
        ("target_min = 20", "target_min = 20\ndials = 3", "did you mean 'dial'?"),
        ("target_min = 20", "target_min = 20\nhub = { id = 'riverside' }", "has no name in"),
        ("assisted = true", "asisted = true", "machine, has 'asisted', which nobody reads"),
        ('prefix = "A"', 'prefix = "S"', "which slips for machines have"),
        ("[tariff]", "[taxes]\n[tariff]", "the catalogue has 'taxes', which nobody reads"),
    ],
)
def test_it_names_what_is_missing(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert re.search(re.escape(said), refused(tmp_path, old, new))


def test_a_second_limit_may_follow_the_first(tmp_path: Path) -> None:
    later = f'{CASH.replace("2026", "2027").replace("20_000", "30_000")}"Later notice" }},\n  '
    file = tmp_path / "branch.toml"
    file.write_text(TEXT.replace(CASH, later + CASH, 1), encoding="utf-8")
    china = read_catalogue(file).profiles["CN"]
    assert china.on(date(2026, 12, 31)).amounts[LimitName.CASH] == 20_000
    assert china.on(date(2027, 1, 1)).amounts[LimitName.CASH] == 30_000


def test_two_limits_of_one_time_are_refused(tmp_path: Path) -> None:
    until = CASH.replace("source", "valid_until = 2027-06-30, source")
    later = f'{CASH.replace("2026", "2027")}"Later notice" }},\n  '
    assert "two limits cash on 2027-01-01" in refused(tmp_path, CASH, later + until)


def test_a_file_without_its_parts_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_text("[branch]\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="the catalogue lacks 'valid_from'"):
        read_catalogue(file)
    file.write_text("profiles = 3\nvalid_from = 2026-01-01\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="takes a table"):
        read_catalogue(file)
