"""How an interviewer behaved, in figures: from what was heard in the room and the session's log.

Pure: no I/O, no clock. Times are seconds since the epoch. Each figure is explained in
bench/README.md; each fault that is counted is also named, with its moment and the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from interview import wishes
from interview.scenario import Scenario
from interview.speaking import LAST_QUESTION
from viva.conduct_log import Log, Speech, read_log
from viva.conduct_words import (
    asks_for,
    asks_for_time,
    known_to_all,
    last_question,
    lines_in,
    particulars,
    questions_in,
    refers_back,
    tells,
)
from viva.figures import percentile, rounded
from viva.room_record import RoomRecord, Said, Span

# A turn of the candidate that nothing follows for so long was left hanging.
ANSWERED_WITHIN_S = 8.0
# Shorter silences inside a turn are breaths.
_THINKING_LEAST_S = 1.0
# What the interviewer began in a pause may be heard so much after it.
_HEARD_LATE_S = 0.3
# Lines of the interviewer this close together are one turn.
_ONE_TURN_S = 3.0
# How far what is heard in the room may be from what the log says.
_LOG_TOLERANCE_S = 1.5
# A line that ends within this after "mm-hm" was stopped by it.
_STOPPED_WITHIN_S = 2.0

_ANSWERS = frozenset(
    {"answer", "repeat", "hint", "pause", "resume", "acknowledge", "hold", "redirect", "rephrase"}
)
_SAYS_AGAIN = frozenset({"repeat", "resume"})
_ASKS = frozenset({"ask", "probe", "reflect", "bridge"})
# The interviewer may take the floor: from who rambles, and when the time is up.
_MAY_CUT = frozenset({"redirect", "bridge", "farewell"})
_STOPPED = frozenset({"interrupted", "stopped"})


@dataclass(slots=True)
class Conduct:
    """`faults`: each counted fault in words. `segment_errors_s`: over (+) or under (-) the plan,
    extensions included; None for a segment that was never reached or left on request."""

    silent_turns: int = 0
    double_questions: int = 0
    repeated_lines: int = 0
    facts_leaked: int | None = None
    cut_ins: int = 0
    thinking_pauses: int = 0
    spoke_over: int = 0
    barge_in_p50_ms: int | None = None
    barge_ins: int = 0
    backchannels: int = 0
    backchannel_stops: int = 0
    moves_without_reason: int = 0
    deep_dive_questions: int = 0
    back_references: int = 0
    questions: int = 0
    unanswered_questions: int = 0
    segment_error_max_s: float | None = None
    segment_errors_s: list[float | None] = field(default_factory=list)
    longest_silence_s: float = 0.0
    candidate_words: int = 0
    interviewer_words: int = 0
    faults: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """The single figures, by name."""
        return {name: value for name, value in asdict(self).items() if not isinstance(value, list)}

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def judge(
    record: RoomRecord,
    events: Sequence[Mapping[str, Any]],
    turns: Sequence[Mapping[str, Any]],
    segments: Sequence[Mapping[str, Any]],
    scenario: Scenario | None,
) -> Conduct:
    """`events`, `turns` and `segments` as the public API answers them; without the `scenario` with
    its private parts `facts_leaked` is None."""
    return _Judge(record, read_log(events, turns), scenario).judge(segments)


class _Judge:
    def __init__(self, record: RoomRecord, log: Log, scenario: Scenario | None) -> None:
        self._record = record
        self._log = log
        self._scenario = scenario
        self._zero = min((speech.start for speech in log.speeches), default=0.0)
        self._out = Conduct()

    def judge(self, segments: Sequence[Mapping[str, Any]]) -> Conduct:
        self._silent_turns()
        self._longest_silence()
        self._double_questions()
        self._repeated_lines()
        self._facts_leaked()
        self._pauses()
        self._barge_ins()
        self._reasons()
        self._deep_dive()
        self._unanswered()
        self._segments(segments)
        out = self._out
        out.candidate_words = sum(len(said.text.split()) for said in self._record.said)
        out.interviewer_words = sum(len(speech.text.split()) for speech in self._log.speeches)
        return out

    def _fault(self, name: str, at: float, words: str) -> None:
        self._out.faults.append(f"{name} at {at - self._zero:.1f} s: {words}")

    def _turns_said(self) -> list[Said]:
        return [said for said in self._record.said if said.kind != "backchannel"]

    def _silent_turns(self) -> None:
        turns = self._turns_said()
        for said in turns:
            limit = said.end + ANSWERED_WITHIN_S
            if asks_for_time(said.text) or limit > self._record.until:
                continue
            if any(said.end < other.start <= limit for other in turns):
                continue
            if any(start <= limit and end > said.end for start, end in self._record.interviewer):
                continue
            if self._log.stands_in(said.end, limit):
                continue
            self._out.silent_turns += 1
            self._fault("silent turn", said.end, f"nothing after {_tail(said.text)}")

    def _longest_silence(self) -> None:
        """Neither side sounds, nobody thinks, and the clock runs."""
        sounds: list[Span] = [(said.start, said.end) for said in self._record.said]
        sounds += [*self._record.interviewer, *self._log.standing]
        until = self._record.until
        heard = None
        for start, end in sorted(sounds):
            if heard is not None:
                gap = min(start, until) - heard
                self._out.longest_silence_s = max(self._out.longest_silence_s, round(gap, 1))
            heard = end if heard is None else max(heard, end)

    def _interviewer_turns(self) -> list[list[Speech]]:
        """Lines with nothing of the candidate's between them."""
        taken = [said.start for said in self._turns_said()]
        groups: list[list[Speech]] = []
        for speech in self._log.speeches:
            last = groups[-1][-1] if groups else None
            if (
                last is not None
                and speech.start - last.end < _ONE_TURN_S
                and not any(last.start < start < speech.start for start in taken)
            ):
                groups[-1].append(speech)
            else:
                groups.append([speech])
        return groups

    def _double_questions(self) -> None:
        for group in self._interviewer_turns():
            asked = questions_in(" ".join(speech.text for speech in group))
            if len(asked) > 1:
                self._out.double_questions += 1
                self._fault("double question", group[0].start, " / ".join(asked))

    def _repeated_lines(self) -> None:
        seen: set[str] = set()
        for speech in self._log.speeches:
            if speech.move in _SAYS_AGAIN:
                continue
            for line in lines_in(speech.text):
                if line in seen:
                    self._out.repeated_lines += 1
                    self._fault("repeated line", speech.start, line)
                seen.add(line)

    def _said_before(self, moment: float) -> list[str]:
        """What the candidate said, and how it was understood."""
        said = [said.text for said in self._record.said if said.start < moment]
        return said + [item.text for item in self._log.utterances if item.start < moment]

    def _facts_leaked(self) -> None:
        if self._scenario is None:
            return
        self._out.facts_leaked = 0
        public = known_to_all(self._scenario)
        leaked: set[str] = set()
        for speech in self._log.speeches:
            before = self._said_before(speech.start)
            known = public | particulars(" ".join(before))
            for fact in self._scenario.facts:
                if fact.id in leaked or not tells(fact, speech.text, known):
                    continue
                if any(asks_for(fact, text) for text in before):
                    continue
                leaked.add(fact.id)
                self._out.facts_leaked += 1
                self._fault("fact leaked", speech.start, f"{fact.id} in {_tail(speech.text)}")

    def _pauses(self) -> None:
        for said in self._turns_said():
            thinking = [(one, other) for one, other in said.pauses if other > one]
            for one, other in thinking:
                begun = self._interviewer_began(one, other + _HEARD_LATE_S)
                # A pause that was cut short was meant to be longer.
                if begun is None and other - one < _THINKING_LEAST_S:
                    continue
                self._out.thinking_pauses += 1
                if begun is not None:
                    self._out.cut_ins += 1
                    self._fault("cut-in", begun, f"{begun - one:.1f} s into a thinking pause")
            over = next(self._begun_over(said, thinking), None)
            if over is not None:
                self._out.spoke_over += 1
                self._fault("spoke over", over, _tail(said.text))

    def _begun_over(self, said: Said, thinking: Sequence[Span]) -> Iterator[float]:
        """When the interviewer began while `said` was being said, and not in a pause of it."""
        for start, _ in self._record.interviewer:
            inside = said.start + _HEARD_LATE_S < start < said.end - 0.1
            in_pause = any(one <= start <= other + _HEARD_LATE_S for one, other in thinking)
            if inside and not in_pause and not self._line_at(start, _MAY_CUT):
                yield start

    def _interviewer_began(self, start: float, end: float) -> float | None:
        return next((s for s, _ in self._record.interviewer if start <= s <= end), None)

    def _line_at(self, moment: float, moves: frozenset[str]) -> bool:
        return any(
            speech.move in moves and abs(speech.start - moment) < _LOG_TOLERANCE_S
            for speech in self._log.speeches
        )

    def _barge_ins(self) -> None:
        stops: list[float] = []
        for said in self._record.said:
            span = next((s for s in self._record.interviewer if s[0] < said.start <= s[1]), None)
            line = next(
                (s for s in self._log.speeches if s.start < said.start < s.end + _LOG_TOLERANCE_S),
                None,
            )
            if span is None or line is None:
                continue
            if said.kind == "backchannel":
                self._out.backchannels += 1
                if line.outcome in _STOPPED and line.end - said.start < _STOPPED_WITHIN_S:
                    self._out.backchannel_stops += 1
                    self._fault("stopped by a backchannel", said.start, _tail(line.text))
            elif said.kind == "barge_in" and line.outcome in _STOPPED:
                stops.append((span[1] - said.start) * 1000)
        self._out.barge_ins = len(stops)
        self._out.barge_in_p50_ms = rounded(percentile(stops, 50))

    def _reasons(self) -> None:
        for speech in self._log.speeches:
            if not speech.move or not speech.reason.strip():
                self._out.moves_without_reason += 1
                self._fault("no reason", speech.start, _tail(speech.text))

    def _deep_dive(self) -> None:
        authored = [
            line
            for segment in (self._scenario.segments if self._scenario else ())
            for question in segment.questions
            for line in (question.ask, question.rephrase, *(p.ask for p in question.probes))
        ]
        for speech in self._log.speeches:
            asks = speech.segment == "deep_dive" and speech.move in _ASKS
            if not asks or not questions_in(speech.text):
                continue
            self._out.deep_dive_questions += 1
            earlier = " ".join(self._said_before(speech.start))
            self._out.back_references += refers_back(speech.text, earlier, authored)

    def _unanswered(self) -> None:
        for said in self._turns_said():
            question = None if said.broken_off else last_question(said.text)
            if question is None:
                continue
            answer = next((s for s in self._log.speeches if s.start > said.end - 0.3), None)
            if answer is None and self._log.stands_in(said.start, said.end + ANSWERED_WITHIN_S):
                continue
            self._out.questions += 1
            if answer is not None and (answer.move in _ANSWERS or LAST_QUESTION in answer.reason):
                continue
            self._out.unanswered_questions += 1
            then = "nothing" if answer is None else f"{answer.move}: {_tail(answer.text)}"
            self._fault("question unanswered", said.end, f"{question} was followed by {then}")

    def _segments(self, segments: Sequence[Mapping[str, Any]]) -> None:
        left_on_request = self._log.moved_on | self._asked_to_leave()
        errors: list[float | None] = []
        for segment in segments:
            spent, planned = float(segment["spent_s"]), float(segment["planned_s"])
            if spent == 0 or segment["id"] in left_on_request:
                errors.append(None)
                continue
            errors.append(round(spent - planned - self._log.granted.get(segment["id"], 0.0), 1))
        self._out.segment_errors_s = errors
        known = [abs(error) for error in errors if error is not None]
        self._out.segment_error_max_s = max(known, default=None)

    def _asked_to_leave(self) -> frozenset[str]:
        """Segments in which the candidate asked to move on or to stop."""
        asked = [
            said.end
            for said in self._turns_said()
            if wishes.recognise(said.text) in {"next", "end"}
        ]
        return frozenset(segment for at in asked if (segment := self._segment_at(at)) is not None)

    def _segment_at(self, moment: float) -> str | None:
        begun = [speech.segment for speech in self._log.speeches if speech.start <= moment]
        return begun[-1] if begun else None


def _tail(text: str) -> str:
    words = text.split()
    return f"'{'... ' if len(words) > 12 else ''}{' '.join(words[-12:])}'"
