"""Speech engines: recognition, synthesis, voice activity, end of turn. One engine a file."""
