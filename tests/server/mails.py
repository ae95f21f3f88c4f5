"""The mails that a server was asked to send, read from the jobs that wait."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy import select

from server.mail.outbox import KIND
from server.models import Job
from server.settings import Settings
from tests.server.conftest import World


@dataclass(frozen=True)
class AskedFor:
    key: str
    to: str
    subject: str
    text: str
    unsubscribe: str | None

    def token(self, page: str) -> str:
        """The token of the link to `page`, such as "reset", in the text."""
        found = re.search(rf"/{page}/([A-Za-z0-9_-]+)", self.text)
        assert found is not None, self.text
        return found[1]


async def asked_for(world: World, to: str | None = None) -> list[AskedFor]:
    """Mails that were not sent yet, oldest first; with `to`, those to this address."""
    async with world.context.database.read() as db:
        query = select(Job).where(Job.kind == KIND, Job.state == "waiting")
        jobs = (await db.scalars(query.order_by(Job.created_at, Job.key))).all()
    mails = [AskedFor(job.key.removeprefix(f"{KIND}:"), **job.payload) for job in jobs]
    return [mail for mail in mails if to is None or mail.to == to]


def with_mail(settings: Settings, smtp_url: str = "smtp://127.0.0.1:9") -> Settings:
    """`settings` with mail set up; unless `smtp_url` is given nobody listens there."""
    update = {
        "smtp_url": SecretStr(smtp_url),
        "mail_from": "Viva <viva@viva.test>",
        "public_url": "http://viva.test",
    }
    return settings.model_copy(update=update)
