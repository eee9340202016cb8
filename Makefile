# `make help` lists what there is. Nothing is needed beforehand but Python 3.11 or newer, and make.
PYTHON ?= python3
PORT   ?= 4566
VENV   := .venv
MADE   := .redress
BIN    := $(VENV)/bin
# Two processes, each of which takes the next file.
BY_FILE := -n 2 --dist loadfile --no-loadscope-reorder
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help run stop reset demo test check bench deploy setup

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## The whole product on this computer: form, tracking, desk and the mail sent
	@$(BIN)/python -m infra.local.run start --port $(PORT)

stop: ## End what `make run` started, and keep the data
	@test ! -x $(BIN)/python || $(BIN)/python -m infra.local.run stop --port $(PORT)

reset: ## Forget all data of `make run`
	@test ! -x $(BIN)/python || $(BIN)/python -m infra.local.run reset --port $(PORT)

demo: run ## File real complaints through the front door, and handle a part of them
	@$(BIN)/python -m infra.demo --port $(PORT)

test: setup ## Everything: rules, adapters, whole lives, the deployed stack, the browser
	@CHROMIUM="$$($(BIN)/python -m infra.chromium)" && export CHROMIUM && $(BIN)/pytest $(BY_FILE)

check: setup ## The quick part, under a minute: lint, types, the core
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy functions infra
	@$(BIN)/cfn-lint template.yaml
	@$(BIN)/pytest $(BY_FILE) tests/complaints tests/repository

bench: setup ## How fast it is and what timers cost, beside floors
	@$(BIN)/python -m tests.bench

deploy: setup ## To AWS: asks for what it needs
	@$(BIN)/python -m infra.deploy

setup: $(MADE)/made/python $(MADE)/made/sam $(MADE)/made/emulator $(MADE)/made/node

# Each stamp is newer than the pins it was made from, so a second run does nothing.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Redress needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Choose another with `make PYTHON=...`.")'
	@echo "  Making the environment (once)"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module does not work here (Debian: apt-get install python3-venv)"; exit 1; }
	@$(BIN)/pip install -qq 'pip==26.2'

$(MADE)/made/python: pyproject.toml | $(BIN)/python
	@echo "  Packages"
	@$(BIN)/pip install -qq --group dev
	@mkdir -p $(@D) && touch $@

$(MADE)/made/%: pyproject.toml | $(MADE)/made/python
	@echo "  Tools: $*"
	@$(BIN)/python -m venv --without-pip --clear $(MADE)/tools/$*
	@$(BIN)/pip --python $(MADE)/tools/$*/bin/python install -qq --group $*
	@mkdir -p $(@D) && touch $@

$(MADE)/made/node: frontend/package-lock.json | $(MADE)/made/python
	@echo "  Packages of the pages"
	@cd frontend && npm ci --silent
	@mkdir -p $(@D) && touch $@
