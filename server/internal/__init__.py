"""What the worker asks of the server, under /internal/v1."""
