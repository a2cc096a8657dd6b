# Everything that continuous integration does is a target here.
.PHONY: setup build test lint format clean
CONFIGURATION ?= release
export XDG_DATA_HOME := $(CURDIR)/.build/test-data

setup:  ## installs the system packages that are missing (Debian, Ubuntu)
	Scripts/install-system-packages

build: setup
	swift build -c $(CONFIGURATION)

test: setup lint
	swift test -c $(CONFIGURATION)

FORMATTED := Package.swift $(foreach t,CommandLanguage Documents JupyterMessaging KernelHost ZeroMQTransport,Sources/$(t) Tests/$(t)Tests)

lint:
	swift format lint --strict --recursive --parallel --configuration .swift-format $(FORMATTED)

format:
	swift format --in-place --recursive --parallel --configuration .swift-format $(FORMATTED)

clean:
	swift package clean
