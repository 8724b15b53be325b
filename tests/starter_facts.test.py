#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the starter catalogue against the shared facts: the forms of its procedures against the
fields of the paper forms (tests/paper_forms says which question asks for which field), what it says
of procedures against the national catalogue, its tables against the official lists."""
import gzip
import json
import os
import pathlib
import re
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from starter import (COMPOSITES, end, parts_of, point, read_procedures, read_table,  # noqa: E402
                     refuse_twice, skip)

SHARED = pathlib.Path(os.environ.get("MOTCUA_SHARED", ROOT.parent / "shared")) / "data"

# What the words of "parts" ask for, as kinds of question.
PARTS = {
    "ho-ten": {"text"}, "ngay-sinh": {"date"}, "gioi-tinh": {"one"}, "dan-toc": {"one"},
    "quoc-tich": {"one"}, "giay-to": {"one", "person_id", "text", "date"},
    "so-dinh-danh": {"person_id"}, "noi-cu-tru": {"commune", "text"}, "que-quan": {"text"},
    "noi-sinh": {"text"}, "nghe-nghiep": {"text"}, "dien-thoai": {"phone"}, "email": {"email"},
    "ten": {"text"}, "ma-so-thue": {"tax_code"}, "so-dang-ky": {"text"}, "ngay-cap": {"date"},
    "noi-cap": {"text"}, "tru-so": {"commune", "text"}, "nguoi-dai-dien": {"text"},
    "chuc-vu": {"text"}, "xa": {"commune"}, "chi-tiet": {"text"}, "so": {"number"},
    "don-vi": {"one"},
}
# Names that stand for one question of a part.
INSIDE = {
    "giay-to": {"loai-giay-to": "one", "so-dinh-danh": "person_id", "so-giay-to": "text",
                "ngay-cap": "date", "noi-cap": "text"},
    "noi-cu-tru": {"noi-cu-tru.xa": "commune", "noi-cu-tru.chi-tiet": "text"},
    "tru-so": {"tru-so.xa": "commune", "tru-so.chi-tiet": "text"},
}
# Kinds that can hold what a field of the paper form holds; one of them must be among those that
# ask for it.
KINDS = {
    "text": {"text", "long_text", "one", "many", "date", "integer", "commune", "tax_code"},
    "textarea": {"long_text", "text", "one", "many", "items"}, "date": {"date"},
    "datetime": {"date"}, "address": {"commune", "text"},
    "idno": {"person_id", "text", "tax_code"}, "phone": {"phone"}, "email": {"email"},
    "select": {"one", "many", "yes_no"}, "code": {"one", "text"},
    "checkbox": {"yes_no", "one", "many", "declaration"}, "integer": {"integer", "number", "date"},
    "decimal": {"number"}, "money": {"money"}, "table": {"items", "long_text", "paper"},
}


# --- reading ---------------------------------------------------------------------------------

def read_shared(name):
    lines = (SHARED / name).read_text().splitlines()
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"))) for line in lines[1:]]


def read_paper_forms():
    """Field of the paper form -> the questions that ask for it here, by procedure."""
    return {path.stem: json.loads(path.read_text(), object_pairs_hook=refuse_twice)
            for path in (ROOT / "tests" / "paper_forms").glob("*.json")}


# --- forms -----------------------------------------------------------------------------------

def kinds_inside(field, name):
    """Of the part or question of a composite that is called so."""
    for part in parts_of(field):
        if name == part:
            return PARTS[part]
        if name in INSIDE.get(part, {}):
            return {INSIDE[part][name]}
    return set()


def kinds_named(pages, name):
    """Kinds of the question, the part or the repeated page that is called so; none: nothing is."""
    for page in pages:
        if "repeat" in page:
            if name == page["id"]:
                return {"items"}
            if name.startswith(page["id"] + "."):
                inside = kinds_among(page["fields"], name.removeprefix(page["id"] + "."))
                return inside and inside | {"items"}
    return kinds_among([field for page in pages if "repeat" not in page
                        for field in page["fields"]], name)


def kinds_among(fields, name):
    for field in fields:
        if name == field["id"]:
            return set().union({field.get("as", field["kind"])} - COMPOSITES,
                               *(PARTS[part] for part in parts_of(field)))
        if field["kind"] in COMPOSITES and name.startswith(field["id"] + "."):
            return kinds_inside(field, name.removeprefix(field["id"] + "."))
    return set()


def form_faults(procedure, mapped, paper):
    pages = procedure["form"]["pages"]
    for id in mapped:
        if id not in [field["id"] for field in paper["form"]["fields"]]:
            yield f"{id} is no field of the paper form"
    for field in paper["form"]["fields"]:
        ours = mapped.get(field["id"])
        if not ours:
            yield f"{field['id']} ({field['label']}) is not asked for"
            continue
        yield from (f"{field['id']}: there is no question {name}" for name in ours
                    if not kinds_named(pages, name))
        if not KINDS[field["type"]] & set().union(*(kinds_named(pages, name) for name in ours)):
            yield f"{', '.join(ours)} cannot hold {field['id']}, a {field['type']}"


# --- procedures ------------------------------------------------------------------------------

def law_number(said):
    """86/2018/NĐ-CP of "Nghị định số 86/2018/nđ-cp"."""
    found = re.search(r"\d+/\S+", said)
    return found[0].upper() if found else said


def first_fee(way):
    return way["fees"][0]["amount"] if way["fees"] else 0


def official_faults(procedure, official, papers):
    if procedure["name"] != official["name"]:
        yield f"the name is {official['name']}"
    if procedure["sector"] not in official["sectors"]:
        yield f"the sector is {official['sectors']}"
    if procedure["decision"] != official["decision"]:
        yield f"the decision is {official['decision']}"
    known = {law_number(said) for said in official["legal"]}
    ours = {law_number(document["number"]) for document in procedure["legal"]}
    yield from (f"{number} is no legal ground of it" for number in sorted(ours ^ known))
    results = {result["code"] for result in procedure["results"]}
    yield from (f"{code} is no result of it" for code in sorted(results ^ set(official["results"])))
    for part in procedure["components"]:
        if part.get("code") and part["code"] not in papers:
            yield f"{part['code']} is no paper of it"
    ways = {"ONLINE": "online", "POSTAL": "post", "DIRECT": "counter"}
    # Some amounts of it are no amounts: 10 đồng.
    fees = {ways[method["channel"]]: first_fee(method) for method in official["methods"]
            if not 0 < first_fee(method) < 1000}
    for channel in procedure["channels"]:
        if fees.get(channel["channel"], first_fee(channel)) != first_fee(channel):
            yield f"{channel['channel']} costs {fees[channel['channel']]}"


def read_official(codes):
    with gzip.open(SHARED / "procedures" / "catalog.jsonl.gz", "rt") as lines:
        found = {row["code"]: row for row in map(json.loads, lines) if row["code"] in codes}
    papers = {code: set() for code in codes}
    with gzip.open(SHARED / "procedures" / "components.jsonl.gz", "rt") as lines:
        for row in map(json.loads, lines):
            if row["procedure"] in papers:
                papers[row["procedure"]].add(row["code"])
    return found, papers


def check_procedures(procedures):
    # What is in no national catalogue is found by its name.
    paper_forms = {row["code"] or row["name"]: row
                   for row in json.loads((SHARED / "procedures.json").read_text())}
    mapped = read_paper_forms()
    official, papers = read_official(set(procedures))
    for code, procedure in procedures.items():
        point(f"{code}: the form asks for every field of the paper form [C32-3.1]",
              form_faults(procedure, mapped.get(code, {}),
                          paper_forms.get(code) or paper_forms[procedure["name"]]))
        if code in official:
            point(f"{code}: name, sector, decision, legal grounds, results, papers and fees are "
                  "those of the national catalogue [C32-6.3]",
                  official_faults(procedure, official[code], papers[code]))


# --- tables ----------------------------------------------------------------------------------

def spelling(name):
    """Where the mark of a syllable such as hoà stands is a matter of taste."""
    flat = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold()


def check_tables(units):
    provinces = {row["code"]: row for row in read_shared("admin/provinces.tsv")}
    point("the provinces are the 34 of today, besides the invented one [REF-1]",
          [f"{code} is {row['full_name']}" for code, row in provinces.items()
           if code not in units or spelling(units[code]["name"]) != spelling(row["name"])
           or units[code]["type"] != row["type"]]
          + [code for code in units if len(code) == 2 and code not in provinces and code != "99"])
    ours = {row["code"] for row in read_table("lists/dan-toc.tsv")}
    theirs = {row["code"] for row in read_shared("codes/ethnic_groups.tsv")}
    point("the ethnic groups are those of the Statistics Office", sorted(ours ^ theirs))
    ours = {row["code"] for row in read_table("lists/quoc-gia.tsv")}
    theirs = {row["iso2"] for row in read_shared("codes/countries_vi.tsv")} - {"XK"}
    point("the countries are those of ISO 3166-1", sorted(ours ^ theirs))


def main():
    if not (SHARED / "procedures.json").exists():
        skip("forms, provinces and code lists agree with the facts [C32-3.1, C32-6.3]",
             "the shared facts are not here")
    else:
        units = {row["code"]: row for row in read_table("units.tsv")}
        check_procedures(read_procedures())
        check_tables(units)
    end()


if __name__ == "__main__":
    main()
