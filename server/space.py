"""Whether there is room left on the disk for another interview."""

from __future__ import annotations

import shutil

from server.errors import Problem, disk_full
from server.settings import Settings
from server.storage.location import Directory

_MB = 1_000_000


def require_space(settings: Settings) -> None:
    """Raises a Problem when less is free, where data or recordings are, than one may need.
    What has begun may go on; it is refused only what the disk itself refuses."""
    places = [settings.data_dir]
    if isinstance(settings.storage, Directory):
        places.append(settings.storage.path)
    for place in places:
        try:
            free = shutil.disk_usage(place).free
        except OSError:
            # Of a directory that cannot be asked nothing is known; writing to it will tell.
            continue
        if free < settings.least_free_mb * _MB:
            raise not_enough(free, settings.least_free_mb)


def not_enough(free: int, least_mb: int) -> Problem:
    detail = (
        f"Only {free // _MB} MB are free on the disk that interviews are kept on; "
        f"{least_mb} MB are needed to begin one. Free some space and try again. "
        "What was kept so far is safe."
    )
    return disk_full(detail)
