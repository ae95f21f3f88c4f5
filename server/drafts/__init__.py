"""What the owner of a session writes about it for themself."""
