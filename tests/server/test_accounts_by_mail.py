"""An account from nothing to a forgotten password, by what a real mail server was handed."""

from __future__ import annotations

import re

from tests.server.accounting import API, OTHER_PASSWORD, is_in, logged_in, registration
from tests.server.conftest import World
from tests.smtp_sink import SmtpSink

EVE = "eve@example.org"


def _link(smtp: SmtpSink, page: str) -> str:
    """The token in the last mail that was taken."""
    message = smtp.taken[-1]
    assert message["To"] == EVE
    body = message.get_body(("plain",))
    assert body is not None
    found = re.search(rf"^http://viva\.test/{page}/(\S+)\s*$", body.get_content(), re.MULTILINE)
    assert found is not None, body.get_content()
    return found[1]


async def test_registering_and_a_forgotten_password(mailed: World, smtp: SmtpSink) -> None:
    client = mailed.browser()
    await client.post(f"{API}/auth/register", json=registration(EVE))
    assert smtp.taken == []
    await mailed.do_jobs()
    body = {"token": _link(smtp, "confirm")}
    assert (await client.post(f"{API}/auth/confirm", json=body)).status_code == 201
    assert await is_in(client)

    await mailed.browser().post(f"{API}/auth/forgotten", json={"email": EVE})
    await mailed.do_jobs()
    assert len(smtp.taken) == 2
    reset = {"token": _link(smtp, "reset"), "password": OTHER_PASSWORD}
    assert (await mailed.browser().post(f"{API}/auth/reset", json=reset)).status_code == 200
    assert not await is_in(client)
    assert await is_in(await logged_in(mailed, EVE, OTHER_PASSWORD))
    await mailed.do_jobs()
    assert smtp.taken[-1]["Subject"] == "Your password at Viva was changed"

    await mailed.browser().post(f"{API}/auth/forgotten", json={"email": "nobody@example.org"})
    await mailed.do_jobs()
    assert len(smtp.taken) == 3
