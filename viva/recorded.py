"""Whether a recording and its transcript agree with what was said and heard: by correlation.

Everything is in seconds of the session clock, which is the recording's time.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from agent.recording.places import RATE as EAR_RATE
from agent.recording.places import Place
from agent.speech.word_times import Timed
from viva.figures import milliseconds, percentile
from viva.levels import RATE
from viva.word_pairs import word_pairs

# Windows of what was said are looked for so far around the moment at which they were sent, before
# it and after it; windows of what was heard the other way round.
_AGAINST_S, _ALONG_S = 0.2, 0.8
_WINDOW_S = 1.0
# A window that is less like what it is found at was not found; one with less sound is none.
_ALIKE = 0.4
_LOUD = 300.0
# A speech begins where sound is loud for a moment, near where the log says that it does.
_ONSET_S = 0.4
# A clip of fewer words has no usual one.
_FEW = 5
# The log may place a word so far from where it was said.
_ASTRAY_S = 2.0
Sound = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sent:
    """What the candidate sent into the room, or heard there, at RATE, from `start` on. `words`:
    where they were said, in seconds from there, where that is known."""

    start: float
    samples: npt.NDArray[np.int16]
    words: tuple[Timed, ...] = ()


def decode(ogg: bytes) -> Sound:
    """Both channels, shaped (2, samples), at RATE."""
    with av.open(io.BytesIO(ogg), "r") as container:
        resampler = av.AudioResampler(format="s16", layout="stereo", rate=RATE)
        frames = [piece for one in container.decode(audio=0) for piece in resampler.resample(one)]
        frames += resampler.resample(None)
    parts = [frame.to_ndarray().reshape(-1, 2) for frame in frames]
    return np.concatenate(parts).T.astype(np.float64)


def placed(kept: Sequence[tuple[Place, npt.NDArray[np.int16]]], begun: float) -> list[Sent]:
    """What an ear kept; `begun` is the session clock's 0 on the ear's clock."""
    stretches: dict[int, list[tuple[Place, npt.NDArray[np.int16]]]] = {}
    for place, samples in kept:
        stretches.setdefault(id(place.stretch), []).append((place, samples))
    return [
        Sent(
            frames[0][0].at() - begun,
            np.repeat(np.concatenate([samples for _, samples in frames]), RATE // EAR_RATE),
        )
        for frames in stretches.values()
    ]


def compared(
    ogg: bytes, sent: Sequence[Sent], heard: Sequence[Sent], events: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """`alignment` of a recording with the log of its interview."""
    return alignment(decode(ogg), sent, heard, events)


def alignment(
    sound: Sound,
    sent: Sequence[Sent],
    heard: Sequence[Sent],
    events: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """`clips`: seconds of what was sent, found on the left; `clips_way_ms` is the usual time there
    and `clips_max_ms` the farthest from it. `heard`: the same of what was heard and the right, the
    way being from there. `speeches_max_ms`: from the first word of a speech in the log to its first
    sound on the right. `words`: of the candidate, whose place on the left is known from that of the
    second around them; `words_starts_*`, `words_ends_*`: from where the log has them to there, and
    `words_worst_p50_ms`: by how much the usual word of a clip is off, in the worst clip."""
    said = [list(_lags(sound[0], one, _AGAINST_S, _ALONG_S)) for one in sent]
    came = [lag for one in heard for _, lag in _lags(sound[1], one, _ALONG_S, _AGAINST_S)]
    onsets = list(_onsets(sound[1], events))
    by_clip = [
        list(_words(one, [(at, lag) for at, lag in lags if lag is not None], events))
        for one, lags in zip(sent, said, strict=True)
    ]
    words = [off for clip in by_clip for off in clip]
    usual = [percentile([start for start, _ in clip], 50) for clip in by_clip if len(clip) >= _FEW]
    return {
        "seconds": round(sound.shape[1] / RATE, 1),
        **_spread("clips", [lag for lags in said for _, lag in lags]),
        **_spread("heard", [None if lag is None else -lag for lag in came]),
        "speeches": len(onsets),
        "speeches_max_ms": milliseconds(max(map(abs, onsets), default=None)),
        "words": len(words),
        "words_worst_p50_ms": milliseconds(max((abs(one or 0.0) for one in usual), default=None)),
        **_off("words_starts", [start for start, _ in words]),
        **_off("words_ends", [end for _, end in words]),
    }


def _off(name: str, seconds: Sequence[float]) -> dict[str, Any]:
    """`p50`: of the signed ones, positive where the log is early; the others of their size."""
    sizes = [abs(one) for one in seconds]
    return {
        f"{name}_p50_ms": milliseconds(percentile(seconds, 50)),
        f"{name}_within_50_ms": round(sum(one <= 0.05 for one in sizes) / len(sizes), 3)
        if sizes
        else None,
        f"{name}_p95_ms": milliseconds(percentile(sizes, 95)),
    }


def _spread(name: str, lags: Sequence[float | None]) -> dict[str, Any]:
    found = [lag for lag in lags if lag is not None]
    usual = percentile(found, 50)
    off = [abs(lag - (usual or 0.0)) for lag in found]
    return {
        name: len(lags),
        f"{name}_found": len(found),
        f"{name}_way_ms": milliseconds(usual),
        f"{name}_p95_ms": milliseconds(percentile(off, 95)),
        f"{name}_max_ms": milliseconds(max(off, default=None)),
    }


def _lags(
    channel: Sound, sent: Sent, earlier: float, later: float
) -> Iterator[tuple[float, float | None]]:
    """Where each second of it begins, in seconds, and by how many it lies later in the recording,
    between so much earlier and so much later; None for one not found."""
    size = round(_WINDOW_S * RATE)
    for first in range(0, sent.samples.size - size + 1, size):
        window = sent.samples[first : first + size].astype(np.float64)
        if np.abs(window).mean() < _LOUD:
            continue
        due = round(sent.start * RATE) + first
        since = max(0, due - round(earlier * RATE))
        around = channel[since : max(0, due + size + round(later * RATE))]
        if around.size <= size:
            continue
        length = 1 << (around.size + size - 1).bit_length()
        product = np.fft.rfft(around, length) * np.conj(np.fft.rfft(window, length))
        likeness = np.fft.irfft(product, length)[: around.size - size + 1]
        where = int(np.argmax(likeness))
        strength = np.linalg.norm(around[where : where + size]) * np.linalg.norm(window)
        alike = strength > 0 and likeness[where] / strength > _ALIKE
        yield first / RATE, (since + where - due) / RATE if alike else None


def _onsets(right: Sound, events: Sequence[Mapping[str, Any]]) -> Iterator[float]:
    """From the first word of each speech to the first sound of it."""
    for event in events:
        words = event["data"].get("words") if event["type"] == "speech_ended" else None
        if not words:
            continue
        due = words[0]["start_ms"] / 1000
        since = max(0, round((due - _ONSET_S) * RATE))
        near = np.abs(right[since : round((due + _ONSET_S) * RATE)])
        whole = np.abs(right[since : round(words[-1]["end_ms"] / 1000 * RATE)])
        if not near.size:
            continue
        loud = np.flatnonzero(near > 0.02 * whole.max())
        if loud.size and loud[0] > 0:
            yield (since + int(loud[0])) / RATE - due


def _words(
    sent: Sent, lags: Sequence[tuple[float, float]], events: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[float, float]]:
    """By how much each word begins and ends later in the recording than the log says."""
    until = sent.samples.size / RATE
    said = [word for word in sent.words if word.end <= until]
    if not lags or not said:
        return
    logged = [
        word
        for event in events
        if event["type"] == "utterance_final"
        for word in event["data"].get("words") or ()
        if -_ASTRAY_S <= word["start_ms"] / 1000 - sent.start <= until + _ASTRAY_S
    ]
    for here, there in word_pairs([w.text for w in said], [w["text"] for w in logged]):
        true, log = said[here], logged[there]
        _, way = min(lags, key=lambda lag: abs(lag[0] + _WINDOW_S / 2 - true.start))
        start, end = (sent.start + way + at for at in (true.start, true.end))
        yield start - log["start_ms"] / 1000, end - log["end_ms"] / 1000
