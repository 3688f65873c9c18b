# The memory of the project: every job by name. The first one that needs it makes .venv.
# The newest Python of 3.11 or later that answers on this machine; PYTHON=... asks for another.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test lint docs notebook bench fuzz mutants attack neo4j neo4j-fetch clean

demo: $(READY)  ## the main job: a fictional province, from lists to answers in verdigraph-demo/
	$(BIN)/verdigraph demo

test: $(READY)  ## all tests and the notebooks, on up to four cores
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal --nbmake tests notebooks

lint: $(READY)  ## style, types, walls
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY)  ## the generated tables of docs/ and of the READMEs
	$(BIN)/python docs/generate.py

notebook: $(READY)  ## run the notebook as it stands
	$(BIN)/python -m pytest --nbmake notebooks

bench: $(READY)  ## the numbers of docs/performance.md, on this machine
	$(BIN)/python -m pip install --quiet -e '.[bench]'
	$(BIN)/python -m benchmarks

fuzz: $(READY)  ## many mutants of sound lists through every reader; MUTANTS=20000 SEED=1
	$(BIN)/python -m tests.fuzz.run --mutants $(or $(MUTANTS),10000) --seed $(or $(SEED),1)

mutants: $(READY)  ## do the tests notice a changed expression of the law? docs/testing.md; SAMPLE=0 for all, SEED=1, ROOMS="law measures"
	$(BIN)/python -m pip install --quiet -e '.[mutants]'
	$(BIN)/python -m tests.mutation.run $(ROOMS) --sample $(or $(SAMPLE),150) --seed $(or $(SEED),1)

attack: $(READY)  ## attacks on a store, large: single flipped bits; FLIPS=10000 SEED=1
	$(BIN)/python -m tests.attacks.bit_flips --flips $(or $(FLIPS),10000) --seed $(or $(SEED),1)

neo4j: $(READY)  ## a Neo4j Community server on loopback until Ctrl-C; Java 17, and mvn the first time
	$(BIN)/python -m tests.neo4j.server

neo4j-fetch: $(READY)  ## get that server into .neo4j/ without starting it: the tests then use it
	$(BIN)/python -m tests.neo4j.server --fetch-only

clean:  ## what the jobs left behind, but not .venv
	rm -rf verdigraph-demo mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "没有找到 Python 3.11 或更新版本：请安装后再试，或写明 make PYTHON=路径。" \
	  "No Python 3.11 or later was found: install one, or say make PYTHON=path." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@
