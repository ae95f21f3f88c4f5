"""What is made of a killed part, from a log and from what was heard."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from interview.commands import Say
from interview.engine import Engine
from interview.events import (
    AnyEvent,
    CandidateJoined,
    InterviewerJoined,
    SpeechEnded,
    SpeechStarted,
    UtteranceFinal,
)
from interview.plan import make_plan
from interview.wire import encode_event
from tests.shipped import SCENARIOS
from viva import bench_recovery
from viva.bench_recovery import SECONDS, RecoveryConfig, recovery
from viva.candidate import Caption
from viva.cli import main
from viva.errors import CommandError
from viva.parts import is_whole
from viva.recovery_figures import Kill, Told, Witness, judge, recovery_figures, table
from viva.returning import sentences

PUBLIC = {
    "kills",
    "turns_lost",
    "turns_doubled",
    "resume_p50_s",
    "resume_p95_s",
    "clock_error_max_s",
    "audio_lost_max_s",
}
WALL = 1_760_000_000.0
SCENARIO = next(iter(SCENARIOS.values()))
PLAN = make_plan(SECONDS)
WORDS = "I would begin with a small model of the clicks"


class Log:
    """The log that an interviewer writes, with one line after the other said in three seconds."""

    def __init__(self) -> None:
        self.engine = Engine(PLAN, SCENARIO)
        self.events: list[dict[str, Any]] = []

    def add(self, event: AnyEvent) -> None:
        commands = self.engine.handle(event)
        self._store(event)
        for command in commands:
            if isinstance(command, Say):
                self.say(command, event.at + 0.5)

    def say(self, say: Say, at: float) -> None:
        text, ms = say.move.line, round(at * 1000)
        said = {"say_id": say.say_id, "text": text}
        for event in (
            SpeechStarted(at=at, move=say.move.kind, **said),
            SpeechEnded(at=at + 3, outcome="finished", start_ms=ms, end_ms=ms + 3000, **said),
        ):
            self.engine.handle(event)
            self._store(event)

    def _store(self, event: AnyEvent) -> None:
        type_, at, data = encode_event(event)
        wall = datetime.fromtimestamp(WALL + at, UTC).isoformat()
        seq = len(self.events) + 1
        self.events.append({"seq": seq, "at": at, "wall": wall, "type": type_, "data": data})


def _begun() -> Log:
    log = Log()
    log.add(InterviewerJoined(at=0.0, epoch=1))
    log.add(CandidateJoined(at=0.5))
    return log


def _utterance(at: float, number: int = 1, text: str = WORDS) -> UtteranceFinal:
    ms = round(at * 1000)
    return UtteranceFinal(at=at, utterance_id=f"u{number}", text=text, start_ms=ms, end_ms=ms)


def _witness(*heard: tuple[float, float], **given: Any) -> Witness:
    spans = [(WALL + one, WALL + other) for one, other in heard]
    empty: dict[str, Any] = {"said": [], "joined": [WALL], "captions": [], "snapshot": []}
    return Witness(heard=spans, **{**empty, **given})


def _job_killed(live_until: float) -> tuple[Log, Kill]:
    """The job died at 20.5 s, and its successor came at 24 s."""
    log = _begun()
    log.add(_utterance(20.0))
    log.add(InterviewerJoined(at=24.0, epoch=2, live_until=live_until))
    return log, Kill("job", WALL + 20.5, WALL + 20.6, 5)


def test_the_next_interviewer_is_waited_for() -> None:
    log, kill = _job_killed(live_until=20.6)
    witness = _witness((1, 4), (20.4, 21.4), (24.5, 27.5))
    told = judge([kill], witness, log.events, PLAN, SCENARIO)
    [outcome] = told.outcomes
    assert outcome.resume_s == pytest.approx(4.0)
    assert outcome.clock_error_s == pytest.approx(0.0, abs=0.01)
    assert outcome.same_segment
    assert (told.lost, told.doubled, told.greetings) == ([], [], 1)


def test_time_that_counted_though_nobody_was_there_is_an_error_of_the_clock() -> None:
    log, kill = _job_killed(live_until=23.0)
    [outcome] = judge([kill], _witness((24.5, 27)), log.events, PLAN, SCENARIO).outcomes
    assert outcome.clock_error_s == pytest.approx(2.4, abs=0.01)
    log, kill = _job_killed(live_until=20.0)
    [outcome] = judge([kill], _witness((24.5, 27)), log.events, PLAN, SCENARIO).outcomes
    assert outcome.clock_error_s == pytest.approx(0.6, abs=0.01)


def test_sound_that_was_not_recorded_before_the_death_is_lost() -> None:
    log, kill = _job_killed(live_until=20.6)

    def lost(gaps: list[list[int]] | None) -> float | None:
        witness = _witness((24.5, 27), gaps=gaps)
        [outcome] = judge([kill], witness, log.events, PLAN, SCENARIO).outcomes
        return outcome.audio_lost_s

    assert lost([[3000, 5000], [19_700, 24_100]]) == pytest.approx(0.9)
    assert lost([[20_600, 24_100]]) == pytest.approx(0.0)
    assert lost([]) == 0.0
    assert lost(None) is None
    told = judge([kill], _witness((24.5, 27), gaps=[[19_700, 24_100]]), log.events, PLAN, SCENARIO)
    figures = recovery_figures([told], Counter(job=1), interrupted=False)
    assert figures["audio_lost_max_s"] == pytest.approx(0.9)


def test_who_never_comes_back_has_not_resumed() -> None:
    log = _begun()
    log.add(_utterance(20.0))
    told = judge([Kill("job", WALL + 21, WALL + 21, 5)], _witness(), log.events, PLAN, SCENARIO)
    assert told.outcomes[0].resume_s is None
    figures = recovery_figures([told], Counter(job=1), interrupted=False)
    assert figures["kinds"]["job"]["never_resumed"] == 1


def test_a_server_that_dies_while_the_interviewer_speaks_interrupts_nobody() -> None:
    log = _begun()
    log.add(_utterance(30.0))
    told = judge(
        [Kill("server", WALL + 2, WALL + 2, 3)], _witness((1, 5)), log.events, PLAN, SCENARIO
    )
    assert told.outcomes[0].resume_s == pytest.approx(0.0)


def test_words_that_were_understood_and_answered_are_no_silence() -> None:
    """The candidate spoke from 12 to 17 s, and was answered at 18.5 s by the same interviewer."""
    log = _begun()
    log.add(_utterance(17.4))
    said = [(WALL + 12, WALL + 17, WORDS)]
    witness = _witness((1, 4), (18.5, 20), said=said)
    kill = Kill("server", WALL + 11, WALL + 11, 3)
    [outcome] = judge([kill], witness, log.events, PLAN, SCENARIO).outcomes
    assert outcome.from_kill_s == pytest.approx(7.5)
    assert outcome.resume_s == pytest.approx(1.5)
    # Not so when the words are not in the log: nobody listened.
    deaf = [event for event in log.events if event["type"] != "utterance_final"]
    [outcome] = judge([kill], witness, deaf, PLAN, SCENARIO).outcomes
    assert outcome.resume_s == pytest.approx(7.5)


def test_what_was_shown_or_stored_and_is_not_in_the_log_is_lost() -> None:
    log, kill = _job_killed(live_until=20.6)
    captions = [Caption("candidate", WORDS), Caption("interviewer", log.events[2]["data"]["text"])]
    whole = _witness((24.5, 27), captions=captions, snapshot=log.events[:4])
    assert judge([kill], whole, log.events, PLAN, SCENARIO).lost == []
    strange = [*captions, Caption("candidate", "Words that nobody stored.")]
    other = [*log.events[:3], {**log.events[3], "at": 99.0}, {**log.events[0], "seq": 77}]
    witness = replace(whole, captions=strange, snapshot=other)
    lost = judge([kill], witness, log.events, PLAN, SCENARIO).lost
    assert len(lost) == 3
    assert not [fault for fault in lost if "nobody" in fault]


def test_the_same_words_twice_are_a_doubled_turn() -> None:
    log = _begun()
    log.add(_utterance(20.0, 1))
    log.add(_utterance(21.0, 2))
    told = judge([], _witness(), log.events, PLAN, SCENARIO)
    assert len(told.doubled) == 1
    log.events.append({**log.events[-1], "seq": 99})
    assert len(judge([], _witness(), log.events, PLAN, SCENARIO).doubled) == 3


def test_the_keys_are_the_public_ones() -> None:
    figures = recovery_figures([Told()], Counter(job=2), interrupted=False)
    assert set(figures) >= PUBLIC
    assert figures["audio_lost_max_s"] is None
    assert figures["resume_p95_s"] is None
    json.dumps(figures)
    assert "2 kills in 1 interviews" in table(figures)


def test_no_sentence_is_said_twice() -> None:
    said = list(sentences(Random(1)))
    assert len(said) == len(set(said)) > 1000
    assert said[:5] == list(sentences(Random(1)))[:5]


def test_all_parts_are_known_before_the_next_one_dies() -> None:
    lines = ["worker | x registered worker {}", "standby| x registered worker {}"]
    assert is_whole(lines)
    assert not is_whole(lines[:1])
    for part in ("worker", "standby", "sfu"):
        died = [*lines, f"viva   | {part} died (signal 9); starting it again in 0 s"]
        assert not is_whole(died)
    assert is_whole([*lines, "viva   | server died (signal 9); starting it again in 0 s"])


def test_an_unknown_kind_or_scenario_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "recovery", "--kinds", "disk"]) == 1
    assert "give some of job, worker, server, sfu" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["bench", "recovery", "--kills", "0"])


async def test_nothing_is_started_for_a_scenario_that_there_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bench_recovery, "temporary_viva", lambda _: pytest.fail("started"))
    with pytest.raises(CommandError, match="no scenario 'chess'"):
        await recovery(RecoveryConfig(scenario="chess"), lambda _: None)
