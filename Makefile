PYTHON ?= $(shell command -v python3.11 || command -v python3)
WAVE ?= exempel/2026
BIN := .venv/bin

.PHONY: report check test ci calibrate notebooks bench example docs clean

report: .venv/.ready
	$(BIN)/sekom run $(WAVE)

check: .venv/.ready
	$(BIN)/sekom check $(WAVE)

test: .venv/.tested
	$(BIN)/python -m pytest -n 2 --dist loadfile

calibrate: .venv/.ready
	$(BIN)/python scripts/calibrate.py
ci:
	bash .ci/run

notebooks: .venv/.jupyter
	$(BIN)/jupyter lab notebooks

bench: .venv/.bench
	$(BIN)/python -m benchmarks

example: .venv/.ready
	$(BIN)/python scripts/make_example.py

docs: .venv/.docs
	$(BIN)/python scripts/make_docs.py

clean:
	rm -rf .venv reports/*/*/internal

.venv/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

.venv/.tested: .venv/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	touch $@

.venv/.docs: .venv/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[docs]"
	touch $@

.venv/.jupyter: .venv/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[jupyter]"
	touch $@

.venv/.bench: .venv/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	touch $@
