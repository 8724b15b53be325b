# The front door. Everything is built by meson; this only says the usual words.
#
#   make run            install what is missing, build, serve on http://localhost:8080
#   make test           every test, in under ten minutes; ends in "N passed, N failed, N skipped"
#   make check          the fast ones, in under a minute
#   make build          the program alone: build/motcua
#   make bench          speed, on both databases, against nginx
#   make crash          the long run: kill -9 under load, 200 times
#   make fuzz           every parser that a stranger reaches, FUZZ_SECONDS each
#   make format         put the C code into its one form
#   make conformance    every requirement with the tests that prove it
#   make install        into $(DESTDIR)$(prefix); make clean

BUILD ?= build
DATA ?= var
PORT ?= 8080
FUZZ_SECONDS ?= 60
# More words for meson setup; they count when the folder BUILD is new.
MESON_OPTIONS ?=
prefix ?= /usr/local

C_FILES = $$(find src tools tests fuzz bench -name '*.[ch]' -not -path '*/node_modules/*' \
	-not -path 'tools/tests/*')

# As the shell takes them: whole, whatever they hold.
export DATA PORT

.PHONY: run build test check bench crash fuzz format format-check conformance install clean
.PHONY: packages-build

run: build
	@ops/install-packages run
	@test -e "$$DATA/motcua.conf" || $(BUILD)/motcua init --demo --data "$$DATA"
	@exec $(BUILD)/motcua serve --data "$$DATA" --listen "[::]:$$PORT"

packages-build:
	@ops/install-packages build

build: packages-build $(BUILD)/build.ninja
	@ninja -C $(BUILD) motcua

$(BUILD)/build.ninja: | packages-build
	meson setup $(BUILD) -Dbuildtype=release -Db_ndebug=false $(MESON_OPTIONS)

test: packages-build $(BUILD)/build.ninja
	@ops/install-packages run test
	@tests/run --build $(BUILD)

check: packages-build $(BUILD)/build.ninja
	@ops/install-packages run test
	@tests/run --build $(BUILD) --quick

bench: build
	@ops/install-packages run test bench
	@bench/run $(BUILD)

crash: build
	@MOTCUA=$(BUILD)/motcua MOTCUA_CRASH_ROUNDS=200 python3 tests/fault/crash.test.py

fuzz: packages-build
	@ops/install-packages check
	@fuzz/run $(FUZZ_SECONDS)

format:
	@ops/install-packages check
	@clang-format -i $(C_FILES)

format-check:
	@ops/install-packages check
	@clang-format --dry-run -Werror $(C_FILES)

conformance:
	@tests/conformance

install: build
	install -D -m 755 $(BUILD)/motcua $(DESTDIR)$(prefix)/bin/motcua
	install -D -m 755 $(BUILD)/motcua-inspect $(DESTDIR)$(prefix)/bin/motcua-inspect
	install -D -m 755 ops/backup $(DESTDIR)$(prefix)/share/motcua/backup
	install -D -m 755 ops/restore $(DESTDIR)$(prefix)/share/motcua/restore
	install -D -m 644 ops/nginx.conf.sample $(DESTDIR)$(prefix)/share/motcua/nginx.conf.sample
	install -d $(DESTDIR)$(prefix)/lib/systemd/system
	install -D -m 644 ops/motcua.sysusers $(DESTDIR)$(prefix)/lib/sysusers.d/motcua.conf
	sed 's|@prefix@|$(prefix)|' ops/motcua.service \
		>$(DESTDIR)$(prefix)/lib/systemd/system/motcua.service
	install -m 644 ops/motcua.socket $(DESTDIR)$(prefix)/lib/systemd/system/motcua.socket

clean:
	rm -rf build build-*
