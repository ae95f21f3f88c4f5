"""What came out of one simulated interview."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from interview.scenario import SEGMENT_IDS
from viva.conduct import Conduct
from viva.figures import percentile, rounded


@dataclass(slots=True)
class Result:
    """What was measured; times in milliseconds. `gaps_ms`: from the candidate's last sound to the
    interviewer's first. `cut_ins`: the interviewer began while the candidate had the floor.
    `unanswered`: answers after which nothing was heard. `transcript`: as the server stored it.
    `wall_s`: from making the session to reading it back. `recording`: what `viva/recorded.py` says
    of it; None when nothing was recorded."""

    session_id: str
    state: str = ""
    segments: list[str] = field(default_factory=list)
    first_word_ms: float | None = None
    gaps_ms: list[float] = field(default_factory=list)
    barge_in_ms: list[float] = field(default_factory=list)
    cut_ins: int = 0
    unanswered: int = 0
    said: list[str] = field(default_factory=list)
    wer: float | None = None
    transcript: list[dict[str, Any]] = field(default_factory=list)
    wall_s: float = 0.0
    conduct: Conduct | None = None
    recording: dict[str, Any] | None = None

    @property
    def all_segments_in_order(self) -> bool:
        return tuple(self.segments) == SEGMENT_IDS

    @property
    def stored_in_order(self) -> bool:
        """Whether both sides are stored, and no turn begins before the one before it."""
        starts = [turn["start_ms"] for turn in self.transcript]
        speakers = {turn["speaker"] for turn in self.transcript}
        return starts == sorted(starts) and speakers == {"candidate", "interviewer"}

    def understood(self) -> list[str]:
        return [turn["text"] for turn in self.transcript if turn["speaker"] == "candidate"]

    def as_dict(self) -> dict[str, Any]:
        return {
            "session_id": self.session_id,
            "state": self.state,
            "segments": self.segments,
            "all_segments_in_order": self.all_segments_in_order,
            "stored_in_order": self.stored_in_order,
            "wer": None if self.wer is None else round(self.wer, 4),
            "turns": len(self.transcript),
            "answers": len(self.said),
            "first_word_ms": rounded(self.first_word_ms),
            "gap_p50_ms": rounded(percentile(self.gaps_ms, 50)),
            "gap_p95_ms": rounded(percentile(self.gaps_ms, 95)),
            "gaps_ms": [round(gap) for gap in self.gaps_ms],
            "barge_in_ms": [round(stop) for stop in self.barge_in_ms],
            "cut_ins": self.cut_ins,
            "unanswered": self.unanswered,
            "wall_s": round(self.wall_s, 1),
            "recording": self.recording,
            "conduct": None if self.conduct is None else self.conduct.as_dict(),
        }


def summary(result: Result) -> str:
    """The figures, for a person."""
    figures = result.as_dict()
    wer = "-" if result.wer is None else f"{100 * result.wer:.1f} %"
    lines = [
        f"session {result.session_id}: {result.state}, {figures['turns']} turns stored",
        f"segments: {' > '.join(result.segments) or '-'}",
        f"word error rate: {wer} over {len(result.said)} answers",
        f"first word after {figures['first_word_ms']} ms",
        f"gap p50 {figures['gap_p50_ms']} ms, p95 {figures['gap_p95_ms']} ms",
        f"cut in {result.cut_ins} times, left {result.unanswered} answers unanswered",
    ]
    if result.recording is not None:
        of = result.recording
        lines.append(
            f"recording of {of['seconds']} s: {of['clips_found']} of {of['clips']} s that were "
            f"said are in it, off by {of['clips_max_ms']} ms at most, and {of['heard_found']} of "
            f"{of['heard']} s that were heard, by {of['heard_max_ms']} ms; first words of speeches "
            f"by {of['speeches_max_ms']} ms, words of the candidate by "
            f"{of['words_starts_p50_ms']} ms (p50)"
        )
    if result.conduct is not None:
        lines += [
            "conduct: "
            + ", ".join(
                f"{name} {'-' if value is None else value}"
                for name, value in result.conduct.figures().items()
            ),
            *(f"  {fault}" for fault in result.conduct.faults),
        ]
    return "\n".join(lines)
