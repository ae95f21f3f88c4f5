#!/usr/bin/env bash
# Brings livekit-server, in the version that tools/livekit-server/go.mod pins.
#   livekit-server.sh PATH       makes PATH a link to it: from PATH, else the cache, else built
#   livekit-server.sh --found    prints where one is, fails when it would have to be built
#   livekit-server.sh --version  prints the pinned version
set -euo pipefail
cd "$(dirname "$0")/livekit-server"

version=$(awk '$1 == "github.com/livekit/livekit-server" { sub(/^v/, "", $2); print $2 }' go.mod)
cached=${XDG_CACHE_HOME:-$HOME/.cache}/viva/livekit-server-$version-$(uname -s)-$(uname -m)

# Another patch level speaks the same protocol; another minor version is not tested.
fits() { # binary
  local found
  found=$("$1" --version 2>/dev/null | awk '{ print $NF }') && [ "${found%.*}" = "${version%.*}" ]
}

find_one() {
  local on_path
  on_path=$(command -v livekit-server || true)
  if [ -n "$on_path" ] && fits "$on_path"; then
    echo "$on_path"
  elif [ -x "$cached" ] && fits "$cached"; then
    echo "$cached"
  else
    return 1
  fi
}

case ${1:?} in
  --version) echo "$version" ;;
  --found) find_one ;;
  *)
    target=$OLDPWD/$1
    [[ $1 = /* ]] && target=$1
    if ! found=$(find_one); then
      echo "setup: building livekit-server $version from source, 1 to 3 minutes, once on this machine"
      mkdir -p "$(dirname "$cached")"
      go build -trimpath -ldflags '-s -w' -o "$cached.new" github.com/livekit/livekit-server/cmd/server
      mv "$cached.new" "$cached"
      found=$cached
    fi
    mkdir -p "$(dirname "$target")"
    ln -sfn "$found" "$target"
    ;;
esac
