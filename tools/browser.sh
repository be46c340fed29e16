#!/usr/bin/env bash
# The browser tests' Chromium, from the distribution; without it a loud skip, in CI a failure.
set -u
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "== Chromium for the browser tests (about 30 s, once)"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
  command -v chromium >/dev/null && exit 0
fi
if [ "${CI:-}" = true ]; then echo "Chromium could not be installed: browser tests cannot run" >&2; exit 1; fi
echo "!! No chromium found: the browser tests WILL BE SKIPPED. Install it: apt-get install chromium" >&2
