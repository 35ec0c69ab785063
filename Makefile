# Two commands do everything on a fresh machine: `make run` and `make test`.
.PHONY: run test prove bench

PYTHON := .venv/bin/python
SHARE ?= 0.01

run: .venv/ready
	$(PYTHON) -m ui --practice

# Compiled code is kept, whatever the machine is set to: hundreds of processes are started here.
# What fails is played again with the values in its asserts; to look for them takes a worker 10 s.
PYTEST = PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest

test: .venv/ready-for-tests
	$(PYTEST) -n 3 --dist loadfile --no-loadscope-reorder --assert=plain || { $(PYTEST) --last-failed; exit 1; }

# make prove [WHAT=name,…] [SHARE=0.01]: fault harnesses at a share of their release figures.
prove: .venv/ready-for-tests
	QT_QPA_PLATFORM=offscreen $(PYTHON) tests/prove --share $(SHARE) $(if $(WHAT),--what $(WHAT))

# make bench [WHAT=name,…]: figures, one line each, and build/bench.json.
bench: .venv/ready
	QT_QPA_PLATFORM=offscreen $(PYTHON) tests/bench $(if $(WHAT),--what $(WHAT))

.venv/ready: requirements.lock pyproject.toml prepare.sh
	./prepare.sh

.venv/ready-for-tests: requirements.lock pyproject.toml prepare.sh
	./prepare.sh test
