"""The pure domain of an interview: no I/O, no clock, no framework."""
