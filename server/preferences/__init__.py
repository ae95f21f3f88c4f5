"""What a user has settled on, field by field."""
