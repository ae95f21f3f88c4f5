"""Who may look at a session beside its owner."""
