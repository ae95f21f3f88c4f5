from collections import Counter
from pathlib import Path

import pytest

from interview.wishes import last_wish, recognise, requested

DATA = Path(__file__).parent / "data"


def _table(name: str) -> list[tuple[str, str]]:
    """`(text, what it asks for)` of a table of phrasings."""
    label, found = "", []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            label = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            found.append((line.strip(), label))
    return found


PHRASINGS = _table("wishes.txt")
UNSEEN = _table("wishes_unseen.txt")

SAID = {
    "repeat": """
Can you repeat that?
Sorry, could you say that again please?
I didn't catch that.
Could you repeat the question?
What was the question again?
Say that again?
Come again?
Pardon?
Sorry, I missed that.
Would you mind repeating that?
One more time, please.
Can I hear that again?
I didn't hear you.
What did you say?
Could you ask that again?
Please repeat.
Sorry, what was that?
I lost you there, can you repeat?
Could you say the last part again?
Can you read me the question again?
""",
    "rephrase": """
Could you rephrase?
Could you rephrase the question, please?
What do you mean?
What do you mean by that?
I don't understand the question.
Can you put that another way?
Could you say it differently?
I'm not sure I understand.
I'm not sure what you're asking.
Can you clarify the question?
Could you explain what you mean?
Can you ask that in a different way?
I don't follow.
I don't get the question.
Sorry, I'm confused.
What exactly are you asking?
In other words?
Could you make that clearer?
Could you reword that?
I didn't understand that.
""",
    "hint": """
Give me a hint.
Can I have another hint please?
I'm stuck.
Can you give me a clue?
Could I get a hint?
A hint, please.
Help me out.
Can you help me here?
I could use a hint.
I need a hint.
Any hints?
Could you point me in the right direction?
Do you have a hint for me?
I don't know where to start.
A small nudge would help.
I'm completely stuck here.
Can you nudge me?
Maybe a hint?
I need some help.
Could you give me a little help with this?
""",
    "next": """
Let's move on.
Okay, can we go to the next part?
Can we move on?
Next question, please.
Let's skip this one.
Can we skip this question?
I'd like to move on.
Let's go to the next question.
Next, please.
I'm done with this part.
Ready to move on.
I think we can move on.
Let's move on to the next section.
Could we move on to something else?
Skip it.
Let's continue with the next part.
That's all from me on this, let's move on.
Shall we move on?
I have nothing to add here, can we move on?
Pass.
""",
    "pause": """
Can we pause?
Let's take a short break.
Pause please.
Could we pause for a minute?
I need a break.
Can we take a break?
Let's pause here.
Please pause the interview.
Hold the interview for a moment.
Can we stop for a moment?
I'd like to take a quick break.
Could you pause the clock?
I need to pause.
Time out.
Let's have a short break.
Can I take five?
Pause it, please.
Sorry, someone's at the door, can we pause?
Could we take a five minute break?
Please stop the clock.
""",
    "extend": """
I need more time for this part.
Could I get a bit more time for this section?
Can we extend this by five minutes?
Can we spend longer on this?
I need more time.
Could we have some more time on this?
Can I have more time?
Can I get a few more minutes?
Could we stay on this a bit longer?
I'd like more time for this.
Give me more time, please.
Can we extend this?
More time, please.
Could you add two minutes?
Can we have five more minutes?
I could use some more time here.
May I have a little more time?
Let's spend more time on this.
Can we extend this part?
We need a bit more time.
Can I have an extra minute?
Is there more time for this?
Could you give us a few more minutes here?
I want to stay on this longer.
""",
    "end": """
Let's end here.
Can we stop the interview?
I'd like to stop here.
Let's finish here.
End the interview, please.
I want to end the interview.
Can we end it here?
Let's call it a day.
Let's wrap up the interview.
I'd like to end this now.
I have to go, let's stop here.
Can we finish the interview now?
Please end the interview.
Let's leave it there.
I want to quit.
Stop the interview.
I need to stop here.
Let's wrap it up.
I think we can stop here.
I'm done with the interview.
""",
}
NOT_SAID = """
I would pause the rollout and then move on to the next stage of the launch.
Let's move on to the ranking model.
We could move on to the ranking model.
The job needs more time.
I'd end the request there.
continue
The model repeats the same item again.
We repeat that every night.
I would skip the rare cases.
The user can skip this.
What do users mean by that?
I would give the user a hint.
They asked for a hint in the app.
We pause the training job.
I'd stop the training early.
Stop words are removed first.
The next question is how we measure it.
Next I would look at the data.
Next.
I need more data.
We need more time to label the data.
It takes more time.
I could use a queue.
I need a feature store.
Can we use the click logs?
Could you tell me more about the data?
Can you tell me how many users there are?
Do you have labels?
We could end with a small experiment.
I'd finish with the serving part.
Let's take a two tower model.
Let's have a cache.
I'm not sure about the latency.
I don't understand why the metric dropped, so I'd look at the logs.
The hint would be the click.
I would rephrase the query.
We ask that again after a week.
I missed that in my first design.
Let's continue with the ranking model.
Pass the features to the model.
I moved on to another team.
I'd extend this to images.
Help pages are indexed too.
"""


