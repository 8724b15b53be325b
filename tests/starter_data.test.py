#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the starter catalogue as a careful clerk would: are its texts whole, in both languages, its
forms kind to who fills them in, its tables in order? Whether a form is right, and its samples come
out as they say, the program itself is asked."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from starter import (COMPOSITES, DATA, end, fields_of, papers_of, parts_of, point,  # noqa: E402
                     read_procedures, read_table)
from visitor import program  # noqa: E402

PROCEDURES = 39
SAMPLES_LEAST = 3
QUESTIONS_A_PAGE = 7
SYNONYMS = "tu-dong-nghia.tsv"
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
AGENCY = re.compile(r"[A-Y]\d{2}(\.[0-9A-Z]+)*")
# A paper that is filled in: where one applies online, the form itself takes its place.
BLANK_FORM = re.compile(r"(Tờ khai|Mẫu|Giấy đề nghị|Đơn)\b")
ERROR_STARTS = {"one": "Chọn ", "many": "Chọn ", "yes_no": "Chọn ", "commune": "Chọn ",
                "paper": "Tải lên ", "declaration": "Chọn "}
SHOWN = {"note", "computed"}
ITEMS = ["name", "steps", "channels", "components", "sets", "limit", "limit_text", "subjects",
         "deciding", "results", "form", "legal", "decision"]
# Parts of a person or an address that the account fills in.
ACCOUNT = {
    "ho-ten": ["name"], "giay-to": ["person_id"], "so-dinh-danh": ["person_id"],
    "noi-cu-tru": ["commune", "address"], "xa": ["commune"], "chi-tiet": ["address"],
    "dien-thoai": ["phone"], "email": ["email"],
}
# Asked of many things besides the applicant.
PLACE = {"commune", "address"}


# --- one form --------------------------------------------------------------------------------

def lacking(where, of, members):
    """What is said in one language only, or not at all."""
    for member in members:
        if not of.get(member) or not of.get(member + "_en"):
            yield f"{where} lacks {member} in one language"


def said(of, members):
    return [member for member in members if member in of]


def word_faults(procedure):
    for page in procedure["form"]["pages"]:
        yield from lacking(page["id"], page, ["title", "intro"])
        if "repeat" in page:
            yield from lacking(page["id"], page["repeat"], ["item"])
    for field in fields_of(procedure):
        yield from field_faults(field)


def field_faults(field):
    kind, needed = field["kind"], ["label", "hint", "error"]
    if kind == "note":
        needed = ["label", "text"]
    elif kind == "computed":
        needed = ["label"]
    elif kind in COMPOSITES:
        needed = ["label", "hint"]
    yield from lacking(field["id"], field, needed + said(field, ["explain", "pattern_error"]))
    error, start = field.get("error", ""), ERROR_STARTS.get(kind, "Nhập ")
    if "error" in needed and not error.startswith(start):
        yield f"{field['id']} does not say what to do: {error}"
    for option in field.get("options", []):
        yield from lacking(f"{field['id']}, {option['value']}", option,
                           ["label"] + said(option, ["hint"]))


def id_faults(procedure):
    groups = {
        "page": [page["id"] for page in procedure["form"]["pages"]],
        "component": [part["id"] for part in procedure["components"]],
        "question": [field["id"] for page in procedure["form"]["pages"]
                     for field in page["fields"] if "repeat" not in page],
    }
    for page in procedure["form"]["pages"]:
        if "repeat" in page:
            groups[f"{page['id']}: question"] = [field["id"] for field in page["fields"]]
    for what, ids in groups.items():
        yield from (f"{what} {id} is badly named" for id in ids if not ID.fullmatch(id))
        yield from (f"{what} {id} twice" for id in sorted(set(ids)) if ids.count(id) > 1)


def paper_faults(procedure):
    asked = [field["component"] for field in fields_of(procedure) if field["kind"] == "paper"]
    papers = {part["id"]: part for part in papers_of(procedure)}
    yield from (f"{id} is asked for but is no paper" for id in asked if id not in papers)
    for id, part in papers.items():
        if BLANK_FORM.match(part["name"]) and part.get("required"):
            yield f"{id} is what the form replaces, and cannot be required"
        if not BLANK_FORM.match(part["name"]) and asked.count(id) != 1:
            yield f"{id} is asked for {asked.count(id)} times"


def result_faults(procedure):
    """A result that can be had online is offered on the portal; a card or a seal is fetched, or
    brought by the post."""
    fields = {field["id"]: field for field in fields_of(procedure)}
    ways = [option["value"] for option in fields.get("nhan-ket-qua", {}).get("options", [])]
    expected = ["portal", "post", "counter"] if procedure.get("returns_online") else [
        "post", "counter"]
    if ways != expected:
        yield f"nhan-ket-qua offers {ways}, not {expected}"
    address = fields.get("dia-chi-nhan", {})
    if not address.get("required") or address.get("when") != {
            "==": [{"var": "nhan-ket-qua"}, "post"]}:
        yield "the post needs an address"


