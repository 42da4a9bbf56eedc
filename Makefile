# `make` lists what there is. The first of these that is run also makes .venv.

PYTHON := .venv/bin/python
WORKERS ?= 2
MINUTES ?= 15
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast check format-check lint types layers page-check licences audit sbom format walk bench faults soak attacks lock page e2e page-figures screenshots clean runtime demo-runtime development

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: demo-runtime page ## run Calendra here, with its own database and a stand-in for the meeting provider
	@.venv/bin/calendra demo $(ARGS)

test: development page ## all tests; some of them: make test ARGS="tests/unit -k slot"
	@$(PYTHON) -m pytest -n $(WORKERS) $(ARGS)

test-fast: development ## the quick part of the tests: rules, use cases and contracts, in memory
	@$(PYTHON) -m pytest -q -n $(WORKERS) tests/unit tests/application tests/contract -k "not postgres and not TestZoom" $(ARGS)

check: format-check lint types layers page-check licences ## formatting, lint, types, layers, the page's sources, licences

format-check: development ## formatting alone
	@echo "--- formatting (ruff format)" && $(PYTHON) -m ruff format --check --output-format concise . || \
		{ echo "Run: make format"; exit 1; }

lint: development ## lint alone
	@echo "--- lint (ruff check)" && $(PYTHON) -m ruff check .

types: development ## types alone
	@echo "--- types (mypy)" && $(PYTHON) -m mypy

layers: development ## layers alone
	@echo "--- layers (import-linter)" && .venv/bin/lint-imports

page-check: page ## the page's sources alone; building it has checked their types
	@echo "--- page (tsc, biome)" && $(PYTHON) -m entrypoints.web.build --check

licences: development ## licences alone: of all packages, the page's included
	@echo "--- licences (pip-licenses)" && $(PYTHON) .ci/licences

audit: development ## known vulnerabilities of the packages; asks the registries, and ends with 3 when it cannot
	@$(PYTHON) .ci/audit

sbom: development ## the bill of materials of a production installation (CycloneDX), on standard output
	@$(PYTHON) .ci/sbom

format: development ## put the formatting right
	@$(PYTHON) -m ruff format . && $(PYTHON) -m ruff check --fix-only . && $(PYTHON) -m entrypoints.web.build --format

walk: development ## the main job from end to end, step by step, against a running Calendra
	@$(PYTHON) -m tests.walk $(ARGS)

bench: development ## measure
	@$(PYTHON) -m tests.benchmarks $(ARGS)

faults: development page ## every fault that is tried, and what became of the sessions: the quick part
	@$(PYTHON) -m tests.chaos.faults --workers $(WORKERS) $(ARGS)

soak: development page ## the long part: random deaths under load, for so many minutes: make soak MINUTES=30
	@$(PYTHON) -m tests.chaos.faults --workers $(WORKERS) --minutes $(MINUTES) $(ARGS)

e2e: development page ## the page in a real browser; needs Chromium
	@$(PYTHON) -m tests.e2e.chromium
	@$(PYTHON) -m pytest -n $(WORKERS) tests/e2e $(ARGS)

page-figures: development page ## how much the page loads, and how fast it is; needs Chromium
	@$(PYTHON) -m tests.page.figures $(ARGS)

screenshots: development page ## take the pictures of docs/screenshots anew; needs Chromium
	@$(PYTHON) -m tests.page.screenshots $(ARGS)

attacks: development page ## attack a served Calendra, and print each figure with its bound; longer: ARGS="--seconds 60"
	@$(PYTHON) -m tests.chaos.attacks $(ARGS)

lock: development ## write the lock files anew after a change of pyproject.toml; newest versions: UPGRADE=1
	@.ci/lock $(if $(UPGRADE),--upgrade)

page: runtime ## build the page, when its sources or the API have changed
	@$(PYTHON) -m entrypoints.web.build

clean: ## remove .venv and everything else that was made (the data of `make demo` stays, in .calendra)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist build entrypoints/web/dist entrypoints/web/generated entrypoints/web/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

runtime:
	@.ci/set-up requirements.lock

demo-runtime:
	@.ci/set-up requirements-demo.lock

development:
	@.ci/set-up requirements-dev.lock
