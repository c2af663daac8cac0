#!/usr/bin/env bash
# with_display.sh PROGRAM ARGUMENTS...: runs it on a display of its own with a window manager, so that windows get the
# keyboard. Needs xvfb-run and openbox.
set -euo pipefail
exec xvfb-run -a -s "-screen 0 1400x900x24" bash -c 'openbox & manager=$!; "$@"; code=$?; kill "$manager"; exit "$code"' -- "$@"
