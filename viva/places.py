"""Where the parts of this installation are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIVEKIT_CONFIG = ROOT / "livekit.yaml"
PAGE = ROOT / "web" / "dist" / "index.html"
SCENARIOS = ROOT / "scenarios"
PERSONAS = Path(__file__).resolve().parent / "personas"


def pinned_livekit_version() -> str:
    """The livekit-server version that tools/livekit-server/go.mod pins, such as "1.13.5"."""
    text = (ROOT / "tools" / "livekit-server" / "go.mod").read_text()
    found = re.search(r"github\.com/livekit/livekit-server v(\S+)", text)
    if found is None:
        raise LookupError("tools/livekit-server/go.mod names no version of livekit-server")
    return found[1]


def livekit_version(binary: Path) -> str | None:
    """What `binary --version` answers, or None when it does not answer like livekit-server."""
    try:
        answer = subprocess.run(
            [binary, "--version"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"version (\d+\.\d+\.\d+\S*)", answer.stdout)
    return found[1] if found else None


def same_minor(one: str, other: str) -> bool:
    """Whether two versions differ in their patch level at most."""
    return one.split(".")[:2] == other.split(".")[:2]


def livekit_binary() -> Path | None:
    """The livekit-server to start: VIVA_LIVEKIT_SERVER, else what the set-up linked, else one on
    PATH of the pinned minor version; None when there is none."""
    if named := os.environ.get("VIVA_LIVEKIT_SERVER"):
        return Path(named)
    linked = ROOT / ".cache" / "bin" / "livekit-server"
    if linked.exists():
        return linked
    on_path = shutil.which("livekit-server")
    if on_path is None:
        return None
    version = livekit_version(Path(on_path))
    if version is None or not same_minor(version, pinned_livekit_version()):
        return None
    return Path(on_path)
