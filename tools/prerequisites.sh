#!/usr/bin/env bash
# Checks what the set-up cannot bring itself. `prerequisites.sh run` for `make run`,
# `prerequisites.sh test` for what the tests need besides.
# Missing Debian packages are installed when root and apt-get are there; otherwise, and for all
# else, the command that installs them is named and the script fails.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=0

lacks() { # what, how to get it
  echo "missing: $1" >&2
  echo "         $2" >&2
  missing=1
}

at_least() { # wanted, found: true when found >= wanted
  [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]
}

apt() { # package...
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "setup: apt-get install $*, up to 2 minutes"
    # A bare machine has no package lists; without them nothing is found.
    if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; then
      apt-get update -qq
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    fi
  else
    lacks "$*" "sudo apt-get install -y $*"
  fi
}

if ! command -v python3 >/dev/null; then
  apt python3 python3-venv
elif ! python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; then
  lacks "Python 3.11, 3.12 or 3.13 (found $(python3 -V | cut -d' ' -f2))" \
    "sudo apt-get install -y python3 python3-venv (Debian 12 or newer)"
elif [ ! -x .venv/bin/python ] && ! python3 -c 'import ensurepip' 2>/dev/null; then
  apt python3-venv
fi

newer_node="sudo apt-get install -y npm && sudo npm install -g n && sudo n 22"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  lacks "Node.js 20.19 or newer with npm" "$newer_node"
elif ! at_least 20.19 "$(node -p process.versions.node)"; then
  lacks "Node.js 20.19 or newer (found $(node -p process.versions.node))" "$newer_node"
fi

# Go is needed only while livekit-server is neither installed nor cached.
newer_go="sudo apt-get install -y golang && go install golang.org/dl/go1.26.0@latest \\
           && ~/go/bin/go1.26.0 download && export PATH=~/sdk/go1.26.0/bin:\$PATH"
if ! tools/livekit-server.sh --found >/dev/null; then
  if ! command -v go >/dev/null; then
    lacks "Go 1.26 or newer, to build livekit-server" "$newer_go"
  elif ! at_least 1.26 "$(go env GOVERSION | sed 's/^go//')"; then
    lacks "Go 1.26 or newer (found $(go env GOVERSION)), to build livekit-server" "$newer_go"
  fi
fi

if [ "${1:-run}" = test ]; then
  wanted=()
  command -v chromium >/dev/null || wanted+=(chromium)
  command -v ffmpeg >/dev/null || wanted+=(ffmpeg)
  command -v pdftotext >/dev/null || wanted+=(poppler-utils)
  command -v sox >/dev/null || wanted+=(sox)
  { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || wanted+=(postgresql)
  [ "${#wanted[@]}" = 0 ] || apt "${wanted[@]}"
fi

exit "$missing"
