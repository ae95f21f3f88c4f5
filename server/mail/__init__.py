"""Mail: asked for in the transaction of whatever it is about, sent by a job."""

from server.mail.outbox import post

__all__ = ["post"]