def english_faults(procedure):
    form = procedure["form"]
    yield from (f"no {member}" for member in
                ("name_en", "limit_text_en", "steps_en") if not procedure.get(member))
    if len(procedure["steps"]) != len(procedure["steps_en"]):
        yield "steps and steps_en are not of one length"
    for part in procedure["components"] + procedure["results"] + procedure.get("cases", []):
        yield from lacking(part["name"], part, ["name"])
    for channel in procedure["channels"]:
        yield from lacking(channel["channel"], channel, said(channel, ["time_text"]))
        for fee in channel["fees"]:
            yield from lacking(fee["name"], fee, ["name"] + said(fee, ["note"]))
            for exemption in fee.get("free", []):
                yield from lacking(fee["name"], exemption, ["why"])
    yield from lacking("the form", form, ["title", "declaration"])
    for section in form.get("sections", []):
        yield from lacking(section["id"], section, ["title"])
    for purpose in form.get("purposes", []):
        yield from lacking(purpose["id"], purpose, ["why", "who", "keep"])
    for check in form.get("checks", []):
        yield from lacking(check["id"], check, ["message"])


def prefills_of(field):
    if field.get("prefill") == "account":
        return {part for word in parts_of(field) for part in ACCOUNT.get(word, [])}
    return {field["prefill"].removeprefix("account.")} if "prefill" in field else set()


def asks_for(field, part):
    """Whoever it is asked of: nobody types what the account knows."""
    words = parts_of(field) if field["kind"] == "person" else [field["kind"]]
    return part == "name" or bool({part} & {known for word in words
                                           for known in ACCOUNT.get(word, [word])})


def prefill_faults(procedure):
    """Twice only where it is asked in one case here and in another there."""
    for part in ("name", "person_id", "phone", "email", "commune", "address"):
        takers = [(page, field) for page in procedure["form"]["pages"] for field in page["fields"]
                  if part in prefills_of(field)]
        always = [field["id"] for page, field in takers
                  if not page.get("when") and not field.get("when")]
        if always and len(takers) > 1:
            yield f"account.{part} is offered by {[field['id'] for _, field in takers]}"
        if not takers and part not in PLACE and any(
                asks_for(field, part) for field in fields_of(procedure)):
            yield f"account.{part} is not offered"


def purpose_faults(procedure):
    purposes = {purpose["id"] for purpose in procedure["form"].get("purposes", [])}
    used = {field["purpose"] for field in fields_of(procedure) if "purpose" in field}
    return sorted(purposes - used) if purposes else ["says no purpose"]


# --- what the program says -------------------------------------------------------------------

def ask_program(folder, *words):
    """Status and lines."""
    ran = subprocess.run([program(), *words, "--data", folder], capture_output=True, text=True)
    return ran.returncode, (ran.stdout + ran.stderr).splitlines()


def sample_faults(procedure):
    samples = procedure.get("samples", [])
    if len(samples) < SAMPLES_LEAST:
        yield f"{len(samples)} samples"
    if not any(sample["expect"].get("errors") for sample in samples):
        yield "no sample with something wrong"
    for sample in samples:
        if not sample["expect"]:
            yield f"{sample['name']}: expects nothing"


def check_by_program(code, procedure, folder):
    path = str(DATA / "procedures" / f"{code}.json")
    status, lines = ask_program(folder, "form", "check", path)
    point(f"{code}: the form is right, and nothing in it could be better",
          [] if status == 0 and lines[-1].endswith(" 0 remarks") else lines)
    status, lines = ask_program(folder, "form", "test", path)
    point(f"{code}: its samples come out as they say", [] if status == 0 else lines)
    point(f"{code}: it has {SAMPLES_LEAST} samples or more, one with something wrong",
          sample_faults(procedure))


def check_form(code, procedure):
    fields = fields_of(procedure)
    point(f"{code}: fields, pages and papers have names of their own", id_faults(procedure))
    point(f"{code}: every question has a label, guidance and what to do when it is wrong, in "
          "both languages [C32-8.3, C32-11.5]", word_faults(procedure))
    point(f"{code}: no page asks more than {QUESTIONS_A_PAGE} questions",
          [page["id"] for page in procedure["form"]["pages"]
           if len([field for field in page["fields"] if field["kind"] not in SHOWN])
           > QUESTIONS_A_PAGE])
    point(f"{code}: every paper is asked for once, or replaced by the form",
          paper_faults(procedure))
    point(f"{code}: what the account knows is offered, once each [C32-8.2, C32-11.5]",
          prefill_faults(procedure))
    point(f"{code}: why it asks, who sees it and how long it is kept is said [C25-5.1]",
          purpose_faults(procedure))
    point(f"{code}: the way the result travels is asked for [C32-5.5]", result_faults(procedure))
    lists = {field["list"] for field in fields if "list" in field}
    point(f"{code}: the code lists it offers are there",
          [name for name in lists if not (DATA / "lists" / f"{name}.tsv").exists()])


