"""Folds utterances and speeches into the turns of a transcript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import get_args

from interview.events import FlagKind, SpeechEnded, SpeechStarted, UtteranceFinal
from interview.transcript import Speaker, Turn, Word


@dataclass(slots=True)
class _Record:
    """One utterance or speech. `open` is a speech that was begun and not yet ended."""

    speaker: Speaker
    segment: str
    start_ms: int
    end_ms: int
    text: str
    interrupted: bool = False
    move: str | None = None
    flags: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    open: bool = False
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class TurnLog:
    """Everything said by either side. Utterances are stored once by id, speeches by say_id."""

    _records: list[_Record] = field(default_factory=list)
    _utterances: dict[str, _Record] = field(default_factory=dict)
    _speeches: dict[str, _Record] = field(default_factory=dict)

    def utterance(self, event: UtteranceFinal, segment: str, flags: tuple[str, ...]) -> bool:
        """Store it; False when that id is stored already or there are no words in it."""
        if event.utterance_id in self._utterances or not event.text.strip():
            return False
        if event.source == "typed":
            flags = (*flags, "typed")
        record = _Record(
            "candidate",
            segment,
            event.start_ms,
            max(event.start_ms, event.end_ms),
            event.text.strip(),
            flags=flags,
            words=event.words,
            ids=(event.utterance_id,),
        )
        self._utterances[event.utterance_id] = record
        self._records.append(record)
        return True

    def said(self) -> dict[str, str]:
        """The candidate's words by utterance, in the order in which they came."""
        return {key: record.text for key, record in self._utterances.items()}

    def segment_of(self, utterance_id: str) -> str:
        """Raises KeyError for an utterance that is not stored."""
        return self._utterances[utterance_id].segment

    def span_of(self, utterance_ids: Sequence[str]) -> tuple[int, int]:
        """Milliseconds from the beginning of the first to the end of the last of those utterances
        that are stored; (0, 0) when none is."""
        spans = [self._utterances[id_] for id_ in utterance_ids if id_ in self._utterances]
        if not spans:
            return 0, 0
        return min(s.start_ms for s in spans), max(s.end_ms for s in spans)

    def flag(self, utterance_id: str, flag: FlagKind | None) -> None:
        """Marks that utterance as noteworthy, instead of what it was marked as before."""
        record = self._utterances[utterance_id]
        kept = tuple(other for other in record.flags if other not in get_args(FlagKind))
        record.flags = (*kept, flag) if flag else kept

    def speech_started(self, event: SpeechStarted, segment: str, move: str | None) -> None:
        if event.say_id in self._speeches:
            return
        start = round(event.at * 1000)
        record = _Record("interviewer", segment, start, start, event.text, move=move, open=True)
        self._speeches[event.say_id] = record
        self._records.append(record)

    def speech_ended(self, event: SpeechEnded, segment: str, move: str | None) -> None:
        record = self._speeches.get(event.say_id)
        if record is None:
            if not event.text.strip():
                return
            record = _Record("interviewer", segment, event.start_ms, event.end_ms, "", move=move)
            self._speeches[event.say_id] = record
            self._records.append(record)
        elif not record.open:
            return
        record.open = False
        record.text = event.text.strip()
        record.interrupted = event.outcome != "finished"
        record.start_ms = event.start_ms
        record.end_ms = max(event.start_ms, event.end_ms)
        record.words = event.words

    def turns(self) -> list[Turn]:
        """In order of their beginning. Utterances with no speech between them are one turn, but
        for those that could not be made out. A speech whose end is not known stands with its whole
        text and the flag "unfinished"."""
        return [
            Turn(
                index=index,
                speaker=record.speaker,
                segment=record.segment,
                start_ms=record.start_ms,
                end_ms=record.end_ms,
                text=record.text,
                interrupted=record.interrupted or record.open,
                move=record.move,
                flags=(*record.flags, "unfinished") if record.open else record.flags,
                words=record.words,
            )
            for index, record in enumerate(self._merged())
        ]

    def turn_of(self) -> dict[str, int]:
        """The index in `turns()` of the turn that each utterance is part of, by its id."""
        return {id_: n for n, record in enumerate(self._merged()) for id_ in record.ids}

    def _merged(self) -> list[_Record]:
        merged: list[_Record] = []
        for record in sorted(self._records, key=lambda r: r.start_ms):
            if not record.text:
                continue
            last = merged[-1] if merged else None
            if (
                last
                and last.speaker == record.speaker == "candidate"
                and last.segment == record.segment
                and ("garbled" in last.flags) == ("garbled" in record.flags)
            ):
                merged[-1] = _joined(last, record)
            else:
                merged.append(record)
        return merged


def _joined(first: _Record, second: _Record) -> _Record:
    return _Record(
        first.speaker,
        first.segment,
        first.start_ms,
        max(first.end_ms, second.end_ms),
        f"{first.text} {second.text}",
        flags=tuple(dict.fromkeys((*first.flags, *second.flags))),
        words=(*first.words, *second.words),
        ids=(*first.ids, *second.ids),
    )
