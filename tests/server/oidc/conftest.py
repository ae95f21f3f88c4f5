"""A server that knows a real provider, and a browser to sign in with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.settings import Settings
from tests.oidc.process import oidc_provider
from tests.server.conftest import World
from tests.server.oidc.visitor import ACCOUNTS, Browser, with_provider


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    with oidc_provider(ACCOUNTS) as found:
        yield found


@pytest.fixture
def settings(settings: Settings, issuer: str) -> Settings:
    return with_provider(settings, issuer)


@pytest.fixture
def browser(world: World) -> Browser:
    return Browser(world)
