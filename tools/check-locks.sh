#!/usr/bin/env bash
# The locks pin everything and name no registry's host.
set -eu
wrong() { echo "locks: $1" >&2; exit 1; }  # `set -e` passes over a command turned round with `!`
if grep -nE 'https?://|--index-url|--find-links' requirements/*.lock; then wrong "a host is named"; fi
if grep -n '"resolved"' package-lock.json; then wrong "a registry's address is named"; fi
for lock in requirements/*.lock; do
  grep -q 'sha256:' "$lock" || wrong "$lock has no hashes"
done
echo "locks: pinned, no hosts"
