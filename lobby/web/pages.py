"""Pages and regions drawn from templates, in the language of whoever looks at them."""

import pkgutil
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from markupsafe import Markup
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from lobby.i18n.formats import clock_time, decimal, long_date, minutes, money, ticket_code
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan

LANGUAGE_COOKIE = "language"


class Pages:
    """A template is named by the package whose `templates` folder it lies in, without `lobby`:
    `kiosk/question.html` lies in kiosk/templates, `floor/duty/page.html` in
    lobby/floor/duty/templates. `packages` are the screens' own; their subjects are found."""

    def __init__(self, packages: tuple[str, ...], build: str) -> None:
        self._environments = _environments(packages, build)

    def render(self, template: str, language: str, **context: Any) -> Markup:
        """A fragment: a region, a slip."""
        return Markup(self._environments[language].get_template(template).render(context))  # noqa: S704 - Jinja has escaped it

    def page(
        self,
        request: HTTPConnection,
        template: str,
        language: str,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        **context: Any,
    ) -> HTMLResponse:
        html = self.render(template, language, request=request, **context)
        return HTMLResponse(html, status_code, headers)


@cache
def _environments(packages: tuple[str, ...], build: str) -> Mapping[str, Environment]:
    """Once in a process, with every template that was compiled, however many applications use
    them."""
    loader = PrefixLoader({_last_name(package): _loader(package) for package in packages})
    return {language: _environment(loader, language, build) for language in LANGUAGES}


def _loader(package: str) -> BaseLoader:
    """The templates of a screen: its own, and those of each of its subjects."""
    subjects = {_last_name(subject): PackageLoader(subject) for subject in _subjects(package)}
    own = [PackageLoader(package)] if _has_templates(package) else []
    return ChoiceLoader([PrefixLoader(subjects), *own])


def _subjects(package: str) -> Iterator[str]:
    folders = [str(resources.files(package))]
    for module in pkgutil.iter_modules(folders, f"{package}."):
        if module.ispkg and _has_templates(module.name):
            yield module.name


def _has_templates(package: str) -> bool:
    return resources.files(package).joinpath("templates").is_dir()


def _last_name(package: str) -> str:
    return package.rpartition(".")[2]


def _environment(loader: BaseLoader, language: str, build: str) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    environment.install_gettext_translations(texts(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "language": language,
        "html_language": LANGUAGES[language].html_code,
        "languages": tuple((code, spoken.own_name) for code, spoken in LANGUAGES.items()),
        "language_name": lambda code: LANGUAGES[code].own_name,
        "build": build,
        "too_old": _too_old(),
        "static": lambda path: f"/static/{build}/{path}",
        "new_key": lambda: secrets.token_urlsafe(18),
    }
    environment.filters |= {
        "ticket_code": ticket_code,
        "minutes": lambda seconds: minutes(seconds, language),
        "money": lambda amount, currency: money(amount, currency, language),
        "clock_time": _clock_time,
        "long_date": lambda day: long_date(day, language),
        "figure": lambda value: decimal(value, language),
        "in_language": lambda names: names.get(language) or names["en"],
    }
    return environment


TOO_OLD = mark("This browser is too old for this screen. Please install Chromium 87 or newer.")


def _too_old() -> tuple[tuple[str, str], ...]:
    """Whoever stands before such a screen cannot choose a language there."""
    return tuple(
        (spoken.html_code, texts(code).gettext(TOO_OLD)) for code, spoken in LANGUAGES.items()
    )


def _clock_time(at: datetime, plan: Plan) -> str:
    return clock_time(at, plan)


def language_of(connection: HTTPConnection, default: str | None = None) -> str:
    """`?language=` wins, then what the screen or person is set to, then what the browser says."""
    choices = (
        connection.query_params.get("language"),
        default,
        connection.cookies.get(LANGUAGE_COOKIE),
        *_accepted(connection.headers.get("accept-language", "")),
    )
    return next((choice for choice in choices if choice and choice in LANGUAGES), "en")


def _accepted(header: str) -> list[str]:
    """The primary subtags in the order given; weights are rarely out of that order."""
    return [part.split(";")[0].strip()[:2].lower() for part in header.split(",")]
