"""The executor with the real engine and a real scenario, on a virtual clock."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from livekit.agents import llm

from agent.brain.scripted import ScriptedLLM
from agent.brain.wording import Wording
from agent.clock import SessionClock
from agent.interviewer import Heard
from agent.journal import Journal
from agent.outbox import Outbox
from agent.runner import Observer, Runner
from interview.commands import Observe
from interview.engine import Engine
from interview.events import (
    CandidateJoined,
    CandidateLeft,
    CandidateSilent,
    CandidateSpeaking,
    EndRequested,
    InterviewerJoined,
    PauseRequested,
    ResumeRequested,
    TurnEnded,
)
from interview.plan import make_plan
from interview.wire import EventBody, Plan, decode_event
from tests.fakes.worker import FakeFace, FakeLink, FakeVoice
from tests.shipped import SCENARIOS
from tests.virtual_time import run_virtual

WALL = 1_760_000_000.0


class InstantJournal(Journal):
    """The real journal, without the thread that syncs: a virtual clock cannot wait for one."""

    async def synced(self) -> None:
        return None


class FullDisk(InstantJournal):
    """A journal that has no room until `room` says so."""

    room = False

    def append(self, event: EventBody) -> None:
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().append(event)


class Rig:
    """A candidate who can speak, and everything around the runner."""

    def __init__(
        self,
        directory: Path,
        *,
        plan: Plan,
        link: FakeLink | None = None,
        epoch: int = 1,
        scenario: str | None = None,
        brain: llm.LLM[Any] | None = None,
        observer: Observer | None = None,
    ) -> None:
        loop = asyncio.get_running_loop()
        self.scenario = SCENARIOS[scenario or next(iter(SCENARIOS))]
        self.link = link or FakeLink()
        self.face = FakeFace()
        self.journal = InstantJournal(directory, "s1")
        self.fenced = asyncio.Event()
        self.outbox = Outbox(self.link, "s1", epoch, on_fenced=self.fenced.set)
        self.wall: Callable[[], float] = lambda: WALL + loop.time()
        history = [decode_event(e.type, e.at, e.data) for e in self.link.log]
        clock = SessionClock(
            start_at=history[-1].at if history else 0.0, monotonic=loop.time, wall=self.wall
        )
        self.voice = FakeVoice(clock.now)
        self.runner = Runner(
            engine=Engine.replay(plan, self.scenario, "Ada", history),
            clock=clock,
            voice=self.voice,
            face=self.face,
            wording=Wording(brain or ScriptedLLM()),
            observer=observer,
            journal=self.journal,
            outbox=self.outbox,
            epoch=epoch,
        )
        self.delivering = asyncio.create_task(self.outbox.run())

    def join(self, *, epoch: int = 1, live_until: float | None = None) -> None:
        runner = self.runner
        runner.post(InterviewerJoined(at=runner.now(), epoch=epoch, live_until=live_until))
        runner.post(CandidateJoined(at=runner.now()))

    async def speak(self, text: str, seconds: float = 4.0) -> None:
        """The candidate takes the floor, says something and gives it up."""
        runner = self.runner
        runner.post(CandidateSpeaking(at=runner.now()))
        if self.voice.speaking:
            self.voice.interrupt()
        started = runner.now()
        await asyncio.sleep(seconds)
        ended = runner.now()
        runner.post(CandidateSilent(at=runner.now()))
        await asyncio.sleep(0.6)
        runner.post_heard(Heard(text=text, confidence=0.9, started=started, ended=ended))
        runner.post(TurnEnded(at=runner.now()))

    async def listen(self) -> str:
        """Wait until the interviewer has said something, and return it."""
        if not self.voice.speaking:
            self.voice.fallen_silent.clear()
        await self.voice.fallen_silent.wait()
        return self.voice.lines[-1]

    async def close(self) -> None:
        await self.runner.aclose()
        self.delivering.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.delivering
        self.journal.close()


def play(
    directory: Path,
    script: Callable[[Rig], Awaitable[None]],
    *,
    seconds: tuple[float, ...] = (300, 600, 900, 600, 300),
) -> Rig:
    async def main() -> Rig:
        rig = Rig(directory, plan=make_plan(list(seconds)))
        await script(rig)
        await rig.close()
        return rig

    return run_virtual(main())


def test_a_whole_interview_of_45_minutes(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        rig.join()
        answers = 0
        while not rig.runner.finished.done():
            await asyncio.sleep(1.0)
            if rig.voice.speaking or rig.runner.finished.done():
                continue
            answers += 1
            await rig.speak(f"I would measure recall of stage number {answers} on logged traffic.")

    rig = play(tmp_path, script)
    assert rig.runner.finished.result().reason == "completed"
    view = rig.runner.engine.view(rig.runner.now())
    assert [segment.state for segment in view.segments] == ["done"] * 5
    # The last part may end up to 90 s early when all is said.
    assert 2700 - 95 <= view.total_spent_s <= 2700 + 30
    assert len(set(rig.voice.lines)) == len(rig.voice.lines)
    segments = [turn.segment for turn in rig.runner.engine.turns]
    assert segments == sorted(segments, key=[s.id for s in rig.scenario.segments].index)


def test_what_was_said_is_with_the_server_before_it_is_answered(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        stored: list[str] = []

        def note(_: str) -> None:
            stored[:] = [e.data["text"] for e in rig.link.log if e.type == "utterance_final"]

        rig.voice.before_saying = note
        rig.join()
        await rig.listen()
        assert stored == []
        await rig.speak("I built a ranking system for a shop.")
        await rig.listen()
        assert stored == ["I built a ranking system for a shop."]

    play(tmp_path, script)


def test_an_unreachable_server_delays_an_answer_by_a_second_at_most(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        rig.join()
        await rig.listen()
        rig.link.down = True
        await rig.speak("I built a ranking system for a shop.")
        asked = asyncio.get_running_loop().time()
        began: list[float] = []
        rig.voice.before_saying = lambda _: began.append(asyncio.get_running_loop().time())
        await rig.listen()
        assert began[0] - asked < 1.3
        rig.link.down = False
        assert await rig.outbox.delivered(within=30)

    rig = play(tmp_path, script)
    uids = [event.uid for event in rig.link.log]
    assert uids == [event.uid for event in rig.journal.read()]
    assert len(set(uids)) == len(uids)


def test_the_page_and_the_interviewer_share_one_clock(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        rig.join()
        await rig.listen()
        live = next(s for s in reversed(rig.face.shown) if s[0].state == "live")
        view = rig.runner.engine.view(rig.runner.now())
        assert live[1] is not None
        assert live[1] - rig.wall() == pytest.approx(view.remaining, abs=0.01)
        rig.runner.post(PauseRequested(at=rig.runner.now()))
        await asyncio.sleep(120)
        paused, ends = rig.face.shown[-1]
        assert (paused.state, ends) == ("paused", None)
        rig.runner.post(ResumeRequested(at=rig.runner.now()))
        await rig.listen()
        after = rig.runner.engine.view(rig.runner.now())
        assert after.paused_s == pytest.approx(120, abs=1)

    play(tmp_path, script)


def test_a_voice_that_fails_does_not_end_the_interview(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        rig.voice.fails = 1
        rig.join()
        assert await rig.listen()
        await rig.speak("I built a ranking system for a shop.")
        assert await rig.listen()

    play(tmp_path, script)


def test_a_line_hushed_before_it_was_worded_is_answered_at_once(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        rig.join()
        await rig.listen()
        asked = asyncio.get_running_loop().time()
        rig.runner.post(PauseRequested(at=rig.runner.now()))
        rig.runner.post(ResumeRequested(at=rig.runner.now()))
        rig.voice.before_saying = lambda _: began.append(asyncio.get_running_loop().time())
        began: list[float] = []
        await rig.listen()
        assert began[0] - asked < 2

    play(tmp_path, script)


def test_ending_early_says_goodbye_and_finishes(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        rig.join()
        await rig.listen()
        await rig.speak("I built a ranking system for a shop.")
        rig.runner.post(EndRequested(at=rig.runner.now()))
        async with asyncio.timeout(120):
            await rig.runner.finished

    rig = play(tmp_path, script)
    assert rig.runner.finished.result().reason == "ended_early"
    assert rig.runner.engine.view(rig.runner.now()).state == "ended"


def test_the_next_interviewer_goes_on_where_the_last_one_died(tmp_path: Path) -> None:
    async def main() -> None:
        plan = make_plan([300, 600, 900, 600, 300])
        first = Rig(tmp_path, plan=plan)
        first.join()
        await first.listen()
        await first.speak("I built a ranking system for a shop.")
        await first.listen()
        assert await first.outbox.delivered(within=5)
        before = first.runner.engine.view(first.runner.now())
        died_at = first.runner.now()
        await first.close()

        await asyncio.sleep(7)
        second = Rig(tmp_path, plan=plan, link=first.link, epoch=2)
        second.join(epoch=2, live_until=died_at)
        said = await second.listen()
        after = second.runner.engine.view(second.runner.now())
        assert after.segment == before.segment
        assert after.segments[0].spent_s == pytest.approx(
            before.segments[0].spent_s + len(said.split()) * 0.4, abs=1.5
        )
        assert "Hi Ada" not in said
        assert len({e.uid for e in second.link.log}) == len(second.link.log)
        await second.close()

    run_virtual(main())


def test_a_candidate_who_leaves_at_once_and_never_returns(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        rig.join()
        await asyncio.sleep(1)
        rig.runner.post(CandidateLeft(at=rig.runner.now(), reason="client_initiated"))
        await rig.runner.finished

    rig = play(tmp_path, script)
    assert rig.runner.finished.result().reason == "abandoned"
    assert not rig.voice.speaking


def test_an_engine_that_fails_is_not_trusted_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def script(rig: Rig) -> None:
        rig.join()
        await rig.listen()
        kept = len(rig.journal.read())

        def handle(_: object) -> None:
            raise KeyError("I built a ranking system")

        rig.runner.engine.handle = handle  # type: ignore[assignment]
        await rig.speak("I built a ranking system for a shop.")
        assert rig.runner.failed.done()
        assert len(rig.journal.read()) == kept

    play(tmp_path, script)
    assert "KeyError" in caplog.text
    assert "ranking" not in caplog.text


def test_an_observer_that_fails_costs_its_turn_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(turn: Observe, *_: object) -> None:
        raise ValueError(turn.text)

    async def script(rig: Rig) -> None:
        rig.join()
        await rig.listen()
        monkeypatch.setattr("agent.runner.observe", fails)
        await rig.speak("I built a ranking system for a shop.")
        assert await rig.listen()

    play(tmp_path, script)
    assert "observer failed: ValueError" in caplog.text
    assert "ranking" not in caplog.text


def test_nothing_is_carried_out_after_closing(tmp_path: Path) -> None:
    async def script(rig: Rig) -> None:
        rig.join()
        await rig.listen()
        await rig.runner.aclose()
        events = len(rig.journal.read())
        assert rig.runner.post(PauseRequested(at=rig.runner.now())) == []
        await asyncio.sleep(600)
        assert len(rig.journal.read()) == events

    play(tmp_path, script)


def test_with_a_full_disk_the_interview_goes_on_through_the_server(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.agent.test_runner.InstantJournal", FullDisk)

    async def main() -> None:
        rig = Rig(tmp_path, plan=make_plan([300, 600, 900, 600, 300]))
        rig.join()
        await rig.listen()
        await rig.speak("I built a ranking system with boosted trees for a shop.")
        await rig.listen()
        assert await rig.outbox.delivered(within=5)
        assert rig.journal.read() == []
        said = [event.type for event in rig.link.log]
        assert said.count("speech_started") >= 2
        assert "utterance_final" in said
        monkeypatch.setattr(FullDisk, "room", True)
        await rig.speak("It had about forty features.")
        await rig.listen()
        assert rig.journal.read()
        await rig.close()

    with caplog.at_level(logging.INFO, logger="viva.agent"):
        run_virtual(main())
    told = [record.message for record in caplog.records if "journal" in record.message]
    assert told == [
        "the journal cannot be written: No space left on device; only the server keeps what is "
        "said from now on",
        "the journal can be written again",
    ]
