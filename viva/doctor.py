"""`viva doctor`: the state of every part, and what to do about each."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

import httpx

from interview.errors import InterviewError
from interview.scenario import load_scenarios
from interview.voices import piper_voices
from viva import keys, places, ports

State = Literal["ok", "note", "missing"]
_DISK_NEEDED = 500 * 2**20
# What a run needs beside the parts that are looked at one by one.
_PACKAGES = ("livekit-agents", "faster-whisper", "piper-tts", "fastapi", "circus")


@dataclass(frozen=True, slots=True)
class Finding:
    """`state`: "ok"; "note" for what works but may surprise; "missing" for what stops a run.
    `action` is empty when there is nothing to do."""

    part: str
    state: State
    detail: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    items: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing stops a run."""
        return all(item.state != "missing" for item in self.items)

    def as_dict(self) -> dict[str, Any]:
        return {"ok": self.ok, "parts": [asdict(item) for item in self.items]}


async def examine(data_dir: Path, wanted: ports.Ports, environment: Mapping[str, str]) -> Findings:
    """Looks at every part. Starts nothing, and writes nothing but a small object beside the
    recordings, which it removes."""
    running = await _running(wanted.server)
    return Findings(
        (
            python(),
            packages(),
            livekit_server(environment),
            whisper(environment.get("VIVA_WHISPER_MODEL") or "tiny.en"),
            piper(environment.get("VIVA_PIPER_VOICE") or "joe"),
            page(),
            scenarios(places.SCENARIOS),
            data(data_dir),
            stored_keys(data_dir),
            await database(stored_database(data_dir, environment)),
            await recordings(data_dir),
            running or free_ports(wanted, environment),
            language_model(environment),
        )
    )


def report(findings: Findings) -> str:
    """A line a part, and one below it where there is something to do."""
    marks = {"ok": "ok     ", "note": "note   ", "missing": "MISSING"}
    lines = []
    for item in findings.items:
        lines.append(f"{marks[item.state]} {item.part:<15} {item.detail}")
        if item.action:
            lines.append(f"{'':<23} -> {item.action}")
    lines.append("")
    lines.append("Ready to run." if findings.ok else "Not ready: see MISSING above.")
    return "\n".join(lines)


def python() -> Finding:
    found = ".".join(str(number) for number in sys.version_info[:3])
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return Finding("python", "ok", found)
    return Finding("python", "missing", found, "use Python 3.11, 3.12 or 3.13")


def packages() -> Finding:
    absent = []
    for name in _PACKAGES:
        try:
            version(name)
        except PackageNotFoundError:
            absent.append(name)
    if absent:
        return Finding("packages", "missing", f"no {', '.join(absent)}", "make setup")
    return Finding("packages", "ok", f"livekit-agents {version('livekit-agents')}")


def livekit_server(environment: Mapping[str, str]) -> Finding:
    part = "livekit-server"
    if environment.get("LIVEKIT_URL"):
        lacking = [
            name for name in ("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET") if not environment.get(name)
        ]
        if lacking:
            return Finding(
                part, "missing", "LIVEKIT_URL is set", f"set {' and '.join(lacking)} too"
            )
        return Finding(part, "ok", "one of your own (LIVEKIT_URL)")
    pinned = places.pinned_livekit_version()
    binary = places.livekit_binary()
    if binary is None:
        return Finding(part, "missing", "not found", f"make setup (builds {pinned})")
    found = places.livekit_version(binary)
    if found is None:
        return Finding(part, "missing", f"{binary} does not run", "rm -r .cache/bin; make setup")
    if not places.same_minor(found, pinned):
        return Finding(part, "note", f"{found} at {binary}", f"{pinned} is what is tested")
    return Finding(part, "ok", f"{found} at {binary}")


def whisper(model: str) -> Finding:
    part = "whisper"
    if importlib.util.find_spec("faster_whisper") is None:
        return Finding(part, "missing", "faster-whisper is not installed", "make setup")
    from agent.speech.whisper import model_path

    where = Path(model_path(model))
    if where.is_dir():
        if (where / "model.bin").is_file():
            return Finding(part, "ok", f"{model}, {_megabytes(where / 'model.bin')}")
        return Finding(part, "missing", f"no model.bin in {where}", "set VIVA_WHISPER_MODEL")
    return Finding(
        part,
        "note",
        f"{model} is not on this machine",
        "it is fetched at the first start, which needs the network once",
    )


def piper(setting: str) -> Finding:
    """Looks at every voice that VIVA_PIPER_VOICE names."""
    part = "piper"
    if importlib.util.find_spec("piper") is None:
        return Finding(part, "missing", "piper-tts is not installed", "make setup")
    from agent.speech.voices import VoiceError, voice_path

    found = []
    for voice in piper_voices(setting):
        try:
            where = voice_path(voice.source)
        except VoiceError as error:
            return Finding(part, "missing", f"no voice {voice.source!r}", str(error))
        found.append(f"{where.stem}, {_megabytes(where)}")
    return Finding(part, "ok", "; ".join(found))


