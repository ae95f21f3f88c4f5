"""Which engine a setting names. Heavy parts are loaded once per process, by `load_engines`."""

from __future__ import annotations

from dataclasses import dataclass

from livekit.agents import llm, stt, tts
from livekit.agents import vad as vad_
from livekit.plugins import openai, silero
from openai import AsyncOpenAI

from agent.brain.scripted import ScriptedLLM
from agent.settings import Settings
from agent.speech.piper_tts import Piper, PiperTTS
from agent.speech.whisper import Whisper
from agent.speech.whisper_stt import WhisperSTT

# An OpenAI-compatible server on one's own machine wants no key, but the client insists on one.
NO_KEY = "none"
OPENAI_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Engines:
    """What one process shares among its interviews."""

    settings: Settings
    vad: vad_.VAD
    whisper: Whisper | None
    piper: Piper | None

    def new_stt(self, terms: tuple[str, ...]) -> stt.STT[str]:
        if self.whisper is not None:
            return WhisperSTT(self.whisper, vad=self.vad, terms=terms)
        remote = openai.STT(
            model=self.settings.stt_model, language="en", client=_client(self.settings)
        )
        return stt.StreamAdapter(stt=remote, vad=self.vad)

    def new_tts(self) -> tts.TTS[str]:
        if self.piper is not None:
            return PiperTTS(self.piper)
        return openai.TTS(
            model=self.settings.tts_model,
            voice=self.settings.tts_voice,
            client=_client(self.settings),
        )

    def new_brain(self) -> llm.LLM[str]:
        if self.settings.brain == "local":
            return ScriptedLLM()
        return openai.LLM(model=self.settings.llm_model, client=_client(self.settings))


def load_engines(settings: Settings) -> Engines:
    """Blocks for a second or two while weights are read. Raises what the engine raises."""
    return Engines(
        settings=settings,
        vad=silero.VAD.load(),
        whisper=Whisper(settings.whisper_model, threads=settings.whisper_threads)
        if settings.stt == "local"
        else None,
        piper=Piper(settings.piper_voice) if settings.tts == "local" else None,
    )


def _client(settings: Settings) -> AsyncOpenAI:
    key = settings.openai_api_key
    # Always given: left to itself the client takes a variable that is set but empty for an address.
    return AsyncOpenAI(
        api_key=key.get_secret_value() if key else NO_KEY,
        base_url=settings.openai_base_url or OPENAI_URL,
    )
