#!/bin/sh
# The commands of the image: `server`, `agent`, and those of `viva` that need nothing but the database;
# anything else is run as it is.
set -eu

case ${1:-server} in
  server)
    exec python -m uvicorn --factory server.app:create_app \
      --host "${VIVA_HOST:-127.0.0.1}" --port "${VIVA_PORT:-8000}" \
      --no-access-log --no-server-header --timeout-graceful-shutdown 3
    ;;
  agent)
    exec python -m livekit.agents start agent/main.py
    ;;
  admin | export-shared)
    exec python -m viva "$@"
    ;;
  *)
    exec "$@"
    ;;
esac
