#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checks that every text of the templates and the C sources is translated, and that no translation
# is left over. Prints TAP.
#
#     usage: check_translations.sh FOLDER_OF_THE_TOOLS ROOT LANGUAGE
set -u
tools=$(cd "$1" && pwd)
language=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$2" || exit 1

echo 1..1
{
	find src -name '*.html' | sort | xargs "$tools/tmplc" --messages &&
		find src -name '*.[ch]' ! -name '*_test.c' ! -path src/view/tr.h | sort |
			xargs "$tools/poc" --messages
} >"$work/messages" 2>"$work/why" &&
	"$tools/poc" --check "$language" "locale/$language.po" "$work/messages" 2>"$work/why"
if [ $? -eq 0 ]; then
	echo "ok 1 - every text is translated ($language), and every translation used"
else
	sed 's/^/# /' "$work/why"
	echo "not ok 1 - every text is translated ($language), and every translation used"
fi
