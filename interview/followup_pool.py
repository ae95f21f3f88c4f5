"""The shape of the questions that lean on nothing said, for one segment."""

from __future__ import annotations

from dataclasses import dataclass

IMAGINE = ("Suppose", "Imagine", "Let's say", "Now assume")
LOOK_BACK = ("Think of", "Take", "Let's go back to", "Picture")


@dataclass(frozen=True, slots=True)
class Pool:
    """`plain` are questions as they stand. Any of `leads`, `situations` and `questions` fit each
    other, whichever of them meet: "Suppose A: b?" """

    leads: tuple[str, ...]
    plain: tuple[str, ...]
    situations: tuple[str, ...]
    questions: tuple[str, ...]
