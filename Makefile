# Short names for what the scripts do. Prerequisites: git, make, Python 3.11 or newer with venv.
EDITION ?= 2021
EDITIONS ?=
NAMES ?=
SCOPE ?=
# What a person gives goes to the scripts through the environment, where neither make nor a shell
# reads anything into it.
GIVEN := A ASSESSMENTS B BY CHAPTER EDITION EDITIONS METHOD NAMES ONLY PARAMS PROFILE SCOPE YEAR
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(GIVEN)
PORT ?= 8000
FACTS ?= data/published/$(EDITION).csv
CORES ?= 2
SAMPLE ?= 400
SEED ?= 1
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done)
RUN := .venv/bin/python
# Same bytes whatever the user's settings: no user packages, no hash order of the day.
export PYTHONNOUSERSITE := 1
export PYTHONHASHSEED := 0
unexport PYTHONPATH
# Loading what is not compiled takes a build twice the time of its work.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help book plan test test-builds test-proofs test-kills test-lab test-slurm coverage mutants check
.PHONY: serve lab rerun chapter edition editions compare sensitivity bench lock gate register mapping template
.PHONY: import audit transcribe

help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 13

book: .venv/installed.lock  ## build the edition: site, PDF, reproduction (EDITION=2021 SCOPE="province=江苏省 industry=39")
	@$(RUN) scripts/build_edition.py --edition "$$EDITION" --scope "$$SCOPE" --cores $(CORES)

plan: .venv/installed.lock  ## say what `make book` would run, and why
	@$(RUN) scripts/build_edition.py --edition "$$EDITION" --scope "$$SCOPE" --plan

test: book  ## run the tests, on an up-to-date book
	@$(RUN) -m pytest -q -n 2 --dist loadfile -m "not builds and not lab and not proofs and not slurm"

test-builds: .venv/installed.lock  ## the slower tests, which build, break and kill a book of their own
	@$(RUN) -m pytest -q -n 2 --dist loadfile -m builds

test-proofs: .venv/installed.lock  ## the audit and the simulation over many drawn editions; hours
	@$(RUN) -m pytest -q -m proofs

test-kills: .venv/installed.lock  ## kill builds and damage what they made, 130 times; hours
	@$(RUN) tests/workflow/kills.py

mutants: book  ## edit lines one at a time, count what the tests notice (SAMPLE=400 SEED=1 BASE=main); hours
	@$(RUN) -m tests.mutation --sample $(SAMPLE) --seed $(SEED) \
		$(if $(BASE),--base $(BASE)) $(if $(KNOWN),--known)

test-lab: .venv-lab/installed.lock  ## the editor's walk in a real JupyterLab, in headless Chromium
	@$(RUN) -m pytest -q -m lab

test-slurm: .venv-slurm/installed.lock .venv/installed.lock  ## editions as jobs of a Slurm of this machine (Debian, root)
	@$(RUN) -m pytest -q -m slurm

coverage: book  ## which branches of the code the tests reach, held to the floor of each package
	@$(RUN) -m pytest -q -n 2 --dist loadfile -m "not builds and not lab and not proofs and not slurm" \
		--cov --cov-report=term --cov-report=json:_build/coverage.json
	@$(RUN) -m tests.floors < _build/coverage.json

lab: .venv-lab/installed.lock  ## open the notebooks in JupyterLab
	@$(RUN) scripts/open_lab.py

serve: .venv/installed.lock  ## serve the site on this machine (PORT=8000)
	@$(RUN) scripts/serve.py --edition "$$EDITION" --port $(PORT)

gate: .venv/installed.lock  ## attack what was built, as before each release (EDITIONS="2021 …" RERUNS=1 NAMES=…)
	@$(RUN) scripts/gate_edition.py --edition "$${EDITIONS:-$$EDITION}" $(if $(RERUNS),--reruns) --names "$$NAMES"

register: .venv/installed.lock  ## write down what an edition has shown, before it leaves the house (EDITION=2021)
	@$(RUN) scripts/register_release.py --edition "$$EDITION"

rerun: .venv/installed.lock  ## a chapter with other parameters, beside the release (CHAPTER=sme PARAMS="province=江苏省"; none: their list)
	@$(RUN) scripts/rerun_chapter.py --edition "$$EDITION" --line "$$PARAMS" \
		--method "$$METHOD" --cores $(CORES) -- "$$CHAPTER"

edition: .venv/installed.lock  ## write next year's edition and hold it to its data (YEAR=2022 ASSESSMENTS=…)
	@$(RUN) scripts/new_edition.py --assessments "$$ASSESSMENTS" -- "$$YEAR"

