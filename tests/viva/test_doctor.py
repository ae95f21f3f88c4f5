import json
from pathlib import Path

import pytest

from viva import doctor, keys, places
from viva.cli import main
from viva.ports import free_ports


async def test_every_part_is_there_with_a_way_on(tmp_path: Path) -> None:
    findings = await doctor.examine(tmp_path / "var", free_ports(), {})
    parts = {item.part for item in findings.items}
    assert {
        "python",
        "livekit-server",
        "whisper",
        "piper",
        "page",
        "scenarios",
        "data directory",
        "keys",
        "database",
        "ports",
        "language model",
    } <= parts
    assert all(item.action for item in findings.items if item.state == "missing")
    assert not (tmp_path / "var").exists(), "looking changes nothing"


@pytest.mark.parametrize("state", ["ok", "note", "missing"])
def test_only_what_is_missing_stops_a_run(state: doctor.State) -> None:
    findings = doctor.Findings((doctor.Finding("x", state, "detail", "do this"),))
    assert findings.ok == (state != "missing")
    assert "do this" in doctor.report(findings)


def test_no_livekit_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "livekit_binary", lambda: None)
    finding = doctor.livekit_server({})
    assert finding.state == "missing"
    assert "make setup" in finding.action


def test_a_media_server_elsewhere_needs_its_keys() -> None:
    finding = doctor.livekit_server({"LIVEKIT_URL": "wss://a.example", "LIVEKIT_API_KEY": "k"})
    assert finding.state == "missing"
    assert finding.action == "set LIVEKIT_API_SECRET too"


def test_a_model_that_is_not_here_is_fetched_later() -> None:
    assert doctor.whisper("small.en").state == "note"


def test_a_voice_that_is_not_there() -> None:
    finding = doctor.piper("/nowhere/voice.onnx")
    assert finding.state == "missing"
    assert "VIVA_PIPER_VOICE" in finding.action


def test_every_voice_that_is_named_is_looked_at() -> None:
    assert doctor.piper("joe").state == "ok"
    finding = doctor.piper("joe, /nowhere/voice.onnx")
    assert (finding.state, "/nowhere/voice.onnx" in finding.detail) == ("missing", True)


def test_a_page_that_is_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "PAGE", tmp_path / "index.html")
    assert doctor.page().state == "missing"


def test_a_broken_scenario_is_shown(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("title: [")
    finding = doctor.scenarios(tmp_path)
    assert finding.state == "missing"
    assert "broken" in finding.action


def test_keys_that_others_can_read(tmp_path: Path) -> None:
    made = keys.load_or_make(tmp_path, {})
    assert doctor.stored_keys(tmp_path).state == "ok"
    (tmp_path / keys.FILE_NAME).chmod(0o644)
    finding = doctor.stored_keys(tmp_path)
    assert finding.state == "note"
    assert not any(secret in str(finding) for secret in made.values())


async def test_a_database_of_an_older_schema(tmp_path: Path) -> None:
    (tmp_path / "viva.db").touch()
    finding = await doctor.database(doctor.stored_database(tmp_path, {}))
    assert finding.state == "note"
    assert "migrated" in finding.action


@pytest.mark.parametrize(
    ("environment", "state", "word"),
    [
        ({}, "ok", "scripted"),
        ({"OPENAI_API_KEY": "sk-secret"}, "ok", "OpenAI"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, "ok", "127.0.0.1"),
        ({"VIVA_LLM": "local", "OPENAI_API_KEY": "sk-secret"}, "ok", "scripted"),
        ({"VIVA_LLM": "openai"}, "missing", "without a key"),
    ],
)
def test_which_brain(environment: dict[str, str], state: str, word: str) -> None:
    finding = doctor.language_model(environment)
    assert finding.state == state
    assert word in finding.detail
    assert "sk-secret" not in str(finding)


def test_json_is_one_object(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ports = free_ports()
    status = main(
        [
            *("doctor", "--json", "--data-dir", str(tmp_path), "--port", str(ports.server)),
            *("--livekit-port", str(ports.livekit), "--rtc-port", str(ports.rtc)),
            *("--agent-port", str(ports.agent)),
        ]
    )
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is (status == 0)
    assert {"part", "state", "detail", "action"} == set(answer["parts"][0])
