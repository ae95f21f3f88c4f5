"""The model's judge: what of its answers is believed, and how work is taken from the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from livekit.agents import APIStatusError, llm
from openai import AsyncOpenAI

from agent.brain.remote import RemoteLLM
from agent.judging.judge import LEAST_ANSWER, ModelJudge, shortened
from agent.judging.leasing import judge_one
from agent.link import ServerRefused, ServerUnreachable
from interview.events import InterviewerJoined
from interview.judging.gathering import dossier_from
from interview.plan import make_plan
from interview.report import CriterionScore
from interview.scenario import scenario_to_dict
from interview.wire import JudgementScores, JudgementWanted, NumberedEvent, encode_event
from tests.fakes.openai_server import FakeOpenAI
from tests.fakes.worker import FakeBrain
from tests.shipped import SCENARIOS
from tests.virtual_time import run_virtual

SCENARIO = next(iter(SCENARIOS.values()))
CRITERION = SCENARIO.rubric[0]
SAID = "I'd first ask what a good result is, because clicks alone reward whatever is on top."
DOSSIER = dossier_from(SCENARIO, [("What should it be good at?", SAID)])
TURN = DOSSIER.answers[0].turn
QUOTE = "clicks alone reward whatever is on top"


def answer(level: int, *quotes: str, turn: int = TURN, **more: Any) -> str:
    evidence = [{"turn": turn, "quote": quote} for quote in quotes]
    texts = {"reason": "You named the proxy.", "missing": "A number.", "next_step": "Count."}
    return json.dumps({"level": level, **texts, "evidence": evidence, **more})


class Sequenced(FakeBrain):
    """Answers with one of `answers` after the other, the last one for ever."""

    def __init__(self, *answers: str | Exception) -> None:
        super().__init__()
        self.answers = list(answers)

    def chat(self, **kwargs: Any) -> llm.LLMStream:
        self.chunks = (self.answers[min(len(self.asked), len(self.answers) - 1)],)
        return super().chat(**kwargs)


def judged(*answers: str | Exception, times: int = 3) -> tuple[CriterionScore, Sequenced]:
    brain = Sequenced(*answers)

    async def main() -> CriterionScore:
        return await ModelJudge(brain, times=times).score(DOSSIER, CRITERION)

    return run_virtual(main()), brain


def test_the_middle_of_three_judgements_is_shown_with_how_far_they_lie_apart() -> None:
    score, brain = judged(answer(2, QUOTE), answer(4, QUOTE), answer(3, QUOTE))
    assert len(brain.asked) == 3
    assert (score.level, score.spread, score.standing, score.assessed) == (3, 2, "scored", True)
    assert [item.quote for item in score.evidence] == [QUOTE]
    span = score.evidence[0]
    assert DOSSIER.answers[0].start_ms < span.start_ms < span.end_ms <= DOSSIER.answers[0].end_ms


@pytest.mark.parametrize(
    "quotes",
    [(), ("words that nobody said here",), ("on top whatever is reward",)],
    ids=["none", "made up", "out of order"],
)
def test_a_level_without_a_quote_that_was_said_is_none(quotes: tuple[str, ...]) -> None:
    score, _ = judged(answer(4, *quotes))
    assert (score.level, score.standing, score.evidence) == (None, "no_evidence", ())


def test_a_quote_counts_only_for_the_turn_it_names() -> None:
    score, _ = judged(answer(4, QUOTE, turn=TURN + 2))
    assert score.level is None


def test_nothing_said_to_it_is_not_answered() -> None:
    score, _ = judged(answer(0))
    assert (score.level, score.standing, score.spread) == (None, "not_answered", 0)
    assert score.reason == "You named the proxy."


@pytest.mark.parametrize(
    "bad",
    [
        "I cannot help with that.",
        '{"level": 7, "reason": "", "evidence": []}',
        '{"level": "high"}',
        "",
        APIStatusError("no", status_code=500),
        APIStatusError("no", status_code=401),
    ],
)
def test_what_cannot_be_used_fails_this_criterion_alone(bad: str | Exception) -> None:
    score, brain = judged(bad)
    assert (score.level, score.standing, score.assessed) == (None, "failed", False)
    assert len(brain.asked) == 2


def test_one_bad_answer_of_three_is_made_up_for_by_the_others() -> None:
    score, brain = judged("nonsense", answer(2, QUOTE), answer(3, QUOTE))
    assert (score.level, score.spread, len(brain.asked)) == (2, 1, 3)


def test_json_in_a_fence_is_read() -> None:
    score, _ = judged(f"Here you are:\n```json\n{answer(3, QUOTE)}\n```")
    assert score.level == 3


def test_a_provider_without_schemas_is_asked_more_simply() -> None:
    score, brain = judged(APIStatusError("no", status_code=400), answer(3, QUOTE))
    assert (score.level, score.spread) == (3, 0)
    assert len(brain.asked) == 4


def test_what_was_said_travels_as_data_and_the_rubric_as_text() -> None:
    _, brain = judged(answer(3, QUOTE))
    system, user = (item for item in brain.asked[0].items if isinstance(item, llm.ChatMessage))
    assert all(level in (system.text_content or "") for level in CRITERION.levels)
    assert SAID not in (system.text_content or "")
    content = user.text_content or ""
    data = json.loads(content.removeprefix("BEGIN TRANSCRIPT DATA\n").removesuffix("\nEND"))
    assert data == [
        {"turn": TURN, "question": "What should it be good at?", "hints": 0, "answer": SAID}
    ]
    told = json.dumps([system.text_content, data])
    assert not any(fact.answer in told for fact in SCENARIO.facts)


def test_the_longest_answers_lose_their_ends_first() -> None:
    texts = ["a" * 5000, "b" * 100, "c" * 3000]
    short = shortened(texts, 4000)
    assert sum(map(len, short)) <= 4000
    assert short[1] == texts[1]
    assert shortened(["x" * 1000] * 100, 10) == ["x" * LEAST_ANSWER] * 100
    assert shortened(texts, 10_000) == texts
    assert shortened([], 10) == []


async def test_a_real_client_asks_by_schema_and_without_tools() -> None:
    async with FakeOpenAI(words=[answer(3, QUOTE)]).running() as server:
        client = AsyncOpenAI(api_key="k", base_url=server.url, max_retries=0)
        brain = RemoteLLM(model="m", client=client)
        score = await ModelJudge(brain, times=1).score(DOSSIER, CRITERION)
        await brain.aclose()
    assert (score.level, score.spread) == (3, None)
    assert server.asked[0]["response_format"]["json_schema"]["strict"] is True
    assert not server.asked[0].get("tools")


# -- taking work from the server ------------------------------------------------------------------


class FakeDesk:
    """Hands out one judgement; refuses from the `refuse_after`-th scores on."""

    def __init__(self, wanted: JudgementWanted | None, refuse_after: int = 99) -> None:
        self.wanted = wanted
        self.refuse_after = refuse_after
        self.told: list[JudgementScores] = []

    async def lease_judgement(self) -> JudgementWanted | None:
        wanted, self.wanted = self.wanted, None
        return wanted

    async def put_scores(self, session_id: str, scores: JudgementScores) -> None:
        if len(self.told) >= self.refuse_after:
            raise ServerRefused("the server refused: 409 lease_lost")
        self.told.append(scores)


def _wanted(events: Sequence[NumberedEvent] = ()) -> JudgementWanted:
    return JudgementWanted(
        session_id="s",
        lease="l",
        candidate_name="Ana",
        plan=make_plan([60] * 5),
        scenario=scenario_to_dict(SCENARIO),
        events=list(events),
    )


def _event(number: int, kind: str, at: float, data: dict[str, Any]) -> NumberedEvent:
    wall = "2026-01-01T00:00:00Z"
    return NumberedEvent.model_validate(
        {"seq": number, "uid": f"e{number}", "at": at, "wall": wall, "type": kind, "data": data}
    )


def _judge_one(desk: Any, brain: FakeBrain) -> bool:
    async def main() -> bool:
        return await judge_one(desk, ModelJudge(brain, times=1))

    return asyncio.run(main())


def test_each_criterion_is_told_as_it_comes_and_the_last_one_ends_it() -> None:
    kind, at, data = encode_event(InterviewerJoined(at=0.0, epoch=1))
    desk = FakeDesk(_wanted([_event(1, kind, at, data)]))
    assert _judge_one(desk, Sequenced(answer(0)))
    assert [told.scores[0]["id"] for told in desk.told] == [c.id for c in SCENARIO.rubric]
    assert [told.over for told in desk.told] == [False] * (len(SCENARIO.rubric) - 1) + [True]
    assert {told.lease for told in desk.told} == {"l"}
    assert desk.told[-1].problem == ""


def test_criteria_that_failed_are_counted_at_the_end() -> None:
    desk = FakeDesk(_wanted())
    assert _judge_one(desk, Sequenced("nonsense"))
    count = len(SCENARIO.rubric)
    assert desk.told[-1].problem == f"{count} of {count} criteria could not be judged."


def test_nothing_waits() -> None:
    assert not _judge_one(FakeDesk(None), Sequenced(answer(0)))


def test_a_lost_lease_ends_the_work() -> None:
    desk, brain = FakeDesk(_wanted(), refuse_after=2), Sequenced(answer(0))
    assert not _judge_one(desk, brain)
    assert len(desk.told) == 2
    assert len(brain.asked) == 3


def test_an_unreachable_server_is_asked_again_later() -> None:
    class Gone(FakeDesk):
        async def lease_judgement(self) -> JudgementWanted | None:
            raise ServerUnreachable("the server did not answer")

    assert not _judge_one(Gone(None), Sequenced(answer(0)))


def test_a_log_that_cannot_be_read_is_told_and_not_tried_for_ever() -> None:
    desk = FakeDesk(_wanted([_event(1, "from_the_future", 0.0, {})]))
    assert _judge_one(desk, Sequenced(answer(0)))
    assert desk.told[0].over
    assert desk.told[0].problem
