"""Taking everything along: one zip of all that is a user's, and the way back in."""
