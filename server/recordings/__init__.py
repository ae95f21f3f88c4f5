"""The sound of a session: consent, taking it in, joining it, giving it out and removing it."""
