"""What the worker is told by its environment. Every variable is listed in `.env.example`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from interview.voices import Voice, listed, openai_voices, piper_voices

Engine = Literal["local", "openai"]
Part = Literal["llm", "stt", "tts"]


def _is_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{text!r} is no address; expected one like http://127.0.0.1:11434/v1")
    return text


def _are_voices(text: str) -> str:
    if not listed(text):
        raise ValueError("expected the name of a voice, or of several with commas between them")
    return text


Address = Annotated[str, AfterValidator(_is_address)]
VoiceNames = Annotated[str, AfterValidator(_are_voices)]


class Remote(NamedTuple):
    """A server that speaks OpenAI's protocol: OpenAI's own without `base_url`."""

    base_url: str | None
    key: SecretStr | None


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    server_url: str = Field("http://127.0.0.1:8000", validation_alias="VIVA_SERVER_URL")
    agent_token: SecretStr = Field(validation_alias="VIVA_AGENT_TOKEN", min_length=16)
    data_dir: Path = Field(Path("var"), validation_alias="VIVA_DATA_DIR")
    agent_port: int = Field(8081, validation_alias="VIVA_AGENT_PORT", ge=0, le=65535)
    max_interviews: int = Field(2, validation_alias="VIVA_MAX_INTERVIEWS", ge=1, le=64)

    stt: Engine = Field("local", validation_alias="VIVA_STT")
    tts: Engine = Field("local", validation_alias="VIVA_TTS")
    llm: Literal["local", "openai"] | None = Field(None, validation_alias="VIVA_LLM")
    whisper_model: str = Field("tiny.en", validation_alias="VIVA_WHISPER_MODEL", min_length=1)
    whisper_threads: int = Field(2, validation_alias="VIVA_WHISPER_THREADS", ge=1, le=64)
    piper_voice: VoiceNames = Field("joe", validation_alias="VIVA_PIPER_VOICE")
    llm_model: str = Field("gpt-4.1-mini", validation_alias="VIVA_LLM_MODEL", min_length=1)
    stt_model: str = Field("gpt-4o-mini-transcribe", validation_alias="VIVA_STT_MODEL")
    tts_model: str = Field("gpt-4o-mini-tts", validation_alias="VIVA_TTS_MODEL")
    tts_voice: VoiceNames = Field("ash", validation_alias="VIVA_TTS_VOICE")
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_base_url: Address | None = Field(None, validation_alias="OPENAI_BASE_URL")
    llm_base_url: Address | None = Field(None, validation_alias="VIVA_LLM_BASE_URL")
    stt_base_url: Address | None = Field(None, validation_alias="VIVA_STT_BASE_URL")
    tts_base_url: Address | None = Field(None, validation_alias="VIVA_TTS_BASE_URL")
    llm_api_key: SecretStr | None = Field(None, validation_alias="VIVA_LLM_API_KEY")
    stt_api_key: SecretStr | None = Field(None, validation_alias="VIVA_STT_API_KEY")
    tts_api_key: SecretStr | None = Field(None, validation_alias="VIVA_TTS_API_KEY")

    @model_validator(mode="after")
    def _openai_is_reachable(self) -> Self:
        engines: dict[Part, str | None] = {"stt": self.stt, "tts": self.tts, "llm": self.llm}
        lost = [
            part
            for part, chosen in engines.items()
            if chosen == "openai" and self.remote(part) == Remote(None, None)
        ]
        if lost:
            names = ", ".join(f"VIVA_{part.upper()}" for part in lost)
            own = " or ".join(f"VIVA_{part.upper()}_BASE_URL" for part in lost)
            raise ValueError(
                f"{names} is openai, so OPENAI_API_KEY is needed, or OPENAI_BASE_URL or {own} "
                "for a server of your own, such as http://127.0.0.1:11434/v1"
            )
        return self

    def remote(self, part: Part) -> Remote:
        """Where `part` is served. A server of its own never gets the key of another one."""
        base, key = {
            "llm": (self.llm_base_url, self.llm_api_key),
            "stt": (self.stt_base_url, self.stt_api_key),
            "tts": (self.tts_base_url, self.tts_api_key),
        }[part]
        if base is not None:
            return Remote(base, key)
        return Remote(self.openai_base_url, key or self.openai_api_key)

    @property
    def brain(self) -> Engine:
        """`VIVA_LLM` when set; else "openai" as soon as a key or a base URL is there."""
        if self.llm is not None:
            return self.llm
        return "local" if self.remote("llm") == Remote(None, None) else "openai"

    @property
    def voices(self) -> tuple[Voice, ...]:
        """What can be spoken with, the usual one first; the server offers the same."""
        if self.tts == "local":
            return piper_voices(self.piper_voice)
        return openai_voices(self.tts_voice, own=self.remote("tts").base_url is not None)

    @property
    def journal_dir(self) -> Path:
        return self.data_dir / "journal"

    @property
    def spool_dir(self) -> Path:
        """Recordings that the server does not have yet."""
        return self.data_dir / "recordings-spool"


class SettingsError(SystemExit):
    """A wrong setting stops the start with its name and what was expected."""


@cache
def load_settings() -> Settings:
    """Raises SettingsError naming every wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{item['loc'][0]}: {item['msg']}" if item["loc"] else item["msg"]
            for item in error.errors()
        ]
        raise SettingsError("the worker cannot start:\n  " + "\n  ".join(lines)) from None
