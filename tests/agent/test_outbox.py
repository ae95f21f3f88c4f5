import asyncio
import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime

from agent.link import ServerRefused, ServerUnreachable
from agent.outbox import Outbox
from interview.errors import FencedError
from interview.wire import EventBody
from tests.fakes.worker import FakeLink
from tests.virtual_time import run_virtual


def event(number: int) -> EventBody:
    return EventBody(
        uid=f"1-{number}", at=number, wall=datetime(2026, 1, 1, tzinfo=UTC), type="turn_ended"
    )


class Rig:
    def __init__(self, link: FakeLink) -> None:
        self.link = link
        self.fenced = 0
        self.outbox = Outbox(link, "s", 1, on_fenced=self._fence)
        self.task = asyncio.create_task(self.outbox.run())

    def _fence(self) -> None:
        self.fenced += 1

    async def close(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


def test_delivers_in_order() -> None:
    async def main() -> None:
        rig = Rig(FakeLink())
        for number in range(1200):
            rig.outbox.put(event(number))
        assert await rig.outbox.delivered(within=5)
        assert [e.uid for e in rig.link.log] == [f"1-{n}" for n in range(1200)]
        assert rig.link.calls == 3
        await rig.close()

    run_virtual(main())


def test_keeps_trying_while_the_server_is_away_and_doubles_nothing() -> None:
    async def main() -> None:
        rig = Rig(FakeLink(down=True))
        rig.outbox.put(event(1))
        assert not await rig.outbox.delivered(within=600)
        rig.link.down = False
        rig.outbox.put(event(2))
        assert await rig.outbox.delivered(within=10)
        assert [e.uid for e in rig.link.log] == ["1-1", "1-2"]
        await rig.close()

    run_virtual(main())


def test_stops_for_good_when_fenced() -> None:
    async def main() -> None:
        rig = Rig(FakeLink(failures=[FencedError("later epoch")]))
        rig.outbox.put(event(1))
        assert not await rig.outbox.delivered(within=5)
        assert rig.fenced == 1
        assert rig.task.done()
        assert rig.link.log == []

    run_virtual(main())


def test_what_is_refused_does_not_hold_up_the_rest() -> None:
    async def main() -> None:
        rig = Rig(FakeLink(failures=[ServerUnreachable("hiccup"), ServerRefused("422")]))
        rig.outbox.put(event(1))
        assert await rig.outbox.delivered(within=5)
        rig.outbox.put(event(2))
        assert await rig.outbox.delivered(within=5)
        assert [e.uid for e in rig.link.log] == ["1-2"]
        assert rig.outbox.refused == 1
        await rig.close()

    run_virtual(main())


def test_one_bad_event_does_not_take_its_batch_along() -> None:
    class Picky(FakeLink):
        async def append(self, session_id: str, epoch: int, events: Sequence[EventBody]) -> int:
            if any(e.uid == "1-3" for e in events):
                raise ServerRefused("422")
            return await super().append(session_id, epoch, events)

    async def main() -> None:
        rig = Rig(Picky())
        for number in range(6):
            rig.outbox.put(event(number))
        assert await rig.outbox.delivered(within=5)
        assert [e.uid for e in rig.link.log] == [f"1-{n}" for n in (0, 1, 2, 4, 5)]
        assert rig.outbox.refused == 1
        await rig.close()

    run_virtual(main())
