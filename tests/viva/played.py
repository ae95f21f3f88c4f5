"""Personas played against the engine on virtual time, without sound, and judged like spoken ones.

`python -m tests.viva.played [PERSONA ...]` plays them over every scenario, at the bench's lengths
and at full length, and prints each fault."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from interview.commands import Say
from interview.events import SpeechEnded, SpeechStarted, UtteranceFinal
from interview.plan import make_plan
from interview.scenario import Scenario
from interview.wire import encode_event
from tests.interview.room import DEFAULT_LENGTHS, WORDS_PER_SECOND, Room
from viva.bench_conduct import PERSONAS, SECONDS
from viva.conduct import Conduct, judge
from viva.marks import pieces
from viva.persona import Answers, load
from viva.private import private_scenarios
from viva.room_record import RoomRecord, Said


class PatientRoom(Room):
    """The candidate answers once the interviewer has said all of a move, not after each breath."""

    def _finished(self, event: SpeechEnded) -> None:
        say, self.playing = self.playing, None
        self.feed(replace(event, at=self.now))
        if "rest" in self.wakes or self.playing is not None or event.outcome != "finished":
            return
        words = self.answer(say) if say else None
        if words:
            self._speak_at(self.now + 1.0, words, len(words.split()) / WORDS_PER_SECOND)


def play(
    name: str,
    scenario: Scenario,
    lengths: Sequence[float] | None = None,
    difficulty: str = "standard",
    tone: str = "warm",
) -> Conduct:
    """One interview; `lengths` None for those of the bench."""
    persona = load(name)
    answers = Answers(persona)

    def answer(say: Say) -> str | None:
        if persona.behaviour != "answers" or say.move.kind == "farewell":
            return None
        line = answers.to(say.move.line, say.move.segment)
        return None if line is None else " ".join(piece.text for piece in pieces(line))

    plan = make_plan(lengths or persona.seconds or SECONDS, 300, difficulty, tone)
    room = PatientRoom(plan=plan, scenario=scenario, answer=answer)
    room.start().run()
    moves = {say.say_id: say.move for say in room.of(Say)}
    events = []
    for event in room.log:
        if isinstance(event, SpeechStarted):
            move = moves[event.say_id]
            event = replace(event, move=move.kind, reason=move.reason, ref=move.ref)
        type_, at, data = encode_event(event)
        wall = datetime.fromtimestamp(at, UTC).isoformat()
        events.append({"type": type_, "at": at, "wall": wall, "data": data})
    record = RoomRecord(
        said=tuple(
            Said("answer", event.text, event.start_ms / 1000, event.end_ms / 1000)
            for event in room.log
            if isinstance(event, UtteranceFinal)
        ),
        interviewer=tuple(
            (event.start_ms / 1000, event.end_ms / 1000)
            for event in room.log
            if isinstance(event, SpeechEnded)
        ),
        until=room.now,
    )
    turns = [
        {"speaker": turn.speaker, "start_ms": turn.start_ms, "segment": turn.segment}
        for turn in room.engine.turns
    ]
    segments = [
        {"id": segment.id, "planned_s": segment.planned_s, "spent_s": segment.spent_s}
        for segment in room.view().segments
    ]
    return judge(record, events, turns, segments, scenario)


def main(names: Sequence[str]) -> None:
    for name in names:
        for scenario in private_scenarios().values():
            for lengths in (None, DEFAULT_LENGTHS):
                conduct = play(name, scenario, lengths)
                how = "long" if lengths else "short"
                print(name, scenario.id, how, conduct.segment_errors_s)
                for fault in conduct.faults:
                    print(f"  {fault}")


if __name__ == "__main__":
    main(sys.argv[1:] or PERSONAS)
