"""The conduct figures over handmade logs: each fault is planted once and must be found, and the
same interview without it must be clean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from interview.scenario import Scenario
from tests.shipped import SCENARIOS
from viva.conduct import Conduct, judge
from viva.conduct_words import last_question, questions_in, refers_back
from viva.room_record import RoomRecord, Said, SaidKind

SCENARIO = SCENARIOS["general-ml-system-design"]
ZERO = 1_700_000_000.0
SEGMENTS = ("warm_up", "problem_framing", "solution_exploration", "deep_dive", "wrap_up")
NO_TIMES = {"planned_s": 60.0, "spent_s": 60.0}


@dataclass
class Room:
    """An interview written down by hand; `at` is seconds after its beginning."""

    said: list[Said] = field(default_factory=list)
    heard: list[tuple[float, float]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    turns: list[dict[str, Any]] = field(default_factory=list)
    spent: dict[str, float] = field(default_factory=dict)
    until: float = 600.0

    def event(self, at: float, type_: str, **data: Any) -> None:
        wall = datetime.fromtimestamp(ZERO + at, UTC).isoformat()
        self.events.append({"at": at, "wall": wall, "type": type_, "data": data})

    def asks(
        self,
        at: float,
        text: str,
        *,
        seconds: float = 3.0,
        move: str = "ask",
        reason: str = "next question",
        outcome: str = "finished",
        segment: str = "solution_exploration",
    ) -> Room:
        """The interviewer speaks."""
        number = len(self.turns)
        say_id = f"say-{number}"
        self.event(
            at, "speech_started", say_id=say_id, text=text, move=move, reason=reason, ref=None
        )
        self.event(
            at + seconds,
            "speech_ended",
            say_id=say_id,
            text=text,
            outcome=outcome,
            start_ms=round(at * 1000),
            end_ms=round((at + seconds) * 1000),
        )
        self.turns.append(
            {"speaker": "interviewer", "start_ms": round(at * 1000), "segment": segment}
        )
        self.heard.append((ZERO + at, ZERO + at + seconds))
        return self

    def says(
        self,
        at: float,
        text: str,
        *,
        seconds: float = 4.0,
        kind: SaidKind = "answer",
        pauses: tuple[tuple[float, float], ...] = (),
    ) -> Room:
        """The candidate speaks."""
        lasting = tuple((ZERO + one, ZERO + other) for one, other in pauses)
        self.said.append(Said(kind, text, ZERO + at, ZERO + at + seconds, lasting))
        self.event(
            at + seconds,
            "utterance_final",
            text=text,
            start_ms=round(at * 1000),
            end_ms=round((at + seconds) * 1000),
        )
        return self

    def judged(self, scenario: Scenario | None = SCENARIO) -> Conduct:
        record = RoomRecord(
            tuple(sorted(self.said, key=lambda said: said.start)),
            tuple(sorted(self.heard)),
            ZERO + self.until,
        )
        segments = [{"id": name, "planned_s": 60.0, "spent_s": 60.0} for name in SEGMENTS]
        for segment in segments:
            segment["spent_s"] = self.spent.get(str(segment["id"]), 60.0)
        events = sorted(self.events, key=lambda event: event["at"])
        return judge(record, events, self.turns, segments, scenario)


def clean() -> Room:
    """Three exchanges without a fault, then the goodbye."""
    room = Room()
    room.asks(0, "Which parts does it have?").says(5, "A retrieval stage and a ranking stage.")
    room.asks(10, "How would you train the ranking?", move="probe").says(15, "On the purchases.")
    room.asks(20, "What would you watch after launch?").says(25, "The distribution of each input.")
    room.asks(30, "That's our time, thanks and goodbye.", move="farewell")
    return room


def test_a_clean_interview_has_no_fault() -> None:
    conduct = clean().judged()
    assert conduct.faults == []
    assert (conduct.silent_turns, conduct.double_questions, conduct.repeated_lines) == (0, 0, 0)
    assert (conduct.facts_leaked, conduct.moves_without_reason) == (0, 0)
    assert conduct.segment_error_max_s == 0
    assert conduct.candidate_words == 7 + 3 + 5
    assert conduct.interviewer_words == 5 + 6 + 6 + 6
    assert conduct.barge_in_p50_ms is None
    assert conduct.longest_silence_s == 2.0


class TestSilentTurns:
    def _room(self, words: str = "On the purchases.") -> Room:
        return Room().asks(0, "How would you train it?").says(5, words)

    def test_nothing_within_eight_seconds(self) -> None:
        room = self._room().asks(17.5, "And then?")
        conduct = room.judged()
        assert conduct.silent_turns == 1
        assert conduct.longest_silence_s == 8.5
        assert "nothing after 'On the purchases.'" in conduct.faults[0]

    def test_just_in_time(self) -> None:
        assert self._room().asks(16.5, "And then?").judged().silent_turns == 0

    @pytest.mark.parametrize(
        "words",
        [
            "Give me a minute.",
            "Let me think.",
            "Hmm, let me take a moment.",
            "Hold on, please.",
            "I need some more time.",
        ],
    )
    def test_who_asked_for_time_is_left_alone(self, words: str) -> None:
        assert self._room(words).asks(40, "Take it step by step.").judged().silent_turns == 0

    def test_who_goes_on_was_not_left_hanging(self) -> None:
        room = self._room().says(12, "And on the clicks.").asks(18, "And then?")
        assert room.judged().silent_turns == 0

    def test_the_clock_stood(self) -> None:
        room = self._room("Pause, please.")
        room.asks(10, "Paused.", move="pause").says(14, "I am back.").asks(40, "On.", move="resume")
        assert room.judged().silent_turns == 0

    def test_after_the_goodbye_nothing_is_expected(self) -> None:
        room = self._room().asks(10, "Goodbye.", move="farewell").says(14, "Bye.")
        assert room.judged().silent_turns == 0

    def test_who_left_is_not_answered(self) -> None:
        room = self._room()
        room.event(12, "candidate_left", reason="gone", since=9.0)
        room.event(30, "candidate_joined")
        assert room.judged().silent_turns == 0

    def test_a_lost_interviewer_is_an_outage(self) -> None:
        room = self._room()
        room.event(25, "interviewer_joined", epoch=2)
        assert room.judged().silent_turns == 0

    def test_mm_hm_is_no_turn(self) -> None:
        room = Room().asks(0, "Picture a shop.", seconds=9).says(3, "Mm-hm.", kind="backchannel")
        assert room.judged().silent_turns == 0

    def test_the_room_had_closed(self) -> None:
        room = self._room()
        room.until = 11.0
        assert room.judged().silent_turns == 0


class TestDoubleQuestions:
    def test_in_one_line(self) -> None:
        room = clean().asks(40, "What would you measure? How would you split it?")
        assert room.judged().double_questions == 1

    def test_in_two_lines_of_one_turn(self) -> None:
        room = Room().asks(0, "What would you measure?").asks(4, "How would you split it?")
        assert room.judged().double_questions == 1

    def test_with_an_answer_between_them(self) -> None:
        room = Room().asks(0, "What would you measure?").says(3.2, "Clicks.", seconds=0.5)
        assert room.asks(4, "How would you split it?").judged().double_questions == 0

    def test_after_a_long_silence(self) -> None:
        room = Room().asks(0, "What would you measure?")
        assert room.asks(20, "Shall I put it differently?").judged().double_questions == 0

    def test_a_question_that_is_quoted_asks_nothing(self) -> None:
        text = 'You asked "how many users are there?" early on. What did it change?'
        assert questions_in(text) == ["What did it change?"]

    def test_the_same_one_twice_is_one(self) -> None:
        assert len(questions_in("Which one? I mean it. Which one?")) == 1


class TestRepeatedLines:
    def test_a_sentence_comes_twice(self) -> None:
        room = clean().asks(40, "Right. How would you train the ranking?")
        conduct = room.judged()
        assert conduct.repeated_lines == 1
        assert "how would you train the ranking" in conduct.faults[-1]

    @pytest.mark.parametrize("move", ["repeat", "resume"])
    def test_on_request_it_may(self, move: str) -> None:
        room = clean().asks(40, "How would you train the ranking?", move=move)
        assert room.judged().repeated_lines == 0

    def test_a_short_remark_may(self) -> None:
        assert clean().asks(40, "Go on.").asks(50, "Go on.").judged().repeated_lines == 0


class TestFacts:
    FACT = (
        "About two thousand searches a second at the evening peak, and a quarter of that at night."
    )

    def test_told_without_being_asked(self) -> None:
        conduct = clean().asks(40, self.FACT, move="ask").judged()
        assert conduct.facts_leaked == 1
        assert "traffic" in conduct.faults[-1]

    def test_told_as_an_answer_to_something_else(self) -> None:
        room = clean().says(36, "What is the latency budget?").asks(42, self.FACT, move="answer")
        assert room.judged().facts_leaked == 1

    @pytest.mark.parametrize(
        "question", ["What is the traffic at the peak?", "I would like to know the traffic."]
    )
    def test_asked_for(self, question: str) -> None:
        room = clean().says(36, question).asks(42, self.FACT, move="answer")
        assert room.judged().facts_leaked == 0

    def test_asked_for_afterwards_is_too_late(self) -> None:
        room = clean().asks(40, self.FACT).says(50, "What is the traffic?")
        assert room.judged().facts_leaked == 1

    def test_mentioning_it_is_not_asking(self) -> None:
        room = clean().says(36, "The traffic matters.").asks(42, self.FACT)
        assert room.judged().facts_leaked == 1

    def test_said_by_the_candidate_it_is_no_secret(self) -> None:
        said = "I assume two thousand searches a second in the evening and a quarter at night."
        room = clean().says(36, said).asks(42, self.FACT, move="summarise")
        assert room.judged().facts_leaked == 0

    def test_naming_the_subject_tells_nothing(self) -> None:
        room = clean().asks(40, "You never asked how many searches there are in a second.")
        assert room.judged().facts_leaked == 0

    def test_numbers_of_something_else_tell_nothing(self) -> None:
        room = clean().asks(40, "Two models, a quarter apart, a thousand nights, searches: why?")
        assert room.judged().facts_leaked == 0

    def test_told_twice_is_one_fact(self) -> None:
        room = clean().asks(40, self.FACT).asks(50, "Again: " + self.FACT)
        assert room.judged().facts_leaked == 1

    def test_without_the_scenario_nobody_can_tell(self) -> None:
        assert clean().asks(40, self.FACT).judged(None).facts_leaked is None


class TestPauses:
    def _room(self) -> Room:
        return (
            Room()
            .asks(0, "And the model?")
            .says(5, "I would use a small one.", seconds=10, pauses=((7.0, 11.0),))
        )

    def test_left_alone(self) -> None:
        conduct = self._room().asks(16, "Why?").judged()
        assert (conduct.thinking_pauses, conduct.cut_ins, conduct.spoke_over) == (1, 0, 0)

    @pytest.mark.parametrize("at", [8.5, 11.2])
    def test_a_sound_in_a_pause_cuts_in(self, at: float) -> None:
        conduct = self._room().asks(at, "Why?", seconds=1).judged()
        assert (conduct.thinking_pauses, conduct.cut_ins, conduct.spoke_over) == (1, 1, 0)

    def test_one_pause_is_cut_into_once(self) -> None:
        room = self._room().asks(7.5, "Why?", seconds=0.5).asks(9, "Well?", seconds=0.5)
        assert room.judged().cut_ins == 1

    def test_a_sound_in_the_middle_of_words_is_spoken_over(self) -> None:
        conduct = self._room().asks(13, "Why?", seconds=1).judged()
        assert (conduct.cut_ins, conduct.spoke_over) == (0, 1)

    def test_one_turn_is_spoken_over_once(self) -> None:
        room = self._room().asks(12, "Why?", seconds=0.5).asks(13, "Well?", seconds=0.5)
        assert room.judged().spoke_over == 1

    @pytest.mark.parametrize("move", ["redirect", "bridge"])
    def test_whom_it_stops_on_purpose_it_does_not_speak_over(self, move: str) -> None:
        room = self._room().asks(13, "Let me stop you there.", seconds=1, move=move)
        assert room.judged().spoke_over == 0

    def test_a_breath_is_no_pause(self) -> None:
        room = Room().says(5, "Yes, it is.", pauses=((6.0, 6.6),))
        assert room.judged().thinking_pauses == 0

    def test_a_pause_cut_short_at_once_counts(self) -> None:
        room = Room().asks(5.9, "Why?").says(4, "Yes", seconds=2.2, pauses=((5.8, 6.2),))
        conduct = room.judged()
        assert (conduct.thinking_pauses, conduct.cut_ins) == (1, 1)


class TestBreakingIn:
    def _room(self, kind: SaidKind, outcome: str, spoken: float) -> Room:
        room = Room().asks(0, "Picture a shop that", seconds=spoken, outcome=outcome)
        return room.says(2, "Wait, actually, no.", kind=kind)

    def test_the_time_until_it_stops(self) -> None:
        assert self._room("barge_in", "interrupted", 2.3).judged().barge_in_p50_ms == 300

    def test_who_finishes_the_sentence_did_not_stop(self) -> None:
        conduct = self._room("barge_in", "finished", 2.3).judged()
        assert conduct.barge_in_p50_ms is None
        assert conduct.barge_ins == 0

    def test_mm_hm_does_not_stop_it(self) -> None:
        conduct = self._room("backchannel", "finished", 6.0).judged()
        assert (conduct.backchannels, conduct.backchannel_stops) == (1, 0)

    def test_mm_hm_stopped_it(self) -> None:
        conduct = self._room("backchannel", "interrupted", 2.6).judged()
        assert (conduct.backchannels, conduct.backchannel_stops) == (1, 1)


@pytest.mark.parametrize(("move", "reason"), [("ask", ""), ("ask", "  "), ("", "next")])
def test_a_move_without_a_reason(move: str, reason: str) -> None:
    assert clean().asks(40, "Why?", move=move, reason=reason).judged().moves_without_reason == 1


class TestDeepDive:
    def _room(self, question: str, move: str = "probe") -> Conduct:
        room = Room().asks(0, "And then?").says(5, "I would weight the clicks by their propensity.")
        return room.asks(10, question, move=move, segment="deep_dive").judged()

    @pytest.mark.parametrize(
        "question",
        [
            'You said "weight the clicks". How?',
            "You mentioned propensity. How would you estimate it?",
            "Let's go back to the clicks. Where do they come from?",
        ],
    )
    def test_the_candidates_own_words(self, question: str) -> None:
        conduct = self._room(question)
        assert (conduct.deep_dive_questions, conduct.back_references) == (1, 1)

    @pytest.mark.parametrize(
        "question",
        [
            "What happens when a machine dies?",
            'You said "gradient boosted trees". Why?',
            "You mentioned caching. What would it cost?",
        ],
    )
    def test_words_that_were_not_said(self, question: str) -> None:
        conduct = self._room(question)
        assert (conduct.deep_dive_questions, conduct.back_references) == (1, 0)

    def test_answers_and_hints_are_no_questions_of_its_own(self) -> None:
        assert self._room("What follows from it?", move="hint").deep_dive_questions == 0

    def test_words_in_common_with_an_authored_question_prove_nothing(self) -> None:
        said = "The feature store has everything."
        assert refers_back("Why a feature store?", said, ())
        assert not refers_back("Why a feature store?", said, ("Would a feature store help?",))


class TestQuestions:
    def _room(self, said: str, move: str) -> Conduct:
        return Room().asks(0, "Well?").says(5, said).asks(10, "It is so.", move=move).judged()

    @pytest.mark.parametrize("move", ["answer", "repeat", "hint", "redirect"])
    def test_answered(self, move: str) -> None:
        conduct = self._room("How many users are there?", move)
        assert (conduct.questions, conduct.unanswered_questions) == (1, 0)

    @pytest.mark.parametrize("move", ["ask", "probe", "bridge", "farewell"])
    def test_passed_over(self, move: str) -> None:
        conduct = self._room("I see. How many users are there?", move)
        assert (conduct.questions, conduct.unanswered_questions) == (1, 1)
        assert "How many users are there?" in conduct.faults[-1]

    def test_followed_by_nothing(self) -> None:
        room = Room().asks(0, "Well?").says(5, "How many users are there?")
        assert room.judged().unanswered_questions == 1

    @pytest.mark.parametrize(
        "said", ["Before I design anything, what is the goal?", "So, um, who are the users?"]
    )
    def test_what_leads_up_to_a_question_is_part_of_it(self, said: str) -> None:
        assert last_question(said) == said

    @pytest.mark.parametrize(
        "said", ["A classifier, maybe?", "I would cache it, right?", "How it works is simple."]
    )
    def test_no_question(self, said: str) -> None:
        assert last_question(said) is None
        assert self._room(said, "ask").questions == 0

    def test_who_was_broken_off_asked_nothing(self) -> None:
        room = Room().asks(0, "Well?").says(5, "How many users?").asks(10, "Next.")
        room.said = [replace(said, broken_off=True) for said in room.said]
        assert room.judged().questions == 0


class TestSegments:
    def test_over_and_under(self) -> None:
        room = clean()
        room.spent = {"warm_up": 95.0, "deep_dive": 20.0}
        conduct = room.judged()
        assert conduct.segment_errors_s == [35.0, 0.0, 0.0, -40.0, 0.0]
        assert conduct.segment_error_max_s == 40.0

    def test_time_that_was_asked_for_is_no_error(self) -> None:
        room = clean().asks(
            35, "Sure.", move="acknowledge", reason="more time was asked for; 30 s given"
        )
        room.spent = {"solution_exploration": 90.0}
        assert room.judged().segment_error_max_s == 0.0

    def test_leaving_on_request_is_no_error(self) -> None:
        room = clean().says(34, "Let's move on.")
        room.spent = {"solution_exploration": 10.0}
        assert room.judged().segment_errors_s[2] is None

    def test_by_button_too(self) -> None:
        room = clean()
        room.event(34, "next_requested", by="page")
        room.spent = {"solution_exploration": 10.0}
        assert room.judged().segment_errors_s[2] is None

    def test_what_was_never_reached_has_none(self) -> None:
        room = clean()
        room.spent = {"wrap_up": 0.0}
        assert room.judged().segment_errors_s[4] is None


def test_an_empty_log_is_no_error() -> None:
    conduct = Room().judged()
    assert conduct.faults == []
    assert conduct.as_dict()["longest_silence_s"] == 0.0
    assert "faults" not in conduct.figures()
