"""What was said, in several formats."""
