import pytest
from livekit.agents import APIStatusError, llm

from agent.brain.scripted import ScriptedLLM
from agent.brain.wording import CONTEXT_TURNS, Worded, Wording
from interview.commands import Move
from interview.transcript import Turn
from tests.fakes.worker import FakeBrain
from tests.virtual_time import run_virtual

LINE = "You said position bias. How would you measure it?"


def move(kind: str = "probe") -> Move:
    return Move(kind=kind, reason="it was named", line=LINE, segment="deep_dive")  # type: ignore[arg-type]


def word(brain: llm.LLM[str], *, kind: str = "probe", turns: tuple[Turn, ...] = ()) -> Worded:
    return run_virtual(Wording(brain).word(move(kind), turns))


def test_the_scripted_brain_says_the_line() -> None:
    assert word(ScriptedLLM()) == Worded(LINE, "scripted", None)


def test_a_models_wording_is_used_as_one_line() -> None:
    said = word(FakeBrain("Position bias, ", "you said.\n", "How would you measure that?"))
    assert said == Worded("Position bias, you said. How would you measure that?", "fake", None)


@pytest.mark.parametrize("kind", ["greet", "repeat", "pause", "resume", "farewell"])
def test_fixed_moves_are_never_reworded(kind: str) -> None:
    brain = FakeBrain("Welcome to FooCorp.")
    assert word(brain, kind=kind).text == LINE
    assert brain.asked == []


@pytest.mark.parametrize(
    ("chunks", "reason"),
    [
        ((), "empty"),
        (("  ", "\n"), "empty"),
        ((10.0, "Too late."), "timeout"),
        (("Starts well, ", 30.0, "but hangs."), "timeout"),
        (("x" * 5000,), "too_long"),
        ((APIStatusError("no", status_code=400, retryable=False),), "APIStatusError"),
    ],
)
def test_whatever_goes_wrong_the_line_is_said(
    chunks: tuple[str | float | Exception, ...], reason: str
) -> None:
    assert word(FakeBrain(*chunks)) == Worded(LINE, "scripted", reason)


def test_the_model_is_given_the_last_turns_and_the_candidates_words_only_as_theirs() -> None:
    turns = tuple(
        Turn(
            index=i,
            speaker="candidate" if i % 2 else "interviewer",
            segment="deep_dive",
            start_ms=0,
            end_ms=0,
            text=f"turn {i}",
        )
        for i in range(40)
    )
    brain = FakeBrain("Fine.")
    word(brain, turns=turns)
    messages = [item for item in brain.asked[0].items if isinstance(item, llm.ChatMessage)]
    assert len(messages) == CONTEXT_TURNS + 2
    assert {m.role for m in messages if (m.text_content or "").startswith("turn")} == {
        "user",
        "assistant",
    }
    assert messages[0].role == "system"
    assert LINE in (messages[-1].text_content or "")
