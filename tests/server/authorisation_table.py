"""Who gets what answer at every route of the public API.

A route that is missing here fails `test_authorisation.py`, and so does one that is here and no
longer there. The rows of a caller are called in this order, each as a freshly logged-in browser or
with the owner's API token; what ends something comes last. In a path, `{session_id}` is a session
of the owner's that is going on and `{user_id}` a third user; `Things` in the test makes the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.server.conftest import PASSWORD

OWNER_EMAIL = "ada@example.org"
_UNSET = 0


@dataclass(frozen=True)
class Row:
    """The status for each caller. `reviewer` is named for the session, `admin` is nobody to it,
    `token` is the owner's API token."""

    anonymous: int
    owner: int
    other: int
    reviewer: int
    admin: int
    token: int
    body: dict[str, Any] | None = None


def everyone(status: int, body: dict[str, Any] | None = None) -> Row:
    """The same answer whoever asks, logged in or not."""
    return Row(status, status, status, status, status, status, body)


def own(status: int, body: dict[str, Any] | None = None) -> Row:
    """About the caller's own things, by browser and token alike."""
    return Row(401, status, status, status, status, status, body)


def by_browser(row: Row) -> Row:
    """`row`, refused to tokens."""
    return replace(row, token=403)


def session(
    status: int, body: dict[str, Any] | None = None, *, reviewer: int = 404, token: int = _UNSET
) -> Row:
    """About the owner's session or another thing of theirs, which others are told is not there.
    `reviewer`: what a named reviewer gets instead."""
    return Row(401, status, 404, reviewer, 404, token or status, body)


def admins(status: int, body: dict[str, Any] | None = None) -> Row:
    return Row(401, 403, 403, 403, status, 403, body)


_WHO = {"email": OWNER_EMAIL, "password": PASSWORD}

