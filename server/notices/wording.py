"""The words of notices. They are made when a notice is read, of the little that it keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Data = Mapping[str, Any]


class Words(NamedTuple):
    """`link`: an address in the page, without its beginning, or None."""

    title: str
    text: str
    link: str | None


def counted(number: int, one: str, more: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {more}"


def duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{rest} min"] if rest else parts)


def practised(count: int, minutes: int) -> str:
    """Such as "3 interviews, 1 h 20 min"."""
    return ", ".join(filter(None, (counted(count, "interview", "interviews"), duration(minutes))))


def answers(strong: int, thin: int) -> str:
    """Such as "2 strong answers, 1 that stayed thin"; empty when there was neither."""
    if strong and thin:
        return f"{counted(strong, 'strong answer', 'strong answers')}, {thin} that stayed thin"
    if strong:
        return counted(strong, "strong answer", "strong answers")
    return counted(thin, "answer that stayed thin", "answers that stayed thin") if thin else ""


def levels(data: Data) -> str:
    """A sentence on `data["level_mean"]`, that of the period's interviews, and "level_before", that
    of the period before; either may be None or missing. Empty without the first."""
    mean, before = data.get("level_mean"), data.get("level_before")
    if mean is None:
        return ""
    period = "week" if data["period"] == "weekly" else "month"
    compared = "" if before is None else f", {before:.1f} the {period} before"
    return f"Level {mean:.1f} of 4 on average{compared}."


def since_practice(days: int) -> str:
    return f"It is {counted(days, 'day', 'days')} since you practised"


def what_next(data: Data) -> str:
    """A sentence on `data["next"]`, a "scenario_title" and the titles of its "focus"; empty for
    None."""
    if data["next"] is None:
        return ""
    *others, last = data["next"]["focus"]
    focus = f"{', '.join(others)} and {last}" if others else last
    return f"Next: “{data['next']['scenario_title']}”, with an eye on {focus}."


def reminder(data: Data) -> Words:
    """`data`: "days" since the last interview, its "scenario_title", and "next"."""
    told = f"Last time it was “{data['scenario_title']}”."
    follows = what_next(data) or "A short one now keeps it fresh."
    return Words(since_practice(data["days"]), f"{told} {follows}", "/")


def digest(data: Data) -> Words:
    """`data`: "period" ("weekly" or "monthly"), "since" and "until" (days), "count" of interviews,
    "minutes", "strong" and "thin" answers, "next", and what `levels` takes."""
    period = "week" if data["period"] == "weekly" else "month"
    counted_answers = answers(data["strong"], data["thin"])
    told = [f"{counted_answers}." if counted_answers else "", levels(data), what_next(data)]
    return Words(
        f"Your {period}: {practised(data['count'], data['minutes'])}",
        " ".join(filter(None, told)) or "Look at what was said, while it is fresh.",
        f"/history?since={data['since']}&until={data['until']}",
    )


def comment(data: Data) -> Words:
    """`data`: "name" of the reviewer, "session_id", its "scenario_title", and "at_ms" on its
    clock."""
    title = f"{data['name']} commented on your interview"
    link = f"/sessions/{data['session_id']}/replay?t={data['at_ms'] // 1000}"
    return Words(title, f"It is about “{data['scenario_title']}”.", link)


def scored(data: Data) -> Words:
    """`data`: "name" of the reviewer, "session_id" and its "scenario_title"."""
    title = f"{data['name']} scored your interview"
    link = f"/sessions/{data['session_id']}/report"
    return Words(title, f"It is about “{data['scenario_title']}”.", link)


KINDS: Mapping[str, Callable[[Data], Words]] = {
    "reminder": reminder,
    "digest": digest,
    "comment": comment,
    "scored": scored,
}
