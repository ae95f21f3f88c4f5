"""What came of the kills in one interview, read from what was heard and from the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from interview.engine import Engine
from interview.language import normal
from interview.scenario import Scenario
from interview.wire import Plan, decode_event
from viva.candidate import Caption
from viva.figures import percentile
from viva.parts import KINDS, Kind
from viva.room_record import Span

TARGETS = {
    "turns_lost": 0,
    "turns_doubled": 0,
    "resume_p95_s": 8.0,
    "clock_error_max_s": 1.0,
    "audio_lost_max_s": 1.0,
}
# Sound that was under way when its source died may still be heard for so long, in seconds.
RESIDUE_S = 0.6
# Events of one moment may carry wall times that differ by so much, in seconds.
_ROUNDING_S = 0.05
_FEW_WORDS = 4

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill as one interview met it; epoch seconds. `gone`: when its job was last alive, `at`
    where the job was not hit. `known`: how many events the log had shortly before."""

    kind: Kind
    at: float
    gone: float
    known: int


@dataclass(frozen=True, slots=True)
class Witness:
    """What the candidate of one interview knows; epoch seconds. `snapshot`: the events of the log
    as read before the last kill. `gaps`: where the recording has nothing, `[start_ms, end_ms]` on
    the session clock; None when there is no recording."""

    heard: Sequence[Span]
    said: Sequence[tuple[float, float, str]]
    joined: Sequence[float]
    captions: Sequence[Caption]
    snapshot: Sequence[Event]
    gaps: Sequence[Sequence[int]] | None = None


@dataclass(slots=True)
class Outcome:
    """Of one kill: seconds, None for what never came. `from_kill_s` counts the candidate's own
    words too. `audio_lost_s`: what was recorded last lies so long before the death; None where
    nothing is known of the recording, or the recorder was not hit."""

    kind: Kind
    resume_s: float | None = None
    from_kill_s: float | None = None
    clock_error_s: float | None = None
    same_segment: bool | None = None
    audio_lost_s: float | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "resume_s": _rounded(self.resume_s),
            "from_kill_s": _rounded(self.from_kill_s),
            "clock_error_s": _rounded(self.clock_error_s),
            "same_segment": self.same_segment,
            "audio_lost_s": _rounded(self.audio_lost_s),
        }


@dataclass(slots=True)
class Told:
    """Of one interview. `lost` and `doubled` name each turn by what is known of it, not by its
    words."""

    outcomes: list[Outcome] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    greetings: int = 0


@dataclass(frozen=True, slots=True)
class _Moment:
    """The log after one event. `spent` is what the segments have spent, seconds; `runs` whether
    their clock runs on from here."""

    event: Event
    wall: float
    at: float
    spent: float
    runs: bool
    segment: int

    def spent_at(self, wall: float) -> float:
        return self.spent + (max(0.0, wall - self.wall) if self.runs else 0.0)


def judge(
    kills: Sequence[Kill], witness: Witness, events: Sequence[Event], plan: Plan, scenario: Scenario
) -> Told:
    """`events`: the whole log after the end. `kills` in their order."""
    moments = _moments(events, plan, scenario)
    told = Told(
        lost=_lost(events, witness),
        doubled=_doubled(events),
        greetings=sum(
            one["type"] == "speech_started" and one["data"].get("move") == "greet" for one in events
        ),
    )
    for index, kill in enumerate(kills):
        until = kills[index + 1].at if index + 1 < len(kills) else float("inf")
        outcome = _outcome(kill, until, witness, moments)
        if kill.kind in {"job", "worker"} and witness.gaps is not None:
            outcome.audio_lost_s = _audio_lost(kill, moments, witness.gaps)
        told.outcomes.append(outcome)
    return told


def _audio_lost(
    kill: Kill, moments: Sequence[_Moment], gaps: Sequence[Sequence[int]]
) -> float | None:
    """How long before the death, by the session clock, the gap begins that it has left; 0 where it
    left none, None where the log does not reach back to it."""
    before = [moment for moment in moments if moment.wall <= kill.gone]
    if not before:
        return None
    at_ms = 1000 * (before[-1].at + kill.gone - before[-1].wall)
    starts = [start for start, end in gaps if start <= at_ms <= end]
    return max(0.0, at_ms - starts[0]) / 1000 if starts else 0.0


