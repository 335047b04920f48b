#!/bin/sh
# The tests of the store start a PostgreSQL of their own on a temporary folder; they need its programs, no service.
set -eu
python="$1/python"
here=$(dirname "$0")
if "$python" -m tests.postgresql >/dev/null 2>&1; then exit 0; fi

# Debian's package makes a cluster and starts it, unless this file says otherwise while it is being installed.
no_cluster=/etc/postgresql-common/createcluster.d/sterrenwacht-tests.conf
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
  $as_root mkdir -p "$(dirname "$no_cluster")"
  echo "create_main_cluster = false" | $as_root tee "$no_cluster" >/dev/null
  trap '$as_root rm -f "$no_cluster"' EXIT
fi
sh "$here/install_package.sh" postgresql
"$python" -m tests.postgresql
