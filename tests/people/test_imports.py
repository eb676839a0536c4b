"""People from a spreadsheet, at the front door: looked at first, imported whole or not at all."""

import base64
import re
from html import unescape
from pathlib import Path

import pytest
from httpx2 import Response

from lobby.store.accounts import account_by_username, accounts
from tests.app.app import LocalApp, Person
from tests.people.test_people import OWN, signed_in

IMPORTS = "/people/imports"
HEAD = "User name,Name,Role,Branch,Language"


def sent(
    door: LocalApp, who: str, *rows: str, head: str = HEAD, act: str = "look", name: str = "p.csv"
) -> Response:
    content = "\n".join([head, *rows]).encode()
    return send(door.known(who), content, name, act=act)


def send(person: Person, content: bytes, name: str = "p.csv", **fields: str) -> Response:
    return person.request("POST", IMPORTS, data=fields, files={"file": (name, content)})


def hidden(answer: Response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text)
    fields = {name: unescape(value) for name, value in found}
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', answer.text, re.S):
        chosen = re.search(r'value="(\d+)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def go_on(door: LocalApp, who: str, answer: Response, act: str, **changed: str) -> Response:
    """The form of that page, sent as it stands or with another choice."""
    fields = {**hidden(answer), **changed, "act": act}
    return door.known(who).request(
        "POST", IMPORTS, files={name: (None, value) for name, value in fields.items()}
    )


def counts(answer: Response) -> list[int]:
    """New, changed, unchanged, wrong."""
    return [int(each) for each in re.findall(r'<strong class="number">(\d+)<', answer.text)]


def usernames(door: LocalApp) -> set[str]:
    store = door.services.store
    return {each.staff.username for each in store.read_now(accounts)}


def passwords(answer: Response) -> dict[str, str]:
    rows = re.findall(
        r"<tr><td>[^<]*</td><td>[^<]*</td><td>([^<]+)</td>.*?>([^<]+)</td></tr>", answer.text
    )
    return dict(rows)


@pytest.mark.parametrize("who", ["thu", "lan", "wei", "nobody"])
def test_only_heads_and_administrators_import(door: LocalApp, who: str) -> None:
    expected = 303 if who == "nobody" else 403
    for path in (IMPORTS, f"{IMPORTS}/template/csv", f"{IMPORTS}/template/xlsx"):
        assert door.get(who, path).status_code == expected
    answer = sent(door, who, "mai,Mai,teller,riverside,vi")
    assert answer.status_code == (401 if who == "nobody" else 403)


def test_it_shows_first_and_imports_when_told_to(door: LocalApp) -> None:
    before = usernames(door)
    looked = sent(door, "ada", "mai,Trần Mai,Giao dịch viên,riverside,vi", "hai,海,柜员,Seaside,")
    assert (looked.status_code, counts(looked)) == (422, [1, 0, 0, 1])
    looked = sent(door, "ada", "mai,Trần Mai,Giao dịch viên,riverside,vi", "hai,海,柜员,harbour,")
    assert (looked.status_code, counts(looked)) == (200, [2, 0, 0, 0])
    assert usernames(door) == before
    done = go_on(door, "ada", looked, "import")
    assert (done.status_code, usernames(door) - before) == (200, {"mai", "hai"})
    drawn = passwords(done)
    assert set(drawn) == {"mai", "hai"}
    mai = signed_in(door, "mai", drawn["mai"])
    assert mai.get("/counter").headers["location"].startswith("/account/first-password")
    assert mai.post("/account/first-password", password=OWN, again=OWN).status_code == 303
    found = door.services.store.read_now(lambda c: account_by_username(c, "hai"))
    assert found and (found.staff.branch_id, found.staff.role) == ("harbour", "teller")


def test_the_list_can_be_saved_and_stands_nowhere_else(door: LocalApp, tmp_path: Path) -> None:
    done = go_on(door, "ada", sent(door, "ada", "mai,Mai,teller,riverside,vi"), "import")
    drawn = passwords(done)["mai"]
    address = re.search(r'href="data:text/csv; charset=utf-8;base64,([^"]+)" download', done.text)
    assert address and drawn in base64.b64decode(address[1]).decode("utf-8-sig")
    database = door.services.store.database
    assert isinstance(database, Path)
    kept = b"".join(
        file.read_bytes() for file in database.parent.glob(f"{database.name}*") if file.is_file()
    )
    assert drawn.encode() not in kept


def test_sent_twice_it_imports_once(door: LocalApp) -> None:
    looked = sent(door, "ada", "mai,Mai,teller,riverside,vi")
    assert passwords(go_on(door, "ada", looked, "import"))
    again = go_on(door, "ada", looked, "import")
    assert "Nothing was imported; please look at it once more" in again.text
    assert counts(again) == [0, 0, 1, 1]
    looked = sent(door, "ada", "mai,Mai,teller,riverside,vi")
    assert "There is nothing to import" in looked.text


def test_it_does_only_what_was_looked_at(door: LocalApp) -> None:
    """Somebody else has changed an account in between."""
    looked = sent(door, "ada", "wei,Wei Wang,teller,riverside,zh")
    assert counts(looked) == [0, 1, 0, 0]
    wei = door.services.store.read_now(lambda c: account_by_username(c, "wei"))
    assert wei is not None
    fields = {"role": "teller", "branch": "riverside", "person_language": "en"}
    door.post("minh", f"/people/{wei.staff.id}", name="Wei W.", **fields)
    answer = go_on(door, "ada", looked, "import")
    assert "Nothing was imported; please look at it once more" in answer.text
    assert "Wei W." in door.get("ada", f"/people/{wei.staff.id}").text
    looked = sent(door, "ada", "wei,Wei Wang,teller,riverside,zh")
    assert "0 new, 1 changed" in go_on(door, "ada", looked, "import").text


def test_a_head_imports_tellers_and_lobby_managers_of_their_own_branch(door: LocalApp) -> None:
    rows = (
        "mai,Mai,teller,,vi",
        "hoa,Hoa,branch head,,vi",
        "hai,Hai,teller,harbour,vi",
        "quan,Quan,teller,,vi",
    )
    looked = sent(door, "minh", *rows)
    assert counts(looked) == [1, 0, 0, 3]
    assert "Somebody signs in as" in looked.text
    done = go_on(door, "minh", sent(door, "minh", rows[0]), "import")
    assert "1 new, 0 changed" in done.text


def test_nobody_shuts_out_themselves_or_the_last_administrator(door: LocalApp) -> None:
    looked = sent(door, "ada", "ada,Ada,teller,riverside,en")
    assert counts(looked) == [0, 0, 0, 2] or "your own account" in looked.text


def test_a_wrong_column_is_corrected_on_the_page(door: LocalApp) -> None:
    looked = sent(
        door, "ada", "mai,Mai,teller,riverside,vi", head="Kennung,Name,Post,Branch,Language"
    )
    assert looked.text.count("This column is missing") == 2
    mended = go_on(door, "ada", looked, "look", column_username="0", column_role="2")
    assert (mended.status_code, counts(mended)) == (200, [1, 0, 0, 0])
    assert "1 new" in go_on(door, "ada", mended, "import").text


def test_it_names_row_column_and_what_is_allowed(door: LocalApp) -> None:
    looked = sent(door, "ada", "mai,=1+1,director,riverside,vi")
    assert counts(looked)[3] == 2
    assert "Allowed: Teller, Lobby manager, Branch head, Administrator, Auditor." in looked.text
    assert re.search(r'<td class="number">2</td><td>Name <span class="soft">B</span>', looked.text)


def test_nothing_typed_into_a_cell_becomes_part_of_the_page(door: LocalApp) -> None:
    looked = sent(door, "ada", '"<script>x</script>",Mai,<b>x</b>,riverside,vi', name="<i>.csv")
    assert "<script>x" not in looked.text and "<b>x" not in looked.text
    assert "<i>" not in looked.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x" * (5 * 1024 * 1024), "larger than 4 MB"),
        (b"x" * (40 * 1024 * 1024), "larger than 4 MB"),
        (b"", "choose a file first"),
        (b"PK\x03\x04broken", "is damaged"),
        (b"only titles\n", "no row in this table"),
        (b"\xd0\xcf\x11\xe0", "has a password"),
    ],
)
def test_what_is_no_table_gets_a_sentence(door: LocalApp, content: bytes, sentence: str) -> None:
    answer = send(door.known("ada"), content)
    assert (answer.status_code, sentence in answer.text) == (422, True)


@pytest.mark.parametrize("packed", ["x", "AAAA", "eJyrVkosKVayUipOzMnJVKoFADFBBY4="])
def test_a_page_that_was_tampered_with_is_refused(door: LocalApp, packed: str) -> None:
    answer = door.known("ada").request("POST", IMPORTS, files={"table": (None, packed)})
    assert answer.status_code == 422


def test_a_form_that_carries_no_file_is_refused(door: LocalApp) -> None:
    assert door.post("ada", IMPORTS, act="import").status_code == 400
    assert door.get("ada", f"{IMPORTS}/template/exe").status_code == 404


def test_other_addresses_take_no_more_than_before(door: LocalApp) -> None:
    assert door.post("ada", "/people/new", name="x" * 20_000).status_code == 413


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh", "vi", "en"])
def test_the_template_reads_back_in_every_language(
    door: LocalApp, kind: str, language: str
) -> None:
    ada = door.known("ada")
    template = ada.get(f"{IMPORTS}/template/{kind}?language={language}")
    assert template.headers["content-disposition"].endswith(f'lobby-people.{kind}"')
    looked = send(ada, template.content, f"t.{kind}")
    assert (looked.status_code, counts(looked)) == (200, [1, 0, 0, 0])
