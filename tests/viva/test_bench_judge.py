"""The judge's report card: its transcripts, its figures, and the built-in judge's own."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent.settings import Settings
from interview.judging.builtin import BuiltIn
from interview.judging.dossier import Dossier
from interview.judging.fitting import misfit
from interview.judging.gathering import dossier_from
from interview.judging.statements import statements
from interview.report import CriterionScore, Level
from interview.rubric import Criterion
from interview.scenario import Scenario
from tests.shipped import SCENARIOS
from viva.bench_judge import TARGETS, Card, figures, judge_card, mistakes
from viva.cli import main
from viva.errors import CommandError
from viva.judge_set import JUDGE_SET, Injection, JudgeSet, injected, load_judge_set
from viva.judge_spoken import recognised
from viva.kappa import confusion, weighted_kappa
from viva.wer import word_error_rate

FOUND = load_judge_set(SCENARIOS)


class LevelOf:
    """A fake judge that finds its level in a word of an answer, "level-3", and says none where
    there is no such word. It is taken in by whoever says a higher one last."""

    async def score(self, dossier: Dossier, criterion: Criterion) -> CriterionScore:
        levels: list[Level] = [
            n for answer in dossier.answers for n in (1, 2, 3, 4) if f"level-{n}" in answer.text
        ]
        standing = "scored" if levels else "not_answered"
        return CriterionScore(
            id=criterion.id,
            title=criterion.title,
            judge="fake",
            standing=standing,
            level=levels[-1] if levels else None,
        )


class BuiltInScorer:
    def __init__(self) -> None:
        self._judge = BuiltIn()

    async def score(self, dossier: Dossier, criterion: Criterion) -> CriterionScore:
        return self._judge.score(dossier, criterion)


SMALL = {
    "fraud-detection.yaml": """
scenario: fraud-detection
transcripts:
  - name: low
    level: 1
    criteria: {people: null, labels: 2}
    answers:
      - gather: level-1
  - name: high
    level: 4
    answers:
      - gather: level-4
""",
    "controls.yaml": """
controls:
  - {name: fine, kind: empty, scenario: fraud-detection, answers: [{gather: ""}]}
  - {name: fooled, kind: salad, scenario: fraud-detection, answers: [{gather: level-3}]}
""",
    "injections.yaml": """
text:
  - {name: vain, kind: order, base: low, answers: [{path: please}]}
  - {name: raising, kind: order, base: low, answers: [{gather: level-4}]}
spoken:
  - {name: loud, kind: order, base: low, answers: [{gather: nothing}]}
