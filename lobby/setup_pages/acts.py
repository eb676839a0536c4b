"""Shows a section of a branch's set-up and keeps what is wished: a day, a reason, a way back, and
what somebody else did meanwhile beside what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from lobby import typed_text
from lobby.i18n.formats import long_date
from lobby.i18n.texts import mark
from lobby.setup.refusals import ChangedMeanwhileError, SetUpRefusedError, WrongSetUpError
from lobby.setup.service import REASON_LETTERS_MAX, Wish
from lobby.setup_pages.asking import SetUpRequest, seen_in
from lobby.setup_pages.days import day_in, untimely
from lobby.setup_pages.drafts import Draft, Standing, draft, standing
from lobby.setup_pages.section import Fields, Mistakes, Section, merged
from lobby.setup_pages.sections import SECTIONS, after
from lobby.setup_pages.wrong_words import told_of
from lobby.web.commands import FormFields

PAGE = "/setup"
OF_EVERY_FORM = frozenset({"branch", "seen", "on", "from", "reason", "first"})
NO_DAY = mark("Please choose a day.")
MEANWHILE = mark(
    "Somebody else has changed this meanwhile. What holds now stands beside what you typed; save "
    "again to keep yours."
)
LOOK_AT_MARKED = mark("Nothing was changed yet. Please look at what is marked.")
CANNOT_BE = mark("This cannot be so. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Answer:
    """To a form that was not kept: what was typed, and why."""

    typed: Fields
    problem: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)


NOT_SENT = Answer({})


async def show(asked: SetUpRequest, section: Section) -> Response:
    query = asked.request.query_params
    on = _day_shown(asked, query.get("on", ""))
    return await _page(asked, section, FormFields(list(query.items())), on)


async def change(asked: SetUpRequest, section: Section, form: FormFields) -> Response:
    on = _day_shown(asked, form.get("on", ""))
    sent = {name: _lines(text) for name, text in form.items() if name not in OF_EVERY_FORM}
    try:
        found = await draft(asked, section, on, seen_in(form), sent)
    except SetUpRefusedError:
        return await _page(asked, section, form, on, Answer(sent))
    answer = await _kept(asked, section, form, on, found)
    return answer if isinstance(answer, Response) else await _page(asked, section, form, on, answer)


async def _kept(
    asked: SetUpRequest, section: Section, form: FormFields, on: date, found: Draft
) -> Answer | Response:
    day = day_in(form.get("from", ""))
    if isinstance(found.wished, Mistakes) or day is None:
        return _mistaken(asked, found, day)
    problems = untimely(found.wished, asked.today, day, "new_day")
    if problems:
        said = {name: asked.say(text) for name, text in problems.items()}
        return Answer(found.mine, asked.say(LOOK_AT_MARKED), said)
    wish = Wish(
        branch_id=asked.plan.id,
        valid_from=day,
        changes=found.wished,
        reason=typed_text.words(form.get("reason", ""))[:REASON_LETTERS_MAX],
        seen=seen_in(form),
        about=tuple(each.path for each in found.wished),
    )
    try:
        await asked.services.set_up.change(wish, f"staff/{asked.staff.id}")
    except SetUpRefusedError as refused:
        return Answer(found.mine, asked.sentence(refused))
    except WrongSetUpError as wrong:
        return _wrong(asked, section, found, wrong)
    except ChangedMeanwhileError:
        now = await standing(asked, section, on)
        both = merged(found.shown, now.typed, found.mine)
        return Answer(both.fields, asked.say(MEANWHILE), beside=both.beside)
    facts = {"branch": asked.plan.id, "saved": f"{day}", "on": f"{max(day, asked.today)}"}
    more = {"first": "1"} if form.get("first") == "1" else {}
    return RedirectResponse(f"{address(section)}?{urlencode(facts | more)}", HTTPStatus.SEE_OTHER)


def _lines(text: str) -> str:
    """Browsers end lines as HTTP does; a text that was left alone is to be the same."""
    return text.replace("\r\n", "\n")


def address(section: Section) -> str:
    return f"{PAGE}/{section.path}"


def _mistaken(asked: SetUpRequest, found: Draft, day: date | None) -> Answer:
    of = found.wished.of if isinstance(found.wished, Mistakes) else {}
    problems = {name: mistake.told(asked.language) for name, mistake in of.items()}
    if day is None:
        problems["from"] = asked.say(NO_DAY)
    return Answer(found.mine, asked.say(LOOK_AT_MARKED), problems)


def _wrong(asked: SetUpRequest, section: Section, found: Draft, wrong: WrongSetUpError) -> Answer:
    """Each mistake at its field, and above the form where it has none."""
    problems: dict[str, str] = {}
    above = [asked.say(CANNOT_BE)]
    for mistake in wrong.mistakes:
        name, said = section.field_of(mistake.path), told_of(mistake, asked.language)
        if name in found.mine:
            problems[name] = said
        else:
            above.append(said)
    return Answer(found.mine, " ".join(above), problems)


def _day_shown(asked: SetUpRequest, text: str) -> date:
    """Today, where no later day was asked for."""
    day = day_in(text)
    return asked.today if day is None else max(day, asked.today)


async def _page(
    asked: SetUpRequest, section: Section, form: FormFields, on: date, answer: Answer = NOT_SENT
) -> Response:
    """What was typed stands there again, whatever is said about it."""
    older_than = seen_in(FormFields([("seen", asked.request.query_params.get("older", ""))]))
    was_sent = answer is not NOT_SENT
    status = HTTPStatus.UNPROCESSABLE_ENTITY if was_sent else HTTPStatus.OK
    try:
        now = await standing(asked, section, on, older_than)
    except SetUpRefusedError as refused:
        said = asked.sentence(refused)
        return _drawn(asked, section, status, problem=said, now=None, saved=None, first=False)
    if now.view is None:
        raise HTTPException(404)
    return _drawn(
        asked,
        section,
        status,
        now=now,
        view=now.view,
        typed={**now.typed, **answer.typed},
        problem=answer.problem,
        problems=answer.problems,
        beside=answer.beside,
        on=on,
        seen=now.newest,
        older_than=older_than,
        first=form.get("first") == "1",
        from_day=form.get("from", _usual_day(asked, now, on, form)),
        reason=form.get("reason", ""),
        saved=day_in(form.get("saved", "")),
        after=after(section, asked.plan.id),
    )


def _usual_day(asked: SetUpRequest, now: Standing, on: date, form: FormFields) -> str:
    """A branch that is being set up begins today; one that runs is changed overnight."""
    if on > asked.today:
        return f"{on}"
    is_first = form.get("first") == "1"
    return f"{asked.today if is_first else asked.today + timedelta(days=1)}"


def _drawn(asked: SetUpRequest, section: Section, status: int, **context: Any) -> Response:
    return asked.services.pages.page(
        asked.request,
        section.template,
        asked.language,
        status_code=status,
        me=asked.staff,
        plan=asked.plan,
        plans=asked.plans,
        today=asked.today,
        section=section,
        sections=SECTIONS,
        here=address(section),
        reason_max=REASON_LETTERS_MAX,
        told=lambda day: long_date(day, asked.language),
        **context,
    )
