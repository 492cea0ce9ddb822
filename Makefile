# run · test · check · eval · bench · screenshots: each sets up .venv by itself and is quick the second time.
#   make run REPORTS="folder ..."   index these reports first      make run HOME_DIR=folder PORT=8000
#   make eval QUESTIONS=file.jsonl  other questions than the ones that ship
#   make bench REPORTS=folder       over other reports than the samples; SIZES="10000 1000000" for other sizes

PYTHON ?= python3
HOME_DIR ?= var
PORT ?= 7860
QUESTIONS ?= tests/data/questions.jsonl
SIZES ?= 10000 100000
BIN := .venv/bin
SOURCES := corpus index qa app.py tests

.PHONY: run test setup check eval bench screenshots
.DELETE_ON_ERROR:

run: setup
	@$(BIN)/python app.py --home "$(HOME_DIR)" --port $(PORT) $(if $(REPORTS),--reports $(REPORTS))

test: .venv/.test
	@$(BIN)/python -m pytest

setup: .venv/.run

check: .venv/.test
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy

eval: .venv/.test
	@$(BIN)/python -m index build --home build/eval --reports corpus/samples
	@$(BIN)/python -m qa eval "$(QUESTIONS)" --home build/eval

bench: .venv/.bench
	@$(BIN)/python -m tests.bench $(REPORTS)
	@$(BIN)/python -m tests.bench --sizes $(SIZES)

screenshots: .venv/.test
	@$(BIN)/python -m tests.screenshots screenshots

.venv/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.test: .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,train,ocr]'
	@touch $@

.venv/.bench: .venv/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@
