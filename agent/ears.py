"""The livekit session of an interview: its ears and its mouth, and no mind of its own."""

from __future__ import annotations

from typing import Any

from livekit.agents import AgentSession, TurnHandlingOptions
from livekit.agents.voice.agent_session import SessionConnectOptions

from agent.speech.barge_in import SPEECH_S
from agent.speech.end_of_turn import EndOfTurn
from agent.speech.engines import Engines
from interview.wire import Plan

# A provider that fails again and again is answered by our own fallbacks, not by giving up.
NEVER_GIVE_UP = 1_000_000


def new_agent_session(
    engines: Engines, terms: tuple[str, ...], plan: Plan, end_of_turn: EndOfTurn
) -> AgentSession[None]:
    """Ears and mouth only: replies are the engine's, so no LLM and no preemptive generation. It
    expects to hear `terms`, and speaks with the voice and at the rate of `plan`."""
    return AgentSession(
        stt=engines.new_stt(terms),
        tts=engines.new_tts(plan.voice, plan.speaking_rate),
        vad=engines.vad,
        turn_handling=TurnHandlingOptions(
            turn_detection=end_of_turn,
            endpointing={"mode": "fixed", "min_delay": 0.5, "max_delay": 3.0},
            # Of interruptions only words that were recognised are left to the session: `BargeIn`
            # pauses and stops the speech at the sound itself.
            interruption={
                "mode": "vad",
                "min_duration": 3.0,
                "resume_false_interruption": False,
            },
            preemptive_generation={"enabled": False},
        ),
        aec_warmup_duration=None,
        user_away_timeout=None,
        conn_options=SessionConnectOptions(max_unrecoverable_errors=NEVER_GIVE_UP),
    )


def stop_by_itself(agent_session: AgentSession[Any]) -> None:
    """From now on the session stops what is being said as soon as a sound is speech: nobody else
    does any more. There is no pause then, and a backchannel of that length stops it too."""
    agent_session.options.interruption["min_duration"] = SPEECH_S
