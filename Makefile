# `make run` and `make test` need nothing but Python 3.11 or newer; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DATA ?= newsmorgue-data
PORT ?= 8000
BENCH_DATA ?= ../shared/data
BENCH_DIR ?= bench-data
BENCH_ARTICLES ?= 10000 100000

.PHONY: install run test test-whoosh3 test-opensearch test-postgres fuzz lint check format bench schemathesis browser lighthouse screenshots lock clean

install: $(STAMP)

$(STAMP): setup.cfg pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Newsmorgue needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24,<28'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

run: install
	$(BIN)/newsmorgue index seeds --data-dir $(DATA)
	$(BIN)/newsmorgue serve --data-dir $(DATA) --port $(PORT)

test: install
	$(BIN)/python -m pytest

# The tests of the Whoosh index by whoosh3, a live fork that gives the same module: it goes before the installed one.
WHOOSH3 ?= 3.54.0
test-whoosh3: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target build/whoosh3 whoosh3==$(WHOOSH3)
	PYTHONPATH=build/whoosh3 $(BIN)/python -m pytest tests/index/engines tests/conformance tests/search/engines

# The engine for clusters, against three real nodes on this machine; needs Java 17 and Maven, 2 GB of memory and some
# minutes. The server (51 MB) is fetched from Maven Central once. With Debian's `postgresql` too, several machines on one index are tried.
test-opensearch: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,opensearch,postgres]'
	NEWSMORGUE_OPENSEARCH=$${NEWSMORGUE_OPENSEARCH:-1} $(BIN)/python -m pytest tests/opensearch

# The archive in PostgreSQL, against a server of this machine that the tests start and stop; needs Debian's `postgresql`
# (no running cluster of it) and a minute.
test-postgres: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,postgres]'
	NEWSMORGUE_POSTGRESQL=1 $(BIN)/python -m pytest tests/postgresql tests/index/archive

# Feeds every reader with damaged inputs, for about an hour; the suite does so for seconds.
FUZZ_EXAMPLES ?= 6000
fuzz: install
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest tests/hostile/reading_fuzz_test.py

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Every figure that the docs state; BENCH_DATA is a folder with labels/, dates/, html-pages/ and articles/.
bench: install
	@test -d "$(BENCH_DATA)" || { echo "make bench BENCH_DATA=DIR: there is no folder $(BENCH_DATA)"; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	$(BIN)/python -m benchmarks.html_pages --data $(BENCH_DATA)/html-pages
	$(BIN)/python -m benchmarks.dates --data $(BENCH_DATA)/dates
	$(BIN)/python -m benchmarks.publication --data $(BENCH_DATA)
	$(BIN)/python -m benchmarks.outlets --data $(BENCH_DATA)
	$(BIN)/python -m benchmarks.tagging --data $(BENCH_DATA)
	$(BIN)/python -m benchmarks.indexing --data $(BENCH_DATA)/articles/us-politics-12k.jsonl.gz --keep $(BENCH_DIR)
	$(BIN)/python -m benchmarks.latency --data-dir $(BENCH_DIR)
	$(BIN)/python -m benchmarks.relevance --data $(BENCH_DATA)/ir
	$(BIN)/python -m benchmarks.engines --data $(BENCH_DATA)/articles --articles $(BENCH_ARTICLES)

# What the browser tests need beside Debian's chromium; without it they are skipped, and say so.
browser: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,browser]'
	npm ci --prefix tests/browser --omit=dev --no-audit --no-fund --silent

# Lighthouse over the pages of the sample archive; needs chromium and npm.
lighthouse: install
	npm ci --prefix tests/browser --no-audit --no-fund --silent
	$(BIN)/python -m benchmarks.lighthouse

# The pictures in docs/images, from the sample archive; needs chromium.
screenshots: browser
	$(BIN)/python -m benchmarks.screenshots

# All checks of schemathesis against the document that is served, in more than 5,000 cases; takes some minutes.
schemathesis: install
	$(BIN)/newsmorgue index seeds --data-dir $(BENCH_DIR)/contract
	$(BIN)/python -m benchmarks.contract.run --data-dir $(BENCH_DIR)/contract

# Pins what a fresh resolution of setup.cfg gives today.
lock:
	rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spacy,bench,browser,opensearch,postgres]'
	$(VENV)/lock/bin/python -m pip freeze --exclude-editable --exclude pip --exclude setuptools > constraints.txt
	rm -rf $(VENV)/lock

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
