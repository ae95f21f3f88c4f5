"""The sound of an interview on the session clock: where it lies, and what is kept of it."""
