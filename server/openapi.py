"""`python -m server.openapi` prints the description of the public API."""

from __future__ import annotations

import json

from server.app import create_app

if __name__ == "__main__":
    print(json.dumps(create_app().openapi(), indent=2, sort_keys=True))
