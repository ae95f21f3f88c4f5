import pytest

from interview.wishes import recognise


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Can you repeat that?", "repeat"),
        ("Sorry, could you say that again please?", "repeat"),
        ("I didn't catch that.", "repeat"),
        ("Could you rephrase?", "rephrase"),
        ("Could you rephrase the question, please?", "rephrase"),
        ("What do you mean?", "rephrase"),
        ("Give me a hint.", "hint"),
        ("Can I have another hint please?", "hint"),
        ("I'm stuck.", "hint"),
        ("Let's move on.", "next"),
        ("Okay, can we go to the next part?", "next"),
        ("Can we pause?", "pause"),
        ("Let's take a short break.", "pause"),
        ("I need more time.", "extend"),
        ("Could we have some more time on this?", "extend"),
        ("Let's end here.", "end"),
        ("Can we stop the interview?", "end"),
        ("I would pause the rollout and then move on to the next stage of the launch.", None),
        ("Let's move on to the ranking model.", None),
        ("The job needs more time.", None),
        ("I'd end the request there.", None),
        ("continue", None),
        ("", None),
    ],
)
def test_whole_short_utterances_only(text: str, wish: str | None) -> None:
    assert recognise(text) == wish


@pytest.mark.parametrize("text", ["Let's continue.", "Okay, I'm back.", "Ready.", "go on please"])
def test_resume_is_heard_in_a_pause(text: str) -> None:
    assert recognise(text, paused=True) == "resume"


def test_a_pause_hears_nothing_else() -> None:
    assert recognise("Give me a hint.", paused=True) is None
    assert recognise("Let's end here.", paused=True) == "end"
