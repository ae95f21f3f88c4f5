"""Errors of the domain. Each has a stable `code` and a sentence that says what to change."""


class InterviewError(Exception):
    """Base of every domain error.

    `code` is stable and machine-readable; `str(error)` is fit to be shown to a person.
    """

    code = "interview_error"


class ScenarioError(InterviewError):
    """A scenario file is broken. The message names the file, the line and the field."""

    code = "scenario_invalid"


class PlanError(InterviewError):
    """Segment lengths or buffer that no interview can be run with."""

    code = "plan_invalid"


class EventError(InterviewError):
    """An event that cannot be read, or that is older than the one before it."""

    code = "event_invalid"


class FencedError(InterviewError):
    """Another interviewer with a higher epoch has taken this session over."""

    code = "fenced"
