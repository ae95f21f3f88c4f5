"""Errors of the command. Each message says what is wrong and what to do about it."""


class CommandError(Exception):
    """Ends the command with exit status 1 and this sentence on standard error."""
