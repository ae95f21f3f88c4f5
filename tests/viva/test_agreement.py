"""`viva agreement` on rows of a real database."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview.report import CriterionScore, Delivery, Evidence, Judge, Report, Summary
from server import db
from server.db import Database
from server.models import HumanScore, Interview, StoredReport, User
from viva.agreement import OVERALL, Given, agreements
from viva.cli import main

NOW = datetime(2026, 11, 23, tzinfo=UTC)
CRITERIA = ("framing", "data")


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("viva.cli.load_dotenv", lambda _: None)
    monkeypatch.delenv("VIVA_DATABASE_URL", raising=False)
    db.upgrade(_url(tmp_path))
    return tmp_path


def _url(directory: Path) -> str:
    return f"sqlite+aiosqlite:///{directory / 'viva.db'}"


def _report(interview: str, levels: dict[str, int | None], model: int) -> StoredReport:
    def score(id_: str, judge: str, level: int | None) -> CriterionScore:
        return CriterionScore(
            id=id_,
            title=id_,
            judge=judge,
            standing="not_asked" if level is None else "scored",
            level=level,
            evidence=(Evidence(turn=1, quote="so", start_ms=0, end_ms=1),) if level else (),
        )

    report = Report(
        session_id=interview,
        status="complete",
        shown_judge="built-in",
        judges=(Judge(id="built-in", label="", limits="", state="done"),),
        criteria=tuple(score(id_, "built-in", level) for id_, level in levels.items()),
        others=(score("framing", "model", model),),
        delivery=Delivery(measures=(), limits=""),
        summary=Summary(text=""),
    )
    return StoredReport(
        interview_id=interview,
        body=report.model_dump(mode="json"),
        brief={},
        last_seq=1,
        level_mean=None,
        judge_version=1,
        made_at=NOW,
        changed_at=NOW,
    )


async def _fill(directory: Path) -> None:
    """Three interviews. Ann and Bo score all of them, Ann blind; Cy has not said to be done."""
    database = Database(_url(directory))
    async with database.write() as session:
        session.add_all(
            User(id=name, email=f"{name}@example.org", name=name, created_at=NOW)
            for name in ("owner", "ann", "bo", "cy")
        )
        await session.flush()
        for n, level in enumerate((1, 2, 4)):
            interview = f"interview-{n}"
            session.add(
                Interview(
                    id=interview,
                    owner_id="owner",
                    candidate_name="Ada",
                    scenario_id="fraud-detection",
                    scenario_title="Fraud",
                    scenario={},
                    plan={},
                    audio_only=True,
                    created_at=NOW,
                    state="ended",
                    segments=[],
                    buffer_s=0.0,
                )
            )
            await session.flush()
            session.add(_report(interview, {"framing": level, "data": None}, model=1))
            for author, given, done in (("ann", level, NOW), ("bo", level, NOW), ("cy", 1, None)):
                session.add_all(
                    HumanScore(
                        id=f"{interview}-{author}-{criterion}",
                        interview_id=interview,
                        author_id=author,
                        author_name=author,
                        criterion=criterion,
                        level=given,
                        blind=author == "ann",
                        done_at=done,
                        created_at=NOW,
                        changed_at=NOW,
                    )
                    for criterion in CRITERIA
                )
    await database.close()


def test_people_and_judges_are_compared(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_fill(data_dir))
    assert main(["agreement", "--data-dir", str(data_dir), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["interviews"], found["raters"]) == (3, 2)
    everybody = found["all"]
    # Three interviews, two criteria, one pair of people: Cy's levels are not final.
    assert everybody["people"][OVERALL] == {"n": 6, "exact": 1.0, "kappa": 1.0}
    assert everybody["people"]["fraud-detection/data"] == {"n": 3, "exact": None, "kappa": None}
    # The built-in judge gave "data" no level; two people for each of three levels of "framing".
    assert everybody["built-in"][OVERALL] == {"n": 6, "exact": 1.0, "kappa": 1.0}
    # One level for everything agrees as chance would.
    assert everybody["model"][OVERALL] == {"n": 6, "exact": 0.333, "kappa": 0.0}
    assert found["blind"]["people"][OVERALL]["n"] == 0
    assert found["blind"]["built-in"][OVERALL] == {"n": 3, "exact": None, "kappa": None}


def test_few_comparisons_are_called_few(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(_fill(data_dir))
    assert main(["agreement", "--data-dir", str(data_dir)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 people have scored 3 interviews"
    assert next(x for x in lines if "fraud-detection/data" in x).endswith("n    3   too few")
    overall = next(x for x in lines if OVERALL in x)
    assert overall.endswith("n    6   same level 100%   kappa 1.00")


def test_nobody_has_scored(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", "--data-dir", str(data_dir)]) == 0
    assert "0 people have scored 0 interviews" in capsys.readouterr().out


def test_no_database_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", "--data-dir", str(tmp_path / "elsewhere")]) == 1
    assert "there is no database" in capsys.readouterr().err


def test_people_are_compared_in_both_orders() -> None:
    """One of them is stricter throughout: whoever is named first, the figure is the same."""
    levels = ((1, 2), (2, 3), (3, 4), (1, 2), (2, 2))
    strict = [Given(str(n), "s/c", "a", low) for n, (low, _) in enumerate(levels)]
    mild = [Given(str(n), "s/c", "b", high) for n, (_, high) in enumerate(levels)]
    one = agreements([*strict, *mild], [])["all"]["people"][OVERALL]
    assert one == agreements([*mild, *strict], [])["all"]["people"][OVERALL]
    assert one["n"] == len(levels)
