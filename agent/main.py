"""The worker: `python -m livekit.agents start agent/main.py`. Composes, and nothing else."""

from __future__ import annotations

import asyncio
from functools import partial

from livekit.agents import AgentServer, JobContext, JobProcess

from agent.interview import run_interview
from agent.judging.judge import ModelJudge
from agent.judging.leasing import keep_judging
from agent.link import HttpLink, warm_link
from agent.log import keep_speech_out_of_logs
from agent.readiness import tell_ready
from agent.recording.leftovers import keep_delivered
from agent.settings import load_settings
from agent.speech.engines import Engines, load_engines, new_brain
from agent.sweeping import keep_swept
from agent.tasks import Tasks
from interview.wire import AGENT_NAME

settings = load_settings()
LOAD_THRESHOLD = 0.99


def prewarm(process: JobProcess) -> None:
    keep_speech_out_of_logs()
    process.userdata["engines"] = load_engines(load_settings())
    asyncio.run(warm_link(settings.server_url))


def load(server: AgentServer) -> float:
    """Jobs, not CPU: a busy browser on the same machine must not make dispatches vanish."""
    return min(1.0, len(server.active_jobs) / settings.max_interviews)


server = AgentServer(
    load_fnc=load,
    load_threshold=LOAD_THRESHOLD,
    num_idle_processes=1,
    initialize_process_timeout=120.0,
    setup_fnc=prewarm,
    host="127.0.0.1",
    port=settings.agent_port,
    drain_timeout=60,
)


beside = Tasks()


@server.on("worker_registered")
def registered(*_: object) -> None:
    """The media server may have been asked for interviewers while it knew of no worker."""
    beside.start(tell_ready(settings), "telling the server that a worker is there")


@server.rtc_session(agent_name=AGENT_NAME)
async def interview(ctx: JobContext) -> None:
    engines: Engines = ctx.proc.userdata["engines"]
    await run_interview(ctx, engines)


@server.on("worker_started")
def started() -> None:
    """In the worker's own process alone; the interviews have theirs."""
    link = HttpLink(settings.server_url, settings.agent_token.get_secret_value())
    if settings.brain != "local":
        judge = ModelJudge(new_brain(settings))
        beside.keep(partial(keep_judging, link, judge), "the judging of finished interviews")
    beside.keep(partial(keep_swept, link, settings.journal_dir), "the removal of journals")
    beside.keep(
        partial(keep_delivered, link, settings.spool_dir), "the delivery of recordings left behind"
    )
