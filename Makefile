# What developers and the continuous integration call; `make check` has to pass.

PYTHON ?= python3
BIN := .venv/bin
ROOMS := features models predict seeds train
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check install --constraint constraints.txt

# Tests never reach for a model hub.
OFFLINE := HF_HUB_OFFLINE=1

# Says what a target does and, however it ends, how long it took.
TIMED = started=$$(date +%s); \
	trap 'echo "$(@F): took $$(($$(date +%s) - started)) s"' EXIT; \
	echo "$(@F):"

# train and benchmarks are folders too; one after the other, because types and test share build/types.
.PHONY: help setup demo test slow test-fresh lint types types-links check format gate bench train release-model clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:
	@echo "make setup | demo | test | slow | test-fresh | lint | types | check | format | gate | bench | train | release-model | clean"

setup: .venv/.installed

# What scoring needs. pip itself first: that of Python 3.11 overlooks extras spelled with an
# underscore, and trafilatura then fails on import. torch alone: it is by far the largest, and
# whoever wants another build of the same version (CPU, CUDA) puts that into .venv beforehand.
.venv/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
		|| { echo "$(PYTHON) is $$($(PYTHON) -V 2>&1), expected Python 3.11 to 3.13: make PYTHON=python3.11 ..."; exit 1; }
	@test -x $(BIN)/python || { echo "setup: creating .venv"; $(PYTHON) -m venv .venv; }
	@$(PIP) pip setuptools wheel
	@echo "setup: installing torch (some minutes the first time)"
	@$(PIP) torch
	@echo "setup: installing copydesk and what it needs"
	@$(PIP) --no-build-isolation --editable .
	@touch $@

.venv/.installed: .venv/.runtime
	@echo "setup: installing the extras and the test tools"
	@$(PIP) --no-build-isolation --editable ".[test]"
	@touch $@

demo: .venv/.runtime
	@$(TIMED) "labelling seven texts about one event into out/labels.jsonl and out/report.html"; \
	$(BIN)/python -m copydesk.demo

# Small models are fitted by one thread: several wait for each other on a busy machine.
test: setup
	@$(TIMED) "running the whole suite, with branch coverage"; \
	OMP_NUM_THREADS=1 $(OFFLINE) $(BIN)/pytest --cov --cov-branch

# What takes minutes: runs killed at fifty moments, clusters that lose workers.
slow: setup
	@$(TIMED) "running the slow tests"; \
	OMP_NUM_THREADS=1 $(OFFLINE) $(BIN)/pytest -m slow

# As on a machine without the Debian packages that some engines need, whatever this one has.
test-fresh: setup
	@$(TIMED) "running the tests of engines, as without Debian packages"; \
	OMP_NUM_THREADS=1 $(OFFLINE) $(BIN)/pytest --debian=hidden \
		tests/seeds/derive tests/test_docstrings.py tests/test_readme.py

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# mypy does not follow setuptools' package-dir, so it is shown the tree as it will be installed.
types-links:
	@rm -rf build/types
	@mkdir -p build/types/copydesk
	@ln -s $(addprefix ../../../,$(filter-out %/__pycache__,$(wildcard src/copydesk/*)) $(ROOMS)) build/types/copydesk/

types: setup types-links
	$(BIN)/mypy --strict

# All three are run whatever fails, so that one run tells everything.
check:
	@$(TIMED) "lint, types and the whole suite"; \
	$(MAKE) --no-print-directory --keep-going lint types test

gate: setup
	$(BIN)/python benchmarks/gate.py --data $(COPYDESK_DATA) --cache out/cache

# On one core, so that threads do not wait for each other; beside peers, which are no dependency.
bench: setup
	@$(PIP) ".[bench]"
	OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false $(OFFLINE) \
		$(BIN)/python benchmarks/speed.py --data $(COPYDESK_DATA)

train: .venv/.runtime
	$(BIN)/copydesk train --corpus seeds/starter --out out/model

# Where the public data lie; train/DATA.md says how to get them.
COPYDESK_DATA ?= ../shared/data

release-model: setup
	rm -rf out/released
	$(BIN)/copydesk train --recipe train/released.toml --data $(COPYDESK_DATA) --cache out/cache \
		--out out/released
	cp out/released/* models/default/

# .venv stays: it is slow to make and `make setup` keeps it up to date.
clean:
	rm -rf build dist out *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov
	find src $(ROOMS) benchmarks tests -name __pycache__ -type d -prune -exec rm -rf {} +
