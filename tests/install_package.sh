#!/bin/sh
# Install one Debian or Ubuntu package where this account may; otherwise name the command to run.
set -eu
command="apt-get install -y --no-install-recommends $1"
if [ "$(id -u)" = 0 ]; then
  sudo=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  sudo="sudo"
else
  echo "Het pakket $1 ontbreekt. Installeer het met: sudo $command" >&2
  exit 1
fi
command -v apt-get >/dev/null || { echo "Installeer $1 met de pakketbeheerder van dit systeem." >&2; exit 1; }
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo $command >/dev/null
