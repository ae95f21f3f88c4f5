"""Recordings of interviews that nobody held: both sides are spoken by Piper, and each line is
stretched to the time that the log gives it, so that its words can be followed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import av
import numpy as np
from av.filter import Graph

from agent.recording.encoding import Encoder
from agent.recording.places import RATE as LEFT_RATE
from agent.recording.timeline import BLOCK_MS, INTERVIEWER_RATE, Blocks, Pcm
from agent.speech.piper_tts import Piper
from interview.events import AnyEvent, SpeechEnded, UtteranceFinal
from interview.wire import SegmentName
from server.models import Recording
from server.recordings import keys
from server.recordings.joining import Joined, Joiner
from server.storage.store import Storage

# The one voice that is always there speaks for both; the candidate's is this much higher.
_HIGHER = 1.12
# What a filter for tempo takes.
_TEMPI = (0.5, 2.0)
_BLOCKS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """Something said: by whom, when on the session clock, and what."""

    candidate: bool
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True)
class Recorded:
    """What is to be kept of a recording."""

    path: Path
    joined: Joined


class Studio:
    """Loads the voice when it is first needed. Blocks."""

    def __init__(self, voice: str = "joe") -> None:
        self._voice = voice
        self._piper: Piper | None = None

    def record(self, events: Sequence[AnyEvent], directory: Path) -> Recorded:
        """A recording of what is said in `events`, as a file in `directory`."""
        path = directory / "recording.ogg"
        joiner = Joiner(path, None)
        encoder = Encoder()
        number = 0
        for blocks in [*self._blocks(lines_of(events)), None]:
            done = encoder.finish() if blocks is None else encoder.feed(blocks)
            for segment in done:
                name = SegmentName(
                    epoch=1, number=number, start_ms=segment.start_ms, packets=segment.packets
                )
                key = keys.segment("seeded", name)
                where = keys.Segment(segment.start_ms, 1, number, key)
                joiner.add([(where, segment.ogg)])
                number += 1
        return Recorded(path, joiner.finish())

    def _blocks(self, lines: Sequence[Line]) -> Iterator[Blocks]:
        end_ms = max((line.end_ms for line in lines), default=0) + 1000
        waiting = sorted(lines, key=lambda line: line.start_ms)
        sounding: list[tuple[Line, Pcm]] = []
        for first in range(0, -(-end_ms // BLOCK_MS), _BLOCKS_AT_ONCE):
            until_ms = (first + _BLOCKS_AT_ONCE) * BLOCK_MS
            while waiting and waiting[0].start_ms < until_ms:
                line = waiting.pop(0)
                sounding.append((line, self._spoken(line)))
            yield Blocks(
                first,
                _BLOCKS_AT_ONCE,
                _laid(((li, s) for li, s in sounding if li.candidate), first, LEFT_RATE),
                _laid(((li, s) for li, s in sounding if not li.candidate), first, INTERVIEWER_RATE),
            )
            sounding = [item for item in sounding if item[0].end_ms > until_ms]

    def _spoken(self, line: Line) -> Pcm:
        """The line as sound, as long as it has to be."""
        self._piper = self._piper or Piper(self._voice)
        pcm = np.frombuffer(self._piper.synthesize(line.text), dtype=np.int16)
        if not pcm.size:
            return pcm
        rate = LEFT_RATE if line.candidate else INTERVIEWER_RATE
        higher = _HIGHER if line.candidate else 1.0
        spoken_s = pcm.size / (self._piper.sample_rate * higher)
        tempo = spoken_s / max(0.1, (line.end_ms - line.start_ms) / 1000)
        tempo = min(max(tempo, _TEMPI[0]), _TEMPI[1])
        sound = _stretched(pcm, round(self._piper.sample_rate * higher), rate, tempo)
        return sound[: (line.end_ms - line.start_ms) * rate // 1000]


def lines_of(events: Iterable[AnyEvent]) -> list[Line]:
    """What was spoken and heard; what was typed has no sound."""
    lines: list[Line] = []
    for event in events:
        if isinstance(event, UtteranceFinal) and event.source == "voice":
            lines.append(Line(True, event.start_ms, event.end_ms, event.text))
        elif isinstance(event, SpeechEnded) and event.text:
            lines.append(Line(False, event.start_ms, event.end_ms, event.text))
    return [line for line in lines if line.end_ms > line.start_ms]


async def keep(
    storage: Storage, interview_id: str, events: Sequence[AnyEvent], studio: Studio, at: datetime
) -> Recording:
    """Record the session, put it into the store, and answer the row that says so."""
    with tempfile.TemporaryDirectory(prefix="viva-seed-") as directory:
        recorded = studio.record(events, Path(directory))
        await storage.put(keys.recording(interview_id), recorded.path)
        await storage.put(keys.peaks(interview_id), recorded.joined.peaks)
        return Recording(
            interview_id=interview_id,
            state="ready",
            problem="",
            bytes=recorded.path.stat().st_size,
            duration_ms=recorded.joined.duration_ms,
            gaps=recorded.joined.gaps,
            started_at=at,
            changed_at=at,
            ready_at=at,
        )


def _laid(sounds: Iterable[tuple[Line, Pcm]], first: int, rate: int) -> Pcm:
    """The window of _BLOCKS_AT_ONCE blocks from `first` on."""
    window = np.zeros(_BLOCKS_AT_ONCE * BLOCK_MS * rate // 1000, dtype=np.int16)
    begins = first * BLOCK_MS * rate // 1000
    for line, samples in sounds:
        start = line.start_ms * rate // 1000
        since, until = max(start, begins), min(start + samples.size, begins + window.size)
        if since < until:
            window[since - begins : until - begins] = samples[since - start : until - start]
    return window


def _stretched(pcm: Pcm, from_rate: int, to_rate: int, tempo: float) -> Pcm:
    """`pcm` at another rate and tempo, by FFmpeg's `atempo`, which leaves the pitch alone."""
    graph = Graph()
    source = graph.add_abuffer(sample_rate=from_rate, format="s16", layout="mono")
    stretch = graph.add("atempo", f"{tempo:.6f}")
    shape = graph.add("aformat", f"sample_fmts=s16:sample_rates={to_rate}:channel_layouts=mono")
    sink = graph.add("abuffersink")
    source.link_to(stretch)
    stretch.link_to(shape)
    shape.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = from_rate
    graph.push(frame)
    graph.push(None)
    parts: list[Pcm] = []
    while True:
        try:
            parts.append(graph.pull().to_ndarray().reshape(-1).astype(np.int16))
        except (av.error.EOFError, av.error.BlockingIOError):
            break
    return np.concatenate(parts) if parts else pcm[:0]
