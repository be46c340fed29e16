#!/usr/bin/env bash
# Says what a fresh machine lacks, before a long step fails in its middle.
set -u
bad=0
need() { printf '%s\n' "$1" >&2; bad=1; }
command -v python3 >/dev/null || need "python3 (>= 3.11) is missing: on Debian, apt-get install python3 python3-venv"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || need "python3 must be 3.11 or newer"
python3 -c 'import ensurepip' 2>/dev/null || need "python3 lacks ensurepip: on Debian, apt-get install python3-venv"
command -v npm >/dev/null || need "npm is missing: install Node.js >= 20.19 with npm"
node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||(a===20&&b>=19)?0:1)' 2>/dev/null || need "Node.js must be 20.19 or newer"
if [ "$(id -u)" = 0 ] && ! unshare --user --map-user=1000 --map-group=1000 -- true 2>/dev/null; then
  echo "note: as root, PostgreSQL needs user namespaces (unshare) or a folder owned by an ordinary user" >&2
fi
free=$(df -Pk . | awk 'NR==2 {print $4}')
[ "${free:-9999999}" -gt 2000000 ] || need "2 GB of free disk are needed here"
exit $bad
