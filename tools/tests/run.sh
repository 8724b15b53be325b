#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the generators on the examples beside this script and compares. Prints TAP.
#
#     usage: CC=cc run.sh FOLDER_OF_THE_TOOLS
#
# With UPDATE=1, the expected files are written instead; read the difference before committing.
set -u
tools=$(cd "$1" && pwd)
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

# ok STATUS TITLE: status 0 is success; what stands in $work/why explains a failure.
ok() {
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		printf 'ok %d - %s\n' $count "$2"
	else
		sed 's/^/# /' "$work/why"
		printf 'not ok %d - %s\n' $count "$2"
	fi
}

# same MADE EXPECTED TITLE
same() {
	if [ "${UPDATE-}" ]; then
		cp "$1" "$2"
	fi
	diff -u "$2" "$1" >"$work/why" 2>&1
	ok $? "$3"
}

# makes TITLE COMMAND…: the command succeeds, and says nothing.
makes() {
	title=$1
	shift
	"$@" >"$work/why" 2>&1 && [ ! -s "$work/why" ]
	ok $? "$title"
}

# refuses MESSAGE COMMAND…: it fails, with that message, and leaves no output.
refuses() {
	message=$1
	shift
	"$@" >"$work/why" 2>&1
	status=$?
	[ $status -eq 1 ] && [ "$(cat "$work/why")" = "$message" ] && [ ! -e out.c ]
	ok $? "refuses: $message"
}

# refuses_each FOLDER FILE FIRST_LINE COMMAND…: the cases of FOLDER/errors.txt, each put into
# FILE, after FIRST_LINE if that is not empty.
refuses_each() {
	cases=$here/$1/errors.txt
	file=$2
	first=$3
	shift 3
	mkdir "$work/cases" && cd "$work/cases" || exit 1
	awk -v first="$first" '
		/^=== / { n++; print substr($0, 5) >(n ".message"); if (first) print first >(n ".in"); next }
		n       { print >(n ".in") }
		END     { print n >"total" }' "$cases"
	i=0
	while [ $i -lt "$(cat total)" ]; do
		i=$((i + 1))
		mv $i.in "$file"
		refuses "$(cat $i.message)" "$@"
	done
	cd "$here" || exit 1
	rm -r "$work/cases"
}

cd sqlc || exit 1
makes "sqlc compiles statements" "$tools/sqlc" dossier.sql "$work/dossier.h" "$work/dossier.c"
same "$work/dossier.h" dossier.expected.h "sqlc declares statements and their arguments"
same "$work/dossier.c" dossier.expected.c "sqlc numbers parameters alike for both engines"
cd ..
refuses_each sqlc bad.sql "" "$tools/sqlc" bad.sql out.h out.c

cd schemac || exit 1
makes "schemac embeds migrations" "$tools/schemac" dossier "$work/schema.c" \
	0001_dossier.sql 0002_owner_index.sql
same "$work/schema.c" schema.expected.c "schemac keeps the text as written"
refuses "0002_owner_index.sql: number 2 stands where 1 is due" \
	"$tools/schemac" dossier out.c 0002_owner_index.sql
refuses "0001_dossier.sql: number 1 stands where 2 is due" \
	"$tools/schemac" dossier out.c 0001_dossier.sql 0001_dossier.sql
refuses "1_dossier.sql: the name must look like 0001_what_it_adds.sql" \
	"$tools/schemac" dossier out.c 1_dossier.sql
cd ..

cd tmplc || exit 1
makes "tmplc compiles a page" "$tools/tmplc" page.html "$work/page.h" "$work/page.c"
same "$work/page.h" page.expected.h "tmplc declares the function of a page"
same "$work/page.c" page.expected.c "tmplc names the template's lines"
makes "the page compiles without warnings" ${CC:-cc} -std=gnu17 -Wall -Wextra -Wshadow -Werror \
	-Wstrict-prototypes -Wmissing-declarations -I "$work" -I . "$work/page.c" show.c -o "$work/show"
