"""The voices that an interviewer can speak with, from what the set-up is told of its speech.

Worker and server read the same settings by the same rules, so that what is offered can be spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

# https://platform.openai.com/docs/guides/text-to-speech
OPENAI_VOICES = (
    "alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """`id` stands in a plan. `source`: what its engine is told, for Piper a name or a path."""

    id: str
    title: str
    source: str


def listed(setting: str) -> tuple[str, ...]:
    """The entries of a setting that names one or several, separated by commas."""
    return tuple(dict.fromkeys(part.strip() for part in setting.split(",") if part.strip()))


def piper_voices(setting: str) -> tuple[Voice, ...]:
    """The voices of VIVA_PIPER_VOICE, the usual one first. The id of a file is its name without
    directory and ending; of two with the same one the first counts."""
    found: dict[str, Voice] = {}
    for source in listed(setting):
        id_ = PurePath(source).stem if source.endswith(".onnx") else source
        found.setdefault(id_, Voice(id_, _piper_title(id_), source))
    return tuple(found.values())


def openai_voices(setting: str, *, own: bool) -> tuple[Voice, ...]:
    """Those of VIVA_TTS_VOICE, the usual one first, and then the others that OpenAI has; of `own`
    servers only what the setting names is known."""
    names: Sequence[str] = listed(setting)
    if not own:
        names = tuple(dict.fromkeys((*names, *OPENAI_VOICES)))
    return tuple(Voice(name, name.replace("_", " ").title(), name) for name in names)


def chosen(voices: Sequence[Voice], wanted: str | None) -> Voice:
    """The one that is wanted; the usual one when that is not there (any more)."""
    return next((voice for voice in voices if voice.id == wanted), voices[0])


def _piper_title(id_: str) -> str:
    """Piper's files are called locale-name-quality."""
    parts = id_.split("-")
    if len(parts) != 3:
        return id_.replace("_", " ").title()
    locale, name, quality = parts
    return f"{name.replace('_', ' ').title()} ({locale.replace('_', '-')}, {quality})"
