"""`lobby user import`: people from a spreadsheet, all of them or none."""

import csv
import io
import stat
from pathlib import Path

from lobby.spreadsheets.csv_file import BYTE_ORDER_MARK
from lobby.store.accounts import accounts, changes_of
from lobby.store.store import Store
from tests.app.process import Server
from tests.console.console import Console, one_sentence
from tests.console.test_beside_server import ME
from tests.console.test_people import fits

HEAD = "User name,Name,Role,Language"


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "people.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def usernames(database: Path) -> list[str]:
    return sorted(each.staff.username for each in Store(database).read_now(accounts))


def passwords_in(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8").removeprefix(BYTE_ORDER_MARK)
    return {
        row["User name"]: row["Password for the first sign-in"]
        for row in csv.DictReader(io.StringIO(text))
    }


def test_it_tells_first_and_does_it_when_told_to(console: Console, tmp_path: Path) -> None:
    console.founded().do("user", "add", "ada", "--role", "administrator", "--generate")
    people = table(tmp_path, "wei,王伟,柜员,中文", "THU,Nguyễn Thị Thu,Giao dịch viên,vi")
    told = console.do("user", "import", people)
    assert (told.code, "New: 2" in told.out, "--yes" in told.out) == (0, True, True)
    assert usernames(console.database) == ["ada"]
    out = tmp_path / "passwords.csv"
    done = console.do("user", "import", people, "--yes", "--passwords", out)
    assert (done.code, "2 were added" in done.out) == (0, True), done
    assert usernames(console.database) == ["ada", "thu", "wei"]
    drawn = passwords_in(out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert all(fits(console.database, name, drawn[name]) for name in ("wei", "thu"))
    assert not any(word.encode() in console.database.read_bytes() for word in drawn.values())
    assert "chosen yet" in console.do("user", "list").out


def test_it_prints_the_passwords_where_no_file_is_named(console: Console, tmp_path: Path) -> None:
    people = table(tmp_path, "wei,王伟,teller,zh")
    done = console.founded().do("user", "import", people, "--yes")
    line = next(line for line in done.out.splitlines() if "wei" in line)
    assert fits(console.database, "wei", line.split()[-1])


def test_what_is_there_already_changes_or_stays(console: Console, tmp_path: Path) -> None:
    first = table(tmp_path, "wei,Wei,teller,zh", "thu,Thu,teller,vi")
    console.founded().do("user", "import", first, "--yes")
    second = table(tmp_path, "wei,Wei Wang,lobby manager,zh", "thu,Thu,teller,vi")
    told = console.do("user", "import", second)
    assert "New: 0, changed: 1, unchanged: 1." in told.out
    assert console.do("user", "import", second, "--yes").code == 0
    store = Store(console.database)
    found = {each.staff.username: each.staff for each in store.read_now(accounts)}
    assert (found["wei"].name, found["wei"].role) == ("Wei Wang", "lobby_manager")
    newest = store.read_now(lambda c: changes_of(c, found["wei"].id))[0]
    assert newest.actor == ME
    assert newest.detail == {"name": ["Wei", "Wei Wang"], "role": ["teller", "lobby_manager"]}


def test_one_wrong_line_of_ten_thousand_imports_nobody(console: Console, tmp_path: Path) -> None:
    rows = [f"u{number},Somebody {number},teller,en" for number in range(10_000)]
    rows[6_789] = "u6789,Somebody,director,en"
    said = console.founded().do("user", "import", table(tmp_path, *rows), "--yes")
    assert said.code == 2
    assert said.err.splitlines()[0].endswith(
        "row 6791, Role: “director” is not known here. Allowed: Teller, Lobby manager, Branch "
        "head, Administrator, Auditor."
    )
    assert usernames(console.database) == []


def test_it_names_everything_that_is_wrong(console: Console, tmp_path: Path) -> None:
    people = table(
        tmp_path,
        "wei,=1+1,teller,en",
        "wei,,teller,en",
        "two words,Thu,teller,de",
        "\uff1dcmd,Thu,teller,en",
    )
    said = console.founded().do("user", "import", people, "--yes").err
    for place in (
        "row 2, Name: “=1+1” looks",
        "row 3, User name: “wei” stands in row 2",
        "row 3, Name: Nothing",
        "row 4, User name: ",
        "row 4, Language: “de”",
        "row 5, User name: ",
    ):
        assert place in said, place
    assert "Nothing was imported." in said


def test_a_title_nobody_knows_can_be_named(console: Console, tmp_path: Path) -> None:
    people = table(tmp_path, "wei,Wei,teller", head="Kennung,Name,Post")
    said = console.founded().do("user", "import", people)
    assert "User name: This column is missing" in said.err
    named = ("--column", "username=Kennung", "--column", "role=Post")
    assert console.do("user", "import", people, *named).code == 0
    wrong = console.do("user", "import", people, "--column", "role=Job")
    assert one_sentence(wrong, "No column", "Kennung, Name, Post")


def test_it_works_beside_a_server(console: Console, tmp_path: Path) -> None:
    rows = [f"u{number},Somebody {number},teller,en" for number in range(3_000)]
    with Server(console.founded().database):
        done = console.do("user", "import", table(tmp_path, *rows), "--yes")
    assert (done.code, "3000 were added" in done.out) == (0, True), done.err
    assert len(usernames(console.database)) == 3_000


def test_the_template_reads_back(console: Console, tmp_path: Path) -> None:
    for name in ("people.xlsx", "people.csv"):
        path = tmp_path / name
        assert console.founded().do("user", "template", path).code == 0
        assert "New: 1" in console.do("user", "import", path).out
        assert one_sentence(console.do("user", "template", path), "exists")


def test_a_file_that_is_none_gets_a_sentence(console: Console, tmp_path: Path) -> None:
    console.founded()
    assert one_sentence(console.do("user", "import", tmp_path / "none.csv"), "No such file")
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * 40_000_000)
    assert one_sentence(console.do("user", "import", large), "larger than 4 MB")
