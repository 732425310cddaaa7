# Two commands matter: `make demo` shows what Kliping does, `make test` proves it. Both set everything up.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := demo-archive
JOBS   := 3

.PHONY: setup demo test lint format lock docs bench clean help
.DEFAULT_GOAL := help

help:
	@echo 'make setup    make .venv with everything in it, from requirements.lock'
	@echo 'make demo     replay all fixtures offline into $(DEMO)/ and show what came out'
	@echo 'make test     lint, types and tests'
	@echo 'make lint     ruff and mypy alone'
	@echo 'make docs     write docs/commands.md and docs/outlets.md anew from commands and outlets'
	@echo 'make bench    measure against other extractors (PAGES=DIR for pages of your own)'
	@echo 'make lock     resolve pyproject.toml into requirements.lock anew (needs uv)'
	@echo 'make clean    remove .venv, $(DEMO)/ and the caches'

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo 'make: $(PYTHON) is not installed: apt-get install python3' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "make: Kliping needs Python 3.11 or newer, $(PYTHON) is $$($(PYTHON) -V): make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'make: $(PYTHON) cannot make virtual environments: apt-get install python3-venv' >&2; exit 1; }
	@echo 'setting up $(VENV) (once) …'
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	@$(BIN)/python -m archiver.demo fixtures $(DEMO)

test: lint
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

lint: setup
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary

format: setup
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

docs: setup
	@$(BIN)/python -m archiver.cli.reference > docs/commands.md
	@$(BIN)/python -m archiver.passport.table > docs/outlets.md

bench: setup
	@$(BIN)/python benchmarks/bench.py $(if $(PAGES),--pages $(PAGES))

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --all-extras pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --extra notify pyproject.toml --output-file deploy/requirements.lock
	for name in peers fundus; do uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 benchmarks/$$name.in --output-file benchmarks/$$name.lock; done

clean:
	rm -rf $(VENV) benchmarks/.venv $(DEMO) .mypy_cache .pytest_cache .ruff_cache .hypothesis
