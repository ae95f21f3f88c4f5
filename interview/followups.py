"""Questions that lean on nothing said, for when no authored one is left. Order is preference."""

from __future__ import annotations

from functools import lru_cache

from interview.language import words_of

# Two questions are alike when they share this part of their content words.
ALIKE = 0.66

PLAIN: dict[str, tuple[str, ...]] = {
    "warm_up": (
        "What was your own part in that?",
        "What was the hardest decision there?",
        "How did you know that it worked?",
        "Who used what you built?",
        "What would you do differently if you started today?",
        "Which number did you care about most?",
        "What nearly went wrong?",
        "What did you learn from it that you still use?",
        "Who did you have to convince, and of what?",
        "What did the data look like when you got it?",
        "How big was the team, and who did what?",
        "What did you have before, and what was wrong with that?",
        "How did you find out when something broke?",
        "What did you try that didn't work?",
        "How long did it take from the idea to the first users?",
        "Which shortcut did you take, and did it come back to you?",
        "What would your colleagues say you did on it?",
        "How often did the model change once it was live?",
        "What was the most boring part that turned out to matter?",
        "What did you measure that nobody looked at?",
        "What did the users complain about?",
        "Which part of it would you be sorry to give up?",
        "How did you decide that it was good enough?",
        "What would you show a new colleague first?",
    ),
    "problem_framing": (
        "Who is this for, and what do they gain?",
        "What would count as success after three months?",
        "Which constraint worries you most?",
        "What data would you want to see before anything else?",
        "Which metric would you refuse to optimise alone?",
        "How would you notice that we're solving the wrong problem?",
        "What would you ask the product team first?",
        "What's the cost of a wrong answer, and who bears it?",
        "What could we do here without any machine learning?",
        "Which groups of users behave so differently that you'd look at them apart?",
        "How quickly does an answer have to come, and why?",
        "How fresh do the results have to be?",
        "Which assumption would change the whole design if it were false?",
        "What would the model's input and output be?",
        "What must never happen, however rare?",
        "How would you explain the goal to someone in sales?",
        "Which trade-off will people argue about most?",
        "What would you want to be true before the first line of code?",
        "Where could a short-term gain hurt in the long run?",
        "What do you expect to be ten times bigger in two years?",
        "Which number would you put on the wall for the team?",
        "Who could be against this project, and for what reason?",
        "What does the present system do well that you'd want to keep?",
        "What would make you stop the project?",
    ),
    "solution_exploration": (
        "What's the simplest baseline you could launch?",
        "Which features carry most of the signal, do you think?",
        "Where do the labels come from?",
        "How would you serve this within the time you have per request?",
        "How does an offline gain turn into an online one?",
        "What would you try second, if the first idea falls flat?",
        "How would you split the data for training and testing?",
        "Which part would you build last?",
        "What could you compute ahead of time?",
        "Which loss would you train with, and why?",
        "How do you keep training and serving consistent?",
        "What would you cache, and for how long?",
        "How does something brand new get a fair chance?",
        "Where would you put a simple rule in place of a model?",
        "What does one training example look like?",
        "How big would the model be, and what limits that?",
        "Which two alternatives did you consider for the main model?",
        "How do you handle missing values when a request comes in?",
        "What happens between a user's action and the model knowing about it?",
        "Which step takes the longest, and how would you shorten it?",
        "How would you add a second data source next year?",
        "What does the system answer when it has no idea?",
        "Which part would you buy, and which would you build?",
        "What would you log from the very first day?",
        "How would two engineers share the work on this?",
        "Where is the single point of failure?",
        "How would you try an idea without touching the live system?",
        "Which component would you be happy to throw away in a year?",
    ),
    "deep_dive": (
        "What fails first when the data shifts?",
        "How would you find out that a feature is leaking the label?",
        "What would you put on the dashboard for whoever is on call?",
        "How do you roll this back safely?",
        "How often would you retrain, and what decides that?",
        "Which users get the worst experience from this?",
        "What would you check before trusting the test result?",
        "Where would you spend twice the compute, if you had it?",
        "What's the most expensive part per request?",
        "How would you debug one bad result that a user sends you?",
        "What loop does the system create with its own data?",
        "Which alert would you set first, and at what level?",
        "How would you show that a feature is worth its cost?",
        "What would you do if offline and online results disagree?",
        "How late can a feature arrive before the prediction suffers?",
        "What would you do about errors that only show up months later?",
        "How do you compare two models that are both good?",
        "Which part of this could someone abuse?",
        "How would you know that the labels themselves are wrong?",
        "What happens in the first ten minutes after a bad release?",
        "How would you cut the cost by half?",
        "What does the system do when one of its inputs is stale?",
        "How would you explain one surprising prediction to a manager?",
        "Which test would you run before every release?",
        "How would you treat rare cases that matter a lot?",
        "What would an attacker learn by watching the outputs?",
        "How would you move to a new model without a bad day?",
        "Which of your numbers are you least sure of?",
    ),
    "wrap_up": (
        "Which decision would you revisit with another hour?",
        "What felt hardest today?",
        "Which part are you happiest to defend?",
        "What would you read up on before building this?",
        "What would you do on the first day, if this started on Monday?",
        "Which assumption would you check first?",
        "What would you tell a new colleague about this design?",
        "Is there anything you'd like to ask me?",
        "Which question did you expect and not get?",
        "What would you keep, if you could keep only one idea?",
        "Where did you have to guess the most?",
        "What would a critic say about this design?",
        "Which part would you want a second opinion on?",
        "What would you practise before the next conversation like this?",
        "Which question would you have liked more time for?",
        "What changed in your mind while we were talking?",
        "How would you sum up the design in one sentence?",
        "What would you measure in the first week?",
        "Which part would you hand to someone else?",
        "What did we not talk about that matters here?",
        "How sure are you of the overall direction?",
        "Which risk would you tell the management about?",
        "What would you cut, if you had half the time?",
        "What would have helped you to get further today?",
    ),
}

