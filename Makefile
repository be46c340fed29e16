# 擂台 Leitai. `make demo` shows it, `make test` and `make check` prove it, `make bench` measures it.
SHELL := /bin/bash
export npm_config_update_notifier = false
.DELETE_ON_ERROR:
.DEFAULT_GOAL := demo
PY := .venv/bin/python
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
FRONT := $(shell find frontend -type f 2>/dev/null) package.json vite.config.ts tsconfig.json
DIST := src/leitai/design/dist/manifest.json

.PHONY: demo test check bench screens setup browser clean fmt lock

setup: .venv/.stamp $(DIST) .venv/.translations

.venv/.stamp: requirements/dev.lock pyproject.toml
	@bash tools/check-tools.sh
	@echo "== 1/3 Python environment (about 40 s the first time)"
	@test -x $(PY) || python3 -m venv .venv
	@$(PY) -m pip install --disable-pip-version-check -q --require-hashes --only-binary=:all: -r requirements/dev.lock
	@$(PY) -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.stamp: package-lock.json
	@echo "== 2/3 front-end packages (about 10 s the first time)"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DIST): node_modules/.stamp $(FRONT)
	@echo "== 3/3 front-end build"
	@npm run --silent build
	@touch $@

.venv/.translations: .venv/.stamp $(wildcard src/leitai/locale/*/LC_MESSAGES/*.po)
	@$(PY) tools/translations.py compile
	@touch $@

demo: setup
	@$(PY) -m leitai.web.cli demo --serve

browser:
	@bash tools/browser.sh

test: setup browser
	@npm run --silent test
	@$(PY) -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST)

# What needs one core long (types, the floors, the tests of the design) runs beside the rest.
check: setup
	@$(MAKE) --no-print-directory -j $(JOBS) --output-sync=target $(CHECKS)

CHECKS := check-types check-design check-page check-floors check-tree
.PHONY: $(CHECKS)

check-types:
	@$(PY) -m mypy

check-design:
	@$(PY) -m pytest -q -p no:cacheprovider tests/architecture

check-page:
	@npm run --silent check
	@npm run --silent floor

check-floors:
	@.venv/bin/lint-imports --no-cache

check-tree:
	@$(PY) -m ruff check src tests tools
	@$(PY) -m ruff format --check src tests tools
	@$(PY) tools/translations.py check
	@$(PY) tools/migrations.py
	@$(PY) tools/includes.py check
	@$(PY) tools/keys.py check
	@bash tools/check-locks.sh

bench: setup
	@$(PY) -m leitai.web.cli bench hall

screens: setup browser
	@nice -n 5 $(PY) tools/screens.py

fmt: .venv/.stamp
	@$(PY) -m ruff format src tests tools
	@$(PY) -m ruff check --fix src tests tools

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -q -o requirements/dev.lock requirements/dev.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -q -c requirements/dev.lock -o requirements/base.lock requirements/base.in

clean:
	rm -rf .venv node_modules src/leitai/design/dist .mypy_cache .ruff_cache .pytest_cache
