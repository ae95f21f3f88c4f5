"""The scripted wording of turn-taking, in the order of preference; as in `phrasing`, a line is
never said twice in an interview."""

from __future__ import annotations

# Before what a candidate's words broke off.
RESUMING = (
    "To finish what I was saying.",
    "As I was saying.",
    "Back to what I'd begun to say.",
    "Let me finish that thought.",
    "What I still wanted to tell you is this.",
    "There was a bit more to it.",
    "Here's the rest of that.",
    "I hadn't quite finished.",
)
