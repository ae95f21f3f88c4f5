import json
from pathlib import Path

import pytest

from viva.errors import CommandError
from viva.keys import FILE_NAME, load_or_make

NAMES = {"LIVEKIT_API_KEY", "LIVEKIT_API_SECRET", "VIVA_AGENT_TOKEN", "VIVA_SECRET_KEY"}


def test_made_once_for_this_user_alone(tmp_path: Path) -> None:
    data_dir = tmp_path / "var"
    made = load_or_make(data_dir, {})
    assert set(made) == NAMES
    assert all(len(made[name]) >= 32 for name in NAMES - {"LIVEKIT_API_KEY"})
    assert (data_dir / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert load_or_make(data_dir, {}) == made


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    one, other = load_or_make(tmp_path / "a", {}), load_or_make(tmp_path / "b", {})
    assert all(one[name] != other[name] for name in NAMES)


def test_the_environment_wins_and_is_not_stored(tmp_path: Path) -> None:
    given = load_or_make(tmp_path, {"LIVEKIT_API_SECRET": "from the environment"})
    assert given["LIVEKIT_API_SECRET"] == "from the environment"
    assert "from the environment" not in (tmp_path / FILE_NAME).read_text()


def test_a_mode_that_lets_others_read_is_mended(tmp_path: Path) -> None:
    load_or_make(tmp_path, {})
    (tmp_path / FILE_NAME).chmod(0o644)
    load_or_make(tmp_path, {})
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_file_of_the_first_release_gets_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    made = load_or_make(tmp_path, {})
    old = {name: made[name] for name in NAMES - {"VIVA_SECRET_KEY"}}
    path.write_text(json.dumps(old))
    mended = load_or_make(tmp_path, {})
    assert set(mended) == NAMES
    assert {name: mended[name] for name in old} == old
    assert load_or_make(tmp_path, {}) == mended
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"LIVEKIT_API_KEY": "k"})])
def test_a_broken_file_is_named_and_kept(tmp_path: Path, content: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(content)
    with pytest.raises(CommandError, match=FILE_NAME):
        load_or_make(tmp_path, {})
    assert path.read_text() == content
