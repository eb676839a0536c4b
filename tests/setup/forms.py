"""The form of a page of the set-up, as a browser sends it when something was typed into it."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

from tests.app.app import LocalApp
from tests.setup.demo import TODAY


class _Form(HTMLParser):
    """The fields of the first form that is sent to an address of the set-up."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._is_in, self._is_past, self._text_of = False, False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form" and not self._is_past:
            self._is_in = known.get("method") == "post"
        if not self._is_in or "name" not in known:
            return
        if tag == "textarea":
            self._text_of = known["name"]
            self.fields[self._text_of] = ""
        elif tag == "input" and (known.get("type") != "checkbox" or "checked" in known):
            self.fields[known["name"]] = known.get("value", "on")

    def handle_data(self, data: str) -> None:
        if self._text_of:
            self.fields[self._text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text_of = ""
        if tag == "form" and self._is_in:
            self._is_in, self._is_past = False, True


def form_in(page: str) -> dict[str, str]:
    form = _Form()
    form.feed(page)
    return form.fields


def filled(page: str, typed: dict[str, str | None]) -> dict[str, str]:
    """None takes a field out, as a tick that was removed."""
    form: dict[str, Any] = form_in(page) | typed
    return {name: text for name, text in form.items() if text is not None}


def sent(app: LocalApp, path: str, *, who: str = "minh", day: Any = TODAY, **typed: Any) -> Any:
    """What comes back after something was typed into the page and it was sent."""
    page = app.get(who, path).text
    form = filled(page, {"from": f"{day}", **typed})
    return app.post(who, path.partition("?")[0], **form)


def said(answer: Any) -> str:
    return unescape(answer.text)
