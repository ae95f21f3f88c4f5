"""Notes on moments of a session, by its owner and its reviewers."""
