"""People from a spreadsheet: a file is chosen, looked at, and imported as a whole or not at all.

The table that was read is carried in the page itself until it is imported: nothing of it is kept in
between.
"""

from dataclasses import dataclass, replace
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.accounts.comparing import Comparison
from lobby.accounts.importing import Imported, ImportPeople, NotImported
from lobby.accounts.people_columns import COLUMNS
from lobby.accounts.people_lists import password_lines, template_file
from lobby.accounts.people_table import Mistake, PeopleTable, read_people
from lobby.accounts.refusals import AccountRefusedError
from lobby.branch import Actor, ActorKind
from lobby.i18n.texts import mark, texts
from lobby.people.asking import PeopleRequest, people_request
from lobby.people.import_views import Preview, data_address, preview_of
from lobby.people.words import FIELDS
from lobby.spreadsheets.columns import Mapped, mapped
from lobby.spreadsheets.csv_file import csv_of
from lobby.spreadsheets.packing import packed, unpacked
from lobby.spreadsheets.reading import FILE_BYTES_MAX, read_table, too_large
from lobby.spreadsheets.refusals import TableRefusedError
from lobby.spreadsheets.table import ROWS_MAX, Table
from lobby.web.commands import FormFields
from lobby.web.uploads import Upload, takes_file, upload_in

IMPORTS = "/people/imports"
FORM_BYTES_MAX = 2 * FILE_BYTES_MAX
"""A file with the form around it; or what was read of one, which is written in more letters."""

FILE_NAME_LETTERS_MAX = 80
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
KINDS = (WORKBOOK, CSV) = ("xlsx", "csv")
NO_FILE = mark("Please choose a file first.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A table with what is known of its columns."""

    file_name: str
    table: Table
    columns: Mapped


async def import_page(request: Request) -> Response:
    return _start(await people_request(request))


@takes_file
async def look_or_import(request: Request) -> Response:
    asked = await people_request(request)
    upload = await upload_in(request, FORM_BYTES_MAX)
    try:
        draft = _draft(asked, upload)
    except TableRefusedError as refused:
        sentence = texts(asked.language).gettext(refused.problem.value) % refused.blanks
        return _start(asked, problem=sentence)
    if draft is None:
        return _start(asked, problem=texts(asked.language).gettext(NO_FILE))
    found = read_people(
        draft.table,
        draft.columns,
        asked.plans,
        own_branch=asked.staff.branch_id,
        language=asked.language,
    )
    if upload.fields.get("act") == "import" and not found.mistakes:
        return await _imported(asked, draft, found, upload.fields.get("seen", ""))
    return await _look(asked, draft, found)


async def template(request: Request) -> Response:
    asked = await people_request(request)
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise HTTPException(404)
    is_workbook = kind == WORKBOOK
    content = template_file(asked.language, is_workbook=is_workbook, branch_id=asked.plan.id)
    name = f"lobby-people.{kind}"
    return Response(
        content,
        media_type=WORKBOOK_TYPE if is_workbook else CSV_TYPE,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _draft(asked: PeopleRequest, upload: Upload) -> Draft | None:
    """Of a file that was chosen, else of the table that the page carries; None without either."""
    if upload.content is None:
        raise too_large()
    fields = upload.fields
    if upload.content:
        table = read_table(upload.content)
        name = upload.file_name[:FILE_NAME_LETTERS_MAX]
        return Draft(name, table, mapped(COLUMNS, table.titles))
    if not fields.get("table"):
        return None
    table = unpacked(fields["table"])
    name = fields.get("file_name", "")[:FILE_NAME_LETTERS_MAX]
    return Draft(name, table, _columns_chosen(fields, table))


def _columns_chosen(fields: FormFields, table: Table) -> Mapped:
    places = {str(place): place for place in range(len(table.titles))}
    return {column.key: places.get(fields.get(f"column_{column.key}", "")) for column in COLUMNS}


async def _look(
    asked: PeopleRequest, draft: Draft, found: PeopleTable, refused: tuple[Mistake, ...] = ()
) -> Response:
    compared = await asked.services.accounts.preview(found.people, asked.staff)
    whole = replace(compared, mistakes=(*refused, *found.mistakes, *compared.mistakes))
    return _preview_page(asked, draft, whole)


async def _imported(asked: PeopleRequest, draft: Draft, found: PeopleTable, seen: str) -> Response:
    actor = Actor(ActorKind.STAFF, str(asked.staff.id))
    command = ImportPeople(found.people, seen)
    try:
        done = await asked.services.accounts.import_people(command, actor)
    except AccountRefusedError as refused:
        return _start(asked, problem=asked.sentence(refused))
    if isinstance(done, NotImported):
        whole = tuple(each for each in done.mistakes if not each.row)
        return await _look(asked, draft, found, whole)
    return _done_page(asked, done)


def _done_page(asked: PeopleRequest, done: Imported) -> Response:
    """The one page on which the passwords that were drawn can be read, printed and saved."""
    titles, *lines = password_lines(done, asked.plans_by_id, asked.language)
    return asked.page(
        "people/imported.html",
        done=done,
        titles=titles,
        lines=lines,
        list_address=data_address(csv_of([titles, *lines]), CSV_TYPE),
        here=IMPORTS,
    )


def _preview_page(asked: PeopleRequest, draft: Draft, compared: Comparison) -> Response:
    preview: Preview = preview_of(compared, draft.columns, asked.language)
    return asked.page(
        "people/import_preview.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if preview.wrong_count else HTTPStatus.OK,
        draft=draft,
        packed=packed(draft.table),
        columns=COLUMNS,
        preview=preview,
        fields=FIELDS,
        here=IMPORTS,
    )


def _start(asked: PeopleRequest, *, problem: str = "") -> Response:
    return asked.page(
        "people/import.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        problem=problem,
        columns=COLUMNS,
        file_bytes_max=FILE_BYTES_MAX,
        rows_max=ROWS_MAX,
        here=IMPORTS,
    )


routes: list[BaseRoute] = [
    Route(IMPORTS, import_page),
    Route(IMPORTS, look_or_import, methods=["POST"]),
    Route(f"{IMPORTS}/template/{{kind}}", template),
]
