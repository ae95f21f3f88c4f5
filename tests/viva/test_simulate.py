import asyncio

import pytest

from interview.scenario import SEGMENT_IDS
from tests.virtual_time import run_virtual
from viva.cli import main
from viva.errors import CommandError
from viva.outcome import Result, summary
from viva.persona import load
from viva.room_record import RoomRecord
from viva.simulate import SimulateConfig, _Interview, segment_seconds


def _turn(speaker: str, start_ms: int) -> dict[str, object]:
    return {"speaker": speaker, "start_ms": start_ms, "text": "words"}


def test_minutes_and_seconds() -> None:
    assert segment_seconds("5,10,15,10,5", 60.0) == (300.0, 600.0, 900.0, 600.0, 300.0)
    assert segment_seconds("30,30,30,30,0.5", 1.0) == (30.0, 30.0, 30.0, 30.0, 0.5)
    assert segment_seconds(None, 60.0) is None


@pytest.mark.parametrize("text", ["", "5", "1,2,3,4", "1,2,3,4,5,6", "a,b,c,d,e"])
def test_lengths_that_cannot_be_read(text: str) -> None:
    with pytest.raises(CommandError, match="expected"):
        segment_seconds(text, 1.0)


def test_order_is_judged_by_what_the_server_stored() -> None:
    both = [_turn("interviewer", 0), _turn("candidate", 10), _turn("interviewer", 20)]
    assert Result("a", transcript=both).stored_in_order
    assert not Result("a", transcript=both[::-1]).stored_in_order
    assert not Result("a", transcript=both[:1]).stored_in_order


def test_segments_skipped_or_returned_to_are_not_in_order() -> None:
    assert Result("a", segments=list(SEGMENT_IDS)).all_segments_in_order
    assert not Result("a", segments=list(SEGMENT_IDS[1:])).all_segments_in_order
    assert not Result("a", segments=[*SEGMENT_IDS, SEGMENT_IDS[0]]).all_segments_in_order


def test_a_session_without_a_figure_can_be_summed_up() -> None:
    assert "word error rate: -" in summary(Result("a"))


class HidesReasons:
    """Stands for the server: it shows why a line was said once the session is over, which takes a
    second after it was asked for."""

    def __init__(self) -> None:
        self.end_at: float | None = None

    @property
    def _over(self) -> bool:
        return self.end_at is not None and asyncio.get_running_loop().time() >= self.end_at

    async def session(self, _: str) -> dict[str, object]:
        return {"state": "ended" if self._over else "live", "segments": []}

    async def transcript(self, _: str) -> dict[str, object]:
        return {"turns": []}

    async def events(self, _: str) -> list[dict[str, object]]:
        said = {"say_id": "say-1", "text": "Hello.", "move": "greet"}
        if self._over:
            said["reason"] = "both are here"
        wall = "2026-01-01T00:00:00+00:00"
        heard = {**said, "outcome": "finished", "start_ms": 1000, "end_ms": 2000}
        return [
            {"seq": 1, "at": 1.0, "wall": wall, "type": "speech_started", "data": said},
            {"seq": 2, "at": 2.0, "wall": wall, "type": "speech_ended", "data": heard},
        ]

    async def control(self, _: str, action: str) -> None:
        assert action == "end"
        self.end_at = asyncio.get_running_loop().time() + 1.0


@pytest.mark.parametrize("ended", [True, False])
def test_reasons_are_judged_of_a_session_that_did_not_end(ended: bool) -> None:
    async def main() -> Result:
        client = HidesReasons()
        if ended:
            await client.control("s1", "end")
        config = SimulateConfig(url="", scenario="", persona=load("leaves-at-once"))
        interview = _Interview(config, client)  # type: ignore[arg-type]
        result, record = Result("s1"), RoomRecord(said=(), interviewer=(), until=0.0)
        await interview._read_back(result, record, ended=ended)
        return result

    result = run_virtual(main())
    assert result.state == ("ended" if ended else "live")
    assert result.conduct is not None
    assert result.conduct.moves_without_reason == 0


def test_no_server_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["simulate", "--persona", "silent", "--url", "http://127.0.0.1:1"])
    assert status == 1
    said = capsys.readouterr().err
    assert "is `viva up` running there?" in said
    assert "Traceback" not in said
