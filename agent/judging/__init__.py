"""Judging finished interviews with a model, for the server."""