def check_procedure(code, procedure, agencies, sectors):
    point(f"{code}: the file is called like the procedure",
          [] if procedure["code"] == code else [procedure["code"]])
    point(f"{code}: the eleven items are filled in [C32-5.1]",
          [f"no {item}" for item in ITEMS if not procedure.get(item)])
    point(f"{code}: everything can be read in English [ND43-13.1]", english_faults(procedure))
    point(f"{code}: a reason says why it is not done wholly online, or the source says that it is; "
          "doubts what is unsure [ND224-14.1]",
          ["no partial_reason"] * (not procedure.get("partial_reason")
                                   and not procedure.get("declared_whole"))
          + ["no doubts"] * (not procedure.get("doubts")))
    point(f"{code}: editors find the schema",
          [] if next(iter(procedure.items())) == ("$schema", "../procedure.schema.json")
          else [next(iter(procedure))])
    receiving = [code for code, agency in agencies.items() if agency["receives"] == "1"]
    point(f"{code}: agencies of the province take it in, its sector and promulgator are known",
          [name for name in procedure["executing"]
           if name not in receiving and not name.endswith(".*")]
          + [name for name in [procedure["promulgator"]] if name not in agencies]
          + [name for name in [procedure["sector"]] if name not in sectors])


# --- tables ----------------------------------------------------------------------------------

def agency_faults(agencies, units):
    for code, agency in agencies.items():
        if not AGENCY.fullmatch(code):
            yield f"{code} is no code of an agency"
        if agency["parent"] and agency["parent"] not in agencies:
            yield f"{code}: no agency above it, {agency['parent']}"
        if agency["commune"] and agency["commune"] not in units:
            yield f"{code}: no commune {agency['commune']}"
        if agency["receives"] == "1" and not (agency["address"] and agency["phone"]):
            yield f"{code} receives people but says not where"


def unit_faults(units):
    for code, unit in units.items():
        if len(code) != (5 if unit["parent"] else 2) or not code.isdigit():
            yield f"{code} is no code of a unit"
        if unit["parent"] and unit["parent"] not in units:
            yield f"{code}: no province {unit['parent']}"
        allowed = ["Phường", "Xã", "Đặc khu"] if unit["parent"] else ["Tỉnh", "Thành phố"]
        if unit["type"] not in allowed:
            yield f"{code}: {unit['type']} is no type of unit"


def check_tables(agencies, units):
    point("agencies have codes, a place and one above them that exist",
          agency_faults(agencies, units))
    point("units are provinces, or communes of one: no district [REF-1]", unit_faults(units))
    point("one ward of the province takes the demonstration's dossiers",
          [] if agencies.get("H99.001.01", {}).get("name") == "Ủy ban nhân dân phường Trung Tâm"
          else ["H99.001.01"])
    for name in sorted(path.name for path in (DATA / "lists").glob("*.tsv")):
        rows = read_table(f"lists/{name}")
        codes = [row["code"] for row in rows]
        # What is typed into the search is Vietnamese only.
        languages = ["name"] if name == SYNONYMS else ["name", "name_en"]
        point(f"lists/{name}: codes are given once, with their names in {' and '.join(languages)}",
              [row["code"] for row in rows
               if codes.count(row["code"]) > 1 or not all(row[key] for key in languages)])


def check_text():
    paths = [path for path in sorted(DATA.rglob("*")) if path.suffix in (".json", ".tsv")]
    texts = {path.relative_to(DATA): path.read_bytes().decode() for path in paths}
    point("all text is NFC, in lines that end with a line feed [ND43-7.1]",
          [str(path) for path, text in texts.items()
           if not unicodedata.is_normalized("NFC", text) or "\r" in text
           or not text.endswith("\n")])


def main():
    procedures = read_procedures()
    agencies = {row["code"]: row for row in read_table("agencies.tsv")}
    units = {row["code"]: row for row in read_table("units.tsv")}
    sectors = {row["code"] for row in read_table("sectors.tsv")}
    check_text()
    check_tables(agencies, units)
    point(f"there are {PROCEDURES} procedures",
          [] if len(procedures) == PROCEDURES else [f"{len(procedures)}"])
    with tempfile.TemporaryDirectory(prefix="motcua-starter-") as folder:
        status, lines = ask_program(folder, "init")
        point("all of it is taken into a new database", [] if status == 0 else lines)
        for code, procedure in procedures.items():
            check_procedure(code, procedure, agencies, sectors)
            check_form(code, procedure)
            check_by_program(code, procedure, folder)
    end()


if __name__ == "__main__":
    main()
