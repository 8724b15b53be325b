# SPDX-License-Identifier: Apache-2.0
"""Every procedure is reached from the home page in at most three clicks [C32-11.3]: first of the
catalogue that the program brings, then of the whole public data, imported while it serves."""
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from visitor import Server, Tap, Visitor, program  # noqa: E402

SHARED = pathlib.Path(os.environ.get("MOTCUA_SHARED", ROOT / ".." / "shared"))
CLICKS = 3
# Of what the program brings: of the commune's complaints and of proposals it knows nothing.
NOT_NATIONAL = 2
REFRESH_SECONDS = 5
SECTORS = 60


def links(text):
    """Addresses within this site, in Vietnamese; a form is no click."""
    found = re.findall(r'<a [^>]*href="(/[^"#]*)"', text)
    return {f.replace("&amp;", "&") for f in found if not f.startswith("/en")}


def codes(server):
    """The whole catalogue, as anybody may download it."""
    text = Visitor(server).get("/thu-tuc.csv").text
    return set(re.findall(r'^\ufeff?"([^"]+)"', text, re.M)) - {"Mã thủ tục"}


def reached(server):
    """Codes of the procedures to which some page within two clicks has a link: the third."""
    visitor, seen, now, found = Visitor(server), {"/"}, {"/"}, {}
    for click in range(1, CLICKS + 1):
        next_pages = set()
        for path in sorted(now):
            for link in links(visitor.get(path).text):
                code = re.match(r"/thu-tuc/([^/?]+)$", link)
                if code:
                    found.setdefault(code.group(1), click)
                elif link not in seen:
                    next_pages.add(link)
        seen |= next_pages
        now = next_pages
    return found


def code_of(slug, all_codes):
    """Codes may hold dashes: the longest that the address begins with."""
    parts = slug.split("-")
    for n in range(len(parts), 0, -1):
        if "-".join(parts[:n]) in all_codes:
            return "-".join(parts[:n])
    return ""


def check(tap, server, sentence):
    all_codes, found = codes(server), reached(server)
    missing = all_codes - {code_of(slug, all_codes) for slug in found}
    tap.point(all_codes and not missing, f"{sentence}: {len(all_codes)} procedures [C32-11.3]",
              "\n".join(sorted(missing)))
    return len(all_codes)


def wait_until(server, n):
    for _ in range(REFRESH_SECONDS * 10):
        if len(codes(server)) == n:
            return True
        time.sleep(0.1)
    return False


def sectors(server, query=""):
    """Codes in the filter by sector, and which of them is chosen."""
    page = Visitor(server).get(f"/thu-tuc{query}").text
    lines = re.search(r'<select[^>]*name="linh-vuc".*?</select>', page, re.S)[0]
    return (re.findall(r'<option value="([^"]+)"', lines),
            re.findall(r'<option value="([^"]+)" selected', lines), "linh-vuc-goi-y" in page)


def check_filter(tap, server):
    """A list of hundreds is cut, wherever equal numbers stand; what is chosen is in it."""
    offered, chosen, told = sectors(server)
    tap.point(len(offered) == SECTORS and not chosen and told,
              "of hundreds of sectors the filter offers the largest, and says so", len(offered))
    slugs = re.findall(r'href="/linh-vuc/([^"?]+)"', Visitor(server).get("/linh-vuc").text)
    rare = [sectors(server, f"?linh-vuc={slug}") for slug in slugs[:40]]
    tap.point(all(len(one[1]) == 1 for one in rare), "the one that is chosen is always offered",
              [one[1] for one in rare])
    offered, _, told = sectors(server, "?co-quan=G15")
    tap.point(0 < len(offered) < SECTORS and not told, "of one agency all are offered", offered)


def main():
    tap = Tap()
    with Server("\n[http]\nno_rate_limits = yes\n") as server:
        check(tap, server, "what the program brings is within three clicks")
        if not (SHARED / "data").exists():
            tap.skip("the whole public data is within three clicks", "the public data is not here")
            return tap.end()
        done = subprocess.run([program(), "import", "catalogue", "--data", server.data,
                               str(SHARED / "data")], capture_output=True, text=True)
        tap.point(done.returncode == 0, "the public data is imported beside the server",
                  done.stderr)
        tap.point(wait_until(server, 5665 + NOT_NATIONAL), "which shows it within seconds",
                  len(codes(server)))
        check(tap, server, "the whole public data is within three clicks")
        check_filter(tap, server)
    return tap.end()


sys.exit(main())
