"""The wording of the feedback, by the id of a rubric's criterion.

What is said of a strength has to hold whenever one of the criterion's signals was named; how well
it was done is for the report. A scenario may bring wordings of its own; a criterion without any is
spoken of by its title."""

from __future__ import annotations

from interview.rubric import Criterion

# After: When you said "...",
STRENGTHS: dict[str, str] = {
    "framing": "you tied the design to what it's for",
    "objective": "you had in mind what people get out of it",
    "metrics": "you gave us a way to tell whether it works",
    "data": "you were specific about what the model learns from",
    "labels": "you were specific about what the model learns from",
    "features": "you named what the decision would rest on",
    "architecture": "you made the path through the system concrete",
    "system": "you made the path through the system concrete",
    "modelling": "you committed to a method that we could discuss",
    "operations": "you were thinking about life after launch",
    "experimentation": "you had a way to find out whether it works",
    "evaluation": "you had a way to show that it's better",
    "responsibility": "you looked at what the system does over time",
    "adversary": "you expected the world to move under the model",
    "people": "you kept the people behind the numbers in view",
    "communication": "you gave the reason along with the choice",
}
# After: I'd have liked to hear
MISSING: dict[str, str] = {
    "framing": "which constraints would change your design",
    "objective": "what makes a good result, and where the obvious proxy fails",
    "metrics": "how you'd measure success before and after launch",
    "data": "where the labels come from and how they could mislead",
    "labels": "where the labels come from and how late they arrive",
    "features": "which features decide it, and how you'd get them in time",
    "architecture": "the path of one request, with rough numbers",
    "system": "the path of one request, with rough numbers",
    "modelling": "why that model, and which baseline it has to beat",
    "operations": "how you'd watch it and roll it back once it's live",
    "experimentation": "how you'd set up the experiment and for how long",
    "evaluation": "how you'd prove it against what runs today",
    "responsibility": "which loops the system creates and whom they hurt",
    "adversary": "how you'd notice that the other side has adapted",
    "people": "what a wrong decision does to an honest person",
    "communication": "the plan first, and the details after it",
}
STAGES: dict[str, str] = {
    "warm_up": "when we talked about your own work",
    "problem_framing": "early on, while we were making sense of it",
    "solution_exploration": "when you walked me through your approach",
    "deep_dive": "when we went into the details",
    "wrap_up": "here at the end",
}


def strength(criterion: Criterion) -> str:
    title = f"{criterion.title[:1].lower()}{criterion.title[1:]}"
    default = f"you were concrete about {title}"
    return criterion.strength or STRENGTHS.get(criterion.id, default)


def missing(criterion: Criterion) -> str:
    title = f"{criterion.title[:1].lower()}{criterion.title[1:]}"
    return criterion.missing or MISSING.get(criterion.id, f"more about {title}")
