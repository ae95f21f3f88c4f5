"""Wording: turns the move that code has chosen into speech. Scripted, or by a language model."""
