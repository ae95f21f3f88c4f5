"""Levels that people give, beside those of the judges."""
