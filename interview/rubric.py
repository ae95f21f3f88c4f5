"""What is judged, one criterion at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """One dimension. `levels` are four descriptions, weakest first; `signals` are words or phrases
    whose presence in what the candidate said points at the criterion having been touched.

    `strength` completes 'When you said "...", ' and has to hold whenever a signal was named;
    `missing` completes "I'd have liked to hear ". Both may be empty."""

    id: str
    title: str
    levels: tuple[str, str, str, str]
    signals: tuple[str, ...]
    strength: str = ""
    missing: str = ""
