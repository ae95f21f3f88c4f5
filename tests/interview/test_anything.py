"""Random events: whatever happens, time is conserved and the interview reaches its end."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from interview.commands import EnterSegment, Finish
from interview.engine import Engine
from interview.events import (
    CandidateJoined,
    CandidateLeft,
    CandidateSilent,
    CandidateSpeaking,
    EndRequested,
    ExtendRequested,
    HintRequested,
    InterviewerJoined,
    NextRequested,
    PauseRequested,
    RepeatRequested,
    ResumeRequested,
    SpeechEnded,
    TimerFired,
    TurnEnded,
    UtteranceFinal,
)
from interview.language import normal
from interview.plan import make_plan
from tests.interview.room import Room
from tests.interview.test_whole_interview import TALK

HALF = ("I would use the", "Give me two minutes.", "One second.", "No.", "Yes.", "Mm-hm.")
BARE = (
    CandidateSpeaking,
    CandidateSilent,
    TurnEnded,
    PauseRequested,
    ResumeRequested,
    NextRequested,
    HintRequested,
    RepeatRequested,
)


class Anything(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.room = Room()
        self.epoch = 1

    @initialize(
        lengths=st.lists(st.floats(5, 900), min_size=5, max_size=5),
        buffer=st.floats(0, 600),
        difficulty=st.sampled_from(["guided", "standard", "senior", "staff"]),
        tone=st.sampled_from(["warm", "neutral", "direct"]),
    )
    def begin(self, lengths: list, buffer: float, difficulty: str, tone: str) -> None:
        self.room = Room(plan=make_plan(lengths, buffer, difficulty, tone))
        self.room >> InterviewerJoined(at=0, epoch=1)

    @rule(seconds=st.floats(0, 400))
    def time_passes(self, seconds: float) -> None:
        self.room.run(until=self.room.now + seconds)

    @rule(
        text=st.sampled_from(
            (
                *TALK,
                "Let's move on.",
                "I need more time.",
                "Can we pause?",
                "Let me think.",
                "",
                *HALF,
            )
        )
    )
    def speaks(self, text: str) -> None:
        self.room.say(text)

    @rule(text=st.sampled_from((*TALK, "the bird")), sure=st.floats(0, 1))
    def mumbles(self, text: str, sure: float) -> None:
        at = round(self.room.now * 1000)
        number = len(self.room.log)
        self.room >> UtteranceFinal(
            at=0, utterance_id=f"m{number}", text=text, start_ms=at, end_ms=at, confidence=sure
        )

    @rule(event=st.sampled_from(BARE))
    def something(self, event: type) -> None:
        self.room >> event(at=0)

    @rule(seconds=st.floats(-600, 600))
    def more_time(self, seconds: float) -> None:
        self.room >> ExtendRequested(at=0, seconds=seconds)

    @rule(there=st.booleans())
    def comes_or_goes(self, there: bool) -> None:
        since = max(0.0, self.room.now - 30.0)
        self.room >> (CandidateJoined(at=0) if there else CandidateLeft(at=0, since=since))

    @rule(
        name=st.sampled_from(
            [
                "segment_end",
                "grace",
                "say",
                "floor",
                "silence",
                "abandon",
                "rest",
                "hold",
                "ramble",
                "x",
            ]
        )
    )
    def stray_timer(self, name: str) -> None:
        self.room >> TimerFired(at=0, name=name)

    @precondition(lambda self: self.room.playing is not None)
    @rule(part=st.floats(0, 1))
    def breaks_in(self, part: float) -> None:
        words = self.room.playing.move.line.split() if self.room.begun else []
        self.room.interrupt(" ".join(words[: int(part * len(words))]))

    @precondition(lambda self: self.room.playing is not None and not self.room.begun)
    @rule()
    def speech_fails(self) -> None:
        say = self.room.playing
        self.room.drop()
        self.room >> SpeechEnded(
            at=0, say_id=say.say_id, text="", outcome="failed", start_ms=0, end_ms=0
        )

    @rule(ago=st.none() | st.floats(0, 30))
    def crash(self, ago: float | None) -> None:
        self.epoch += 1
        self.room.drop()
        self.room.wakes.clear()
        until = None if ago is None else max(0.0, self.room.now - ago)
        self.room.now += 10
        self.room >> InterviewerJoined(at=0, epoch=self.epoch, live_until=until)

    @precondition(lambda self: self.room.now > 1500)
    @rule()
    def ends(self) -> None:
        self.room >> EndRequested(at=0)

    @invariant()
    def time_is_neither_lost_nor_invented(self) -> None:
        room, view = self.room, self.room.engine.view(0)
        total = sum(room.plan.segment_seconds) + room.plan.buffer_seconds
        allotted = sum(segment.allotted_s for segment in view.segments)
        assert allotted + view.buffer_s == pytest.approx(total + view.overtime_s, abs=1e-6)
        if view.state != "ended":
            idle = view.waiting_s + view.paused_s + view.away_s + view.outage_s
            last = room.log[-1].at if room.log else 0.0
            assert view.total_spent_s + idle == pytest.approx(last, abs=1e-6)

    @invariant()
    def at_most_one_segment_runs_and_they_come_in_order(self) -> None:
        live = [s for s in self.room.engine.view(0).segments if s.state == "live"]
        assert len(live) <= 1
        entered = [c.index for c in self.room.done if isinstance(c, EnterSegment)]
        assert entered == list(range(len(entered)))

    def teardown(self) -> None:
        room = self.room
        if not room.log:
            return
        room >> CandidateJoined(at=0)
        for _ in range(3):
            room >> CandidateJoined(at=0) >> ResumeRequested(at=0) >> CandidateSilent(at=0)
            room.run()
        assert room.view().state == "ended"
        assert any(isinstance(c, Finish) for c in room.done)
        said = [normal(line) for line in room.lines]
        assert len(said) == len(set(said)), [line for line in said if said.count(line) > 1]
        heard = [normal(turn.text) for turn in room.engine.turns if turn.speaker == "interviewer"]
        assert sum("i'm your interviewer" in line for line in heard) <= 1
        again = Engine(room.plan, room.scenario, room.name)
        assert [c for event in room.log for c in again.handle(event)] == room.done
        assert again.view(room.now) == room.view()
        assert again.turns == room.engine.turns


Anything.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnything = Anything.TestCase
