"""What a real AgentSession says through the mouth: its text, its words, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from livekit.agents import Agent, AgentSession

from agent.recording.sound import SessionSound
from agent.speech.mouth import Mouth
from agent.speech.piper_tts import Piper, PiperTTS
from agent.voice import SessionVoice, Spoken
from tests.agent.test_recording_sound import TimedTrack

LINE = "Let us begin, then. How would you rank the items?"


def spoken(break_in: Callable[[SessionVoice, asyncio.AbstractEventLoop], None]) -> Spoken:
    """What is told of LINE, said from session-clock second 0 on."""

    async def main() -> Spoken:
        loop = asyncio.get_running_loop()
        began = loop.time()
        sound = SessionSound(lambda: loop.time() - began)
        piper = Piper("joe")
        session: AgentSession[None] = AgentSession(tts=PiperTTS(piper), vad=None)
        mouth = Mouth(TimedTrack(), playing=sound.playing)
        mouth.open()
        session.output.audio = mouth
        await session.start(Agent(instructions=""))
        voice = SessionVoice(session, sound.playing, lambda: loop.time() - began)
        ended: asyncio.Future[Spoken] = loop.create_future()
        voice.say(
            LINE,
            interruptible=True,
            on_start=lambda: break_in(voice, loop),
            on_end=ended.set_result,
        )
        async with asyncio.timeout(30):
            told = await ended
        await session.aclose()
        await mouth.aclose()
        piper.executor.shutdown()
        return told

    return asyncio.run(main())


@pytest.mark.slow
def test_what_is_said_to_its_end_has_a_time_for_every_word() -> None:
    told = spoken(lambda voice, loop: None)
    assert (told.text, told.outcome) == (LINE, "finished")
    assert [word.text for word in told.words] == LINE.split()
    assert told.started * 1000 <= told.words[0].start_ms + 1
    assert told.words[-1].end_ms <= told.ended * 1000 + 1
    assert 1.5 < told.ended - told.started < 6


@pytest.mark.slow
def test_what_is_broken_into_has_the_words_that_were_heard() -> None:
    def later(voice: SessionVoice, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_later(1.0, voice.break_in)

    told = spoken(later)
    assert told.outcome == "interrupted"
    assert told.ended - told.started == pytest.approx(1.0, abs=0.5)
    assert 0 < len(told.words) <= len(LINE.split())
    assert told.words[-1].end_ms <= told.ended * 1000 + 1
