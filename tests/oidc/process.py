"""A real OIDC provider: oidc-provider, run by Node.js on loopback."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

CLIENT_ID, CLIENT_SECRET = "viva", "shared with viva, and with nobody else"
_HERE = Path(__file__).parent


@contextmanager
def oidc_provider(
    accounts: Mapping[str, Mapping[str, Any]], port: int = 0, host: str = "127.0.0.1"
) -> Iterator[str]:
    """Runs one that knows `accounts`, by subject; its issuer. Any password is right. The claim
    `fault` makes it break its tokens, in one of the ways that provider.mjs lists. `host` is its
    name on this machine: by "localhost" it is another site than what is at 127.0.0.1."""
    if not (_HERE / "node_modules").is_dir():
        raise RuntimeError(
            "the packages of tests/oidc are missing; `make setup-test` installs them"
        )
    process = subprocess.Popen(
        ["node", "provider.mjs", json.dumps(accounts), str(port), host],
        cwd=_HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if found := re.match(r"issuer: (\S+)", line):
                break
        else:
            raise RuntimeError(f"the provider did not start: {''.join(said)[-2000:]}")
        yield found[1]
    finally:
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def form_action(page: str) -> str:
    """Where the provider's own form sends what was typed."""
    found = re.search(r'<form[^>]* action="([^"]+)"', page)
    assert found is not None, page
    return unescape(found[1])


def abort_link(page: str) -> str:
    found = re.search(r'href="([^"]+/abort)"', page)
    assert found is not None, page
    return unescape(found[1])
