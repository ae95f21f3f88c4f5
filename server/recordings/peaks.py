"""The outline of a recording: how loud each side was, twenty times a second."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from server.recordings.opus import PRE_SKIP, RATE, Decoder, Packet

PER_SECOND = 20
_WINDOW = RATE // PER_SECOND
_GROWTH = 60 * PER_SECOND
# Packets that are looked at together.
_RUN = 50


class Peaks:
    """Fed packet by packet; what was not recorded is not decoded."""

    def __init__(self) -> None:
        self._decoder = Decoder()
        self._loudest = np.zeros((_GROWTH, 2), np.uint8)
        self._at = -PRE_SKIP
        self._run: list[Any] = []
        self._run_at = 0

    def add(self, packet: Packet, recorded: bool) -> None:
        if recorded:
            if not self._run:
                self._run_at = self._at
            sound = self._decoder.decode(packet)
            if len(sound) != packet.samples:
                sound = np.zeros((packet.samples, 2), np.int16)
            self._run.append(sound)
        self._at += packet.samples
        if not recorded or len(self._run) >= _RUN:
            self._flush()

    def _flush(self) -> None:
        if not self._run:
            return
        loud = np.abs(np.concatenate(self._run).astype(np.int32)) >> 8
        skipped = max(0, -self._run_at)
        at, loud = self._run_at + skipped, loud[skipped:].clip(0, 127).astype(np.uint8)
        self._run = []
        first, last = at // _WINDOW, (at + len(loud) - 1) // _WINDOW
        if last >= len(self._loudest):
            more = np.zeros((max(len(self._loudest), last + 1), 2), np.uint8)
            self._loudest = np.concatenate([self._loudest, more])
        begins = np.maximum(np.arange(first, last + 1) * _WINDOW - at, 0)
        loudest = np.maximum.reduceat(loud, begins, axis=0)
        inside = self._loudest[first : last + 1]
        np.maximum(inside, loudest, out=inside)

    def as_json(self, duration_ms: int, gaps: list[list[int]]) -> bytes:
        """`candidate` and `interviewer`: 0 to 127 for each twentieth of a second."""
        self._flush()
        length = -(-duration_ms * PER_SECOND // 1000)
        room = np.zeros((length, 2), np.uint8)
        known = self._loudest[:length]
        room[: len(known)] = known
        outline = {
            "per_second": PER_SECOND,
            "duration_ms": duration_ms,
            "candidate": room[:, 0].tolist(),
            "interviewer": room[:, 1].tolist(),
            "gaps": gaps,
        }
        return json.dumps(outline, separators=(",", ":")).encode()
