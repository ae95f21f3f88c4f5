"""The time ledger: where every second of an interview goes.

Two equations hold after every operation, within rounding:

    sum(allotted) + buffer  ==  sum(planned) + planned buffer + overtime
    sum(spent) + waiting + paused + away + outage  ==  session-clock seconds accounted for
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Idle = Literal["waiting", "paused", "away", "outage"]

# A shortened segment keeps this much, so that it can end in a sentence.
SHORTEST_REST_S = 3.0
SEGMENT_FLOOR = 0.5


@dataclass(slots=True)
class Ledger:
    """`index` is the running segment. `overtime` is what ran over when nothing was left to give."""

    planned: tuple[float, ...]
    allotted: list[float]
    buffer: float
    spent: list[float]
    idle: dict[Idle, float]
    index: int = 0
    overtime: float = 0.0
    entered: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, planned: Sequence[float], buffer: float) -> Ledger:
        return cls(
            planned=tuple(planned),
            allotted=list(planned),
            buffer=buffer,
            spent=[0.0] * len(planned),
            idle={"waiting": 0.0, "paused": 0.0, "away": 0.0, "outage": 0.0},
        )

    def copy(self) -> Ledger:
        return Ledger(
            planned=self.planned,
            allotted=list(self.allotted),
            buffer=self.buffer,
            spent=list(self.spent),
            idle=dict(self.idle),
            index=self.index,
            overtime=self.overtime,
            entered=set(self.entered),
        )

    @property
    def remaining(self) -> float:
        return max(0.0, self.allotted[self.index] - self.spent[self.index])

    @property
    def accounted(self) -> float:
        """Seconds of the session clock that have been put down somewhere."""
        return sum(self.spent) + sum(self.idle.values())

    def enter(self, index: int) -> None:
        """Run segment `index`; what the one before it has not spent goes to the buffer."""
        if self.entered:
            self.close()
        self.index = index
        self.entered.add(index)

    def close(self) -> None:
        """The running segment is over; its unspent rest goes to the buffer."""
        self.buffer += self.remaining
        self.allotted[self.index] = self.spent[self.index]

    def rest(self, kind: Idle, seconds: float) -> None:
        """Time that is charged to no segment."""
        self.idle[kind] += seconds

    def spend(self, seconds: float) -> None:
        """Time of the running segment. What goes over its allotment is covered by the buffer, then
        by later segments down to half of their planned length, then is overtime."""
        self.spent[self.index] += seconds
        over = self.spent[self.index] - self.allotted[self.index]
        if over > 0:
            self.overtime += over - self._take(over)
            self.allotted[self.index] = self.spent[self.index]

    def refund(self, seconds: float) -> None:
        """Up to `seconds` of what the running segment has spent were an absence after all."""
        returned = min(max(0.0, seconds), self.spent[self.index])
        self.spent[self.index] -= returned
        self.rest("away", returned)

    def extend(self, seconds: float) -> float:
        """Give the running segment up to `seconds` more; returns the seconds granted."""
        granted = self._take(seconds)
        self.allotted[self.index] += granted
        return granted

    def shorten(self, seconds: float) -> float:
        """Take up to `seconds` from the running segment into the buffer; returns those taken."""
        taken = min(seconds, max(0.0, self.remaining - SHORTEST_REST_S))
        self.allotted[self.index] -= taken
        self.buffer += taken
        return taken

    def _rooms(self) -> list[tuple[int, float]]:
        later = range(self.index + 1, len(self.planned))
        return [(i, max(0.0, self.allotted[i] - SEGMENT_FLOOR * self.planned[i])) for i in later]

    def _take(self, seconds: float) -> float:
        from_buffer = min(seconds, self.buffer)
        self.buffer -= from_buffer
        wanted = seconds - from_buffer
        rooms = self._rooms()
        room = sum(size for _, size in rooms)
        from_later = min(wanted, room)
        if from_later > 0:
            for i, size in rooms:
                floor = SEGMENT_FLOOR * self.planned[i]
                self.allotted[i] = max(floor, self.allotted[i] - from_later * size / room)
        return from_buffer + from_later
