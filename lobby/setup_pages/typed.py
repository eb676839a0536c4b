"""What a form of the set-up says of days and of the newest change that was seen."""

from datetime import date

from lobby.web.commands import FormFields


def seen_in(form: FormFields) -> int | None:
    text = form.get("seen", "")
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 12 else None


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