"$work/show" >"$work/page.txt" 2>&1
same "$work/page.txt" page.expected.txt "the page puts every value in the right context"
sed 's/m->site/m->town/' page.html >"$work/page.html"
(cd "$work" && "$tools/tmplc" page.html page.h page.c &&
	${CC:-cc} -std=gnu17 -I . -I "$here/tmplc" -c page.c -o page.o) >"$work/why" 2>&1
grep -q '^page.html:5:.*error' "$work/why"
ok $? "a wrong field is an error of the C compiler at the template's line"
"$tools/tmplc" --messages page.html >"$work/messages"
same "$work/messages" messages.expected.txt "tmplc lists the texts to translate"
cd ..
refuses_each tmplc bad.html '{# test_page "test_page.h" #}' "$tools/tmplc" bad.html out.h out.c
echo "<p>" >"$work/nameless.html"
cd "$work" || exit 1
refuses 'nameless.html:1: the first line must be {# struct_name "folder/header.h" #}' \
	"$tools/tmplc" nameless.html out.h out.c
cd "$here/poc" || exit 1
makes "poc compiles translations" "$tools/poc" en en.po "$work/en.c"
same "$work/en.c" en.expected.c "poc sorts by text and leaves out what is not translated"
"$tools/poc" --messages marks.c >"$work/messages"
same "$work/messages" marks.expected.txt "poc finds TR and TRN in code, not in comments or strings"
"$tools/poc" --check en en.po "$work/messages" >"$work/check" 2>&1
[ $? -eq 1 ]
ok $? "poc --check fails when a text lacks its translation"
same "$work/check" check.expected.txt "poc --check names what is missing, and what is not used"
cd ..
refuses_each poc bad.po "" "$tools/poc" en bad.po out.c

cd embed || exit 1
makes "embed packs assets" "$tools/embed" "$work/assets.c" page.css tiny.txt
same "$work/assets.c" assets.expected.c "embed strips style sheets, hashes and compresses"
awk 'BEGIN { for (i = 0; i < 200; i++) print "p { margin: " i "px }" }' >"$work/long.css"
"$tools/embed" "$work/long.c" "$work/long.css"
bytes=$(sed -n '/gzip_0\[\]/,/^};/p' "$work/long.c" | tr , '\n' | awk '/^[\t]?[0-9]+$/ { printf "\\%03o", $1 }')
printf "$bytes" | gzip -dc >"$work/long.txt" 2>"$work/why" && cmp "$work/long.txt" "$work/long.css" >"$work/why"
ok $? "embed adds a gzip variant that unpacks to the same bytes"
"$tools/embed" "$work/joined.c" --join all.js first.js second.js
bytes=$(sed -n '/bytes_0\[\]/,/^};/p' "$work/joined.c" | tr , '\n' | awk '/^[\t]?[0-9]+$/ { printf "\\%03o", $1 }')
printf "$bytes" >"$work/joined.js"
same "$work/joined.js" joined.expected.js "embed joins scripts and strips what separates nothing"
grep -q '"all.js", .path = "/a/all.' "$work/joined.c"
ok $? "joined scripts have one name"
refuses "slashes.js:1: comments stand between /* and */" "$tools/embed" out.c slashes.js
refuses "run.exe: no media type is known for '.exe'" "$tools/embed" out.c run.exe
refuses "a b.css: the name of an asset is made of a-z 0-9 - _ and an ending" \
	"$tools/embed" out.c "a b.css"
refuses "../embed/page.css: has the same name as page.css" \
	"$tools/embed" out.c page.css ../embed/page.css
makes "embed packs plain files" "$tools/embed" --plain "$work/plain.c" .. embed/tiny.txt
same "$work/plain.c" plain.expected.c "embed --plain keeps the path below the folder"
cd ..

# One header is longer than allowed; the other faults are in the files.
cp -r layers "$work/layers"
awk 'BEGIN { print "/* SPDX-License-Identifier: Apache-2.0 */"; while (++n < 151) print "" }' \
	>"$work/layers/src/core/long.h"
mkdir "$work/layers/web"
awk 'BEGIN { while (++n < 502) print "" }' >"$work/layers/web/long.css"
../check_layers.sh "$work/layers" >"$work/layers.txt"
same "$work/layers.txt" layers/expected.txt "check_layers names every include and length at fault"

echo "1..$count"
