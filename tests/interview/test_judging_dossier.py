"""What judges get to read of an interview."""

from __future__ import annotations

from interview.engine import Engine
from interview.events import HintRequested, UtteranceFinal
from interview.judging.evidence import place
from interview.judging.gathering import dossier_from, dossier_of
from interview.plan import make_plan
from tests.interview.playing import Cast, play
from tests.interview.room import DEFAULT_LENGTHS, Room
from tests.shipped import SCENARIOS

SCENARIO = SCENARIOS["general-ml-system-design"]
BEFORE = "I'd rank the listings with gradient boosted trees, because they need little tuning."
AFTER = "Then I'd add a cache for the popular queries, since most of the traffic is on a few."


def _hinted() -> Room:
    room = Room(plan=make_plan(DEFAULT_LENGTHS, 300, "senior"), scenario=SCENARIO, name="Ana")
    room.start().run(until=60)
    room.say("I build search systems.").run(until=120)
    while room.view().segment != "problem_framing":
        room.run(until=room.now + 10)
    room.run(until=room.now + 60)
    room.say(BEFORE).run(until=room.now + 25)
    room >> HintRequested(at=0)
    room.run(until=room.now + 25)
    return room.say(AFTER).run(until=room.now + 2)


def test_hints_count_from_the_answer_after_them() -> None:
    room = _hinted()
    (heard,) = room.engine.hints_heard
    assert heard.level == 1
    dossier = dossier_of(room.engine)
    before, after = (next(a for a in dossier.answers if a.text == text) for text in (BEFORE, AFTER))
    assert (before.hints, after.hints) == (0, 1)
    assert after.ref == heard.question
    assert after.question
    assert {before.ref, after.ref} - {None} <= dossier.asked
    assert dossier.entered == {"warm_up", "problem_framing"}
    assert (dossier.difficulty, dossier.scenario) == ("senior", SCENARIO)
    assert dossier_of(Engine.replay(room.plan, SCENARIO, "Ana", room.log)) == dossier


def test_answers_are_turns_of_the_transcript_with_what_was_read_in_them() -> None:
    room = play(Cast("feed-ranking", "strong", "standard", "neutral"))
    dossier = dossier_of(room.engine)
    turns = {turn.index: turn for turn in room.engine.turns}
    assert [a.turn for a in dossier.answers] == [
        i for i, turn in turns.items() if turn.speaker == "candidate"
    ]
    for answer in dossier.answers:
        turn = turns[answer.turn]
        assert (answer.text, answer.start_ms, answer.end_ms) == (
            turn.text,
            turn.start_ms,
            turn.end_ms,
        )
        for finding in answer.findings:
            assert place(answer, finding.quote)
    assert sum(len(answer.findings) for answer in dossier.answers) > 20
    assert sum(bool(answer.question) for answer in dossier.answers) > 15
    assert len(dossier.asked) > 10


def test_words_that_could_not_be_made_out_are_marked_and_answer_nothing() -> None:
    room = _hinted()
    room.run(until=room.now + 20)
    at = round(room.now * 1000)
    room >> UtteranceFinal(
        at=0, utterance_id="x", text="hm grr", start_ms=at, end_ms=at + 500, confidence=0.1
    )
    answer = dossier_of(room.engine).answers[-1]
    assert (answer.text, answer.garbled, answer.question) == ("hm grr", True, "")


def test_an_interview_that_has_not_begun_has_an_empty_dossier() -> None:
    dossier = dossier_of(Room(scenario=SCENARIO).engine)
    assert (dossier.answers, dossier.asked, dossier.entered) == ((), frozenset(), frozenset())


def test_a_dossier_written_by_hand() -> None:
    labels = next(
        q for s in SCENARIO.segments for q in s.questions if "labels" in " ".join(q.listens_for)
    )
    dossier = dossier_from(
        SCENARIO,
        [
            (labels.id, "Clicks are biased by position, so I'd weight them by propensity."),
            (labels.rephrase, "And purchases come days later."),
            ("Anything else?", "No."),
            ("Are you there?", "  "),
        ],
        "staff",
    )
    first, second, third = dossier.answers
    assert (first.ref, second.ref, third.ref) == (labels.id, labels.id, None)
    assert (first.question, second.question) == (labels.ask, labels.rephrase)
    assert [a.turn for a in dossier.answers] == [1, 3, 5]
    assert first.start_ms < first.end_ms < second.start_ms < second.end_ms < third.start_ms
    assert [word.text for word in second.words] == second.text.split()
    assert any(finding.criterion == "data" for finding in first.findings)
    assert dossier.asked == {labels.id}
    assert dossier.difficulty == "staff"
    found = place(first, "weight them by propensity")
    assert found is not None
    assert found.end_ms == first.end_ms
