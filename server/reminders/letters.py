"""What the mails say. They quote nobody: mail passes through many hands."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from server.mail.outbox import one_line
from server.notices import wording


class Letter(NamedTuple):
    subject: str
    text: str


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B}"


def reminder(name: str, data: dict[str, Any], page: str) -> Letter:
    """`data` as for the notice; `page`: the address of the page."""
    since = wording.since_practice(data["days"])
    return Letter(
        since,
        _paragraphs(
            f"Hello {one_line(name)},",
            f"{since}. {one_line(wording.reminder(data).text)}",
            f"{page}/",
        ),
    )


def digest(name: str, data: dict[str, Any], page: str) -> Letter:
    """`data` as for the notice, and "sessions": of each "id", "title", "day", "minutes", "strong",
    "thin", "level_mean" or None, and "ends": its strongest and weakest criterion, or None."""
    period = "week" if data["period"] == "weekly" else "month"
    span = f"{_day(data['since'])} to {_day(data['until'])}"
    return Letter(
        f"Your {period} of practice",
        _paragraphs(
            f"Hello {one_line(name)},",
            f"your {period} from {span}: {wording.practised(data['count'], data['minutes'])}.",
            wording.levels(data) if _tells_more(data) else "",
            *(_session(session, page) for session in data["sessions"]),
            one_line(wording.what_next(data)),
            f"All of it:\n{page}{wording.digest(data).link}",
        ),
    )


def _tells_more(data: dict[str, Any]) -> bool:
    """Whether the period's level says more than that of its only session, which is told there."""
    return data["count"] > 1 or data["level_before"] is not None


def _session(session: dict[str, Any], page: str) -> str:
    told = [one_line(session["title"]), wording.duration(session["minutes"])]
    line = f"{_day(session['day'])}: {', '.join(part for part in told if part)}."
    answers = wording.answers(session["strong"], session["thin"])
    line += f" {answers}." if answers else ""
    if session["level_mean"] is not None:
        line += f" Level {session['level_mean']:.1f} of 4 on average."
    if session["ends"] is not None:
        best, worst = map(one_line, session["ends"])
        line += f" Strongest: {best}. To work on: {worst}."
    return f"{line}\n{page}/sessions/{session['id']}"
