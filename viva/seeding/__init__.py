"""Mock data that is as real as it gets without people: interviews that the engine has held."""
