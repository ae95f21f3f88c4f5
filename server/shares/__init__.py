"""Links that show parts of a session to whoever holds them."""
