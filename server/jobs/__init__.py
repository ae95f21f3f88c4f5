"""Work that is done later, once, whatever is restarted in between."""
