"""Scripts by situation: read in three languages, judged after use, written anew by who leads."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import FLOOR_ROLES, TabletRequest
from lobby.floor.tablet.routing import RecordAct, View, record_routes, view_routes
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.scripts.format import TEXT_LENGTH_MAX, tidy, wordings
from lobby.scripts.library import Script, library
from lobby.scripts.situations import ICONS, TITLES, Situation, situation
from lobby.store.scripts import ScriptMovedOnError, add_script_version, add_script_vote
from lobby.web.commands import FormFields

PAGE = "/floor/scripts"
SCRIPT = f"{PAGE}/{{situation}}"
MOVED_ON = mark("Somebody has saved a newer version in the meantime. Please look at it first.")
EMPTY = mark("Please write the text in every language.")
TOO_LONG = mark("This is too long to read while a customer is waiting.")
VOTES = {"yes": True, "no": False}
VERSION_DIGITS_MAX = 6
"""Of a version: more than anybody ever writes."""


async def scripts_view(tablet: TabletRequest) -> Response:
    scripts = await library(tablet.store, tablet.branch.id)
    newest = [versions[0] for versions in scripts.values()]
    return tablet.page("floor/scripts/page.html", scripts=newest, titles=TITLES, icons=ICONS)


async def script_view(tablet: TabletRequest) -> Response:
    """The newest version, or the one asked for: old ones stay readable."""
    versions = await _versions(tablet)
    version = tablet.query("version", str(versions[0].version))
    script = next((each for each in versions if str(each.version) == version), None)
    if script is None:
        raise HTTPException(404)
    return tablet.page(
        "floor/scripts/script.html",
        script=script,
        versions=versions,
        wordings=wordings(script.texts, tablet.query("first", tablet.language)),
        names={v.version: tablet.name_of(v.by) if v.by else "" for v in versions},
        title=TITLES[script.situation],
        may_write=tablet.staff.role in FLOOR_ROLES,
        length_max=TEXT_LENGTH_MAX,
    )


async def write_version(act: TabletAct) -> str:
    """A new version; whoever wrote in between is not written over."""
    tablet, now = act.tablet, act.tablet.now
    if tablet.staff.role not in FLOOR_ROLES:
        raise HTTPException(403)
    about, texts = _situation(tablet), _texts(act.form)
    after, key = act.whole_number("after", VERSION_DIGITS_MAX), act.record_key
    try:
        return await act.record(
            lambda c: add_script_version(
                *(c, tablet.branch.id),
                situation=about,
                after=after,
                texts=texts,
                at=now,
                by=tablet.me,
                key=key,
            )
        )
    except ScriptMovedOnError:
        raise HTTPException(409, MOVED_ON) from None


async def vote(act: TabletAct) -> str:
    """Whether these words did any good just now."""
    tablet, now = act.tablet, act.tablet.now
    version = act.whole_number("version", VERSION_DIGITS_MAX)
    if all(script.version != version for script in await _versions(tablet)):
        raise HTTPException(404)
    worked = VOTES.get(act.text("worked"))
    if worked is None:
        raise HTTPException(400)
    about, key = _situation(tablet), act.record_key
    return await act.record(
        lambda c: add_script_vote(
            *(c, tablet.branch.id),
            situation=about,
            version=version,
            worked=worked,
            at=now,
            staff=tablet.me,
            key=key,
        )
    )


async def _versions(tablet: TabletRequest) -> tuple[Script, ...]:
    return (await library(tablet.store, tablet.branch.id))[_situation(tablet)]


def _situation(tablet: TabletRequest) -> Situation:
    known = situation(tablet.path("situation"))
    if known is None:
        raise HTTPException(404)
    return known


def _texts(form: FormFields) -> dict[str, str]:
    texts = {language: tidy(form.get(language, "")) for language in LANGUAGES}
    if not all(texts.values()):
        raise HTTPException(400, EMPTY)
    if any(len(text) > TEXT_LENGTH_MAX for text in texts.values()):
        raise HTTPException(400, TOO_LONG)
    return texts


def _page_of_script(act: TabletAct, _done: str) -> str:
    return act.reloaded(f"{PAGE}/{act.path('situation')}")


def _page_of_vote(act: TabletAct, done: str) -> str:
    """The card beside which these words stood, if it is one of the tablet's."""
    back = act.text("back")
    is_ours = back.startswith("/floor/") and back.replace("/", "").replace("-", "").isalnum()
    return act.reloaded(back) if is_ours else _page_of_script(act, done)


VIEWS: dict[str, View] = {PAGE: scripts_view, SCRIPT: script_view}
ACTS: dict[str, RecordAct] = {
    f"{SCRIPT}/versions": RecordAct(write_version, _page_of_script),
    f"{SCRIPT}/votes": RecordAct(vote, _page_of_vote),
}

routes: list[BaseRoute] = [*view_routes(VIEWS), *record_routes(ACTS)]
