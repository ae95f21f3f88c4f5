"""What is suggested next, and that each suggestion has a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from interview.events import (
    Event,
    Finding,
    FlagKind,
    Observed,
    SpeechEnded,
    SpeechStarted,
    UtteranceFinal,
)
from interview.practice import FOCUS_MOST, READ, Past, look_back, suggest
from interview.scenario import Scenario
from interview.wire import EVENT_TYPES
from tests.interview.example import SCENARIO
from tests.interview.playing import Cast, play
from tests.shipped import SCENARIOS

OFFERED = {SCENARIO.id: SCENARIO}
DESIGN = "How would you build it?"


class Log:
    """The part of a log that is read, written answer by answer."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def ask(self, ref: str, text: str = "", outcome: Any = "finished") -> Log:
        say, at = f"s{len(self.events)}", float(len(self.events))
        self.events.append(SpeechStarted(at=at, say_id=say, text=text, ref=ref))
        heard = text if outcome == "finished" else ""
        ended = SpeechEnded(at=at, say_id=say, text=heard, outcome=outcome, start_ms=0, end_ms=1)
        self.events.append(ended)
        return self

    def answer(
        self,
        text: str,
        *findings: tuple[str, str],
        flag: FlagKind | None = None,
        question: str = "",
        ref: str | None = None,
    ) -> Log:
        """`findings`: kind and criterion, each with the whole answer as its quote."""
        id_, at = f"u{len(self.events)}", float(len(self.events))
        self.events.append(UtteranceFinal(at=at, utterance_id=id_, text=text, start_ms=0, end_ms=1))
        found = tuple(
            Finding(kind=kind, quote=text, criterion=criterion)  # type: ignore[arg-type]
            for kind, criterion in findings
        )
        self.events.append(
            Observed(
                at=at,
                turn=(id_,),
                findings=found,
                flag=flag,
                reason="x" if flag else "",
                question=question,
                ref=ref,
            )
        )
        return self

    def past(self, id_: str = "one", scenario: Scenario = SCENARIO) -> Past:
        return look_back(id_, "senior", scenario, self.events)


def _framing_is_thin() -> Log:
    return Log().answer("Hm, maybe.", ("claim", "framing"), flag="thin", question="Which goal?")


def test_what_is_read_of_a_log_are_types_that_there_are() -> None:
    assert set(READ) <= EVENT_TYPES


def test_nothing_is_suggested_of_nothing() -> None:
    assert suggest([], OFFERED) is None
    assert suggest([Log().past()], OFFERED) is None
    silent = Log().ask("goal").ask("design").past()
    assert suggest([silent], OFFERED) is None


def test_a_thin_answer_is_a_reason_to_practise_its_criterion() -> None:
    found = suggest([_framing_is_thin().past()], OFFERED)
    assert found is not None
    assert (found.scenario_id, found.scenario_title) == ("example", "Example")
    assert (found.difficulty, found.because) == ("senior", ("one",))
    (focus,) = found.focus
    assert (focus.criterion_id, focus.title) == ("framing", "Framing")
    assert focus.reason.startswith('Your answer to "Which goal?" was thin. What would have helped:')


def test_an_authored_question_belongs_to_what_it_listens_for() -> None:
    log = Log().answer(
        "With a goal.", ("claim", "framing"), flag="thin", question=DESIGN, ref="design"
    )
    question = SCENARIO.segments[2].questions[0]
    listening = replace(question, listens_for=("boosted trees", "two tower"))
    segment = replace(SCENARIO.segments[2], questions=(listening,))
    scenario = replace(SCENARIO, segments=(*SCENARIO.segments[:2], segment, *SCENARIO.segments[3:]))
    found = suggest([log.past(scenario=scenario)], OFFERED)
    assert found is not None
    assert [focus.criterion_id for focus in found.focus] == ["modelling"]


def test_hints_that_were_heard_count_and_others_do_not() -> None:
    heard = Log().ask("design/hint/1").past()
    (focus,) = suggest([heard], OFFERED).focus  # type: ignore[union-attr]
    assert focus.criterion_id == "modelling"
    assert f'You took 1 of 1 hints on "{DESIGN}"' in focus.reason
    assert suggest([Log().ask("design/hint/1", outcome="interrupted").past()], OFFERED) is None
    assert suggest([Log().ask("design/no-hint").past()], OFFERED) is None


def test_what_was_passed_over_counts_until_it_is_made_up_for() -> None:
    log = Log().answer("We start.", ("gap", "serving"), ref="design")
    (focus,) = suggest([log.past()], OFFERED).focus  # type: ignore[union-attr]
    assert focus.criterion_id == "serving"
    assert "passed over it" in focus.reason
    log.answer("A cache.", ("claim", "serving"))
    assert suggest([log.past()], OFFERED) is None


