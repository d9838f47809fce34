# SPDX-License-Identifier: EUPL-1.2
# `make demo` plays the story; `make test` and `make check` judge the code. ARGS="…" is passed on.

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: help env env-dev demo test check format messages lock

help:            ## this list
	@grep -hE '^[a-z-]+: .*##' Makefile | sed -E 's/: .*## /\t/' | expand -t 12

env:             ## .venv from the hashed lock, once
	@$(PYTHON) tools/environment.py run

env-dev:         ## the same with the development tools
	@$(PYTHON) tools/environment.py dev

demo: env        ## start the agencies of the scenario, play their story, stay up
	@$(BIN)/amana demo $(ARGS)

test: env-dev    ## all tests, on all cores; skips are listed with their reasons
	@$(BIN)/python -m pytest -n auto --dist worksteal -rs $(ARGS)

check: env-dev   ## format, lint, strict types, layers, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@if [ -f src/amana/phrases/check.py ]; then $(BIN)/python -m amana.phrases.check; fi

format: env-dev  ## put the code into the one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

messages: env-dev ## bring the catalogues of sentences up to date with the source, and compile them
	@$(BIN)/python -m amana.phrases.compile

EXPORT = uv export --quiet --no-header --no-annotate --no-emit-project
lock:            ## renew requirements/*.txt from pyproject.toml (needs uv; LOCK_ARGS=--upgrade takes newer versions)
	uv lock $(LOCK_ARGS)
	$(EXPORT) --no-dev --group build -o requirements/run.txt > /dev/null
	$(EXPORT) --all-groups -o requirements/dev.txt > /dev/null
	@! grep -n '://' requirements/*.txt
