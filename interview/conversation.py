"""What has been said and asked so far, as far as the choice of the next move needs it.

Nothing here changes when a move is chosen, only when it is heard: choosing must be free to repeat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from interview.commands import Move, MoveKind
from interview.language import (
    as_spoken,
    count_phrases,
    lower_first,
    names_in,
    normal,
    sentences,
    words_of,
)
from interview.scenario import Question, Scenario

# A remark does not begin as one of so many lines before it did, in both of their wordings.
RECENT_LINES = 6
# An answer shorter than this, in words, may well be given twice.
REPEAT_WORDS = 4
# In the `ref` and the mark of general advice where a hint was asked for and none is authored.
NO_HINT = "no-hint"
# Marks of offers, gone with the next thing said.
_PASSING_MARKS = frozenset({"offered", "offered_to_leave", "offered_to_end", "roomy"})


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The question the candidate has been left with. `text` is its latest wording; `base` is the
    authored question it belongs to, None for one that grew out of the conversation."""

    text: str
    base: Question | None = None
    heard: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A move with what becomes true once it is heard. `parts` are spoken one after the other; the
    last one is the question, where there is one. `rest` follows after a breath, in which the
    candidate may break in; it comes before anything new is said."""

    kind: MoveKind
    reason: str
    parts: tuple[str, ...]
    question: OpenQuestion | None = None
    ref: str | None = None
    about: str | None = None
    probe: str | None = None
    hint: tuple[str, int] | None = None
    facts: tuple[str, ...] = ()
    template: str | None = None
    marks: frozenset[str] = frozenset()
    rest: Planned | None = None

    def prefixed(self, *lead: str | None) -> Planned:
        return replace(self, parts=(*(part for part in lead if part), *self.parts))

    def move(self, segment: str, scenario: Scenario) -> Move:
        return Move(
            kind=self.kind,
            reason=self.reason,
            line=as_spoken(" ".join(part for part in self.parts if part), scenario.spoken),
            segment=segment,
            ref=self.ref,
            about=self.about,
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance of the candidate. `doubtful`: those of its words, in lower case, that may have
    been misheard."""

    segment: str
    text: str
    id: str
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HintHeard:
    """Level 0 is the general advice where none is authored. `at`: when it began to be said, in
    seconds on the session clock."""

    question: str
    level: int
    at: float


