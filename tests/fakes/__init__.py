"""Fakes. They answer only in tests, and each says what it stands for."""
