"""A report always comes, and it is that of the interview."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import pytest

from interview.coverage import quoted
from interview.engine import Engine
from interview.events import CandidateLeft, EndRequested, HintRequested, UtteranceFinal
from interview.plan import make_plan
from interview.report import CriterionScore, Evidence, Judge, Report
from interview.reporting import dossier_of, improved, make_report
from interview.transcript import Word
from tests.interview.judging_transcripts import FEED
from tests.interview.room import DEFAULT_LENGTHS, Room
from tests.shipped import SCENARIOS

SCENARIO = SCENARIOS["feed-ranking"]
MODEL = Judge(id="model", label="Model", limits="It may be wrong.", state="done")


def worded(event: UtteranceFinal) -> UtteranceFinal:
    """With a time for each word, as a recogniser gives them."""
    parts = event.text.split()
    each = (event.end_ms - event.start_ms) / max(1, len(parts))
    words = tuple(
        Word(part, round(event.start_ms + n * each), round(event.start_ms + (n + 1) * each), 0.9)
        for n, part in enumerate(parts)
    )
    return replace(event, words=words, confidence=0.9)


def held(level: int) -> Room:
    """45 minutes with somebody who gives the answers of that level to whatever is asked, and asks
    for one hint."""
    by_ask = {}
    for segment in SCENARIO.segments:
        for question in segment.questions:
            answer = dict(FEED[level - 1]).get(question.id)
            for text in (question.ask, question.rephrase):
                by_ask[text] = answer
    left = [answer for _, answer in FEED[level - 1]]

    def answer(say):
        if say.move.kind == "farewell" or say.move.segment == "warm_up" or not left:
            return None
        known = next((a for ask, a in by_ask.items() if a and ask in say.move.line), None)
        if known in left:
            left.remove(known)
            return known
        return left.pop(0) if "entered" not in say.move.reason else None

    room = Room(plan=make_plan(DEFAULT_LENGTHS), scenario=SCENARIO, name="Ana", answer=answer)
    return room


@pytest.fixture(scope="module")
def room() -> Room:
    room = held(4).start()
    while room.view().segment != "problem_framing":
        room.run(until=room.now + 30)
    room.run(until=room.now + 100)
    room >> HintRequested(at=0)
    room.run()
    log = [worded(e) if isinstance(e, UtteranceFinal) else e for e in room.log]
    room.log, room.engine = log, Engine.replay(room.plan, SCENARIO, "Ana", log)
    return room


def checked(report: Report, engine: Engine) -> Report:
    """What holds of every report."""
    turns = {turn.index: turn for turn in engine.turns}
    points = (*report.summary.went_well, *report.summary.work_on, *report.summary.decisions)
    evidence = [e for s in (*report.criteria, *report.others) for e in s.evidence]
    for item in [*evidence, *(e for point in points for e in point.evidence)]:
        turn = turns[item.turn]
        assert turn.speaker == "candidate"
        assert quoted(item.quote, turn.text)
        assert turn.start_ms <= item.start_ms <= item.end_ms <= turn.end_ms
    assert [c.id for c in report.criteria] == [c.id for c in engine.scenario.rubric]
    for score in (*report.criteria, *report.others):
        assert bool(score.evidence) == (score.level is not None) == score.assessed
        assert score.reason
    assert report.shown_judge in {judge.id for judge in report.judges}
    assert report.summary.text
    assert len(report.summary.segments) == 5
    assert Report.model_validate_json(report.model_dump_json()) == report
    return report


def test_an_interview_that_went_well(room: Room) -> None:
    report = checked(make_report("s1", room.engine), room.engine)
    assert (report.session_id, report.status, report.shown_judge) == ("s1", "complete", "built-in")
    levels = [score.level for score in report.criteria if score.level]
    assert len(levels) >= 5
    assert sum(levels) / len(levels) > 3
    assert report.summary.went_well
    assert report.summary.decisions
    assert "Feed Ranking" in report.summary.text
    assert report.summary.resources[0].title == SCENARIO.resources[0].title
    assert report.summary.never_asked == room.engine.record.never_asked
    assert {flag.flag for flag in report.flags} >= {"strong"}
    measures = {m.id: m.value for m in report.delivery.measures}
    assert measures["words_per_minute"] == pytest.approx(160, abs=8)


def test_segments_lie_on_the_session_clock_one_after_the_other(room: Room) -> None:
    segments = make_report("s1", room.engine).summary.segments
    for before, after in pairwise(segments):
        assert before.start_ms is not None
        assert after.start_ms == before.end_ms
    spent = sum(segment.spent_s for segment in segments)
    assert spent == pytest.approx(room.view().total_spent_s, abs=1)
    assert [segment.planned_s for segment in segments] == list(DEFAULT_LENGTHS)


def test_hints_are_told_with_their_time(room: Room) -> None:
    (hint,) = make_report("s1", room.engine).hints_used
    assert (hint.level, hint.levels) == (1, 3)
    spoken = next(turn for turn in room.engine.turns if turn.move == "hint")
    assert hint.at_ms is not None
    assert abs(hint.at_ms - spoken.start_ms) < 1500


def test_the_same_log_gives_the_same_report(room: Room) -> None:
    again = Engine.replay(room.plan, SCENARIO, "Ana", room.log)
    assert make_report("s1", again) == make_report("s1", room.engine)


def test_it_takes_well_under_two_seconds(room: Room) -> None:
    engine = Engine.replay(room.plan, SCENARIO, "Ana", room.log)
    begun = time.process_time()
    make_report("s1", engine)
    assert time.process_time() - begun < 1.5


def _ended_at_once() -> Room:
    return Room(scenario=SCENARIO).start().run(until=5) >> EndRequested(at=0)


def _not_begun() -> Room:
    return Room(scenario=SCENARIO)


def _abandoned() -> Room:
    room = Room(scenario=SCENARIO).start().run(until=60)
    room.say("I build search systems.").run(until=room.now + 5)
    room >> CandidateLeft(at=0, reason="gone")
    return room.run(until=room.now + 26 * 3600)


def _typed() -> Room:
    room = Room(scenario=SCENARIO).start().run(until=60)
    at = round(room.now * 1000)
    text = "I worked on ads ranking, where the labels came late, so we used a window of a day."
    room >> UtteranceFinal(
        at=0, utterance_id="t", text=text, start_ms=at, end_ms=at, source="typed"
    )
    return room.run(until=room.now + 30) >> EndRequested(at=0)


@pytest.mark.parametrize("make", [_ended_at_once, _not_begun, _abandoned, _typed])
def test_a_report_comes_however_little_was_said(make) -> None:
    room = make()
    report = checked(make_report("s1", room.engine), room.engine)
    assert {measure.value for measure in report.delivery.measures} == {None}
    assert report.summary.went_well == ()
    if make is not _typed:
        assert {score.level for score in report.criteria} == {None}
        assert "Too little" in report.summary.text


# -- another judge


def said_by_model(room: Room, **levels: int | None) -> list[CriterionScore]:
    """One quote of the longest answer for each."""
    answer = max(dossier_of(room.engine).answers, key=lambda a: len(a.text))
    quote = " ".join(answer.text.split()[:6])
    return [
        CriterionScore(
            id=id_,
            title="as it likes",
            judge="whoever",
            standing="scored" if level else "failed",
            level=level,
            reason="It says why.",
            spread=1,
            evidence=(Evidence(turn=answer.turn, quote=quote, start_ms=1, end_ms=2),),
        )
        for id_, level in levels.items()
    ]


ALL = {"objective": 3, "data": 2, "modelling": 3, "system": 3, "experimentation": 4}


def test_a_model_is_shown_once_it_is_done(room: Room) -> None:
    scores = said_by_model(room, **ALL, responsibility=2)
    making = MODEL.model_copy(update={"state": "making"})
    report = make_report("s1", room.engine)
    dossier = dossier_of(room.engine)
    early = checked(improved(report, dossier, scores[:2], making), room.engine)
    assert (early.status, early.shown_judge) == ("improving", "built-in")
    assert early.criteria == report.criteria
    assert [s.id for s in early.others] == ["objective", "data"]
    done = checked(improved(early, dossier, scores, MODEL), room.engine)
    assert (done.status, done.shown_judge) == ("complete", "model")
    assert [s.level for s in done.criteria] == [3, 2, 3, 3, 4, 2]
    assert done.others == report.criteria
    assert {s.judge for s in done.criteria} == {"model"}
    assert [s.title for s in done.criteria] == [c.title for c in SCENARIO.rubric]
    assert done.summary.decisions == report.summary.decisions
    assert "“Experiments" in done.summary.text
    whole = make_report("s1", room.engine, judge=MODEL, scores=scores)
    assert whole == done


def test_where_one_criterion_failed_the_others_stand(room: Room) -> None:
    failed = {**ALL, "system": None}
    report = make_report("s1", room.engine, judge=MODEL, scores=said_by_model(room, **failed))
    assert report.shown_judge == "model"
    standings = {score.id: score.standing for score in report.criteria}
    assert standings["system"] == standings["responsibility"] == "failed"
    assert list(standings.values()).count("scored") == 4
    assert all(score.reason for score in report.criteria)


def test_a_model_that_was_hardly_heard_is_not_shown(room: Room) -> None:
    broken = MODEL.model_copy(update={"state": "failed", "problem": "It gave no answer."})
    for scores in ([], said_by_model(room, objective=4, data=4, system=None)):
        report = checked(make_report("s1", room.engine, judge=broken, scores=scores), room.engine)
        assert (report.status, report.shown_judge) == ("complete", "built-in")
        assert report.judges[1].problem == "It gave no answer."


def test_what_a_model_makes_up_is_dropped(room: Room) -> None:
    invented = [
        score.model_copy(
            update={"evidence": (Evidence(turn=3, quote="I solved it", start_ms=0, end_ms=1),)}
        )
        for score in said_by_model(room, **ALL, responsibility=4, unknown=4)
    ]
    report = make_report("s1", room.engine, judge=MODEL, scores=invented)
    assert {score.standing for score in report.criteria} == {"no_evidence"}
    assert "unknown" not in {score.id for score in report.criteria}
