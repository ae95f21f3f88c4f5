"""What holds for every test."""

from hypothesis import settings

# A busy machine is no failure: tests assert behaviour, and speeds are measured in bench/.
settings.register_profile("viva", deadline=None)
settings.load_profile("viva")
