"""An interviewer without a voice: runs the engine and writes the log that a worker would write."""

from __future__ import annotations

from collections import deque
from typing import Any

from interview.commands import CancelWake, Command, Say, WakeAt
from interview.engine import Engine
from interview.events import AnyEvent, SpeechEnded, SpeechStarted, TimerFired
from interview.scenario import scenario_from_dict
from interview.wire import SessionForAgent, encode_event

Body = dict[str, Any]


class Conductor:
    """Feeds events to the engine, speaks what it asks for at once, and keeps what is to be sent."""

    def __init__(self, session: SessionForAgent, wall: str) -> None:
        scenario = scenario_from_dict(session.scenario)
        self.engine = Engine(session.plan, scenario, session.candidate_name)
        self.epoch = session.epoch
        self.at = 0.0
        self._wall = wall
        self._wakes: dict[str, float] = {}
        self._written = 0
        self.unsent: list[Body] = []

    @property
    def ended(self) -> bool:
        return self.engine.view(self.at).state == "ended"

    def happens(self, event: AnyEvent) -> None:
        todo: deque[Command] = deque(self._feed(event))
        while todo:
            command = todo.popleft()
            if isinstance(command, WakeAt):
                self._wakes[command.name] = command.at
            elif isinstance(command, CancelWake):
                self._wakes.pop(command.name, None)
            elif isinstance(command, Say):
                todo.extend(self._speak(command))

    def _speak(self, say: Say) -> list[Command]:
        start, text = self.at, say.move.line
        commands = self._feed(SpeechStarted(at=start, say_id=say.say_id, text=text))
        ended = SpeechEnded(
            at=start + 0.5,
            say_id=say.say_id,
            text=text,
            outcome="finished",
            start_ms=round(start * 1000),
            end_ms=round(start * 1000) + 500,
        )
        return commands + self._feed(ended)

    def wake(self) -> None:
        """Let the clock run to the next wake-up."""
        name = min(self._wakes, key=self._wakes.__getitem__)
        at = max(self.at, self._wakes.pop(name))
        self.happens(TimerFired(at=at, name=name))

    def _feed(self, event: AnyEvent) -> list[Command]:
        self.at = event.at
        type_, at, data = encode_event(event)
        self._written += 1
        uid = f"{self.epoch}-{self._written}"
        self.unsent.append({"uid": uid, "type": type_, "at": at, "wall": self._wall, "data": data})
        return self.engine.handle(event)

    def take_unsent(self) -> list[Body]:
        bodies, self.unsent = self.unsent, []
        return bodies
