"""Turns a persona into sound: what it says to a question, how, and what is heard around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import TypeVar

from viva.levels import SPEECH_RMS, Samples, factor
from viva.persona import Answers, Persona
from viva.speaker import Clip, Speaker
from viva.surroundings import background, over_the_phone

# Said aside, such as "mm-hm", is quieter than an answer.
_ASIDE_GAIN_DB = -6.0
_BABBLE = (
    "I told them that we could have the room until five, and nobody said anything about it.",
    "Well, the train was late again, so we walked the whole way along the river.",
    "Could you pass me the other one, please, the one with the blue label on it.",
    "She said that it would be finished by Tuesday, and I think she meant it.",
)


T = TypeVar("T")


class Performer:
    """One persona's voice for one interview. Building it and `answer` block for a moment.

    `background` is the loop that its microphone always hears, None for a silent room."""

    def __init__(self, persona: Persona, voice: str) -> None:
        self._answers = Answers(persona)
        self._phone = persona.room.phone
        self._speaker = Speaker(voice, persona.voice.pace, persona.voice.gain_db)
        self.background = self._around(persona)
        self._breaking_in = _round(persona.barge_in.say if persona.barge_in else [])
        aside = persona.backchannel.say if persona.backchannel else []
        self._asides = _round([self._clip(text).louder(_ASIDE_GAIN_DB) for text in aside])

    def answer(self, question: str, segment: str, *, breaking_in: bool = False) -> Clip | None:
        """None when the persona has nothing left to say."""
        text = self._answers.to(question, segment)
        if text is None:
            return None
        lead = next(self._breaking_in, None) if breaking_in else None
        return self._clip(f"{lead} {text}" if lead else text)

    def aside(self) -> Clip | None:
        return next(self._asides, None)

    def _clip(self, text: str) -> Clip:
        clip = self._speaker.say(text)
        if not self._phone:
            return clip
        return replace(clip, samples=over_the_phone(clip.samples))

    def _around(self, persona: Persona) -> Samples | None:
        room = persona.room
        if room.noise_snr_db is None and room.babble_snr_db is None and not room.phone:
            return None
        talking = () if room.babble_snr_db is None else _BABBLE
        return background(
            SPEECH_RMS * factor(persona.voice.gain_db),
            noise_snr_db=room.noise_snr_db,
            babble_snr_db=room.babble_snr_db,
            babble_of=[self._speaker.say(text).samples for text in talking],
            phone=room.phone,
        )


def _round(values: list[T]) -> Iterator[T]:
    return cycle(values)
