# Everything a developer does is a target here; CI runs `make test`.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
VENV ?= .venv
BIN = $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?=
SEED ?= 1
COUNT ?= 100
JUDGMENTS ?= tests/data/judgments.jsonl

.PHONY: serve index test lint types unit browser mutants evaluate bench docs screenshots clean

serve: $(VENV)/.installed
	@$(BIN)/poi-search serve --host $(HOST) --port $(PORT)

index: $(VENV)/.installed
	$(BIN)/poi-search index

test: lint types unit browser

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/pytest --ignore=tests/browser $(PYTEST_ARGS)

browser: $(VENV)/.dev
	$(BIN)/pytest tests/browser $(PYTEST_ARGS)

mutants: $(VENV)/.dev
	$(BIN)/python tests/mutants.py --seed $(SEED) --count $(COUNT)

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
