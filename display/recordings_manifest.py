"""The recordings that a display's script needs to say any call of its branch."""

from collections.abc import Callable
from typing import Any

from lobby.queueing.model.plan import Plan
from lobby.screens.words import counter_label
from lobby.speech.calls import CHIME, CallVoice, call_voice
from lobby.speech.recordings import ENDING, recordings

Address = Callable[[str], str]


def recordings_manifest(plan: Plan, languages: tuple[str, ...], address: Address) -> dict[str, Any]:
    """`address` makes that of a static file. A language that is not recorded is left out."""
    labels = tuple(counter_label(plan, counter) for counter in plan.counters)
    voices = {code: call_voice(code, labels) for code in languages}
    spoken = {code: voice for code, voice in voices.items() if voice is not None}
    chimes = [code for code in languages if recordings(code).has_all((CHIME,))]
    return {
        "chime": address(f"sounds/{chimes[0]}/{CHIME}{ENDING}") if chimes else "",
        "languages": {
            code: _voice_manifest(voice, address(f"sounds/{code}/"))
            for code, voice in spoken.items()
        },
    }


def _voice_manifest(voice: CallVoice, folder: str) -> dict[str, Any]:
    return {
        "folder": folder,
        "ending": ENDING,
        "before": voice.before,
        "between": voice.between,
        "after": voice.after,
        "signs": voice.signs,
        "counters": voice.counters,
    }
