#!/bin/sh
# The browser tests drive a real Chromium: use the one that is there, else install one.
# Ubuntu's own package is a snap, which does not run in a container; Playwright's build does, so that comes first there.
set -eu
bin="$1"
if "$bin/python" -m tests.chromium >/dev/null 2>&1; then exit 0; fi
here=$(dirname "$0")
if grep -qs '^ID=ubuntu' /etc/os-release; then
  "$bin/playwright" install --with-deps chromium || sh "$here/install_package.sh" chromium-browser
elif command -v apt-get >/dev/null; then
  sh "$here/install_package.sh" chromium
else
  "$bin/playwright" install chromium
fi
"$bin/python" -m tests.chromium
