"""The files of a session that are there to be read by people: nothing is taken back from them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from interview.transcript import Turn
from server.context import Context
from server.models import Interview
from server.moving import archive
from server.moving.writing import Writer
from server.reports import service as reports
from server.sessions import fold, presence, service
from server.transcripts import formats


async def prepare(context: Context, interview: Interview) -> list[Turn]:
    """What was said. Of a session that is over the report is there afterwards, to be among its
    files. Raises Problem, and what folding its log does."""
    if presence.is_over(interview):
        await reports.report_of(context, interview)
    return fold.turns(await service.folded(context, interview))


async def add_transcripts(
    writer: Writer, interview: Interview, turns: Sequence[Turn], folder: str
) -> None:
    """Write what was said in every form that there is, the names after `folder`."""
    await asyncio.to_thread(_add, writer, interview, turns, folder)


def _add(writer: Writer, interview: Interview, turns: Sequence[Turn], folder: str) -> None:
    titles = {segment["id"]: segment["title"] for segment in interview.segments}
    as_json, as_vtt, as_markdown = (folder + name for name in archive.TRANSCRIPTS)
    writer.add(as_json, formats.to_out(interview.id, turns))
    writer.add_parts(as_vtt, [formats.vtt(turns).encode()])
    markdown = formats.markdown(turns, interview.scenario_title, titles)
    writer.add_parts(as_markdown, [markdown.encode()])
