# SPDX-License-Identifier: Apache-2.0
"""The site map is complete and accurate in both its forms [C32-16.6]."""
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from visitor import Server, Tap, Visitor, program  # noqa: E402

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# Public, but no page for people to be led to: for machines, or one step of a form.
NO_SECTION = {"/healthz", "/readyz", "/metrics", "/robots.txt", "/quen-mat-khau/ma", "/dang-ky/ma"}


def public_pages():
    """Every page that anybody may get and whose address has no parameter."""
    lines = subprocess.run([program(), "routes"], capture_output=True, text=True,
                           check=True).stdout.splitlines()
    rows = [line.split() for line in lines]
    return {path for method, path, guard in rows
            if method == "GET" and guard == "PUBLIC" and ":" not in path
            and not re.search(r"\.\w+$", path) and path not in NO_SECTION}


def listed(visitor):
    page = visitor.get("/so-do").text
    main = page[page.index("<main"):page.index("</main>")]
    return set(re.findall(r'href="(/[^"]*)"', main))


def addresses(visitor):
    root = xml.etree.ElementTree.fromstring(visitor.get("/sitemap.xml").body)
    return [e.text for e in root.iter(SITEMAP + "loc")]


def main():
    tap = Tap()
    with Server("\n[http]\nno_rate_limits = yes\n") as server:
        visitor = Visitor(server)
        pages, links = public_pages(), listed(visitor)
        tap.point(pages and pages <= links, "the map for people has every public page [C32-16.6]",
                  "\n".join(sorted(pages - links)))
        dead = [link for link in sorted(links) if visitor.get(link).status != 200]
        tap.point(not dead, "and nothing on it leads nowhere", "\n".join(dead))
        found = addresses(visitor)
        paths = [re.sub(r"^https?://[^/]+", "", address) for address in found]
        tap.point(len(paths) == len(set(paths)) and len(paths) > 40,
                  "the map for search engines is XML and names each address once", len(paths))
        wrong = []
        for path in paths:
            answer = visitor.get(path)
            if answer.status != 200 or 'name="robots"' in answer.text:
                wrong.append(f"{path}: {answer.status}")
        tap.point(not wrong, "each of them is a page that may be indexed [C32-11.4]",
                  "\n".join(wrong))
        sectors = {link for link in links if link.startswith("/linh-vuc/")}
        tap.point(sectors and sectors <= set(paths), "both maps have the same sectors")
        robots = visitor.get("/robots.txt").text
        tap.point("/sitemap.xml" in robots and "Disallow: /\n" not in robots,
                  "search engines are led to the map, and kept from nothing public")
    return tap.end()


sys.exit(main())
