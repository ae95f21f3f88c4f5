"""Parts that run beside an interview and die: each is noticed, and the interview goes on."""

from __future__ import annotations

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from livekit import rtc
from livekit.agents import AgentSession, TurnHandlingOptions, stt
from livekit.agents.vad import VADEvent, VADEventType

from agent.ears import stop_by_itself
from agent.outbox import Outbox
from agent.speech.barge_in import SPEECH_S, BargeIn
from agent.speech.mouth import Mouth
from agent.speech.whisper import Recognised, Samples
from agent.speech.whisper_stt import WhisperSTT
from agent.tasks import AGAIN_MOST_S, Tasks, watch
from tests.agent.test_barge_in import FakeSpeech, FakeTrack, captured, ramp
from tests.agent.test_outbox import event
from tests.fakes.vad import FakeVad, vad_event
from tests.fakes.worker import FakeLink
from tests.virtual_time import run_virtual

SECRET = "I worked on something that is not public"


def broken(_: rtc.AudioFrame) -> list[VADEvent]:
    raise ValueError(SECRET)


def frame() -> rtc.AudioFrame:
    return rtc.AudioFrame(bytes(640), sample_rate=16_000, num_channels=1, samples_per_channel=320)


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """All that was logged, tracebacks included, also of what is only noticed when it is freed."""
    gc.collect()
    assert SECRET not in caplog.text
    return caplog.text


def test_a_death_is_logged_by_its_type_and_told(caplog: pytest.LogCaptureFixture) -> None:
    told = []

    async def dies() -> None:
        raise KeyError(SECRET)

    async def main() -> None:
        watch(asyncio.create_task(dies()), "a part", lambda: told.append(True))
        tasks = Tasks()
        tasks.start(dies(), "another part")
        tasks.start(asyncio.sleep(100), "a long one")
        await asyncio.sleep(1)
        await tasks.aclose()

    run_virtual(main())
    assert told == [True]
    assert "a part failed: KeyError" in logged(caplog)
    assert "another part failed: KeyError" in caplog.text
    assert "a long one" not in caplog.text


def test_what_is_kept_is_begun_again_less_and_less_often(caplog: pytest.LogCaptureFixture) -> None:
    begun: list[float] = []

    async def dies() -> None:
        begun.append(asyncio.get_running_loop().time())
        if len(begun) < 9:
            raise OSError(SECRET)

    async def main() -> None:
        tasks = Tasks()
        tasks.keep(dies, "a part")
        await asyncio.sleep(1000)
        await tasks.aclose()

    run_virtual(main())
    waits = [late - early for early, late in pairwise(begun)]
    assert waits == [1, 2, 4, 8, 16, AGAIN_MOST_S, AGAIN_MOST_S, AGAIN_MOST_S]
    assert logged(caplog).count("a part failed: OSError") == 8


def test_delivery_that_died_delivers_all_when_begun_again() -> None:
    link = FakeLink(failures=[ValueError(SECRET)])

    async def main() -> None:
        outbox, tasks = Outbox(link, "s1", 1, on_fenced=lambda: None), Tasks()
        tasks.keep(outbox.run, "the delivery of events")
        outbox.put(event(1))
        outbox.put(event(2))
        assert await outbox.delivered(within=5)
        await tasks.aclose()

    run_virtual(main())
    assert [e.uid for e in link.log] == [event(1).uid, event(2).uid]


def test_interruptions_by_words_outlive_the_detector(caplog: pytest.LogCaptureFixture) -> None:
    speech, fallen_back = FakeSpeech(), []

    async def main() -> None:
        barge_in, tasks = BargeIn(FakeVad(broken), speech), Tasks()
        tasks.start(barge_in.run(), "listening", lambda: fallen_back.append(True))
        barge_in.on_vad(vad_event(VADEventType.START_OF_SPEECH, 0.064, 0.0))
        barge_in.on_vad(vad_event(VADEventType.INFERENCE_DONE, 0.1, 0.0))
        barge_in.push(frame())
        await asyncio.sleep(0.01)
        assert fallen_back == [True]
        # The pause of a sound that is not followed any more is over.
        assert [what for what, _ in speech.asked] == ["pause", "resume"]
        barge_in.push(frame())
        speech.current = "say-2"
        assert not barge_in.heard("Mm-hm.")
        assert barge_in.heard("Wait, I meant something else.")
        assert [what for what, _ in speech.asked][2:] == ["stop"]
        await tasks.aclose()

    run_virtual(main())
    assert "listening failed: ValueError" in logged(caplog)


class BrokenTrack(FakeTrack):
    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        raise RuntimeError(SECRET)


def test_a_voice_that_fails_keeps_nobody_waiting_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told, finished = [], []

    async def main() -> None:
        mouth = Mouth(BrokenTrack(), on_failed=lambda: told.append(True))
        mouth.on("playback_finished", finished.append)
        mouth.open()
        await captured(mouth, ramp(0.5))
        mouth.flush()
        await mouth.wait_for_playout()
        await mouth.aclose()

    run_virtual(main())
    assert told == [True]
    assert finished[0].interrupted
    assert "voice failed: RuntimeError" in logged(caplog)


class FakeWhisper:
    """Stands for the recogniser: says how many milliseconds it was given."""

    name = "fake"

    def __init__(self) -> None:
        self.executor = ThreadPoolExecutor(max_workers=1)

    def transcribe(self, samples: Samples, *, terms: tuple[str, ...] = ()) -> Recognised:
        return Recognised(text=f"{samples.size // 16} ms", confidence=0.9, words=())


def test_a_recogniser_whose_detector_dies_listens_on(caplog: pytest.LogCaptureFixture) -> None:
    number = 0

    def dies_once(heard: rtc.AudioFrame) -> list[VADEvent]:
        nonlocal number
        number += 1
        if number == 3:
            raise ValueError(SECRET)
        kinds = {
            1: VADEventType.START_OF_SPEECH,
            4: VADEventType.START_OF_SPEECH,
            5: VADEventType.END_OF_SPEECH,
        }
        told = vad_event(kinds.get(number, VADEventType.INFERENCE_DONE), 0.1, 0.0)
        told.frames = [heard]
        return [told]

    async def main() -> list[str]:
        vad = FakeVad(dies_once)
        whisper = FakeWhisper()
        engine = WhisperSTT(whisper, vad=vad)  # type: ignore[arg-type]
        stream = engine.stream()
        for _ in range(5):
            stream.push_frame(frame())
            await asyncio.sleep(1)
        stream.end_input()
        said = [
            heard.alternatives[0].text
            async for heard in stream
            if heard.type == stt.SpeechEventType.FINAL_TRANSCRIPT
        ]
        await stream.aclose()
        whisper.executor.shutdown()
        assert vad.streams == 2
        return said

    # What was heard before is not lost, and neither is what comes after.
    assert run_virtual(main()) == ["40 ms", "20 ms"]
    assert "listening failed: ValueError" in logged(caplog)


def test_without_the_detector_the_session_stops_what_is_said_sooner() -> None:
    async def main() -> tuple[float, float]:
        interruption = {"mode": "vad", "min_duration": 3.0}
        session = AgentSession(turn_handling=TurnHandlingOptions(interruption=interruption))
        before = session.options.interruption["min_duration"]
        stop_by_itself(session)
        return before, session.options.interruption["min_duration"]

    assert run_virtual(main()) == (3.0, SPEECH_S)
