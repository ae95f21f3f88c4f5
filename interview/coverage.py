"""What the candidate has covered so far, as an observer read it from their finished turns.

Whoever observed, every quote is checked here against the words of the turn it names; what cannot be
found there is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from interview.events import Finding, FindingKind, FlagKind, Observed
from interview.language import normal


@dataclass(frozen=True, slots=True)
class Note:
    """A verified finding. `turn`: the utterances of the candidate's turn it was read from; `ref`:
    the question that the turn answered, if it has an id."""

    turn: tuple[str, ...]
    segment: str
    ref: str | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Flagged:
    """A noteworthy turn: the question, the answer, and why it is noteworthy."""

    turn: tuple[str, ...]
    segment: str
    flag: FlagKind
    question: str
    answer: str
    reason: str


@dataclass(slots=True)
class Coverage:
    """Findings by turn, in the order of the turns. A later observation of a turn replaces the
    earlier one."""

    _notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    _flags: dict[str, Flagged] = field(default_factory=dict)

    def put(self, observed: Observed, segment: str, said: Mapping[str, str]) -> None:
        """`said`: the candidate's words by utterance, in order. A turn that is not in it is
        ignored."""
        turn = tuple(part for part in observed.turn if part in said)
        if not turn:
            return
        answer = " ".join(said[part] for part in turn)
        earlier = list(takewhile(lambda part: part != turn[0], said))
        self._notes[turn[0]] = tuple(
            Note(turn, segment, observed.ref, finding)
            for finding in observed.findings
            if quoted(finding.quote, answer)
            and (not finding.against or any(quoted(finding.against, said[e]) for e in earlier))
        )
        self._flags.pop(turn[0], None)
        if observed.flag is not None:
            self._flags[turn[0]] = Flagged(
                turn, segment, observed.flag, observed.question, answer, observed.reason
            )

    @property
    def notes(self) -> list[Note]:
        return [note for notes in self._notes.values() for note in notes]

    @property
    def flags(self) -> list[Flagged]:
        return list(self._flags.values())

    def observed(self, utterance_id: str) -> bool:
        """True when the turn that begins with that utterance was observed."""
        return utterance_id in self._notes

    def of(self, *kinds: FindingKind) -> list[Note]:
        return [note for note in self.notes if note.finding.kind in kinds]

    def touched(self, criterion_id: str) -> list[Note]:
        """What speaks for that criterion; gaps do not."""
        return [
            note
            for note in self.notes
            if note.finding.criterion == criterion_id and note.finding.kind != "gap"
        ]


def quoted(quote: str, text: str) -> bool:
    """True when `quote` is in `text` word for word, whatever the case and the punctuation."""
    wanted = normal(quote)
    return bool(wanted) and f" {wanted} " in f" {normal(text)} "
