# One command from a clean machine to fifteen district packs. `make help` lists the commands.
# Một lệnh từ máy mới đến mười lăm bản tin cấp huyện. `make help` liệt kê các lệnh.
#
# Windows and conda: `conda env create -f environment.yml`, then `workbench packs` (README.md).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Touched when the environment is whole; older than the lock or pyproject.toml means: install again.
STAMP := $(VENV)/.installed
# What follows the command: make packs ARGS="--round example-papi-2021"
ARGS ?=

# Whose wheels `make wheelhouse` fetches: this machine's, or another platform's and its Python.
FOR ?=
FOR_PYTHON ?= 3.12

LOCK_VENV := .venv-lock
UV_VERSION := 0.13.9
# Empty keeps the pins that still fit; make lock UPGRADE=--upgrade takes the newest releases.
UPGRADE ?=

.DEFAULT_GOAL := help
.PHONY: help packs test bench lab wheelhouse lint format lock clean

help: ## list the commands / liệt kê các lệnh
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

packs: $(STAMP) ## build the example round and write 15 packs / dựng số liệu ví dụ và 15 bản tin (packs/index.html)
	$(BIN)/workbench packs $(ARGS)

# A file's tests stay together, so what a file's fixtures build is built once.
test: $(STAMP) ## run the tests / chạy kiểm thử
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile $(ARGS)

bench: $(STAMP) ## measure speed and coverage, rewrite docs/benchmarks / đo tốc độ và độ phủ
	$(BIN)/python tests/benchmarks/estimates_speed.py --write
	$(BIN)/python tests/benchmarks/district_coverage.py
	$(BIN)/python tests/benchmarks/class_list_intake.py --write
	$(BIN)/python tests/benchmarks/explore_answers.py --write
	$(BIN)/python tests/benchmarks/batch_speed.py --write
	$(BIN)/python tests/benchmarks/batch_faults.py --write
	$(BIN)/python tests/benchmarks/cluster_speed.py --write
	$(BIN)/python tests/benchmarks/false_findings.py --write

lab: $(STAMP) ## open JupyterLab on workspace/ / mở JupyterLab tại thư mục workspace/
	$(BIN)/workbench lab $(ARGS)

wheelhouse: $(STAMP) ## fetch all packages for a machine without internet: FOR=win_amd64 / tải sẵn gói cho máy không mạng
	@mkdir -p wheelhouse
	$(if $(FOR),$(BIN)/python windows/lock_for.py $(FOR) $(FOR_PYTHON),cat requirements.lock) > wheelhouse/requirements.txt
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary=:all: \
	  $(if $(FOR),--platform $(FOR) --python-version $(FOR_PYTHON) --implementation cp) -r wheelhouse/requirements.txt --dest wheelhouse

lint: $(STAMP) ## check style, change nothing / kiểm tra cách viết mã, không sửa
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMP) ## mend style / sửa cách viết mã
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## delete what the commands made, keep .venv and data/raw / xóa tệp đã dựng, giữ .venv và data/raw
	rm -rf packs data/built build .pytest_cache .ruff_cache .hypothesis $(LOCK_VENV)
	find analysis training tests data notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

# Every file is checked against the lock's hash and is a wheel, so nothing is compiled and nothing unlisted comes in.
# The project itself is installed from this folder with the locked setuptools: --no-index, it asks no server.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Lỗi: cần Python 3.11 trở lên; "$(PYTHON)" là: '"$$($(PYTHON) --version 2>&1 | tail -n 1)."; \
	  echo '  Hãy cài Python mới, hoặc chỉ rõ: make packs PYTHON=python3.12'; \
	  echo 'Error: Python 3.11 or newer is needed; install it, or name it: make packs PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'Lỗi: Python này thiếu mô-đun venv. Trên Debian/Ubuntu: sudo apt install python3-venv'; \
	  echo 'Error: this Python has no venv module. On Debian/Ubuntu: sudo apt install python3-venv'; exit 1; }
	@$(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@echo 'Đang cài các gói theo requirements.lock (vài phút) / Installing what requirements.lock lists (some minutes)'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
	@touch $@

# The lock holds for Windows, macOS and Linux and every Python from 3.11 (markers tell them apart), with the hashes
# of all the files that the package index serves for a release. uv, which makes it, has a small environment of its
# own. It does not read pip's settings: where pip has another index (a mirror), it is handed on through the
# environment, so that no address is written into any file.
lock: ## make requirements.lock again from pyproject.toml / lập lại requirements.lock
	@test -x $(LOCK_VENV)/bin/uv || { $(PYTHON) -m venv $(LOCK_VENV) && \
	  $(LOCK_VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	index="$$($(LOCK_VENV)/bin/python -m pip config get global.index-url 2>/dev/null || true)"; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	$(LOCK_VENV)/bin/uv pip compile pyproject.toml --extra cluster --extra database --extra test --group build --output-file requirements.lock \
	  --universal --python-version 3.11 --generate-hashes --no-config --no-emit-index-url --no-emit-find-links \
	  --no-sources --annotation-style line --custom-compile-command 'make lock' --quiet $(UPGRADE)
