"""What to say, by situation: in three languages, judged after use, written anew by who leads."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.floor.tablet.answers import redirect_with_status
from lobby.floor.tablet.request import TabletRequest, floor_staff_request
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.scripts.format import TEXT_LENGTH_MAX, tidy, wordings
from lobby.scripts.library import Script, library
from lobby.scripts.situations import ICONS, TITLES, Situation, situation
from lobby.store.scripts import ScriptMovedOnError, add_script_version, add_script_vote
from lobby.web.commands import FormFields, form_fields, idempotency_key
from lobby.web.staff import Role

PAGE = "/floor/scripts"
WRITERS = (Role.LOBBY_MANAGER, Role.BRANCH_HEAD)
MOVED_ON = mark("Somebody has written a newer version meanwhile. Please look at it first.")
EMPTY = mark("Please write the words in every language.")
TOO_LONG = mark("This is too long to be read while a customer stands there.")
VOTES = {"yes": True, "no": False}


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    newest = [
        versions[0]
        for versions in (await library(tablet.services.store, tablet.branch.id)).values()
    ]
    return tablet.page(
        request, "floor/scripts/page.html", scripts=newest, titles=TITLES, icons=ICONS
    )


async def one(request: Request) -> Response:
    """The newest version, or the one asked for: old ones stay readable."""
    tablet = await floor_staff_request(request)
    versions = await _versions(tablet, request)
    asked = request.query_params.get("version", str(versions[0].version))
    script = next((each for each in versions if str(each.version) == asked), None)
    if script is None:
        raise HTTPException(404)
    first = request.query_params.get("first", tablet.language)
    return tablet.page(
        request,
        "floor/scripts/script.html",
        script=script,
        versions=versions,
        wordings=wordings(script.texts, first),
        names={v.version: tablet.name_of(v.by) if v.by else "" for v in versions},
        title=TITLES[script.situation],
        may_write=tablet.staff.role in WRITERS,
        length_max=TEXT_LENGTH_MAX,
    )


async def write(request: Request) -> Response:
    """A new version; whoever wrote in between is not written over."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    if tablet.staff.role not in WRITERS:
        raise HTTPException(403)
    about = _situation(request)
    texts, after = _texts(form), _version(form.get("after", ""))
    key, now = idempotency_key(request, form), tablet.services.clock.now()
    try:
        await tablet.services.store.write(
            lambda c: add_script_version(
                c,
                tablet.branch.id,
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
    return redirect_with_status(request, f"{PAGE}/{about}", key)


async def vote(request: Request) -> Response:
    """Whether these words did any good just now."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    version = _version(form.get("version", ""))
    if all(script.version != version for script in await _versions(tablet, request)):
        raise HTTPException(404)
    worked = VOTES.get(form.get("worked", ""))
    if worked is None:
        raise HTTPException(400)
    about, key, now = (
        _situation(request),
        idempotency_key(request, form),
        tablet.services.clock.now(),
    )
    await tablet.services.store.write(
        lambda c: add_script_vote(
            c,
            tablet.branch.id,
            situation=about,
            version=version,
            worked=worked,
            at=now,
            staff=tablet.me,
            key=key,
        )
    )
    return redirect_with_status(request, _back(form, f"{PAGE}/{about}"), key)


async def _versions(tablet: TabletRequest, request: Request) -> tuple[Script, ...]:
    return (await library(tablet.services.store, tablet.branch.id))[_situation(request)]


def _situation(request: Request) -> Situation:
    found = situation(request.path_params["situation"])
    if found is None:
        raise HTTPException(404)
    return found


def _texts(form: FormFields) -> dict[str, str]:
    texts = {language: tidy(form.get(language, "")) for language in LANGUAGES}
    if not all(texts.values()):
        raise HTTPException(400, EMPTY)
    if any(len(text) > TEXT_LENGTH_MAX for text in texts.values()):
        raise HTTPException(400, TOO_LONG)
    return texts


def _version(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        raise HTTPException(400)
    return int(text)


def _back(form: FormFields, otherwise: str) -> str:
    """To the card beside which these words stood, if it is one of the tablet's."""
    back = form.get("back", "")
    is_ours = back.startswith("/floor/") and back.replace("/", "").replace("-", "").isalnum()
    return back if is_ours else otherwise


routes: list[BaseRoute] = [
    Route(PAGE, page),
    Route(f"{PAGE}/{{situation}}", one),
    Route(f"{PAGE}/{{situation}}/versions", write, methods=["POST"]),
    Route(f"{PAGE}/{{situation}}/votes", vote, methods=["POST"]),
]
