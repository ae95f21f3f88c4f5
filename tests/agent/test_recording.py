"""From the recorder to the server: what is durable, in which order, and what may fail."""

from __future__ import annotations

import asyncio
import errno
import logging
import stat
from collections.abc import Sequence
from pathlib import Path

import httpx
import numpy as np
import pytest
from livekit import rtc

from agent.link import HttpLink, RecordingRefused, ServerRefused, ServerUnreachable
from agent.recording.delivery import Delivery
from agent.recording.encoding import Encoder
from agent.recording.leftovers import deliver_leftovers
from agent.recording.places import Placing
from agent.recording.recorder import Recorder
from agent.recording.recording import Recording
from agent.recording.sound import SessionSound
from agent.recording.spool import Spool, spooled_sessions
from interview.errors import FencedError
from interview.wire import RecordingEnded, SegmentName
from tests.agent.recordings import decoded, speechlike
from tests.virtual_time import run_virtual

LOUD = speechlike(30.0, 16_000)
SECONDS = 5.0


def name(number: int, epoch: int = 1) -> SegmentName:
    return SegmentName(epoch=epoch, number=number, start_ms=600 * number, packets=30)


class Server:
    """Takes segments. `answers`: exceptions to raise first, one a call; None lets it pass."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.taken: list[tuple[int, int]] = []
        self.starts: list[int] = []
        self.over: list[tuple[str, int, int]] = []
        self.deleted: set[str] = set()
        self.asked, self.complete = asyncio.Event(), asyncio.Event()

    async def put_segment(self, session_id: str, name: SegmentName, ogg: bytes) -> None:
        self.asked.set()
        if self.answers and (error := self.answers.pop(0)) is not None:
            raise error
        self.taken.append((name.epoch, name.number))
        self.starts.append(name.start_ms)
        if len(self.taken) == 2:
            self.complete.set()

    async def recording_ended(self, session_id: str, ended: RecordingEnded) -> None:
        self.over.append((session_id, ended.epoch, ended.segments))

    async def gone(self, session_ids: Sequence[str]) -> set[str]:
        return self.deleted & set(session_ids)


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def record(recorder: Recorder, hands: Hands, seconds: float) -> None:
    """The candidate speaks for so long."""
    placing = Placing()
    for n in range(round(seconds * 50)):
        hands.now += 0.02
        place = placing.place(320, hands.now)
        recorder.heard(LOUD[n * 320 : (n + 1) * 320].tobytes(), place)
        if n % 3 == 2:
            recorder.tick()


# -- recorder and spool ---------------------------------------------------------------------------


async def test_what_is_recorded_is_in_the_spool_for_nobody_else_to_read(tmp_path: Path) -> None:
    spool, hands, told = Spool(tmp_path / "spool", "s1"), Hands(), []
    recorder = Recorder(spool, epoch=3, now=hands, on_segment=lambda: told.append(True))
    record(recorder, hands, 4.0)
    await recorder.aclose(SECONDS)
    names = spool.waiting()
    assert [one.number for one in names] == list(range(7))
    assert recorder.segments == len(told) == 7
    assert {one.epoch for one in names} == {3}
    assert sum(one.packets for one in names) == 200
    assert stat.S_IMODE(spool.path.stat().st_mode) == 0o700
    for path in spool.path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    whole = tmp_path / "one.ogg"
    whole.write_bytes(spool.read(names[1]))
    assert np.abs(decoded(whole)[0]).mean() > 300


async def test_no_more_than_a_second_waits_to_be_durable(tmp_path: Path) -> None:
    spool, hands = Spool(tmp_path, "s1"), Hands()
    durable = asyncio.Event()
    recorder = Recorder(spool, epoch=1, now=hands, on_segment=durable.set)
    record(recorder, hands, 6.0)
    # What is not given away waits for more sound, however long one waits.
    while recorder.segments < 9:
        durable.clear()
        async with asyncio.timeout(SECONDS):
            await durable.wait()
    last = spool.waiting()[-1]
    assert hands.now - (last.start_ms + 20 * last.packets) / 1000 < 1.0
    recorder.stop()
    await recorder.aclose(SECONDS)


async def test_a_full_disk_ends_the_recording_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class FullSpool(Spool):
        def write(self, name: SegmentName, ogg: bytes) -> None:
            if name.number == 2:
                raise OSError(errno.ENOSPC, "No space left on device")
            super().write(name, ogg)

    spool, hands, stopped = FullSpool(tmp_path, "s1"), Hands(), asyncio.Event()
    recorder = Recorder(spool, epoch=1, now=hands, on_segment=lambda: None, on_stopped=stopped.set)
    record(recorder, hands, 5.0)
    async with asyncio.timeout(SECONDS):
        await stopped.wait()
    record(recorder, hands, 2.0)
    await recorder.aclose(SECONDS)
    assert [one.number for one in spool.waiting()] == [0, 1]
    assert "No space left on device" in caplog.text


async def test_an_encoder_that_fails_ends_the_recording_and_nothing_else(tmp_path: Path) -> None:
    def broken() -> Encoder:
        raise ValueError("no such codec")

    spool, hands, stopped = Spool(tmp_path, "s1"), Hands(), asyncio.Event()
    recorder = Recorder(
        spool,
        epoch=1,
        now=hands,
        on_segment=lambda: None,
        on_stopped=stopped.set,
        encoder=broken,
    )
    async with asyncio.timeout(SECONDS):
        await stopped.wait()
    record(recorder, hands, 2.0)
    await recorder.aclose(SECONDS)
    assert spool.waiting() == []


def test_what_was_not_written_whole_is_nobodys(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "s1")
    spool.write(name(0), b"whole")
    (spool.path / "000001-000001-000000000600-0030.part").write_bytes(b"to")
    (spool.path / "notes.txt").write_bytes(b"x")
    assert spool.waiting() == [name(0)]
    spool.remove(name(0))
    spool.remove_if_empty()
    assert not spool.path.exists()


def test_a_spool_that_is_forgotten_takes_nothing_more(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "s1")
    spool.write(name(0), b"whole")
    spool.forget()
    spool.write(name(1), b"whole")
    assert spooled_sessions(tmp_path) == []


def test_who_records_is_not_alone(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "s1")
    with spool.alone() as alone:
        assert not alone
    with spool.in_use(), Spool(tmp_path, "s1").alone() as alone:
        assert not alone
    with spool.alone() as alone:
        assert alone


# -- delivery -------------------------------------------------------------------------------------


def spooled(directory: Path, *names: SegmentName) -> Spool:
    spool = Spool(directory, "s1")
    for one in names:
        spool.write(one, b"sound")
    return spool


async def test_segments_are_delivered_in_order_and_removed(tmp_path: Path) -> None:
    spool, server = spooled(tmp_path, name(1, 2), name(0, 2), name(10), name(9)), Server()
    await Delivery(server, spool).once()
    assert server.taken == [(1, 9), (1, 10), (2, 0), (2, 1)]
    assert spool.waiting() == []


async def test_an_unreachable_server_is_tried_again_and_nothing_is_lost(tmp_path: Path) -> None:
    spool = spooled(tmp_path, name(0), name(1))
    server = Server(None, ServerUnreachable("down"))
    delivery = Delivery(server, spool)
    running = asyncio.create_task(delivery.run())
    async with asyncio.timeout(SECONDS):
        await server.complete.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert server.taken == [(1, 0), (1, 1)]


async def test_a_session_that_may_not_be_recorded_is_forgotten(tmp_path: Path) -> None:
    spool, refused = spooled(tmp_path, name(0), name(1)), []
    server = Server(None, RecordingRefused("no"))
    delivery = Delivery(server, spool, on_refused=lambda: refused.append(True))
    async with asyncio.timeout(SECONDS):
        await delivery.run()
    assert refused == [True]
    assert not spool.path.exists()


async def test_a_segment_that_is_never_taken_keeps_back_none(tmp_path: Path) -> None:
    spool, server = spooled(tmp_path, name(0), name(1)), Server(ServerRefused("422"))
    await Delivery(server, spool).once()
    assert server.taken == [(1, 1)]
    assert spool.waiting() == []


async def test_an_interviewer_that_was_replaced_leaves_the_rest(tmp_path: Path) -> None:
    spool, server = spooled(tmp_path, name(0), name(1)), Server(None, FencedError("taken"))
    with pytest.raises(FencedError):
        await Delivery(server, spool).once()
    assert spool.waiting() == [name(1)]


# -- what is left behind --------------------------------------------------------------------------


async def test_what_a_dead_interviewer_left_is_delivered(tmp_path: Path) -> None:
    spool, server = spooled(tmp_path, name(0), name(1), name(0, 2)), Server()
    with spool.in_use():
        assert await deliver_leftovers(server, tmp_path) == 0
        assert server.taken == []
    assert await deliver_leftovers(server, tmp_path) == 1
    assert server.taken == [(1, 0), (1, 1), (2, 0)]
    assert server.over == [("s1", 1, 2), ("s1", 2, 1)]
    assert spooled_sessions(tmp_path) == []


async def test_what_is_left_of_deleted_sessions_is_deleted(tmp_path: Path) -> None:
    spooled(tmp_path, name(0))
    server = Server()
    server.deleted = {"s1", "s2"}
    assert await deliver_leftovers(server, tmp_path) == 1
    assert (server.taken, spooled_sessions(tmp_path)) == ([], [])


async def test_what_cannot_be_delivered_now_stays(tmp_path: Path) -> None:
    spool = spooled(tmp_path, name(0))
    with pytest.raises(ServerUnreachable):
        await deliver_leftovers(Server(ServerUnreachable("down")), tmp_path)
    assert await deliver_leftovers(Server(FencedError("taken")), tmp_path) == 0
    assert spool.waiting() == [name(0)]


# -- the whole ------------------------------------------------------------------------------------


async def test_at_the_end_all_of_it_is_at_the_server(tmp_path: Path) -> None:
    server, hands = Server(), Hands()
    recording = Recording(server, tmp_path, "s1", 4, hands)
    record(recording.recorder, hands, 3.0)
    await recording.aclose(SECONDS)
    assert server.taken == [(4, n) for n in range(5)]
    assert server.over == [("s1", 4, 5)]
    assert spooled_sessions(tmp_path) == []


async def test_a_refusal_stops_the_recording(tmp_path: Path) -> None:
    server, hands = Server(RecordingRefused("no")), Hands()
    recording = Recording(server, tmp_path, "s1", 1, hands)
    record(recording.recorder, hands, 3.0)
    async with asyncio.timeout(SECONDS):
        await server.asked.wait()
    record(recording.recorder, hands, 3.0)
    await recording.aclose(SECONDS)
    assert (server.taken, server.over, spooled_sessions(tmp_path)) == ([], [], [])


async def test_an_end_without_a_server_leaves_the_spool(tmp_path: Path) -> None:
    server, hands = Server(*[ServerUnreachable("down")] * 50), Hands()
    recording = Recording(server, tmp_path, "s1", 1, hands)
    record(recording.recorder, hands, 2.0)
    await recording.aclose(0.2)
    assert len(Spool(tmp_path, "s1").waiting()) == 4
    server.answers.clear()
    assert await deliver_leftovers(server, tmp_path) == 1


class Consenting:
    """The sound of a session whose candidate is asked, and what its recordings were given."""

    def __init__(self, server: Server, directory: Path) -> None:
        self.hands = Hands()
        self.begun: list[tuple[int, Recording]] = []
        self._server, self._directory = server, directory
        self._placing = Placing()
        self._said = 0
        self.sound = SessionSound(self.hands, self._begin)

    def _begin(self, first: int) -> Recording:
        recording = Recording(self._server, self._directory, "s1", 2, self.hands, first=first)
        self.begun.append((first, recording))
        return recording

    def says(self, seconds: float) -> None:
        for _ in range(round(seconds * 50)):
            self.hands.now = round(self.hands.now + 0.02, 6)
            samples = LOUD[self._said * 320 : (self._said + 1) * 320]
            self.sound.hear(rtc.AudioFrame(samples.tobytes(), 16_000, 1, 320))
            self._said += 1
            if self.begun and self._said % 3 == 2:
                self.begun[-1][1].recorder.tick()

    async def has_begun(self, times: int) -> None:
        async with asyncio.timeout(SECONDS):
            while len(self.begun) < times:  # noqa: ASYNC110
                await asyncio.sleep(0.005)  # a real disk is awaited


async def test_consent_during_the_interview_counts_at_once(tmp_path: Path) -> None:
    server = Server()
    ada = Consenting(server, tmp_path)
    ada.sound.allow(False)
    ada.says(3.0)
    assert ada.begun == []
    ada.sound.allow(True)
    ada.says(3.0)
    ada.sound.allow(True)
    await ada.sound.aclose(within=SECONDS)
    assert len(ada.begun) == 1
    assert server.taken == [(2, n) for n in range(5)]
    # What was said before is nowhere.
    assert server.starts == [3000, 3600, 4200, 4800, 5400]


async def test_a_no_ends_it_and_a_yes_begins_anew(tmp_path: Path) -> None:
    server = Server(*[ServerUnreachable("down")] * 500)
    ada = Consenting(server, tmp_path)
    ada.sound.allow(True)
    ada.says(2.0)
    ada.sound.allow(False)
    # A yes before all of the old is gone waits for that.
    ada.says(2.0)
    ada.sound.allow(True)
    assert len(ada.begun) == 1
    await ada.has_begun(2)
    assert Spool(tmp_path, "s1").waiting() == []
    ada.says(1.2)
    server.answers.clear()
    await ada.sound.aclose(within=SECONDS)
    [(_, first), (number, _)] = ada.begun
    assert number == first.recorder.segments > 0
    assert server.taken == [(2, number), (2, number + 1)]
    assert server.starts == [4000, 4600]
    assert spooled_sessions(tmp_path) == []


async def test_what_was_refused_begins_anew_when_it_is_allowed(tmp_path: Path) -> None:
    server = Server(RecordingRefused("no"))
    ada = Consenting(server, tmp_path)
    ada.sound.allow(True)
    ada.says(3.0)
    async with asyncio.timeout(SECONDS):
        while not ada.begun[0][1].refused:  # noqa: ASYNC110
            await asyncio.sleep(0.005)  # a real disk is awaited
    # It would keep nothing, though nobody has told it of a no.
    ada.sound.allow(True)
    await ada.has_begun(2)
    ada.says(0.6)
    await ada.sound.aclose(within=SECONDS)
    assert server.starts == [3000]
    assert spooled_sessions(tmp_path) == []


async def test_an_interview_that_ends_while_a_recording_is_forgotten(tmp_path: Path) -> None:
    ada = Consenting(Server(), tmp_path)
    ada.sound.allow(True)
    ada.says(2.0)
    ada.sound.allow(False)
    ada.sound.allow(True)
    await ada.sound.aclose(within=SECONDS)
    assert len(ada.begun) == 1
    assert spooled_sessions(tmp_path) == []


def test_without_consent_nothing_is_kept(tmp_path: Path) -> None:
    async def main() -> None:
        sound = SessionSound(asyncio.get_running_loop().time)
        sound.playing.hand_over(b"\0" * 960, ahead=0.0)
        await sound.aclose(within=1.0)

    run_virtual(main())


@pytest.mark.parametrize(
    ("code", "error"),
    [("recording_refused", RecordingRefused), ("fenced", FencedError), ("other", ServerRefused)],
)
async def test_what_the_server_says_of_a_segment(code: str, error: type[Exception]) -> None:
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(409, json={"code": code})

    link = HttpLink("http://server/", "secret", transport=httpx.MockTransport(handle))
    with pytest.raises(error):
        await link.put_segment("s1", name(2), b"OggS")
    [request] = asked
    assert (request.method, request.url.path, request.content) == (
        "PUT",
        "/internal/v1/sessions/s1/recording/segments",
        b"OggS",
    )
    assert dict(request.url.params) == {
        "epoch": "1",
        "number": "2",
        "start_ms": "1200",
        "packets": "30",
    }
    assert request.headers["content-type"] == "audio/ogg"


@pytest.fixture(autouse=True)
def propagate(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