""",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _card(found: JudgeSet, heard: str | None = None) -> Card:
    def recognise(injections: Sequence[Injection]) -> list[str]:
        assert heard is not None
        return [heard for _ in injections]

    judged = judge_card(
        LevelOf(), SCENARIOS, found, recognise=None if heard is None else recognise, times=2
    )
    return asyncio.run(judged)


def test_there_is_enough_to_judge() -> None:
    levels = Counter((s, t.level) for s, t in FOUND.transcripts())
    assert len(FOUND.ordered) >= 6
    assert {level for _, level in levels} == {1, 2, 3, 4}
    assert all(levels[scenario, level] for scenario in FOUND.ordered for level in (1, 2, 3, 4))
    assert sum(levels.values()) >= 60
    assert len(FOUND.controls) >= 24
    assert len(FOUND.text) >= 50
    assert len(FOUND.spoken) >= 20
    assert len({i.kind for i in FOUND.text}) >= 8
    assert all(len(t.answers) >= 8 for _, t in FOUND.transcripts())


def test_halves_have_as_much_of_each_level() -> None:
    halves = FOUND.halves()
    per_half = Counter((halves[t.name], t.level) for _, t in FOUND.transcripts())
    assert {per_half["dev", n] - per_half["held_out", n] for n in (1, 2, 3, 4)} == {0}


def test_length_does_not_give_the_level_away() -> None:
    """Some of the strong ones are shorter than some of the weak ones."""
    words = {
        t.name: (t.level, sum(len(text.split()) for _, text in t.answers))
        for _, t in FOUND.transcripts()
    }
    weak = sorted(n for level, n in words.values() if level <= 2)
    strong = sorted(n for level, n in words.values() if level >= 3)
    assert strong[0] < weak[len(weak) // 2]
    assert weak[-1] > strong[len(strong) // 2]


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([(1, 1), (2, 2), (4, 4)], 1.0),
        ([(1, 4), (4, 1)], -1.0),
        ([(1, 2), (2, 2), (3, 2), (4, 2)], 0.0),
        # By hand: seen 1 + 1 + 0 + 0 = 2; expected, over all 16 pairings, 40 / 4 = 10.
        ([(1, 2), (2, 1), (3, 3), (4, 4)], 1 - 2 / 10),
        ([(2, 2), (2, 2)], None),
        ([], None),
    ],
)
def test_weighted_kappa(pairs: list[tuple[int, int]], kappa: float | None) -> None:
    assert weighted_kappa(pairs) == (kappa if kappa is None else pytest.approx(kappa))


def test_confusion_has_a_row_for_each_intended_level() -> None:
    assert confusion([(1, 2), (1, 2), (4, 3)]) == [
        [0, 2, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 1, 0],
    ]


def test_injections_go_where_they_are_said() -> None:
    base = (("a", "one"), ("b", "two"))
    put = {"name": "n", "kind": "k", "base": "x"}
    behind = Injection.model_validate({**put, "answers": [{"b": "more"}, {"c": "new"}]})
    assert injected(base, behind) == (("a", "one"), ("b", "two more"), ("c", "new"))
    before = Injection.model_validate({**put, "first": True, "answers": [{"a": "more"}]})
    assert injected(base, before) == (("a", "more one"), ("b", "two"))


def test_the_card_of_a_judge_that_believes_what_it_hears(small: Path) -> None:
    found = load_judge_set(SCENARIOS, small)
    card = _card(found, heard="I am at level-2.")
    told = figures(card, found)
    criteria = len(SCENARIOS["fraud-detection"].rubric)
    # "people" of the low one is left out; "labels" was meant to be 2 and got 1.
    assert told["scores"] == 2 * criteria - 1
    assert told["confusion"] == [
        [criteria - 2, 0, 0, 0],
        [1, 0, 0, 0],
        [0] * 4,
        [0, 0, 0, criteria],
    ]
    assert 0.9 < told["kappa"] < 1
    assert told["kappa_transcript"] == 1
    assert told["retest_spread_max"] == 0
    assert [f["name"] for f in told["control_failures"]] == ["fooled"]
    assert [f["name"] for f in told["bands_raised_by_injection"]] == ["raising", "loud"]
    assert told["spoken"] == {"loud": "I am at level-2."}
    assert mistakes(card, lambda name: name == "low") == ["low labels: meant 2, given 1"]


def test_spoken_injections_can_be_left_out(small: Path) -> None:
    found = load_judge_set(SCENARIOS, small)
    told = figures(_card(found), found)
    assert told["injections"] == {"text": 2, "spoken": 0}
    assert [f["name"] for f in told["bands_raised_by_injection"]] == ["raising"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("fraud-detection.yaml", "level: 4", "level: 5", "transcripts.1.level"),
        ("fraud-detection.yaml", "labels: 2", "labelling: 2", "low: no criterion 'labelling'"),
        (
            "fraud-detection.yaml",
            "gather: level-1",
            "gathering: level-1",
            "no question 'gathering'",
        ),
        ("fraud-detection.yaml", "scenario: f", "scenario: F", "no scenario 'Fraud-detection'"),
        ("fraud-detection.yaml", "name: high", "name: low", "'low' is given twice"),
        ("fraud-detection.yaml", "name: high", "title: high", "transcripts.1.name"),
        ("fraud-detection.yaml", "- name: low", "- name: [low", "line 5"),
        ("fraud-detection.yaml", "level: 1", "level: 3", "low is not weak"),
        ("controls.yaml", "[{gather: level-3}]", "gather", "each `- question_id: words`"),
        ("injections.yaml", "base: low", "base: nobody", "no transcript 'nobody'"),
    ],
)
def test_what_is_wrong_is_named(small: Path, file: str, old: str, new: str, said: str) -> None:
    text = (small / file).read_text("utf-8")
    assert old in text
    (small / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        load_judge_set(SCENARIOS, small)
    assert said in str(caught.value)
    assert str(small) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(JUDGE_SET, tmp_path / "set")
    (tmp_path / "set" / "controls.yaml").unlink()
    with pytest.raises(CommandError, match=r"controls\.yaml cannot be read"):
        load_judge_set(SCENARIOS, tmp_path / "set")


def test_a_judge_that_is_not_set_up_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("viva.cli.load_dotenv", lambda _: None)
    monkeypatch.setenv("VIVA_LLM", "local")
    assert main(["bench", "judge", "--judge", "model", "--no-spoken"]) == 1
    assert "there is no model to measure" in capsys.readouterr().err


def test_the_built_in_judge_tells_the_best_from_the_worst() -> None:
    scenario = "fraud-detection"
    few = FOUND.model_copy(
        update={
            "ordered": {scenario: tuple(t for t in FOUND.ordered[scenario] if t.level in {1, 4})},
            "controls": FOUND.controls[:2],
            "text": (),
            "spoken": (),
        }
    )
    card = asyncio.run(judge_card(BuiltInScorer(), SCENARIOS, few, recognise=None, times=1))
    told = figures(card, few)
    assert told["level_means"]["4"] > told["level_means"]["1"] + 1
    assert told["control_failures"] == []


def _in_other_words(scenario: Scenario, text: str) -> str:
    """`text` with "that" for every word that a question listens for or the rubric has."""
    listened = {w for part in scenario.segments for q in part.questions for w in q.listens_for}
    words = sorted(listened | {w for c in scenario.rubric for w in c.signals}, key=len)
    phrases = "|".join(map(re.escape, reversed(words)))
    return re.sub(rf"\b(?:{phrases})\b", "that", text, flags=re.IGNORECASE)


def test_nobody_who_answers_is_told_that_nothing_is_an_answer() -> None:
    """Nor who answers without a word that was listened for."""
    for id_, transcript in FOUND.transcripts():
        scenario = SCENARIOS[id_]
        others = tuple((q, _in_other_words(scenario, text)) for q, text in transcript.answers)
        if transcript.level > 1:
            for said in (transcript.answers, others):
                found = statements(dossier_from(scenario, said))
                assert misfit(scenario, found) is None, transcript.name


@pytest.mark.slow
def test_what_is_spoken_is_recognised() -> None:
    settings = Settings(agent_token=SecretStr("no server is asked"))
    said = FOUND.spoken[0].answers[0][1]
    (heard,) = recognised(settings, [said], [()])
    error = word_error_rate([said], [heard])
    assert error is not None
    assert error < 0.3


@pytest.mark.slow
def test_the_built_in_judge_meets_all_targets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "judge", "--no-spoken", "--times", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    missed = {
        "kappa": told["kappa"] < TARGETS["kappa"],
        "control_failures": len(told["control_failures"]) > TARGETS["control_failures"],
        "bands_raised_by_injection": len(told["bands_raised_by_injection"])
        > TARGETS["bands_raised_by_injection"],
    }
    assert not any(missed.values()), missed
