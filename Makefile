# Everything that continuous integration does is a target here.
CONFIGURATION ?= release
CLANG ?= $(dir $(realpath $(shell command -v swift)))clang
VENV ?= $(CURDIR)/.venv
TUTORIAL := notebooks/optimize-a-classification-model.ipynb
ARTIFACTS := $(CURDIR)/artifacts
FORMATTED := Package.swift $(filter-out Sources/ModelFormats,$(wildcard Sources/*)) Benchmarks $(filter-out Sources/ModelFormats/Generated,$(wildcard Sources/ModelFormats/*)) $(filter-out Tests/CMicrokernelsTests Tests/Fixtures,$(wildcard Tests/*))

.PHONY: help packages browser environment build install tutorial lab screenshots test test-swift test-kernels test-arm64 test-integration test-sanitizers lint format clean

help:  ## shows this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

packages:  # system packages that are missing
	@Scripts/install-system-packages

browser:  # a Chromium that tests look at reports in
	@Scripts/install-system-packages browser

environment: packages  # Python environment with JupyterLab
	@Scripts/make-python-environment $(VENV)

build: packages  ## builds in release
	swift build -c $(CONFIGURATION) --product octet
	swift build -c $(CONFIGURATION) --product OctetRuntime
	Scripts/gather-runtime-libraries .build/$(CONFIGURATION)/libOctetRuntime.so .build/$(CONFIGURATION)/OctetRuntimeLibraries
	$(CLANG) -std=c11 -O2 -Wall -Wextra -Werror -Ipackage/include package/examples/octet-run.c -ldl -o .build/$(CONFIGURATION)/octet-run

install: build environment  ## installs the kernel into the project's Python environment
	.build/$(CONFIGURATION)/octet install --prefix $(VENV)

tutorial: install  ## runs the tutorial notebook and says where its rendered page lies
	@mkdir -p $(ARTIFACTS)
	$(VENV)/bin/jupyter nbconvert --log-level WARN --execute --to notebook --output-dir $(ARTIFACTS) $(TUTORIAL)
	$(VENV)/bin/jupyter nbconvert --log-level WARN --to html --output-dir $(ARTIFACTS) $(ARTIFACTS)/$(notdir $(TUTORIAL))
	@echo "The rendered tutorial: $(ARTIFACTS)/$(notdir $(TUTORIAL:.ipynb=.html))"

lab: install  ## opens JupyterLab on the tutorials
	$(VENV)/bin/jupyter lab --notebook-dir notebooks

screenshots: install browser  ## makes pictures of every report of the notebooks, in the light and the dark theme
	$(VENV)/bin/python IntegrationTests/screenshots.py $(ARTIFACTS)/screenshots

test: lint test-swift test-kernels test-arm64 test-integration test-sanitizers  ## runs all tests

test-swift: packages
	XDG_DATA_HOME=$(CURDIR)/.build/test-data XDG_CACHE_HOME=$(CURDIR)/.build/test-cache swift test -c $(CONFIGURATION) --disable-testable-imports

test-kernels: packages  # microkernels beside their scalar twins, also on instruction sets that a virtual machine hides
	Scripts/test-microkernels host

test-arm64:  # the same for arm64, emulated
	@Scripts/install-system-packages arm64
	Scripts/test-microkernels arm64

test-integration: install browser
	XDG_DATA_HOME=$(CURDIR)/.build/test-data XDG_CACHE_HOME=$(CURDIR)/.build/test-cache $(VENV)/bin/python -m pytest -q IntegrationTests

test-sanitizers: packages  # what touches memory or threads by hand, under AddressSanitizer and ThreadSanitizer
	OCTET_TARGETS=engine ASAN_OPTIONS=detect_leaks=0 swift test -c release --sanitize=address --scratch-path .build-address
	OCTET_TARGETS=engine swift test -c release --sanitize=thread --scratch-path .build-thread --filter "InferenceTests.(ExecutorTests|StepScheduleTests|StripFusionTests)"  # Mutex is not known to the sanitizer: tests that use it as such are left out

lint:
	swift format lint --strict --recursive --parallel --configuration .swift-format $(FORMATTED)

format:  ## formats the Swift sources
	swift format --in-place --recursive --parallel --configuration .swift-format $(FORMATTED)

clean:
	rm -rf .build .build-address .build-thread artifacts
