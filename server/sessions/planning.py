"""How a session is to be: what its owner asked for, and where that comes from when they did not."""

from __future__ import annotations

from typing import Any

from interview.plan import make_plan
from interview.scenario import Scenario, scenario_to_dict
from interview.wire import Plan
from server.context import Context
from server.errors import Problem
from server.models import Interview
from server.preferences.schemas import Values
from server.sessions import fold
from server.sessions.schemas import ChangeSession, Choices, CreateSession


def at_first(
    context: Context, body: CreateSession, settings: Values
) -> tuple[Scenario, Plan, bool]:
    """Scenario, plan and `audio_only` of a new session. What `body` leaves out comes from
    `settings`, as far as it is there (any more). Raises Problem and PlanError."""
    given = _given(body)
    offered = {voice.id for voice in context.settings.voices}
    usual = settings.model_dump(include=set(Choices.model_fields))
    usual["scenario_id"] = (
        settings.scenario_id if settings.scenario_id in context.scenarios else None
    )
    usual["voice"] = settings.voice if settings.voice in offered else None
    wanted = {**usual, **given}
    scenario = _scenario(context, wanted["scenario_id"])
    if "difficulty" not in given and wanted["difficulty"] not in scenario.difficulties:
        wanted["difficulty"] = None
    return scenario, _plan(context, scenario, wanted), wanted["audio_only"]


def changed(
    context: Context, body: ChangeSession, interview: Interview, now: Scenario
) -> tuple[Scenario, Plan, bool]:
    """The same for a session on the scenario `now`, of which `body` changes some. Lengths and
    difficulty that the session had from its scenario follow another scenario."""
    given = _given(body)
    plan = Plan.model_validate(interview.plan)
    scenario = _scenario(context, given["scenario_id"]) if "scenario_id" in given else now
    kept = plan.model_dump() | {"audio_only": interview.audio_only}
    if plan.segment_seconds == [segment.seconds for segment in now.segments]:
        kept["segment_seconds"] = None
    if plan.difficulty not in scenario.difficulties:
        kept["difficulty"] = None
    wanted = {**kept, **given}
    return scenario, _plan(context, scenario, wanted), wanted["audio_only"]


def put(interview: Interview, scenario: Scenario, plan: Plan, audio_only: bool) -> None:
    """Write the plan into a session that has not begun, and what is folded from it."""
    summary = fold.summarise(fold.new_engine(plan, scenario, interview.candidate_name).view(0.0))
    interview.scenario_id = scenario.id
    interview.scenario_title = scenario.title
    interview.scenario = scenario_to_dict(scenario)
    interview.plan = plan.model_dump(mode="json")
    interview.audio_only = audio_only
    interview.state = summary.state
    interview.segments = summary.segments
    interview.buffer_s = summary.buffer_s
    interview.present = summary.present


def _given(body: Choices) -> dict[str, Any]:
    return body.model_dump(include=body.model_fields_set)


def _plan(context: Context, scenario: Scenario, wanted: dict[str, Any]) -> Plan:
    seconds = wanted["segment_seconds"]
    return make_plan(
        [s.seconds for s in scenario.segments] if seconds is None else seconds,
        wanted["buffer_seconds"],
        _difficulty(scenario, wanted["difficulty"]),
        wanted["tone"],
        _voice(context, wanted["voice"]),
        wanted["speaking_rate"],
    )


def _scenario(context: Context, scenario_id: str | None) -> Scenario:
    if scenario_id is None:
        return next(s for s in context.scenarios.values() if s.default)
    if scenario_id not in context.scenarios:
        known = ", ".join(context.scenarios)
        detail = f"There is no scenario {scenario_id!r}. Choose one of: {known}."
        raise Problem(422, "scenario_unknown", detail)
    return context.scenarios[scenario_id]


def _difficulty(scenario: Scenario, wanted: str | None) -> str:
    offered = list(scenario.difficulties)
    if wanted is None:
        return "standard" if "standard" in offered else offered[0]
    if wanted not in offered:
        detail = f"{scenario.title!r} has no difficulty {wanted!r}. Choose: {', '.join(offered)}."
        raise Problem(422, "difficulty_unknown", detail)
    return wanted


def _voice(context: Context, wanted: str | None) -> str | None:
    offered = [voice.id for voice in context.settings.voices]
    if wanted is not None and wanted not in offered:
        detail = f"There is no voice {wanted!r} here. Choose: {', '.join(offered)}."
        raise Problem(422, "voice_unknown", detail)
    return wanted
