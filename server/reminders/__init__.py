"""Reminders to practise, and digests of a week or a month, at a decent hour where the user is."""
