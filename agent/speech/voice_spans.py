"""When the candidate's voice was heard, on the session clock: for recognisers that do not say.

What such a recogniser tells comes when it is done, which may be long after the candidate has begun
to speak again. The detector beside it counts samples, and knows.
"""

from __future__ import annotations

from collections import deque

from livekit import rtc
from livekit.agents.vad import VADEvent, VADEventType

from agent.recording.places import RATE, StreamPlaces, place_of

# Two detectors hear one utterance end within so many seconds of each other.
APART_S = 0.3
# An utterance that ended so long ago is not the one that is told of now.
LATE_S = 15.0
_MOST = 50


class VoiceSpans:
    """What one detector hears; `add` gets the frames that it gets, at RATE."""

    def __init__(self) -> None:
        self._places = StreamPlaces()
        self._listened = 0.0
        self._begun: float | None = None
        self._spans: deque[tuple[float, float]] = deque(maxlen=_MOST)

    def add(self, frame: rtc.AudioFrame) -> None:
        self._places.add(frame.samples_per_channel * RATE // frame.sample_rate, place_of(frame))

    def on_vad(self, event: VADEvent) -> None:
        if event.type == VADEventType.INFERENCE_DONE:
            self._listened += sum(frame.duration for frame in event.frames)
        elif event.type == VADEventType.START_OF_SPEECH:
            self._begun = self._places.at(self._listened - event.speech_duration)
        else:
            ended = self._places.at(self._listened - event.silence_duration)
            if self._begun is not None and ended is not None:
                self._spans.append((self._begun, max(self._begun, ended)))
            self._begun = None

    def take(self, noticed: float) -> tuple[float, float] | None:
        """Beginning and end of the earliest utterance that nobody took, of which a recogniser
        noticed at `noticed` that it had ended; all in seconds of the session clock."""
        while self._spans and self._spans[0][1] < noticed - LATE_S:
            self._spans.popleft()
        if self._spans and self._spans[0][1] <= noticed + APART_S:
            return self._spans.popleft()
        return None
