"""The worker's logger, and a filter that keeps what people said out of every log line."""

from __future__ import annotations

import logging

logger = logging.getLogger("viva.agent")

_SPOKEN_FIELDS = ("lk.pii.", "user_input", "transcript", "text")


class NoSpokenText(logging.Filter):
    """livekit attaches the candidate's words to some records as extra fields; they are removed."""

    def filter(self, record: logging.LogRecord) -> bool:
        for name in [key for key in record.__dict__ if key.startswith(_SPOKEN_FIELDS)]:
            del record.__dict__[name]
        return True


def keep_speech_out_of_logs() -> None:
    """Idempotent; call it in every process that runs interviews."""
    for name in ("livekit", "livekit.agents", "livekit.plugins.openai"):
        target = logging.getLogger(name)
        if not any(isinstance(item, NoSpokenText) for item in target.filters):
            target.addFilter(NoSpokenText())
