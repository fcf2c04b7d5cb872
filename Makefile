# `make demo` and `make test` work in a fresh clone with nothing installed but Python 3.11 or newer.

PYTHON ?= python3
ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
# $(PYTHON), or the first other that is new enough and can build environments.
FOUND := $(shell for python in "$(PYTHON)" python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$python" -c "$(ENOUGH)" 2>/dev/null && echo "$$python" && break; done)

VENV := .venv
TEST := .venv-test
WHEEL := .venv-wheel
INSTALL := -m pip install --quiet --disable-pip-version-check

.PHONY: demo run test check bench clean fresh lint types wheel python
.NOTPARALLEL:

demo: $(VENV)/installed  # the monitor on the embedded market: no exchange, no network
	$(VENV)/bin/liqtop demo

run: $(VENV)/installed  # the monitor on live exchanges; make run COINS="BTC WIF" for others than the config's
	$(VENV)/bin/liqtop $(COINS)

test: fresh  # everything, on two cores; once installed, no network but loopback
	$(TEST)/bin/python -m pytest -n 2 --dist loadfile

check: lint types test wheel  # what CI runs

bench: $(VENV)/installed  # speed, bytes and memory
	$(VENV)/bin/python $(INSTALL) -e '.[dev]'
	$(VENV)/bin/python tests/bench/run.py

lint: fresh
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .

types: fresh
	$(TEST)/bin/mypy

wheel: fresh  # built, then installed alone in an empty environment and run from outside of the repository's folder
	rm -rf dist $(WHEEL)
	$(TEST)/bin/python -m build --outdir dist . >/dev/null
	"$(FOUND)" -m venv $(WHEEL)
	$(WHEEL)/bin/python $(INSTALL) dist/*.whl
	cd $(WHEEL) && bin/liqtop --version
	cd $(WHEEL) && bin/liqtop demo --headless --seconds 5
	cd $(WHEEL) && bin/liqtop replay sample --headless

fresh: python
	rm -rf $(TEST)
	"$(FOUND)" -m venv $(TEST)
	$(TEST)/bin/python $(INSTALL) -e '.[dev]'

$(VENV)/installed: pyproject.toml | python
	@echo "installing into $(VENV), which takes less than a minute"
	"$(FOUND)" -m venv --clear $(VENV)
	$(VENV)/bin/python $(INSTALL) -e .
	touch $@

python:
	@test -n "$(FOUND)" || { echo "liqtop needs Python 3.11 or newer with its venv module, and found none." \
		"Name one: make PYTHON=/path/to/python3" >&2; exit 1; }

clean:
	rm -rf $(VENV) $(TEST) $(WHEEL) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
