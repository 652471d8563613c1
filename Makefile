PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
WAVE ?= exempel/2026
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt
# uv where it is, which is many times quicker; pip where it is not, or where uv does not reach what pip does.
INSTALL = $(if $(shell command -v uv),install() { uv pip install --quiet --python $(BIN)/python -c constraints.txt "$$@" || $(PIP) "$$@"; }; install,$(PIP))

.PHONY: report check test whole campaign ci calibrate notebooks bench bench-all example docs clean

report: .venv/.ready
	$(BIN)/sekom run $(WAVE)

check: .venv/.ready
	$(BIN)/sekom check $(WAVE)

test: .venv/.tested
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not whole and not campaign"

whole: .venv/.tested
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "whole and not campaign"

campaign: .venv/.tested
	$(BIN)/python -m pytest -n 2 -m campaign

calibrate: .venv/.ready
	$(BIN)/python scripts/calibrate.py

ci:
	bash .ci/run

notebooks: .venv/.jupyter
	$(BIN)/jupyter lab notebooks

bench: .venv/.bench
	$(BIN)/python -m benchmarks

bench-all: .venv/.bench
	$(BIN)/python -m benchmarks all

example: .venv/.ready
	$(BIN)/python scripts/make_example.py

docs: .venv/.docs
	$(BIN)/python scripts/make_docs.py

clean:
	rm -rf .venv reports/*/*/internal

.venv/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) -e .
	touch $@

.venv/.tested: .venv/.ready
	$(INSTALL) -e ".[test]"
	touch $@

.venv/.docs: .venv/.ready
	$(INSTALL) -e ".[docs]"
	touch $@

.venv/.jupyter: .venv/.ready
	$(INSTALL) -e ".[jupyter]"
	touch $@

.venv/.bench: .venv/.tested
	$(INSTALL) -e ".[bench]"
	touch $@
