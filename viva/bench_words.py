"""`viva bench words`: how far the local recogniser's times of words lie from when they were said.

A Piper voice says sentences that candidates might and tells when it says each word; Whisper hears
them, without a room between. The clock of an interview has no part in it: `viva simulate --record`
measures that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from agent.speech.whisper import Whisper
from agent.speech.word_times import Timed
from interview.scenario import load_scenarios
from viva.figures import milliseconds, percentile
from viva.judge_set import load_judge_set
from viva.judge_spoken import at_recogniser_rate
from viva.levels import RATE
from viva.places import ROOT
from viva.speaker import Speaker
from viva.word_pairs import word_pairs

# Quiet around each sentence, in seconds, as the detector of voices leaves it.
_AROUND_S = 0.5
_CLOSE_S = 0.05
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WORDS_LEAST = 8


def sentences(count: int) -> list[str]:
    """So many of the judge set's, of different transcripts and questions."""
    found = [
        sentence
        for _, transcript in load_judge_set(load_scenarios(ROOT / "scenarios")).transcripts()
        for _, answer in transcript.answers
        for sentence in _SENTENCE.split(" ".join(answer.split()))
        if len(sentence.split()) >= _WORDS_LEAST
    ]
    return found[:: max(1, len(found) // count)][:count]


def words(count: int, model: str = "tiny.en") -> dict[str, Any]:
    """`starts` and `ends`: the recogniser's against the voice's, in ms, positive where it is late.
    The first word of each is left out: its start is taken from the detector of voices."""
    speaker, whisper = Speaker(), Whisper(model, threads=2)
    off: list[tuple[float, float]] = []
    said = 0
    try:
        for text in sentences(count):
            clip = speaker.say(text)
            said += len(clip.words)
            sound = at_recogniser_rate(clip.samples.tobytes(), RATE, _AROUND_S)
            heard = whisper.transcribe(sound).words
            off += _off(clip.words, [(w.text, w.start, w.end) for w in heard])
    finally:
        whisper.executor.shutdown()
    return {
        "model": model,
        "sentences": count,
        "words_said": said,
        "words": len(off),
        "starts": _figures([start for start, _ in off]),
        "ends": _figures([end for _, end in off]),
    }


def table(figures: dict[str, Any]) -> str:
    lines = [f"{figures['words']} of {figures['words_said']} words, {figures['model']}"]
    for what in ("starts", "ends"):
        of = figures[what]
        lines.append(
            f"{what:<7} late by {of['late_p50_ms']} ms (p50); off by {of['off_p50_ms']} ms (p50), "
            f"{of['off_p95_ms']} ms (p95); {of['within_50_ms']:.0%} within 50 ms"
        )
    return "\n".join(lines)


def _off(
    said: Sequence[Timed], heard: Sequence[tuple[str, float, float]]
) -> Iterator[tuple[float, float]]:
    for here, there in word_pairs([one.text for one in said], [text for text, _, _ in heard]):
        if there:
            true, (_, start, end) = said[here], heard[there]
            yield start - _AROUND_S - true.start, end - _AROUND_S - true.end


def _figures(seconds: Sequence[float]) -> dict[str, Any]:
    sizes = [abs(one) for one in seconds]
    return {
        "late_p50_ms": milliseconds(percentile(seconds, 50)),
        "off_p50_ms": milliseconds(percentile(sizes, 50)),
        "off_p95_ms": milliseconds(percentile(sizes, 95)),
        "within_50_ms": round(sum(one <= _CLOSE_S for one in sizes) / max(1, len(sizes)), 3),
    }
