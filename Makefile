# Two commands do everything on a fresh machine: `make run` and `make test`.
.PHONY: run test prove bench

PYTHON := .venv/bin/python
SHARE ?= 0.01

run: .venv/ready
	$(PYTHON) -m ui --practice

# Compiled code is kept, whatever the machine is set to: hundreds of processes are started here.
# What fails is played again with the values in its asserts; to look for them takes a worker 10 s.
PYTEST = PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest

# Thousands of vaults are made and thrown away: in memory, where this machine has plenty of it, a
# tenth of the time goes (D-134).
SCRATCH = $(shell free=$$(awk '/^MemAvailable/ {print $$2}' /proc/meminfo 2>/dev/null); \
	room=$$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1); \
	[ "$${free:-0}" -gt 12000000 ] && [ "$${room:-0}" -gt 8000000 ] && echo TMPDIR=/dev/shm)

test: .venv/ready-for-tests
	$(SCRATCH) $(PYTEST) -n 4 --dist loadfile --no-loadscope-reorder --assert=plain || { $(SCRATCH) $(PYTEST) --last-failed; exit 1; }

# make prove [WHAT=name,…] [SHARE=0.01]: fault harnesses at a share of their release figures, a
# hundredth where nothing is said. What a release needs is SHARE=1: for WHAT=exchange half a day.
# AFTER=n leaves out the first n schedules of exchange-machine, to play them in parts.
prove: .venv/ready-for-tests
	QT_QPA_PLATFORM=offscreen $(PYTHON) tests/prove --share $(SHARE) $(if $(AFTER),--after $(AFTER)) \
		$(if $(WHAT),--what $(WHAT))

# make bench [WHAT=name,…]: figures, one line each, and build/bench.json. Only by their names run
# peers, badlink, hubgrowth and arrivals: each takes many minutes.
bench: .venv/ready-for-tests
	QT_QPA_PLATFORM=offscreen $(PYTHON) tests/bench $(if $(WHAT),--what $(WHAT))

.venv/ready: requirements.lock pyproject.toml prepare.sh
	./prepare.sh

.venv/ready-for-tests: requirements.lock pyproject.toml prepare.sh
	./prepare.sh test