ROWS: dict[tuple[str, str], Row] = {
    ("get", "/healthz"): everyone(200),
    ("get", "/readyz"): everyone(200),
    # --- Getting in
    ("get", "/api/v1/auth/ways"): everyone(200),
    ("post", "/api/v1/auth/register"): everyone(
        201, {"email": "new@example.org", "password": PASSWORD, "name": "New"}
    ),
    ("post", "/api/v1/auth/login"): everyone(200, _WHO),
    ("post", "/api/v1/auth/logout"): everyone(204),
    ("post", "/api/v1/auth/forgotten"): everyone(202, {"email": OWNER_EMAIL}),
    ("post", "/api/v1/auth/reset"): everyone(410, {"token": "wrong", "password": PASSWORD}),
    ("post", "/api/v1/auth/confirm"): everyone(410, {"token": "wrong"}),
    ("post", "/api/v1/auth/email"): everyone(410, {"token": "wrong"}),
    ("get", "/api/v1/auth/oidc/start"): everyone(302),
    ("get", "/api/v1/auth/oidc/callback"): everyone(302),
    # --- One's own account
    ("get", "/api/v1/me"): own(200),
    ("patch", "/api/v1/me"): own(200, {"name": "Ada"}),
    ("post", "/api/v1/me/email"): by_browser(
        own(409, {"email": "third@example.org", "password": PASSWORD})
    ),
    ("get", "/api/v1/me/logins"): own(200),
    ("get", "/api/v1/me/tokens"): by_browser(own(200)),
    ("post", "/api/v1/me/tokens"): by_browser(own(201, {"name": "script"})),
    ("delete", "/api/v1/me/tokens/{token_id}"): session(204, token=403),
    # --- Settings
    ("get", "/api/v1/me/settings"): own(200),
    ("patch", "/api/v1/me/settings"): own(200, {"values": {"captions": True}, "base": {}}),
    ("get", "/api/v1/voices"): own(200),
    # --- Being told something
    ("get", "/api/v1/me/notices"): own(200),
    ("post", "/api/v1/me/notices/{notice_id}/read"): session(204),
    ("post", "/api/v1/me/notices/read"): own(204),
    ("get", "/api/v1/unsubscribe/{token}"): everyone(303),
    ("post", "/api/v1/unsubscribe/{token}"): everyone(200),
    # --- Taking everything along
    ("get", "/api/v1/me/export"): own(200),
    ("post", "/api/v1/me/import"): own(422),
    ("get", "/api/v1/sessions/{session_id}/bundle"): session(200),
    ("post", "/api/v1/sessions/import"): own(422),
    ("get", "/api/v1/me/sharing/preview"): own(200),
    # --- Scenarios
    ("get", "/api/v1/scenarios"): everyone(200),
    ("get", "/api/v1/scenarios/{scenario_id}"): everyone(200),
    # --- Sessions
    ("get", "/api/v1/me/next"): own(200),
    ("post", "/api/v1/sessions"): own(201, {}),
    ("get", "/api/v1/sessions"): own(200),
    ("get", "/api/v1/sessions/{session_id}"): session(200, reviewer=200),
    ("get", "/api/v1/sessions/{session_id}/events"): session(200),
    ("get", "/api/v1/sessions/{session_id}/flags"): session(200, reviewer=200),
    ("get", "/api/v1/sessions/{session_id}/record"): session(200, reviewer=200),
    ("get", "/api/v1/sessions/{session_id}/transcript"): session(200, reviewer=200),
    ("get", "/api/v1/sessions/{session_id}/transcript.json"): session(200, reviewer=200),
    ("get", "/api/v1/sessions/{session_id}/transcript.{extension}"): session(200, reviewer=200),
    ("get", "/api/v1/sessions/{session_id}/report"): session(409, reviewer=409),
    ("get", "/api/v1/sessions/{session_id}/report.json"): session(409, reviewer=409),
    ("get", "/api/v1/sessions/{session_id}/report.md"): session(409, reviewer=409),
    ("get", "/api/v1/sessions/{session_id}/report.pdf"): session(409, reviewer=409),
    ("get", "/api/v1/me/trend"): own(200),
    ("post", "/api/v1/sessions/{session_id}/connection"): session(200),
    ("post", "/api/v1/sessions/{session_id}/control"): session(202, {"action": "pause"}),
    ("patch", "/api/v1/sessions/{session_id}"): session(409, {"tone": "direct"}),
    ("get", "/api/v1/sessions/{session_id}/drafts"): session(200),
    ("put", "/api/v1/sessions/{session_id}/drafts/{field}"): session(200, {"text": "a", "base": 0}),
    ("put", "/api/v1/sessions/{session_id}/recording-consent"): session(200, {"granted": True}),
    ("get", "/api/v1/sessions/{session_id}/recording"): session(409, reviewer=409),
    ("get", "/api/v1/sessions/{session_id}/recording/peaks"): session(409, reviewer=409),
    ("get", "/api/v1/shared/{secret}/recording"): everyone(409),
    ("get", "/api/v1/shared/{secret}/recording/peaks"): everyone(409),
    ("delete", "/api/v1/sessions/{session_id}/recording"): session(204),
    ("get", "/api/v1/sessions/{session_id}/reviewers"): session(200),
    ("post", "/api/v1/sessions/{session_id}/reviewers"): session(
        201, {"email": "third@example.org"}
    ),
    # --- Comments and people's scores
    ("get", "/api/v1/sessions/{session_id}/comments"): session(200, reviewer=200),
    ("post", "/api/v1/sessions/{session_id}/comments"): session(
        201, {"at_ms": 0, "text": "a"}, reviewer=201
    ),
    ("patch", "/api/v1/comments/{comment_id}"): session(200, {"text": "b"}, reviewer=403),
    ("get", "/api/v1/sessions/{session_id}/scoring"): session(409, reviewer=409),
    ("put", "/api/v1/sessions/{session_id}/scoring"): session(409, {"scores": []}, reviewer=409),
    # --- Links
    ("get", "/api/v1/sessions/{session_id}/shares"): session(200),
    ("post", "/api/v1/sessions/{session_id}/shares"): session(409, {"parts": ["audio"]}),
    ("get", "/api/v1/shares/{share_id}"): session(200),
    ("get", "/api/v1/shared/{secret}"): everyone(200),
    ("get", "/api/v1/shared/{secret}/report"): everyone(409),
    ("get", "/api/v1/shared/{secret}/transcript"): everyone(200),
    ("get", "/api/v1/shared/{secret}/comments"): everyone(200),
    ("post", "/api/v1/shared/{secret}/reviewer"): own(403),
    # --- Admins
    ("get", "/api/v1/admin/users"): admins(200),
    ("patch", "/api/v1/admin/users/{user_id}"): admins(200, {"role": "reviewer"}),
    # --- What ends something
    ("delete", "/api/v1/shares/{share_id}"): session(204),
    ("delete", "/api/v1/comments/{comment_id}"): session(204, reviewer=403),
    ("delete", "/api/v1/sessions/{session_id}/reviewers/{reviewer_id}"): session(204),
    ("delete", "/api/v1/sessions/{session_id}"): session(204),
    ("delete", "/api/v1/me/logins/{login_id}"): session(204),
    ("delete", "/api/v1/me/logins"): own(204),
    ("post", "/api/v1/me/password"): by_browser(own(204, {"current": PASSWORD, "new": PASSWORD})),
    ("delete", "/api/v1/me"): by_browser(own(204, {"password": PASSWORD})),
}
