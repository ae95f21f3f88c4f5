"""When a voice was heard is known by samples, however late somebody asks."""

from __future__ import annotations

import pytest
from livekit import rtc
from livekit.agents.vad import VADEventType

from agent.recording.sound import SessionSound
from agent.speech.voice_spans import LATE_S, VoiceSpans
from tests.fakes.vad import WINDOW_S, vad_event

WINDOW = 512


def listened(*speeches: tuple[int, int], windows: int = 400, begin: float = 3.0) -> VoiceSpans:
    """All windows arrive in one burst when they are over; `speeches` are from one to another."""
    spans, sound = VoiceSpans(), SessionSound(lambda: begin + windows * WINDOW_S)
    frames = [rtc.AudioFrame(bytes(2 * WINDOW), 16_000, 1, WINDOW) for _ in range(windows)]
    for frame in frames:
        sound.hear(frame)
        spans.add(frame)
    for n, frame in enumerate(frames):
        done = vad_event(VADEventType.INFERENCE_DONE, 0.0, 0.0)
        done.frames = [frame]
        spans.on_vad(done)
        for first, last in speeches:
            if n == first:
                spans.on_vad(vad_event(VADEventType.START_OF_SPEECH, WINDOW_S, 0.0))
            if n == last + 17:
                over = vad_event(VADEventType.END_OF_SPEECH, 1.0, 0.0)
                over.silence_duration = 17 * WINDOW_S
                spans.on_vad(over)
    return spans


def test_utterances_are_taken_in_their_order_where_they_were_said() -> None:
    spans = listened((50, 100), (130, 200))
    assert spans.take(3.5) is None
    first = spans.take(12.0)
    assert first == pytest.approx((3.0 + 50 * WINDOW_S, 3.0 + 101 * WINDOW_S))
    assert spans.take(12.0) == pytest.approx((3.0 + 130 * WINDOW_S, 3.0 + 201 * WINDOW_S))
    assert spans.take(12.0) is None


def test_one_that_ended_long_ago_is_not_the_one() -> None:
    spans = listened((50, 100), (300, 350))
    ended = 3.0 + 351 * WINDOW_S
    assert spans.take(3.0 + 101 * WINDOW_S + LATE_S + 0.1) == pytest.approx(
        (3.0 + 300 * WINDOW_S, ended)
    )


def test_speech_that_goes_on_is_not_taken() -> None:
    assert listened((50, 399)).take(99.0) is None
