"""The scenarios that can be chosen."""
