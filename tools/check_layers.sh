#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checks what a compiler does not: who may include whom, and how long things may be. Prints TAP.
#
#     usage: check_layers.sh ROOT          (the folder that holds src/, tools/ and web/)
#
# src/layers.txt lists the folders, lowest first: a file includes its own folder, or one on an
# earlier line. tools/third_party.txt says which folder may include which foreign header.
set -eu
cd "$1"

# Bytes, not characters, whatever the locale: the columns of UTF-8 are counted by hand below.
LC_ALL=C
export LC_ALL

find src tools web -path tools/tests -prune -o -type f \
	\( -name '*.[ch]' -o -name '*.sql' -o -name '*.sh' -o -path '*/pages/*.html' -o \
	-path 'web/*.css' -o -path 'web/*.js' \) -print |
	sort | xargs awk '
function complain(check, text) {
	complaints[check] = complaints[check] "# " FILENAME ":" FNR ": " text "\n"
}

# A tab reaches to the next multiple of 8; of a UTF-8 character only the first byte counts.
function columns(line,    n, at) {
	gsub(/[\200-\277]/, "", line)
	n = 0
	while ((at = index(line, "\t")) > 0) {
		n += at - 1
		n += 8 - n % 8
		line = substr(line, at + 1)
	}
	return n + length(line)
}

function check_ours(there) {
	if (there == "tests" && FILENAME ~ /_test\.[ch]$/)
		return
	if (!(there in rank))
		complain(1, there "/ is not in src/layers.txt")
	else if (there != here && rank[there] >= rank[here])
		complain(1, here "/ may not include " there "/")
}

function check_foreign(header,    name, i, n, allowed) {
	for (name in folders)
		if (header == name || (name ~ /[-\/]$/ && index(header, name) == 1)) {
			n = split(folders[name], allowed, " ")
			for (i = 1; i <= n; i++)
				if (allowed[i] == "*" || allowed[i] == here)
					return
			complain(2, "<" header "> belongs to " folders[name])
			return
		}
	complain(2, "<" header "> is not in tools/third_party.txt")
}

BEGIN {
	checks = split("includes go down the layers|foreign headers stay in their folder|" \
		"files have at most 500 lines, headers 150|lines have at most 100 columns|" \
		"C files begin with their licence|" \
		"no two templates have one name, which is that of their function", titles, "|")
	while ((getline line < "src/layers.txt") > 0) {
		n = split(line, words, " ")
		if (n == 0 || words[1] ~ /^#/)
			continue
		for (i = 1; i <= n; i++)
			rank[words[i]] = level
		level++
	}
	while ((getline line < "tools/third_party.txt") > 0) {
		n = split(line, words, " ")
		if (n == 0 || words[1] ~ /^#/)
			continue
		for (i = 2; i <= n; i++)
			folders[words[1]] = folders[words[1]] (i > 2 ? " " : "") words[i]
	}
}

FNR == 1 {
	in_src = FILENAME ~ /^src\//
	is_web = FILENAME ~ /^web\//
	here = FILENAME
	sub(/^src\//, "", here)
	sub(/\/.*/, "", here)
	most = FILENAME ~ /\.h$/ ? 150 : 500
	if (in_src && !(here in rank))
		complain(1, here "/ is not in src/layers.txt")
	if (FILENAME ~ /\.[ch]$/ && $0 != "/* SPDX-License-Identifier: Apache-2.0 */")
		complain(5, "the first line must be /* SPDX-License-Identifier: Apache-2.0 */")
	is_page = FILENAME ~ /\.html$/
	name = FILENAME
	sub(/.*\//, "", name)
	if (is_page && name in pages)
		complain(6, "the name of " pages[name])
	if (is_page)
		pages[name] = FILENAME
}

is_page { next }

in_src && /^[ \t]*#[ \t]*include[ \t]*"[^"]*\// {
	split($0, parts, "\"")
	sub(/\/.*/, "", parts[2])
	check_ours(parts[2])
}

in_src && /^[ \t]*#[ \t]*include[ \t]*</ {
	split($0, parts, /[<>]/)
	check_foreign(parts[2])
}

FNR == most + 1 { complain(3, "more than " most " lines") }

!is_web && length($0) > 50 && columns($0) > 100 { complain(4, columns($0) " columns") }

END {
	print "1.." checks
	for (i = 1; i <= checks; i++)
		printf "%s%sok %d - %s\n", complaints[i], complaints[i] ? "not " : "", i, titles[i]
}'