def test_that_nothing_was_said_of_a_criterion_takes_several_answers_on_the_problem() -> None:
    log = Log().ask("project")
    for number in range(3):
        log.answer(f"Answer {number} on my work.", ("claim", "framing"))
    assert suggest([log.past()], OFFERED) is None
    log.ask("design")
    for number in range(3):
        log.answer(f"Trees number {number}.", ("claim", "modelling"))
    found = suggest([log.past()], OFFERED)
    assert found is not None
    assert [focus.criterion_id for focus in found.focus] == ["serving", "operating"]
    assert all("Nothing that you said" in focus.reason for focus in found.focus)


def test_the_weakest_comes_first_and_there_are_not_too_many() -> None:
    log = Log().ask("design/hint/1")
    log.answer("Hm.", ("claim", "serving"), flag="thin", question="How fast?")
    log.answer("Hm, no.", ("claim", "serving"), flag="thin", question="How fast, again?")
    log.answer("Ah.", ("claim", "framing"), flag="thin", question="Which goal?")
    log.answer("Oh.", ("claim", "operating"), flag="thin", question="How does it age?")
    found = suggest([log.past()], OFFERED)
    assert found is not None
    assert [focus.criterion_id for focus in found.focus] == ["serving", "framing", "operating"]
    assert len(found.focus) == FOCUS_MOST


def test_only_the_last_interview_on_a_scenario_counts() -> None:
    better = Log().answer("A goal.", ("claim", "framing")).past("new")
    assert suggest([better, _framing_is_thin().past("old")], OFFERED) is None


def test_of_two_scenarios_the_weaker_one_is_suggested_and_the_newer_of_equals() -> None:
    other = replace(SCENARIO, id="other", title="Other")
    offered = {**OFFERED, "other": other}
    thin, thinner = _framing_is_thin(), _framing_is_thin()
    thinner.answer("Hm.", ("claim", "serving"), flag="thin", question="How fast?")
    newest = [thin.past("a"), thin.past("b", other)]
    assert suggest(newest, offered).because == ("a",)  # type: ignore[union-attr]
    weaker = [thin.past("a"), thinner.past("b", other)]
    assert suggest(weaker, offered).because == ("b",)  # type: ignore[union-attr]


def test_a_scenario_that_is_gone_is_not_suggested() -> None:
    assert suggest([_framing_is_thin().past()], {}) is None
    fewer = replace(SCENARIO, rubric=SCENARIO.rubric[1:], difficulties=("guided",))
    assert suggest([_framing_is_thin().past()], {"example": fewer}) is None
    easier = replace(SCENARIO, difficulties=("guided",))
    found = suggest([_framing_is_thin().past()], {"example": easier})
    assert found is not None
    assert found.difficulty == "guided"


def test_a_played_interview_is_read_as_the_engine_reads_it() -> None:
    room = play(Cast("ml-fundamentals", "contradicts", "standard", "neutral"))
    past = look_back("one", "standard", SCENARIOS["ml-fundamentals"], room.log)
    engine = room.engine.coverage
    assert [f.turn for f in past.coverage.flags] == [f.turn for f in engine.flags]
    assert [n.finding for n in past.coverage.notes] == [n.finding for n in engine.notes]
    found = suggest([past], SCENARIOS)
    assert found is not None
    titles = {criterion.title for criterion in SCENARIOS["ml-fundamentals"].rubric}
    assert {focus.title for focus in found.focus} <= titles
    assert all(focus.reason.endswith(".") for focus in found.focus)


def test_a_low_level_of_the_report_is_a_reason_and_one_about_an_answer_a_better_one() -> None:
    framing, other = (criterion.id for criterion in SCENARIO.rubric[:2])
    assert framing == "framing"
    levels = {framing: 1, other: 2, SCENARIO.rubric[-1].id: 4}
    found = suggest([look_back("one", "senior", SCENARIO, [], levels)], OFFERED)
    assert found is not None
    assert [focus.criterion_id for focus in found.focus] == [framing, other]
    assert found.focus[0].reason.startswith("The report of the last interview gives it level 1")
    found = suggest([replace(_framing_is_thin().past(), levels=levels)], OFFERED)
    assert found is not None
    assert found.focus[0].reason.startswith('Your answer to "Which goal?" was thin.')
    assert (
        suggest([look_back("one", "senior", SCENARIO, [], {framing: 3, other: None})], {}) is None
    )
    assert suggest([look_back("one", "senior", SCENARIO, [], {framing: 3})], OFFERED) is None
