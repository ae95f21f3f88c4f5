"""/scenarios: open to everybody; only what `public_scenario` lets through leaves the server."""

from __future__ import annotations

from fastapi import APIRouter

from interview.scenario import public_scenario
from server.context import Ctx
from server.errors import not_found
from server.scenarios.schemas import ScenarioList, ScenarioOut

router = APIRouter(prefix="/scenarios", tags=["scenarios"])


@router.get("")
async def list_(context: Ctx) -> ScenarioList:
    found = context.scenarios.values()
    return ScenarioList(items=[ScenarioOut.model_validate(public_scenario(s)) for s in found])


@router.get("/{scenario_id}")
async def show(context: Ctx, scenario_id: str) -> ScenarioOut:
    scenario = context.scenarios.get(scenario_id)
    if scenario is None:
        raise not_found("scenario")
    return ScenarioOut.model_validate(public_scenario(scenario))
