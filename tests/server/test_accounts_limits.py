"""How often one may try, and that a stranger's tries do not keep an owner out."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from server.accounts.attempts import Action, Attempts
from server.errors import Problem
from server.settings import Settings
from tests.server.accounting import API, registration
from tests.server.conftest import PASSWORD, World

EVE = "eve@example.org"
HERE, THERE = "192.0.2.1", "198.51.100.7"


def _from(world: World, address: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=world.app, client=(address, 1234))
    client = httpx.AsyncClient(transport=transport, base_url="http://viva.test")
    world.opened.append(client)
    return client


async def _allowed(attempts: Attempts, action: Action, address: str, account: str | None) -> bool:
    try:
        await attempts.count(action, address, account)
    except Problem:
        return False
    return True


@pytest.fixture
def attempts(tmp_path: Path) -> Attempts:
    return Attempts(Settings(_env_file=None, data_dir=tmp_path))


async def test_who_has_tried_too_often_is_told_how_long_to_wait(attempts: Attempts) -> None:
    for _ in range(3):
        await attempts.count("forgotten", HERE, EVE)
    with pytest.raises(Problem, match="60 minutes") as raised:
        await attempts.count("forgotten", HERE, EVE)
    assert (raised.value.status, raised.value.code) == (429, "too_many_attempts")
    assert raised.value.headers == {"Retry-After": "3600"}


async def test_a_stranger_does_not_keep_the_owner_out(world: World) -> None:
    await world.user(EVE)
    stranger, owner = _from(world, HERE), _from(world, THERE)
    wrong = {"email": EVE, "password": "not this one"}
    right = {"email": EVE, "password": PASSWORD}
    codes = [(await stranger.post(f"{API}/auth/login", json=wrong)).status_code for _ in range(40)]
    assert codes == [401] * 10 + [429] * 30
    assert (await owner.post(f"{API}/auth/login", json=right)).status_code == 200


async def test_many_networks_together_are_slowed_down_as_well(attempts: Attempts) -> None:
    allowed = 0
    for network in range(20):
        for _ in range(12):
            allowed += await _allowed(attempts, "login", f"203.0.113.{network}", EVE)
    assert allowed == 100


async def test_one_network_tries_many_accounts_only_so_often(attempts: Attempts) -> None:
    allowed = [
        await _allowed(attempts, "login", HERE, f"user{number}@example.org")
        for number in range(101)
    ]
    assert allowed == [True] * 100 + [False]
    assert await _allowed(attempts, "login", THERE, EVE)


@pytest.mark.parametrize(
    ("action", "most"), [("login", 10), ("register", 10), ("password", 10), ("forgotten", 3)]
)
async def test_each_kind_of_try_has_its_own_count(
    attempts: Attempts, action: Action, most: int
) -> None:
    allowed = [await _allowed(attempts, action, HERE, EVE) for _ in range(most + 1)]
    assert allowed == [True] * most + [False]
    for other in ("login", "register", "password", "forgotten"):
        if other != action:
            assert await _allowed(attempts, other, HERE, EVE)


@pytest.mark.parametrize(("action", "most"), [("register", 30), ("forgotten", 30), ("link", 100)])
async def test_a_network_asks_for_so_many(attempts: Attempts, action: Action, most: int) -> None:
    for number in range(most):
        account = None if action == "link" else f"user{number}@example.org"
        assert await _allowed(attempts, action, HERE, account)
    assert not await _allowed(attempts, action, HERE, None)
    assert await _allowed(attempts, action, THERE, None)


async def test_a_box_is_not_filled_from_many_networks(attempts: Attempts) -> None:
    allowed = [await _allowed(attempts, "forgotten", f"203.0.113.{n}", EVE) for n in range(8)]
    assert allowed == [True] * 6 + [False] * 2


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("unknown", "unknown", True),
    ],
)
async def test_what_counts_as_one_network(
    attempts: Attempts, first: str, second: str, same: bool
) -> None:
    while await _allowed(attempts, "login", first, EVE):
        pass
    assert await _allowed(attempts, "login", second, EVE) is not same


async def test_forgiving_forgets_the_tries_of_this_network_alone(attempts: Attempts) -> None:
    for address in (HERE, THERE):
        while await _allowed(attempts, "login", address, EVE):
            pass
    await attempts.forgive("login", HERE, EVE)
    assert await _allowed(attempts, "login", HERE, EVE)
    assert not await _allowed(attempts, "login", THERE, EVE)


async def test_links_cannot_be_guessed_for_long(world: World) -> None:
    client = _from(world, HERE)
    codes = set()
    for number in range(101):
        answer = await client.post(f"{API}/auth/confirm", json={"token": str(number)})
        codes.add(answer.status_code)
    assert codes == {410, 429}


async def test_finding_out_who_has_an_account_is_slow(world: World) -> None:
    """Without mail registering tells it; so it is allowed less often than logging in."""
    client = _from(world, HERE)
    codes = []
    for number in range(31):
        body = registration(f"user{number}@example.org")
        codes.append((await client.post(f"{API}/auth/register", json=body)).status_code)
    assert codes == [201] * 30 + [429]


async def test_a_stolen_browser_does_not_guess_the_password(
    world: World, owner: httpx.AsyncClient
) -> None:
    body = {"current": "not this one", "new": "a second one, no better"}
    codes = [(await owner.post(f"{API}/me/password", json=body)).status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]