@dataclass(slots=True)
class Conversation:
    scenario: Scenario
    lines: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    probes: list[str] = field(default_factory=list)
    probes_of: Counter[str] = field(default_factory=Counter)
    hints: dict[str, int] = field(default_factory=dict)
    hints_heard: list[HintHeard] = field(default_factory=list)
    """Those of `hints` in the order in which they were heard, and general advice."""
    facts: list[str] = field(default_factory=list)
    templates: Counter[str] = field(default_factory=Counter)
    marks: set[str] = field(default_factory=set)
    open: OpenQuestion | None = None
    candidate: list[Heard] = field(default_factory=list)
    answers_from: list[tuple[str, int]] = field(default_factory=list)
    """`(question id, index in candidate)`: from where on what was said answers that question."""
    openers: list[str] = field(default_factory=list)
    """The first word of each line, in order."""
    turns_heard: int = 0
    """How many of the interviewer's moves were heard."""
    tally: Counter[str] = field(default_factory=Counter)
    """How often a move with each mark was heard."""
    turn_starts: list[int] = field(default_factory=list)
    """Where in `candidate` each turn begins, or would begin."""
    backs: list[bool] = field(default_factory=list)
    """For each question of the running segment: did it go back to earlier words?"""

    def fresh(self, line: str) -> bool:
        """True when no sentence of `line` has been said yet, in its spoken form."""
        spoken = as_spoken(line, self.scenario.spoken)
        return all(normal(sentence) not in self.lines for sentence in sentences(spoken))

    def new_line(self, line: str) -> bool:
        """True when `line` as a whole, and the sentence it begins with, have not been said: enough
        where a question is repeated on purpose after a lead of its own."""
        spoken = as_spoken(line, self.scenario.spoken)
        begins = sentences(spoken)[:1]
        return all(normal(part) not in self.lines for part in (spoken, *begins))

    def pick(self, variants: Iterable[str]) -> str | None:
        """The first variant that has not been said; None when all have."""
        return next((line for line in variants if line and self.fresh(line)), None)

    def pick_varied(self, variants: Iterable[str]) -> str | None:
        """As `pick`, leaving out those that begin as one of the last lines did."""
        recent = set(self.openers[-RECENT_LINES:])
        return self.pick(v for v in variants if v and words_of(v)[:1][0] not in recent)

    def lowered(self, text: str) -> str:
        """An authored line as it goes on after a colon; names in it keep their capital."""
        authored = tuple(fact.answer for fact in self.scenario.facts)
        return lower_first(text, names_in(authored))

    def mentioned(self, phrase: str) -> bool:
        """True when a line had `phrase` in it already."""
        wanted = f" {normal(as_spoken(phrase, self.scenario.spoken))} "
        return any(wanted in f" {line} " for line in self.lines)

    def said_before(self, text: str) -> bool:
        """True when the candidate's turn that ends with `text` repeats an earlier one."""
        said = normal(text)
        earlier = (normal(item.text) for item in self.candidate)
        return len(said.split()) >= REPEAT_WORDS and sum(said == other for other in earlier) > 1

    def answers_to(self, question: str) -> list[Heard]:
        """What the candidate said between that question and the next one."""
        out: list[Heard] = []
        ends = (*(begin for _, begin in self.answers_from[1:]), len(self.candidate))
        # Where nothing was asked yet, nothing was answered.
        for (asked, begin), end in zip(self.answers_from, ends, strict=False):
            if asked == question:
                out += self.candidate[begin:end]
        return out

    def misheard(self, quote: str, utterances: Collection[str]) -> bool:
        """True when a word of `quote`, out of one of `utterances` by their ids, is doubtful."""
        words = set(words_of(quote))
        return any(
            item.id in utterances and not words.isdisjoint(item.doubtful) for item in self.candidate
        )

    def last_word_doubtful(self) -> bool:
        """True when the last word heard may have been misheard. Somebody who stops in the middle
        of a sentence gets an end made up by the recogniser: "my part was the" comes as "my part
        was done", with a confidence of 0.30; of 46 whole sentences one ended below 0.5."""
        words = words_of(self.candidate[-1].text) if self.candidate else []
        return bool(words) and words[-1] in self.candidate[-1].doubtful

    def turns(self) -> list[list[Heard]]:
        """The candidate's turns, each what was said between two moves of the interviewer."""
        ends = [*self.turn_starts[1:], len(self.candidate)]
        begins = self.turn_starts or [0]
        spans = zip(begins, ends if self.turn_starts else [len(self.candidate)], strict=True)
        return [self.candidate[begin:end] for begin, end in spans if end > begin]

    def say(self, line: str) -> None:
        self.openers += words_of(line)[:1]
        for sentence in sentences(line):
            # A question led up to in the same sentence was asked all the same.
            self.lines.update((normal(sentence), normal(sentence.partition(": ")[2] or sentence)))
        self.lines.add(normal(line))

    def begun(self, planned: Planned, texts: Sequence[str], at: float = 0.0) -> None:
        """The interviewer began to say `planned` at `at`, in seconds on the session clock; `texts`
        are its scripted and its real wording."""
        for text in texts:
            self.say(text)
        self.turns_heard += 1
        self.turn_starts.append(len(self.candidate))
        self.marks = (self.marks - _PASSING_MARKS) | planned.marks
        self.tally.update(planned.marks)
        if any(mark.startswith("entered:") for mark in planned.marks):
            self.backs.clear()
        if planned.template:
            self.templates[planned.template] += 1
        for fact in planned.facts:
            if fact not in self.facts:
                self.facts.append(fact)
        if planned.hint:
            question, level = planned.hint
            self.hints[question] = max(level, self.hints.get(question, 0))
            self.hints_heard.append(HintHeard(question, level, at))
        for mark in planned.marks:
            if mark.startswith(f"{NO_HINT}:"):
                self.hints_heard.append(HintHeard(mark.removeprefix(f"{NO_HINT}:"), 0, at))
        if planned.question:
            base = planned.question.base
            self.open = replace(planned.question, heard=True)
            if "reopened" not in planned.marks:
                self.backs.append("back" in planned.marks)
            self.answers_from.append((base.id if base else "", len(self.candidate)))
            if base and base.id not in self.asked:
                self.asked.append(base.id)
            if planned.probe:
                self.probes.append(planned.probe)
            if base and (planned.probe or planned.template):
                self.probes_of[base.id] += 1

    def taken_back(self, planned: Planned) -> None:
        """Too little of `planned` was heard: its facts are not told and its hint is not given."""
        self.facts = [fact for fact in self.facts if fact not in planned.facts]
        if planned.hint:
            question, level = planned.hint
            self.hints[question] = min(self.hints[question], level - 1)
            if self.hints[question] == 0:
                del self.hints[question]
            self.hints_heard = [
                heard for heard in self.hints_heard if (heard.question, heard.level) != planned.hint
            ]

    def broken_off(self, heard_text: str, setup: Iterable[str] = ()) -> None:
        """The interviewer fell silent before the end; a question whose last words were not heard
        stays to be asked, and what was not heard of `setup` stays to be said."""
        heard = normal(heard_text)
        for part in setup:
            unheard = {normal(s) for s in sentences(as_spoken(part, self.scenario.spoken))}
            self.lines -= {sentence for sentence in unheard if sentence not in heard}
        if self.open is None:
            return
        tail = normal(as_spoken(self.open.text, self.scenario.spoken)).split()[-4:]
        if " ".join(tail) not in heard:
            self.open = replace(self.open, heard=False)

    def text_in(self, *segments: str) -> str:
        """All that the candidate said in `segments`, or altogether when none is named."""
        return " ".join(
            item.text for item in self.candidate if not segments or item.segment in segments
        )

    def covered(self, question: Question) -> bool:
        """True when the candidate touched at least half of what the question listens for."""
        wanted = question.listens_for
        if not wanted:
            return False
        return 2 * count_phrases(wanted, self.text_in()) >= len(wanted)
