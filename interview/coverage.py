"""What the candidate has covered so far, as an observer read it from their finished turns.

Whoever observed, every quote is checked here against the words of the turn it names; what cannot be
found there is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from interview.events import Finding, FindingKind, FlagKind, Observed
from interview.language import normal
from interview.rubric import Criterion


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
    """A noteworthy turn: the question with its id, the answer, and why it is noteworthy."""

    turn: tuple[str, ...]
    segment: str
    flag: FlagKind
    question: str
    answer: str
    reason: str
    ref: str | None = None


@dataclass(slots=True)
class Coverage:
    """Findings by turn, in the order of the turns. A later observation of a turn replaces the
    earlier one. A turn is only flagged as contradictory when a contradiction could be verified."""

    _notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    _flags: dict[str, Flagged] = field(default_factory=dict)
    _answers: dict[str, str] = field(default_factory=dict)

    def put(self, observed: Observed, segment: str, said: Mapping[str, str]) -> None:
        """`said`: the candidate's words by utterance, in order. A turn that is not in it is
        ignored."""
        turn = tuple(part for part in observed.turn if part in said)
        if not turn:
            return
        answer = " ".join(said[part] for part in turn)
        before = list(takewhile(lambda part: part != turn[0], said))
        # A quote may run over the utterances of one turn.
        earlier = [said[part] for part in before]
        earlier += [self._answers[part] for part in before if part in self._answers]
        self._notes[turn[0]] = tuple(
            Note(turn, segment, observed.ref, finding)
            for finding in observed.findings
            if quoted(finding.quote, answer)
            and (not finding.against or any(quoted(finding.against, e) for e in earlier))
        )
        self._answers[turn[0]] = answer
        self._flags.pop(turn[0], None)
        contradicts = any(n.finding.kind == "contradiction" for n in self._notes[turn[0]])
        if observed.flag is not None and (observed.flag != "contradictory" or contradicts):
            self._flags[turn[0]] = Flagged(
                turn,
                segment,
                observed.flag,
                observed.question,
                answer,
                observed.reason,
                observed.ref,
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

    def of(self, *kinds: FindingKind, segment: str | None = None) -> list[Note]:
        """Notes of these kinds, of one segment or of all, in order."""
        return [
            note
            for note in self.notes
            if note.finding.kind in kinds and segment in (None, note.segment)
        ]

    def claims(self, segment: str | None = None) -> list[Note]:
        return self.of("claim", segment=segment)

    def decisions(self, segment: str | None = None) -> list[Note]:
        return self.of("decision", segment=segment)

    def numbers(self, segment: str | None = None) -> list[Note]:
        return self.of("number", segment=segment)

    def contradictions(self) -> list[Note]:
        return self.of("contradiction")

    def flagged(self, *flags: FlagKind) -> list[Flagged]:
        return [flagged for flagged in self.flags if flagged.flag in flags]

    def thin(self) -> list[Flagged]:
        return self.flagged("thin")

    def strong(self) -> list[Flagged]:
        return self.flagged("strong")

    def of_turn(self, utterance_id: str) -> list[Note]:
        """The notes of the turn which that utterance belongs to."""
        return [note for note in self.notes if utterance_id in note.turn]

    def flag_of(self, utterance_id: str) -> Flagged | None:
        """The flag of the turn which that utterance belongs to, if it has one."""
        return next((f for f in self.flags if utterance_id in f.turn), None)

    def touched(self, criterion_id: str) -> list[Note]:
        """What speaks for that criterion; gaps do not."""
        return [
            note
            for note in self.notes
            if note.finding.criterion == criterion_id and note.finding.kind != "gap"
        ]

    def uncovered(self, rubric: Iterable[Criterion]) -> list[Criterion]:
        """Those that nothing said speaks for, in the order of `rubric`."""
        spoken_for = {n.finding.criterion for n in self.notes if n.finding.kind != "gap"}
        return [criterion for criterion in rubric if criterion.id not in spoken_for]

    def gaps(self) -> list[Note]:
        """What was missed and not made up for since: gaps of a criterion that a later turn speaks
        for are left out."""
        open_gaps: list[Note] = []
        for note in self.notes:
            finding = note.finding
            if finding.kind == "gap":
                open_gaps.append(note)
            elif finding.criterion:
                open_gaps = [
                    gap
                    for gap in open_gaps
                    if gap.finding.criterion != finding.criterion or gap.turn == note.turn
                ]
        return open_gaps


def quoted(quote: str, text: str) -> bool:
    """True when `quote` is in `text` word for word, whatever the case and the punctuation."""
    wanted = normal(quote)
    return bool(wanted) and f" {wanted} " in f" {normal(text)} "
