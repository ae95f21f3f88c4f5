"""The worker: joins the room, listens, speaks, and carries out what the engine asks."""
