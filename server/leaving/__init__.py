"""Leaving: deleting an account or a session so that nothing of it can be read any more."""
