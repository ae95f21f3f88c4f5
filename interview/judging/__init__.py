"""What was said, held against the rubric: what judges read, and the one that needs no model."""
