"""The tables of a report to take along: one as CSV, all of them as a workbook."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import anyio.to_thread
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from lobby.reports.figures import Figures
from lobby.reports.sheet_csv import MACHINE, SPELLINGS, machine_csv, readers_csv
from lobby.reports.sheet_xlsx import write_workbook
from lobby.reports.sheets import Sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(request: Request, sheets: Sequence[Sheet], figures: Figures, key: str) -> Response:
    """The table that the address names. `?form=machine` is for programs, and what there is without
    a form; a language is for spreadsheet programs of its readers."""
    found = [sheet for sheet in sheets if sheet.key == request.path_params["table"]]
    form = request.query_params.get("form", MACHINE)
    if not found or form not in (MACHINE, *SPELLINGS):
        raise HTTPException(404)
    (sheet,) = found
    is_machine = form == MACHINE
    text = machine_csv(sheet) if is_machine else readers_csv(sheet, figures, SPELLINGS[form])
    name = f"{sheet.key}-{figures.plan.id}-{key}.csv"
    return Response(text, media_type="text/csv", headers=_as_file(name))


async def workbook_response(sheets: Sequence[Sheet], figures: Figures, name: str) -> Response:
    """Written to a file beside the event loop, and gone when it has been sent."""
    path = await anyio.to_thread.run_sync(_write, sheets, figures)
    gone = BackgroundTask(path.unlink, missing_ok=True)
    return FileResponse(path, media_type=XLSX, headers=_as_file(name), background=gone)


def _write(sheets: Sequence[Sheet], figures: Figures) -> Path:
    handle, name = tempfile.mkstemp(suffix=".xlsx")
    os.close(handle)
    write_workbook(Path(name), sheets, figures)
    return Path(name)


def _as_file(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}
