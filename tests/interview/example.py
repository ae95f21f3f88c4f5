"""A small scenario: enough of everything, short enough to read."""

from interview.rubric import Criterion
from interview.scenario import SEGMENT_IDS, Fact, Probe, Question, Resource, Scenario, Segment

LEVELS = ("nothing", "a little", "solid", "excellent")


def _question(id_: str, ask: str, rephrase: str, **more) -> Question:
    return Question(
        id=id_,
        ask=ask,
        rephrase=rephrase,
        listens_for=more.get("listens_for", ()),
        probes=more.get("probes", ()),
        hints=more.get("hints", ()),
    )


_QUESTIONS = {
    "warm_up": (
        _question("project", "Which system did you build last?", "What did you work on last?"),
        _question("role", "What was your own part in it?", "Which piece of that was yours?"),
    ),
    "problem_framing": (
        _question(
            "goal",
            "What would you want to know first?",
            "Which questions do you have about this?",
            hints=("Think about the buyer.", "Think about what a sale needs."),
        ),
        _question("metric", "How would you measure success?", "What number tells you it works?"),
    ),
    "solution_exploration": (
        _question(
            "design",
            "How would you build it?",
            "What would the system look like?",
            probes=(
                Probe("why", "trade_off", ("boosted trees", "BM25"), (), "Why {said}?"),
                Probe("bias", "failure", ("click",), ("position bias",), "What do clicks hide?"),
            ),
            hints=("Start with retrieval.",),
        ),
        _question("labels", "Where do labels come from?", "What would you train on?"),
    ),
    "deep_dive": (_question("drift", "What happens when the data shifts?", "How does it age?"),),
    "wrap_up": (_question("regret", "What would you change?", "What would you do differently?"),),
}
_OPENINGS = {
    "problem_framing": ("We run a marketplace.", "People can't find what they look for."),
}

SCENARIO = Scenario(
    id="example",
    title="Example",
    summary="A search to be designed.",
    default=True,
    difficulties=("guided", "standard", "senior", "staff"),
    terms=("BM25", "boosted trees", "two tower", "position bias", "embedding"),
    spoken={"BM25": "B M twenty five", "p99": "ninety-ninth percentile"},
    facts=(
        Fact("traffic", ("how many queries", "traffic"), "About two thousand a second."),
        Fact("latency", ("latency", "p99"), "Two hundred milliseconds at p99."),
    ),
    segments=tuple(
        Segment(
            id=id_,
            title=id_.replace("_", " ").title(),
            seconds=300,
            purpose="to talk",
            goal="to listen",
            opening=_OPENINGS.get(id_, ()),
            questions=_QUESTIONS[id_],
        )
        for id_ in SEGMENT_IDS
    ),
    rubric=(
        Criterion("framing", "Framing", LEVELS, ("goal", "metric")),
        Criterion("modelling", "Modelling", LEVELS, ("boosted trees", "two tower")),
        Criterion("serving", "Serving", LEVELS, ("latency", "cache")),
        Criterion("operating", "Operating", LEVELS, ("retrain", "drift")),
    ),
    resources=(Resource("A good book", "on search"),),
)