@pytest.mark.parametrize(
    ("text", "wish"),
    [(line, wish) for wish, lines in SAID.items() for line in lines.strip().splitlines()],
)
def test_is_heard(text: str, wish: str) -> None:
    assert recognise(text) == wish
    assert recognise(text.lower().rstrip(".?")) == wish
    assert recognise(f"Um, {text}") == wish


def test_there_are_enough_of_each() -> None:
    assert all(len(lines.strip().splitlines()) >= 15 for lines in SAID.values())


@pytest.mark.parametrize("text", [*NOT_SAID.strip().splitlines(), ""])
def test_is_not_heard_inside_an_answer(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize("text", ["Let's continue.", "Okay, I'm back.", "Ready.", "go on please"])
def test_resume_is_heard_in_a_pause(text: str) -> None:
    assert recognise(text, paused=True) == "resume"


@pytest.mark.parametrize(
    "text",
    [
        "I'm ready.",
        "Let's resume.",
        "We can continue.",
        "Shall we go on?",
        "Okay, let's go on.",
        "Back.",
        "I am back now.",
        "Can we carry on?",
        "Please continue.",
        "Unpause.",
        "Let's get back to it.",
        "Ready when you are.",
        "Let's go.",
        "You can go on.",
        "Let's pick it up again.",
    ],
)
def test_resume_in_many_words(text: str) -> None:
    assert recognise(text, paused=True) == "resume"


def test_a_pause_hears_nothing_else() -> None:
    assert recognise("Give me a hint.", paused=True) is None
    assert recognise("Let's end here.", paused=True) == "end"


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I'd start with the data. Could you give me a hint?", "hint"),
        ("I have a bot. Can I have a hint what you would like to hear about it?", "hint"),
        ("The feature store would hint at drift.", None),
        ("I'd repeat it. Let's move on.", None),
    ],
)
def test_a_hint_is_asked_for_after_an_answer_too(said: str, wish: str | None) -> None:
    assert last_wish(said) == wish


@pytest.mark.parametrize(("text", "asks"), [*PHRASINGS, *UNSEEN])
def test_what_a_turn_asks_for(text: str, asks: str) -> None:
    assert str(requested(text)) == asks


def test_the_tables_are_large_enough() -> None:
    of = Counter(asks for _, asks in PHRASINGS)
    wishes = ("repeat", "rephrase", "hint", "next", "pause", "extend", "end", "end?")
    assert all(of[wish] >= 12 for wish in wishes)
    assert of["answer"] >= 100
    assert len(UNSEEN) >= 60


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("I'd use trees. Sorry, could you repeat the question?", "repeat"),
        ("I'd use trees. Can we move on to the next question?", "next"),
        ("I'd use trees. Could we take a short break?", "pause"),
        ("I'd use trees. Let's skip it.", None),
        ("I'd use trees. I have to go.", None),
        ("The user says stop. Can we stop?", None),
        ("I'd ask the user. Could you repeat the password, we would say.", None),
    ],
)
def test_only_what_is_plainly_addressed_is_heard_after_an_answer(
    said: str, wish: str | None
) -> None:
    assert last_wish(said) == wish


@pytest.mark.parametrize("text", ["I have to go.", "Can we stop?", "I want to stop."])
def test_a_pause_is_not_ended_by_what_may_mean_something_else(text: str) -> None:
    assert recognise(text) == "end"
    assert recognise(text, paused=True) is None
