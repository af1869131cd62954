# The two commands that matter: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where it is set, each process of the tests compiles all of them again: ten seconds each.
export PYTHONDONTWRITEBYTECODE :=
# Some tests wait for a browser or for other processes: one more at a time than there are cores.
AT_ONCE = $(shell $(PYTHON) -c 'import os; print(min(8, 1 + (os.cpu_count() or 1)))')

.PHONY: run test bench faults coverage lint format install install-dev lock wheel sbom audit clean

run: install
	$(BIN)/python -m bot practice --open

test: install-dev
	$(BIN)/python -m pytest --numprocesses=$(AT_ONCE) --dist=worksteal

coverage: install-dev
	$(BIN)/python -m pytest --numprocesses=$(AT_ONCE) --dist=worksteal --cov=bot --cov-branch --cov-report=
	$(BIN)/coverage report --include='bot/coaching/*,bot/flows/*' --skip-covered --show-missing --fail-under=100
	$(BIN)/coverage report --format=total --fail-under=90

# Twenty minutes on a quiet machine; `make bench QUICK=1` only shows that it works. Installs nothing into .venv.
bench: .venv-bench/.installed
	.venv-bench/bin/python -m bench $(if $(QUICK),--quick)

# About half an hour on a quiet machine with two cores, long versions of tests included; writes bench/FAULTS.md.
faults: install-dev
	$(BIN)/python -m tests.faults

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot check --content

format: install-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

install: .venv/.installed
install-dev: .venv/.installed-dev

.venv/.installed: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

.venv-bench/.installed: requirements.lock bench/requirements.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --require-hashes -r requirements.lock -r bench/requirements.lock
	touch $@

lock: install-dev
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra teams -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra teams --extra dev -o requirements-dev.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -c requirements-dev.lock -o bench/requirements.lock bench/requirements.in

wheel: install-dev
	$(BIN)/python -m hatchling build -t wheel

# What an installation is made of, as CycloneDX.
sbom: install-dev
	mkdir -p dist
	$(BIN)/python .ci/sbom.py dist/pitstop.cdx.json

# Asks an advisory service on the internet, so it is no part of what must be green. Installs nothing into .venv.
audit: .venv-audit/.installed
	@.venv-audit/bin/python .ci/audit.py .venv-audit/bin/pip-audit requirements.lock

.venv-audit/.installed:
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/pip install --quiet pip-audit==2.10.1
	touch $@

clean:
	rm -rf .venv .venv-bench .venv-audit dist .mypy_cache .ruff_cache .hypothesis .coverage
