# Two commands do everything: `make start` opens the dashboard, `make test` proves that it works.
# Without make (Windows): see README.md for the direct commands.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.klaar

.DEFAULT_GOAL := help
.PHONY: help start test lint schermen benchmarks formaten lock clean

help: ## toon deze lijst
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

start: $(READY) ## open het dashboard (maakt demogegevens als er geen gegevens zijn)
	$(BIN)/sterrenwacht start

# Three workers for two cores: a browser, a server or a command of its own is waited for much of the time. In the order
# of their names the small files come last, so that the workers end together.
test: $(READY) ## de hele controle: stijl, types, tests, browsertests
	sh tests/install_chromium.sh $(BIN)
	sh tests/install_postgresql.sh $(BIN)
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: $(READY) ## stijl en types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

schermen: $(READY) ## een PNG van elke pagina, breed en smal, licht en donker, in .build/schermen
	sh tests/install_chromium.sh $(BIN)
	$(BIN)/python -m tests.e2e.schermen .build/schermen

benchmarks: $(READY) ## gemeten verhoudingen; de vloer wordt in dezelfde beurt gemeten
	$(BIN)/python -m benchmarks

formaten: $(READY) ## schrijf docs/leveringen.md opnieuw uit de contracten
	$(BIN)/python -m pipelines.format_docs

lock: $(READY) ## vernieuw requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate -o requirements.lock

clean: ## verwijder wat gebouwd is; gegevens blijven staan
	rm -rf .venv .build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# pip alone, because it comes with Python. Debian and Ubuntu split `venv` off into a package of its own.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 of hoger is nodig: sudo apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh tests/install_package.sh python3-venv
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