def _moments(events: Sequence[Event], plan: Plan, scenario: Scenario) -> list[_Moment]:
    engine = Engine(plan, scenario)
    found = []
    for event in events:
        engine.handle(decode_event(event["type"], event["at"], event["data"]))
        view = engine.view(event["at"])
        wall = datetime.fromisoformat(event["wall"]).timestamp()
        runs = view.ends_at is not None
        found.append(
            _Moment(event, wall, event["at"], view.total_spent_s, runs, view.segment_index)
        )
    return found


def _outcome(kill: Kill, until: float, witness: Witness, moments: Sequence[_Moment]) -> Outcome:
    outcome = Outcome(kill.kind)
    after = [moment for moment in moments if kill.at < moment.wall]
    successor = next(
        (m for m in after if m.event["type"] == "interviewer_joined" and m.wall < until), None
    )
    replaced = kill.kind in {"job", "worker"}
    if replaced and successor is None:
        return outcome
    alive = successor.wall if replaced and successor is not None else kill.at
    heard = _heard_after(witness.heard, alive, RESIDUE_S if not replaced else 0.0)
    if heard is None or heard > until:
        return outcome
    outcome.from_kill_s = heard - kill.at
    outcome.resume_s = _resume(kill, heard, witness, moments, successor)
    before = [moment for moment in moments if moment.wall <= max(kill.at, kill.gone) + _ROUNDING_S]
    if replaced and successor is not None:
        before = list(moments[: moments.index(successor)])
    spoke = next(
        (
            m
            for m in after
            if m.wall >= heard - 1.0 and m.event["type"] in {"speech_started", "speech_ended"}
        ),
        None,
    )
    if before and spoke is not None:
        together = _together(kill, heard, witness, moments, successor)
        gone = max(kill.gone, before[-1].wall) if replaced else kill.at
        due = before[-1].spent_at(gone) + max(0.0, spoke.wall - together)
        outcome.clock_error_s = abs(spoke.spent - due) if before[-1].runs else None
        outcome.same_segment = spoke.segment >= before[-1].segment
    return outcome


def _heard_after(heard: Sequence[Span], alive: float, residue_s: float) -> float | None:
    """When somebody alive was heard: the beginning of a sound, or `alive` for one under way."""
    for start, end in heard:
        if residue_s == 0.0 and start >= alive - _ROUNDING_S:
            return start
        if residue_s > 0.0 and end > alive + residue_s:
            return max(start, alive)
    return None


def _resume(
    kill: Kill,
    heard: float,
    witness: Witness,
    moments: Sequence[_Moment],
    successor: _Moment | None,
) -> float:
    """From the kill until the interviewer was heard. Where it answered words that it understood,
    it listened: until it was there and those began, or from their end to the answer, whichever took
    longer."""
    alive = successor.wall if successor is not None and successor.wall <= heard else kill.at
    answered = [(one, other) for one, other, _ in witness.said if alive < other <= heard]
    understood = [
        m.wall
        for m in moments
        if m.event["type"] == "utterance_final" and alive < m.wall <= heard + _ROUNDING_S
    ]
    if not answered or not understood:
        return heard - kill.at
    began, ended = answered[-1]
    return max(max(began, alive) - kill.at, heard - ended)


def _together(
    kill: Kill,
    heard: float,
    witness: Witness,
    moments: Sequence[_Moment],
    successor: _Moment | None,
) -> float:
    """Since when both were in the room again."""
    if kill.kind == "server":
        return kill.at
    back = [moment for moment in witness.joined if kill.at < moment <= heard]
    arrivals = [
        m.wall
        for m in moments
        if m.event["type"] == "interviewer_joined" and kill.at < m.wall <= heard + _ROUNDING_S
    ]
    if kill.kind == "sfu":
        arrivals += [
            m.wall
            for m in moments
            if m.event["type"] == "candidate_joined" and kill.at < m.wall <= heard + _ROUNDING_S
        ]
    elif successor is not None:
        arrivals.append(successor.wall)
    return max([*back, *arrivals], default=kill.at)


