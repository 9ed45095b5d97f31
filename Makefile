# A thin front to CMake's presets. `make run` and `make check` set everything up by themselves.
PREFIX ?= /usr/local
JOBS ?= $(shell nproc)
ENTENTE = build/release/entente

.PHONY: all run check install bench fuzz format clean help

all: ## build the command, the libraries and the manual
	@tools/setup run
	@cmake --preset release -DCMAKE_INSTALL_PREFIX=$(PREFIX) >/dev/null
	@cmake --build build/release --parallel $(JOBS) --target entente_command entente_shared entente_static manual

run: ## build, solve the climate treaty of examples/climate and show it
	@tools/setup run
	@cmake --preset release >/dev/null
	@echo "building (build/release/build.log)"
	@cmake --build build/release --parallel $(JOBS) --target entente_command >build/release/build.log 2>&1 || { cat build/release/build.log; exit 1; }
	@tools/show $(ENTENTE)

check: ## build and run every test: optimised, under the address and thread sanitizers, and the fuzzers' corpora
	@tools/check $(JOBS)

install: all ## install the command, libraries, headers, manual pages and completion below PREFIX (and DESTDIR)
	@cmake --install build/release

bench: ## measure against peers and limits; writes bench/results.md
	@tools/setup run bench
	@cmake --preset release >/dev/null
	@cmake --build build/release --parallel $(JOBS) --target benchmarks
	@bench/run build/release

fuzz: ## coverage-guided fuzzing of every reader, a minute each
	@tools/setup run fuzz
	@tools/fuzz 60

format: ## bring every C file to the style of .clang-format
	@tools/format

clean:
	@rm -rf build

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile
