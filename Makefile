# Everything a developer does is a target here; CI runs `make test`.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
VENV ?= .venv
BIN = $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?=
JUDGMENTS ?= tests/data/judgments.jsonl

.PHONY: serve index test lint types unit evaluate bench docs screenshots clean

serve: $(VENV)/.installed
	@$(BIN)/poi-search serve --host $(HOST) --port $(PORT)

index: $(VENV)/.installed
	$(BIN)/poi-search index

test: lint types unit

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/pytest $(PYTEST_ARGS)

evaluate: $(VENV)/.bench
	$(BIN)/python benchmarks/quality.py $(JUDGMENTS)

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/search.py

docs: $(VENV)/.bench
	$(BIN)/python tests/documents.py --measure

screenshots: $(VENV)/.dev
	$(BIN)/python tests/browser/screenshots.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "poi-search needs Python 3.11 or newer; none was found."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@