editions: .venv/installed.lock  ## an edition of each province or industry, and one site of all (BY=province ONLY="江苏省 …")
	@$(RUN) scripts/build_editions.py --edition "$$EDITION" --by "$$BY" --only "$$ONLY" --cores $(CORES) \
		$(if $(PROFILE),-- --profile "$$PROFILE")

sensitivity: .venv/installed.lock  ## levels and ranks under each reading of the standard (EDITION=2021)
	@$(RUN) scripts/measure_sensitivity.py --edition "$$EDITION"

compare: .venv/installed.lock  ## what two editions say otherwise (A=2021 B=2022)
	@$(RUN) scripts/compare_editions.py -- "$$A" "$$B"

template: .venv/installed.lock  ## write the workbook that operators fill in (TEMPLATE=…xlsx)
	@$(RUN) scripts/make_template.py $(TEMPLATE)

mapping: .venv/installed.lock  ## propose how to read an export (EXPORT=… MAPPING=… ITEMS=…)
	@$(RUN) scripts/propose_mapping.py $(EXPORT) $(if $(MAPPING),--output $(MAPPING)) \
		$(if $(ITEMS),--items $(ITEMS))

import: .venv/installed.lock  ## import an export (EXPORT=… MAPPING=… OUTPUT=… ARGS=--check)
	@$(RUN) scripts/import_assessments.py $(EXPORT) $(if $(MAPPING),--mapping $(MAPPING)) \
		$(if $(ITEMS),--items $(ITEMS)) $(if $(OUTPUT),--output $(OUTPUT)) $(ARGS)

check: .venv/installed.lock  ## style, notebooks, types, layers and prose alone, without a build
	@$(RUN) -m ruff check && $(RUN) -m ruff format --check && $(RUN) scripts/check_notebooks.py
	@$(RUN) -m mypy && .venv/bin/lint-imports && $(RUN) scripts/lint_prose.py

chapter: .venv/installed.lock  ## start a chapter that builds (NAME=trend-robots TITLE=机器人应用)
	@$(RUN) scripts/new_chapter.py "$(NAME)" --title "$(TITLE)" $(if $(AFTER),--after "$(AFTER)")

bench: book  ## weigh pages, measure builds as ratios of one run on this machine; minutes
	@$(RUN) benchmarks/pages.py
	@$(RUN) benchmarks/edition.py all

audit: .venv/installed.lock  ## audit a facts file: terminal, table, page in _build/audit (FACTS=…)
	@$(RUN) scripts/audit_published.py $(FACTS) \
		--csv _build/audit/$(basename $(notdir $(FACTS))).csv \
		--page _build/audit/$(basename $(notdir $(FACTS))).html

transcribe: .venv/installed.lock  ## facts from a pasted table (FACTS=… TABLE=… EXHIBIT=… WHERE=… COLUMNS="a 2022 家;b 2022 %")
	@$(RUN) scripts/transcribe_table.py $(FACTS) $(TABLE) --exhibit $(EXHIBIT) --where "$(WHERE)" \
		--columns "$(COLUMNS)"

lock: .venv/installed.lock  ## take the newest versions that pyproject.toml allows
	@$(RUN) scripts/lock_dependencies.py

# Made anew whenever the lock changes, so that nothing of an older set stays. $(1) is the folder, $(2)
# the lock.
define install
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (PYTHON=… names one;" \
		"on Debian: apt-get install python3 python3-venv)" >&2; exit 1; }
	@echo "Installing the locked packages into $(1) …"
	@rm -rf $(1) && $(PYTHON) -m venv $(1)
	@if uv --version >/dev/null 2>&1; then \
		uv pip sync --quiet --compile-bytecode --python $(1)/bin/python --require-hashes $(2); \
	else \
		$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
			--require-hashes -r $(2); \
	fi
endef

# The project itself is put on the path by a .pth file, as seen from there, so that a copied or moved
# folder runs its own code: nothing to build, nothing to fetch.
define put_on_path
	@cd "$$($(1)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
		&& echo "../../../../src" > smdi.pth
endef

.venv/installed.lock: requirements.lock
	$(call install,.venv,requirements.lock)
	$(call put_on_path,.venv)
	@cp requirements.lock $@

# What a build needs, and Snakemake's way to Slurm.
.venv-slurm/installed.lock: requirements-slurm.lock
	$(call install,.venv-slurm,requirements-slurm.lock)
	$(call put_on_path,.venv-slurm)
	@cp requirements-slurm.lock $@

.venv-lab/installed.lock: requirements-lab.lock .venv/installed.lock
	$(call install,.venv-lab,requirements-lab.lock)
	@cp requirements-lab.lock $@