def page() -> Finding:
    if places.PAGE.is_file():
        return Finding("page", "ok", "built")
    return Finding("page", "missing", "web/dist is not built", "make setup")


def scenarios(directory: Path) -> Finding:
    try:
        found = load_scenarios(directory)
    except InterviewError as error:
        return Finding("scenarios", "missing", "one is broken", str(error))
    if not found:
        return Finding("scenarios", "missing", f"none in {directory}", "git checkout scenarios")
    return Finding("scenarios", "ok", ", ".join(found))


def data(data_dir: Path) -> Finding:
    part = "data directory"
    existing = next(
        path for path in (data_dir.resolve(), *data_dir.resolve().parents) if path.exists()
    )
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        return Finding(
            part, "missing", f"{existing} cannot be written", "set VIVA_DATA_DIR to another place"
        )
    free = shutil.disk_usage(existing).free
    detail = f"{data_dir}, {free / 2**30:.1f} GiB free"
    if free < _DISK_NEEDED:
        return Finding(part, "missing", detail, "free some space: an hour of sound takes 100 MB")
    return Finding(part, "ok", detail)


def stored_keys(data_dir: Path) -> Finding:
    path = data_dir / keys.FILE_NAME
    if not path.exists():
        return Finding("keys", "ok", "none yet; made at the first start")
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        return Finding(
            "keys", "note", f"{path} can be read by others ({mode:03o})", f"chmod 600 {path}"
        )
    return Finding("keys", "ok", f"{path}, mode {mode:03o}")


def stored_database(data_dir: Path, environment: Mapping[str, str]) -> str | None:
    """URL of the database, or None for a SQLite file that is not there yet."""
    if url := environment.get("VIVA_DATABASE_URL"):
        return url
    file = data_dir.resolve() / "viva.db"
    return f"sqlite+aiosqlite:///{file}" if file.exists() else None


async def database(url: str | None) -> Finding:
    """Compares the schema's revision with the newest one."""
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.ext.asyncio import create_async_engine

    part = "database"
    if url is None:
        return Finding(part, "ok", "none yet; made at the first start")
    config = Config()
    config.set_main_option("script_location", str(places.ROOT / "server" / "migrations"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    try:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            current = await connection.run_sync(
                lambda sync: MigrationContext.configure(sync).get_current_revision()
            )
        await engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        return Finding(
            part, "missing", f"does not answer ({type(error).__name__})", "see VIVA_DATABASE_URL"
        )
    if current == newest:
        return Finding(part, "ok", f"schema {current}")
    return Finding(part, "note", f"schema {current}, newest {newest}", "migrated at the next start")


async def recordings(data_dir: Path) -> Finding:
    """Tries out where the server is to keep them, by the settings that the server reads."""
    from server.settings import SettingsError, load_settings
    from server.storage.location import Directory
    from viva import storage_check

    part = "recordings"
    try:
        location = load_settings().model_copy(update={"data_dir": data_dir}).storage
    except SettingsError as error:
        return Finding(part, "missing", "the settings cannot be read", str(error))
    where = storage_check.name_of(location)
    if isinstance(location, Directory) and not location.path.exists():
        return Finding(part, "ok", f"{where}, made at the first start")
    trouble = await storage_check.try_out(location)
    if trouble is not None:
        return Finding(part, "missing", f"{where}: {trouble.what}", trouble.action)
    return Finding(part, "ok", f"{where}, written, read and deleted")


async def _running(port: int) -> Finding | None:
    """What the server on `port` says of itself; None when nothing of ours answers there."""
    url = f"http://{ports.HOST}:{port}"
    try:
        async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
            answer = await client.get(f"{url}/readyz")
    except httpx.HTTPError:
        return None
    if answer.headers.get("content-type", "").startswith("text/html"):
        return None
    if answer.is_success:
        return Finding("running", "ok", f"Viva answers at {url}")
    return Finding(
        "running", "note", f"Viva at {url} is not ready ({answer.status_code})", "see its output"
    )


def free_ports(wanted: ports.Ports, environment: Mapping[str, str]) -> Finding:
    taken = ports.taken(wanted, own_sfu=not environment.get("LIVEKIT_URL"))
    if taken:
        return Finding("ports", "missing", "taken", "; ".join(taken))
    return Finding("ports", "ok", "free")


def language_model(environment: Mapping[str, str]) -> Finding:
    """Which brain words the interviewer's moves. No key is shown and no call is made."""
    part = "language model"
    chosen = environment.get("VIVA_LLM")
    has_key = bool(environment.get("OPENAI_API_KEY") or environment.get("VIVA_LLM_API_KEY"))
    base = environment.get("VIVA_LLM_BASE_URL") or environment.get("OPENAI_BASE_URL")
    if chosen == "openai" and not (has_key or base):
        return Finding(
            part,
            "missing",
            "VIVA_LLM=openai without a key",
            "set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own",
        )
    if chosen == "local" or not (has_key or base):
        return Finding(part, "ok", "none: the scripted brain, no network needed")
    model = environment.get("VIVA_LLM_MODEL") or "the default model"
    return Finding(part, "ok", f"{model} at {base or 'OpenAI'}")


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 2**20:.0f} MB"