def _lost(events: Sequence[Event], witness: Witness) -> list[str]:
    """What was shown as final, or was in the log before a kill, and the log lacks."""
    lost = []
    by_seq = {event["seq"]: event for event in events}
    for event in witness.snapshot:
        kept = by_seq.get(event["seq"])
        if kept is None or (kept["type"], kept["at"]) != (event["type"], event["at"]):
            lost.append(f"event {event['seq']} ({event['type']})")
    heard = _all_words(events, "utterance_final", "candidate")
    told = _all_words(events, "speech_started", "interviewer")
    for number, caption in enumerate(witness.captions):
        words = normal(caption.text)
        if words and words not in (heard if caption.speaker == "candidate" else told):
            lost.append(f"caption {number} of the {caption.speaker}")
    return lost


def _all_words(events: Sequence[Event], kind: str, speaker: str) -> str:
    return " ".join(normal(event["data"]["text"]) for event in events if event["type"] == kind)


def _doubled(events: Sequence[Event]) -> list[str]:
    """Turns that are in the log twice: by their id, or by their words, which are said once only."""
    found = []
    utterances = [event for event in events if event["type"] == "utterance_final"]
    lines = [event for event in events if event["type"] == "speech_started"]
    ids = Counter(event["data"]["utterance_id"] for event in utterances)
    found += [f"utterance {one}" for one, count in ids.items() if count > 1]
    for what, said in (("utterance", utterances), ("line", lines)):
        first: dict[str, int] = {}
        for event in said:
            words = normal(event["data"]["text"])
            if len(words.split()) < _FEW_WORDS:
                continue
            if words in first:
                found.append(f"{what} at event {event['seq']} is that of event {first[words]}")
            first.setdefault(words, event["seq"])
    return found


def recovery_figures(
    told: Sequence[Told], kills: Counter[Kind], *, interrupted: bool
) -> dict[str, Any]:
    """The keys of the public contract, then those beside them. `kills`: how many of each kind."""
    outcomes = [outcome for one in told for outcome in one.outcomes]
    return {
        "kills": sum(kills.values()),
        "turns_lost": sum(len(one.lost) for one in told),
        "turns_doubled": sum(len(one.doubled) for one in told),
        **_summary(outcomes),
        "audio_lost_max_s": _rounded(
            max((o.audio_lost_s for o in outcomes if o.audio_lost_s is not None), default=None)
        ),
        "kinds": {
            kind: {"kills": kills[kind], **_summary([o for o in outcomes if o.kind == kind])}
            for kind in KINDS
            if kills[kind]
        },
        "second_greetings": sum(max(0, one.greetings - 1) for one in told),
        "faults": [fault for one in told for fault in (*one.lost, *one.doubled)],
        "outcomes": [outcome.as_dict() for outcome in outcomes],
        "interviews": len(told),
        "targets": TARGETS,
        "interrupted": interrupted,
    }


def _summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    resumed = [o.resume_s for o in outcomes if o.resume_s is not None]
    strict = [o.from_kill_s for o in outcomes if o.from_kill_s is not None]
    errors = [o.clock_error_s for o in outcomes if o.clock_error_s is not None]
    return {
        "resume_p50_s": _rounded(percentile(resumed, 50)),
        "resume_p95_s": _rounded(percentile(resumed, 95)),
        "resume_max_s": _rounded(max(resumed, default=None)),
        "from_kill_p95_s": _rounded(percentile(strict, 95)),
        "clock_error_max_s": _rounded(max(errors, default=None)),
        "never_resumed": sum(o.resume_s is None for o in outcomes),
        "other_segment": sum(o.same_segment is False for o in outcomes),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def table(figures: dict[str, Any]) -> str:
    """The figures, for a person."""
    lines = [
        f"{figures['kills']} kills in {figures['interviews']} interviews: "
        f"{figures['turns_lost']} turns lost, {figures['turns_doubled']} doubled, "
        f"{figures['second_greetings']} greeted again",
        f"{'kind':<8}{'kills':>6}{'p50 s':>8}{'p95 s':>8}{'max s':>8}{'clock s':>9}{'never':>7}",
    ]
    for name, one in [*figures["kinds"].items(), ("all", figures)]:
        cells = [
            "-" if one[key] is None else f"{one[key]:.2f}"
            for key in ("resume_p50_s", "resume_p95_s", "resume_max_s", "clock_error_max_s")
        ]
        lines.append(
            f"{name:<8}{one['kills']:>6}{cells[0]:>8}{cells[1]:>8}{cells[2]:>8}{cells[3]:>9}"
            f"{one['never_resumed']:>7}"
        )
    return "\n".join([*lines, *(f"  {fault}" for fault in figures["faults"])])
