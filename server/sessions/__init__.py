"""Sessions: making, joining, steering and following an interview."""
