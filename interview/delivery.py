"""How it was said, apart from what: pace, pauses, fillers, and who talked, from the transcript.

Everything is read from the times of recognised words. What was typed or could not be made out has
none; where too much of it is such, nothing is measured rather than something wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from interview.clarity import LEAST_CONFIDENCE
from interview.language import words_of
from interview.report import Delivery, Measure
from interview.transcript import Turn, Word

# A gap between two words of one turn that is longer is a pause.
PAUSE_MS = 2000
# With less speech, nothing typical can be said of it.
LEAST_SPEECH_MS = 30_000
LEAST_WORDS = 40
LEAST_ANSWERS = 3
# Of the words, at most so many may have been in turns that could not be made out.
MOST_GARBLED_PART = 0.25
# Of the words that were made out, so many may lie below the confidence that words are believed at.
MOST_DOUBTFUL_PART = 0.35

LIMITS = (
    "These figures come from when your words were recognised, not from how you sound. A pause to "
    "think is no fault, and none of this changes a level."
)
_FEW_FILLERS = "The recogniser leaves out most of them, so there were more."
_TOO_LITTLE = "You spoke too little for it."
_TYPED = "You typed your answers."
_UNTIMED = "The recogniser gave no times for words."
_UNCLEAR = "Too few words were made out."
_FILLER = re.compile(
    r"\b(?:u+m+|u+h+|e+r+m*|h+m+|mm+|you know|i mean|sort of|kind of)\b|(?<=,) ?like(?=,)"
)


@dataclass(frozen=True, slots=True)
class _Speech:
    """A spoken turn of the candidate's: `runs` are its words between pauses."""

    turn: Turn
    runs: tuple[tuple[Word, ...], ...]

    @property
    def speaking_ms(self) -> int:
        return sum(run[-1].end_ms - run[0].start_ms for run in self.runs)


def delivery(turns: Sequence[Turn]) -> Delivery:
    """Of a whole transcript. Spans are milliseconds on the session clock."""
    said = [turn for turn in turns if turn.speaker == "candidate"]
    clear = [turn for turn in said if "garbled" not in turn.flags]
    speeches = [_speech(turn) for turn in clear if turn.words]
    why = _unmeasurable(said, clear, speeches)
    if why:
        return Delivery(measures=tuple(_unmeasured(id_, why) for id_ in _LABELS), limits=LIMITS)
    speaking = sum(speech.speaking_ms for speech in speeches)
    minutes = speaking / 60_000
    count = sum(len(words_of(w.text)) for s in speeches for run in s.runs for w in run)
    fillers = sum(len(_FILLER.findall(_joined(speech))) for speech in speeches)
    return Delivery(
        measures=(
            _measured("words_per_minute", count / minutes, note="Pauses are left out of it."),
            *_pauses(speeches),
            _measured("fillers_per_minute", fillers / minutes, note=_FEW_FILLERS),
            _ratio(turns, speaking),
            _longest(speeches),
            _answering(turns),
        ),
        limits=LIMITS,
    )


_LABELS: dict[str, tuple[str, str]] = {
    "words_per_minute": ("Pace", "words a minute"),
    "pauses": ("Pauses of over two seconds", ""),
    "longest_pause": ("Longest pause", "s"),
    "fillers_per_minute": ("Fillers", "a minute"),
    "talk_ratio": ("Your share of the talk", "%"),
    "longest_stretch": ("Longest stretch of talking", "s"),
    "time_to_answer": ("Time until you begin to answer", "s"),
}


def _measured(
    id_: str, value: float, note: str = "", span: tuple[int, int] | None = None
) -> Measure:
    label, unit = _LABELS[id_]
    start, end = span or (None, None)
    return Measure(
        id=id_,
        label=label,
        value=round(value, 1),
        unit=unit,
        note=note,
        start_ms=start,
        end_ms=end,
    )


def _unmeasured(id_: str, why: str) -> Measure:
    label, unit = _LABELS[id_]
    return Measure(id=id_, label=label, value=None, unit=unit, note=why)


def _unmeasurable(said: Sequence[Turn], clear: Sequence[Turn], speeches: Sequence[_Speech]) -> str:
    """Why nothing can be measured; "" when it can."""
    if not said:
        return _TOO_LITTLE
    total = sum(len(words_of(turn.text)) for turn in said)
    made_out = sum(len(words_of(turn.text)) for turn in clear)
    if total - made_out > MOST_GARBLED_PART * total:
        return _UNCLEAR
    if not speeches:
        return _TYPED if all("typed" in turn.flags for turn in clear) else _UNTIMED
    sure = [
        w.confidence for s in speeches for run in s.runs for w in run if w.confidence is not None
    ]
    if sure and mean(c < LEAST_CONFIDENCE for c in sure) > MOST_DOUBTFUL_PART:
        return _UNCLEAR
    words = sum(len(run) for speech in speeches for run in speech.runs)
    if words < LEAST_WORDS or sum(s.speaking_ms for s in speeches) < LEAST_SPEECH_MS:
        return _TOO_LITTLE
    return ""


def _speech(turn: Turn) -> _Speech:
    words = sorted(turn.words, key=lambda word: word.start_ms)
    runs: list[list[Word]] = [words[:1]]
    for before, word in pairwise(words):
        if word.start_ms - before.end_ms > PAUSE_MS:
            runs.append([])
        runs[-1].append(word)
    return _Speech(turn, tuple(map(tuple, runs)))


def _joined(speech: _Speech) -> str:
    # Commas are kept: they tell a "like" that fills from one that compares.
    text = " ".join(word.text for run in speech.runs for word in run).lower()
    return re.sub(r"\s+", " ", text)


def _pauses(speeches: Sequence[_Speech]) -> tuple[Measure, Measure]:
    gaps = [
        (before.end_ms, after.start_ms)
        for speech in speeches
        for before, after in pairwise([word for run in speech.runs for word in run])
    ]
    count = _measured("pauses", sum(after - before > PAUSE_MS for before, after in gaps))
    if not gaps:
        return count, _unmeasured("longest_pause", "You never said two words in a row.")
    longest = max(gaps, key=lambda gap: gap[1] - gap[0])
    length = max(0, longest[1] - longest[0]) / 1000
    return count, _measured("longest_pause", length, span=longest if length else None)


def _ratio(turns: Sequence[Turn], speaking_ms: int) -> Measure:
    theirs = sum(t.end_ms - t.start_ms for t in turns if t.speaker == "interviewer")
    return _measured("talk_ratio", 100 * speaking_ms / max(1, speaking_ms + theirs))


def _longest(speeches: Sequence[_Speech]) -> Measure:
    spans = [(speech.runs[0][0].start_ms, speech.runs[-1][-1].end_ms) for speech in speeches]
    longest = max(spans, key=lambda span: span[1] - span[0])
    return _measured("longest_stretch", (longest[1] - longest[0]) / 1000, span=longest)


def _answering(turns: Sequence[Turn]) -> Measure:
    """From the end of a question to the first word, where nobody broke in."""
    waits = [
        answer.words[0].start_ms - asked.end_ms
        for asked, answer in pairwise(turns)
        if asked.speaker == "interviewer"
        and answer.speaker == "candidate"
        and "?" in asked.text
        and not asked.interrupted
        and answer.words
        and "garbled" not in answer.flags
        and answer.words[0].start_ms >= asked.end_ms
    ]
    if len(waits) < LEAST_ANSWERS:
        return _unmeasured("time_to_answer", "You answered too few questions for it.")
    return _measured("time_to_answer", median(waits) / 1000, note="Half of them were quicker.")
