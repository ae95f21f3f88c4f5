import asyncio
import json

import pytest

from viva import bench_conduct
from viva.bench_conduct import (
    PERSONAS,
    ConductConfig,
    conduct,
    conduct_figures,
    persona_figures,
    table,
)
from viva.cli import main
from viva.conduct import Conduct
from viva.errors import CommandError
from viva.outcome import Result
from viva.simulate import SimulateConfig

PUBLIC = {
    "silent_turns",
    "double_questions",
    "repeated_lines",
    "facts_leaked",
    "cut_ins",
    "thinking_pauses",
    "barge_in_p50_ms",
    "moves_without_reason",
    "back_references",
    "unanswered_questions",
    "segment_error_max_s",
}


def _figures(**values: int) -> dict[str, object]:
    return persona_figures(Result("a", conduct=Conduct(facts_leaked=0, **values)))


def test_the_keys_are_the_public_ones() -> None:
    assert set(_figures()) >= PUBLIC | {"session_id", "wall_s", "candidate_words", "faults"}
    assert len(PERSONAS) == len(set(PERSONAS)) == 16


def test_totals_stand_beside_the_targets() -> None:
    found = {
        "strong": _figures(silent_turns=1, thinking_pauses=10, cut_ins=1),
        "terse": _figures(silent_turns=2, thinking_pauses=10),
        "phone": {"scenario": "x", "error": "no answer"},
    }
    found["strong"]["segment_error_max_s"] = 4.0
    figures = conduct_figures(found, ConductConfig(), interrupted=False)
    assert figures["totals"]["silent_turns"] == 3
    assert figures["totals"]["cut_ins_per_thinking_pause"] == 0.05
    assert figures["totals"]["segment_error_max_s"] == 4.0
    assert figures["totals"]["failed"] == 1
    assert set(figures["targets"]) <= set(figures["totals"])
    lines = table(figures).splitlines()
    assert [line.split()[0] for line in lines] == ["persona", "strong", "terse", "phone", "total"]
    assert "no answer" in lines[3]


def test_nothing_measured_has_no_ratio() -> None:
    figures = conduct_figures({}, ConductConfig(), interrupted=True)
    assert figures["totals"]["cut_ins_per_thinking_pause"] is None
    assert figures["totals"]["back_references_per_question"] is None
    assert figures["interrupted"]


async def test_each_persona_gets_another_scenario_and_its_own_lengths(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[SimulateConfig] = []

    async def hold(config: SimulateConfig) -> Result:
        held.append(config)
        return Result("a", conduct=Conduct())

    monkeypatch.setattr(bench_conduct, "simulate", hold)
    config = ConductConfig(url="http://x", personas=("average", "terse", "rambler"))
    await conduct(config, lambda line: None)
    assert [one.persona.id for one in held] == ["average", "terse", "rambler"]
    assert len({one.scenario for one in held}) == 3
    assert all(one.private is not None and one.private.id == one.scenario for one in held)
    assert held[0].segment_seconds == held[1].segment_seconds == bench_conduct.SECONDS
    assert sum(held[2].segment_seconds or ()) > 300


@pytest.mark.parametrize("at_once", [1, 3])
async def test_so_many_at_once(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    running = most = 0

    async def hold(config: SimulateConfig) -> Result:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return Result("a", conduct=Conduct())

    monkeypatch.setattr(bench_conduct, "simulate", hold)
    personas = ("average", "terse", "strong", "hostile", "anxious")
    figures = await conduct(
        ConductConfig(url="http://x", personas=personas, at_once=at_once), lambda line: None
    )
    assert most == at_once
    assert tuple(figures["personas"]) == personas


async def test_who_is_stopped_has_what_was_measured_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    first = asyncio.Event()

    async def hold(config: SimulateConfig) -> Result:
        if first.is_set():
            await asyncio.Event().wait()
        first.set()
        return Result("a", conduct=Conduct())

    monkeypatch.setattr(bench_conduct, "simulate", hold)
    config = ConductConfig(url="http://x", personas=("average", "terse", "strong"))
    measuring = asyncio.create_task(conduct(config, lambda line: None))
    await first.wait()
    await asyncio.sleep(0)
    measuring.cancel()
    figures = await measuring
    assert list(figures["personas"]) == ["average"]
    assert figures["interrupted"]


async def test_an_interview_that_fails_is_named_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def hold(config: SimulateConfig) -> Result:
        if config.persona.id == "average":
            raise CommandError("nobody came")
        return Result("a", conduct=Conduct())

    monkeypatch.setattr(bench_conduct, "simulate", hold)
    config = ConductConfig(url="http://x", personas=("average", "terse"))
    figures = await conduct(config, lambda line: None)
    assert figures["personas"]["average"]["error"] == "nobody came"
    assert "silent_turns" in figures["personas"]["terse"]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--personas", "nobody"], "nobody"),
        (["--scenario", "nowhere"], "nowhere"),
        (["--seconds", "1,2"], "5 lengths"),
    ],
)
def test_what_cannot_be_measured_is_said_at_once(
    options: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "conduct", "--url", "http://127.0.0.1:1", *options]) == 1
    assert named in capsys.readouterr().err


def test_no_server_is_reported_per_persona(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["bench", "conduct", "--url", "http://127.0.0.1:1", "--personas", "silent", "--json"]
    assert main(command) == 0
    figures = json.loads(capsys.readouterr().out)
    assert "is `viva up` running there?" in figures["personas"]["silent"]["error"]