# Situations and questions that fit each other, whichever of them meet: "Suppose A: b?"
_IMAGINE = ("Suppose", "Imagine", "Let's say", "Now assume")
_LOOK_BACK = ("Think of", "Take", "Let's go back to", "Picture")
SITUATION_LEADS: dict[str, tuple[str, ...]] = {
    "warm_up": _LOOK_BACK,
    "problem_framing": _IMAGINE,
    "solution_exploration": _IMAGINE,
    "deep_dive": _IMAGINE,
    "wrap_up": _LOOK_BACK,
}
SITUATIONS: dict[str, tuple[str, ...]] = {
    "warm_up": (
        "the first week of that project",
        "the day it went live",
        "the worst day on it",
        "the last month you spent on it",
        "the first version you showed anyone",
        "the moment when it began to work",
        "the people you worked with",
        "the last thing you added",
    ),
    "problem_framing": (
        "the budget is cut in half before you start",
        "it has to be live in six weeks",
        "there are no labels at all yet",
        "the company opens in three new countries",
        "a lawyer objects to using personal data",
        "there's ten times less data than you hoped",
        "the answers may take a whole day",
        "the answers have to come in ten milliseconds",
        "most users are new every day",
        "users can see why they got each result",
        "another team owns the data",
        "the main metric can't be measured for a month",
        "the loudest customers want the opposite",
        "you're the only engineer on it",
        "every wrong answer costs real money",
    ),
    "solution_exploration": (
        "traffic triples overnight",
        "one of the data sources disappears",
        "the most important feature arrives a day late",
        "a third of the labels turn out to be wrong",
        "the model server is down for ten minutes",
        "the budget for hardware is cut in half",
        "a new market opens next month",
        "the time you have per request is halved",
        "a rule says that personal data may not be used",
        "training takes a week in place of a night",
        "the number of items grows a hundredfold",
        "nobody on the team has run this model before",
        "most requests come from people you know nothing about",
        "the old system has to run beside yours for a year",
        "one user sends a thousand times more requests than the rest",
    ),
    "deep_dive": (
        "the main metric drops two percent in a day",
        "a test says yes and the users say no",
        "an upstream team changes a field without telling you",
        "the training job has failed quietly for a week",
        "one small group gets much worse results than everyone else",
        "the predictions are fine and the latency isn't",
        "somebody is trying to game the system",
        "last night's model is worse than the one before",
        "a feature is empty for one request in ten",
        "a holiday changes how everybody behaves",
        "the labels come two months late",
        "the live numbers don't match the offline ones",
        "a journalist asks why a certain result came up",
        "the logs of one whole day are lost",
        "two experiments turn out to have disturbed each other",
    ),
    "wrap_up": (
        "the problem as I first put it",
        "the design as a whole",
        "the data you'd need",
        "running it for a year",
        "the people who'd use it",
        "the way you'd test it",
    ),
}
SITUATION_QUESTIONS: dict[str, tuple[str, ...]] = {
    "warm_up": (
        "what do you remember best?",
        "what would you do another way?",
        "what did you decide there?",
        "what surprised you?",
    ),
    "problem_framing": (
        "what would you still insist on?",
        "what would you drop first?",
        "how does that change the goal?",
        "what would you want to find out?",
        "which risk grows the most?",
        "what would the first version be then?",
    ),
    "solution_exploration": (
        "what breaks first?",
        "what would you change in the design?",
        "what would worry you most?",
        "who would feel it first?",
        "what would you have prepared?",
        "which part stays as it is?",
    ),
    "deep_dive": (
        "where do you look first?",
        "what would you do in the first hour?",
        "how would you find the cause?",
        "who needs to know?",
        "what would you change so that it doesn't come back?",
        "what could you rule out quickly?",
    ),
    "wrap_up": (
        "what would you add now?",
        "what are you least sure of there?",
        "what would you say more about?",
        "what did you leave out on purpose?",
    ),
}


_GLUE = frozenset(
    """
a an and are as at be been by can could did do does for from had has have how i if in is it its me
my of on one or so that the there they this to was were what what's when where which who why will
with would you you'd your yours
""".split()  # noqa: SIM905
)


def _content(line: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in words_of(line) if word not in _GLUE)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when two questions share most of their content words."""
    shared = len(one & other)
    return shared >= 2 and shared >= ALIKE * min(len(one), len(other))


def _asks_one_of(content: frozenset[str], taken: list[frozenset[str]]) -> bool:
    return any(_alike(content, other) for other in taken)


@lru_cache(maxsize=64)
def plain(segment: str, authored: tuple[str, ...] = ()) -> tuple[str, ...]:
    """All questions of `segment` that lean on nothing said, in order, without those that ask what
    one of `authored` asks; neighbours differ in every part."""
    leads = SITUATION_LEADS.get(segment, ())
    situations = SITUATIONS.get(segment, ())
    questions = SITUATION_QUESTIONS.get(segment, ())
    mixed = [
        f"{leads[(row + shift) % len(leads)]} {situation}: "
        f"{questions[(row + shift) % len(questions)]}"
        for shift in range(len(questions))
        for row, situation in enumerate(situations)
    ]
    taken = [_content(line) for line in authored]
    return tuple(
        line
        for line in (*PLAIN.get(segment, ()), *mixed)
        if not _asks_one_of(_content(line), taken)
    )
