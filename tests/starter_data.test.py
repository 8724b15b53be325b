#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the starter catalogue as a careful clerk would: its forms against the paper forms, its
tables against each other and, where the shared facts are at hand, against those."""
import gzip
import json
import os
import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SHARED = pathlib.Path(os.environ.get("MOTCUA_SHARED", ROOT.parent / "shared")) / "data"

QUESTIONS_A_PAGE = 7
SYNONYMS = "tu-dong-nghia.tsv"
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
AGENCY = re.compile(r"[A-Y]\d{2}(\.[0-9A-Z]+)*")
# A paper that is filled in: where one applies online, the form itself takes its place.
BLANK_FORM = re.compile(r"(Tờ khai|Mẫu|Giấy đề nghị|Đơn)\b")
ERROR_STARTS = {"one": "Chọn ", "many": "Chọn ", "yes_no": "Chọn ", "commune": "Chọn ",
                "paper": "Tải lên "}
ITEMS = ["name", "steps", "channels", "components", "sets", "limit", "limit_text", "subjects",
         "deciding", "results", "form", "legal", "decision"]

REQUESTER = {
    "nyc_ho_ten": ["ho-ten"], "nyc_ngay_sinh": ["ngay-sinh"],
    "nyc_noi_cu_tru": ["noi-cu-tru-xa", "noi-cu-tru"],
    "nyc_giay_to": ["loai-giay-to", "so-dinh-danh", "so-giay-to"], "nyc_ngay_cap": ["ngay-cap"],
    "nyc_noi_cap": ["noi-cap"], "nyc_dien_thoai": ["dien-thoai"], "nyc_email": ["email"],
    "nyc_quan_he": ["quan-he", "quan-he-khac"],
}


def parent(paper, ours):
    return {
        f"{paper}_ho_ten": [f"{ours}-ho-ten"], f"{paper}_nam_sinh": [f"{ours}-nam-sinh"],
        f"{paper}_dan_toc": [f"{ours}-dan-toc"], f"{paper}_quoc_tich": [f"{ours}-quoc-tich"],
        f"{paper}_noi_cu_tru": [f"{ours}-noi-cu-tru-xa", f"{ours}-noi-cu-tru"],
        f"{paper}_giay_to": [f"{ours}-so-dinh-danh"],
    }


# Field of the paper form -> the questions that ask for it here.
PAPER_FORMS = {
    "1.001193": {
        **REQUESTER, **parent("me", "me"), **parent("cha", "cha"),
        "ks_ho_ten": ["tre-ho-ten"], "ks_ngay_sinh": ["tre-ngay-sinh"],
        "ks_ngay_sinh_chu": ["tre-ngay-sinh-chu"], "ks_gioi_tinh": ["tre-gioi-tinh"],
        "ks_dan_toc": ["tre-dan-toc"], "ks_quoc_tich": ["tre-quoc-tich"],
        "ks_noi_sinh": ["noi-sinh"], "ks_que_quan": ["que-quan"],
        "ban_sao": ["ban-sao"], "so_luong": ["so-luong"],
    },
    "2.000635": {
        **REQUESTER,
        "ht_ho_ten": ["ht-ho-ten"], "ht_ngay_sinh": ["ht-ngay-sinh"],
        "ht_gioi_tinh": ["ht-gioi-tinh"], "ht_dan_toc": ["ht-dan-toc"],
        "ht_quoc_tich": ["ht-quoc-tich"],
        "ht_noi_cu_tru": ["ht-noi-cu-tru-xa", "ht-noi-cu-tru"],
        "ht_giay_to": ["ht-loai-giay-to", "ht-so-dinh-danh", "ht-so-giay-to"],
        "loai_viec": ["loai-viec", "loai-viec-khac"], "noi_dang_ky": ["noi-dang-ky"],
        "ngay_dang_ky": ["ngay-dang-ky"], "so_dang_ky": ["so-dang-ky"], "quyen_so": ["quyen-so"],
        "so_luong": ["so-luong"],
    },
    "1.001612": {
        "ten_hkd": ["ten-ho"], "tru_so": ["tru-so-xa", "tru-so"], "dien_thoai": ["dien-thoai"],
        "email": ["email"], "nganh_nghe": ["nganh-nghe"], "von": ["von"],
        "so_lao_dong": ["so-lao-dong"], "ngay_bat_dau": ["ngay-bat-dau"],
        "pp_tinh_thue": ["phuong-phap-thue"], "chu_the": ["chu-the"],
        "chu_ho_ten": ["chu-ho-ten"], "chu_ngay_sinh": ["chu-ngay-sinh"],
        "chu_gioi_tinh": ["chu-gioi-tinh"], "chu_dinh_danh": ["chu-so-dinh-danh"],
        "chu_dan_toc": ["chu-dan-toc"], "chu_thuong_tru": ["thuong-tru-xa", "thuong-tru"],
        "chu_lien_lac": ["hien-tai-xa", "hien-tai"], "thanh_vien": ["thanh-vien"],
    },
    "2.002409": {
        "ho_ten": ["ho-ten"], "dia_chi": ["noi-cu-tru-xa", "noi-cu-tru"],
        "giay_to": ["loai-giay-to", "so-dinh-danh", "so-giay-to"], "ngay_cap": ["ngay-cap"],
        "noi_cap": ["noi-cap"], "dien_thoai": ["dien-thoai"], "dai_dien": ["tu-cach"],
        "bkn_ten": ["bkn-ten"], "bkn_dia_chi": ["bkn-dia-chi"],
        "khieu_nai_ve": ["doi-tuong-loai", "khieu-nai-ve"], "so_qd": ["qd-so", "qd-ngay"],
        "noi_dung": ["noi-dung-khieu-nai"], "yeu_cau": ["yeu-cau"],
        "tai_lieu": ["tai-lieu", "tep-chung-cu"], "lan": ["lan"],
    },
}
# Kinds that can hold what a field of the paper form holds.
KINDS = {
    "text": {"text", "long_text", "one", "date"}, "textarea": {"long_text", "one"},
    "date": {"date"}, "address": {"commune", "text"}, "idno": {"person_id", "one", "text"},
    "phone": {"phone"}, "email": {"email"}, "select": {"one", "text"}, "code": {"one"},
    "checkbox": {"yes_no"}, "integer": {"integer"}, "money": {"money"},
    "table": {"long_text", "paper"},
}

points = 0


def point(sentence, faults):
    """One point of TAP; faults, a list of texts, are the reasons of a failure."""
    global points
    points += 1
    faults = list(faults)
    print(f"{'not ok' if faults else 'ok'} {points} - {sentence}")
    for fault in faults[:20]:
        print(f"# {fault}")


def skip(sentence):
    global points
    points += 1
    print(f"ok {points} - {sentence} # SKIP the shared facts are not here")


# --- reading ---------------------------------------------------------------------------------

def read_table(name):
    lines = [line for line in (DATA / name).read_text().split("\n")
             if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]


def read_shared(name):
    lines = (SHARED / name).read_text().splitlines()
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"))) for line in lines[1:]]


def refuse_twice(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a member twice in {keys}")
    return dict(pairs)


def read_procedures():
    found = {}
    for path in sorted((DATA / "procedures").glob("*.json")):
        found[path.stem] = json.loads(path.read_text(), object_pairs_hook=refuse_twice)
    return found


def fields_of(procedure):
    return [field for page in procedure["form"]["pages"] for field in page["fields"]]


def papers_of(procedure):
    return [part for part in procedure["components"] if not part.get("note")]


# --- one form --------------------------------------------------------------------------------

def names_of(rule):
    """Ids of the fields that a condition asks for."""
    if isinstance(rule, dict):
        for key, value in rule.items():
            yield from [value] if key == "var" else names_of(value)
    elif isinstance(rule, list):
        for part in rule:
            yield from names_of(part)


def comparisons_of(rule):
    """(field, value) for every literal that a condition compares a field with."""
    if isinstance(rule, list):
        for part in rule:
            yield from comparisons_of(part)
    elif isinstance(rule, dict):
        for key, value in rule.items():
            if key in ("==", "!=", "in"):
                literals = value[1] if isinstance(value[1], list) else [value[1]]
                yield from ((value[0]["var"], literal) for literal in literals)
            elif key != "var":
                yield from comparisons_of(value)


def condition_faults(procedure):
    earlier = {}
    for page in procedure["form"]["pages"]:
        yield from rule_faults(page["id"], page.get("when"), earlier)
        for field in page["fields"]:
            for member in ("when", "required_when"):
                yield from rule_faults(field["id"], field.get(member), earlier)
            earlier[field["id"]] = field
    for part in procedure["components"]:
        yield from rule_faults(part["id"], part.get("when"), earlier)


def rule_faults(where, rule, earlier):
    for name in names_of(rule):
        if name not in earlier:
            yield f"{where}: {name} is no earlier field"
    for name, value in comparisons_of(rule):
        field = earlier.get(name, {})
        values = [option["value"] for option in field.get("options", [])]
        if field.get("kind") == "yes_no":
            values = ["yes", "no"]
        if value not in values:
            yield f"{where}: {value} is no value of {name}"


def word_faults(procedure):
    for page in procedure["form"]["pages"]:
        for member in ("title", "intro"):
            if not page.get(member) or not page.get(member + "_en"):
                yield f"{page['id']} lacks {member} in one language"
    for field in fields_of(procedure):
        for member in ("label", "hint", "error"):
            if not field.get(member) or not field.get(member + "_en"):
                yield f"{field['id']} lacks {member} in one language"
        if not field["error"].startswith(ERROR_STARTS.get(field["kind"], "Nhập ")):
            yield f"{field['id']} does not say what to do: {field['error']}"
        for option in field.get("options", []):
            if not option.get("label_en"):
                yield f"{field['id']}: {option['value']} has no English label"


def id_faults(procedure):
    groups = {
        "field": [field["id"] for field in fields_of(procedure)],
        "page": [page["id"] for page in procedure["form"]["pages"]],
        "component": [part["id"] for part in procedure["components"]],
    }
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
    fields = {field["id"]: field for field in fields_of(procedure)}
    ways = [option["value"] for option in fields.get("nhan-ket-qua", {}).get("options", [])]
    if ways != ["portal", "post", "counter"]:
        yield f"nhan-ket-qua offers {ways}"
    address = fields.get("dia-chi-nhan", {})
    if not address.get("required") or address.get("when") != {
            "==": [{"var": "nhan-ket-qua"}, "post"]}:
        yield "the post needs an address"


def english_faults(procedure):
    yield from (f"no {member}" for member in
                ("name_en", "limit_text_en", "steps_en") if not procedure.get(member))
    if len(procedure["steps"]) != len(procedure["steps_en"]):
        yield "steps and steps_en are not of one length"
    for part in procedure["components"] + procedure["results"]:
        if not part.get("name_en"):
            yield f"{part['name']} has no English name"
    for member in ("title_en", "declaration_en"):
        if not procedure["form"].get(member):
            yield f"the form has no {member}"


def prefill_faults(procedure):
    taken = [field["prefill"] for field in fields_of(procedure) if "prefill" in field]
    for part in ("name", "person_id", "phone", "email", "commune", "address"):
        if taken.count(f"account.{part}") != 1:
            yield f"account.{part} is offered {taken.count(f'account.{part}')} times"


def check_form(code, procedure):
    fields = fields_of(procedure)
    point(f"{code}: fields, pages and papers have names of their own", id_faults(procedure))
    point(f"{code}: every question has a label, guidance and what to do when it is wrong, in "
          "both languages [C32-8.3, C32-11.5]", word_faults(procedure))
    point(f"{code}: no page asks more than {QUESTIONS_A_PAGE} questions",
          [page["id"] for page in procedure["form"]["pages"]
           if len(page["fields"]) > QUESTIONS_A_PAGE])
    point(f"{code}: conditions ask earlier questions for values they can have",
          condition_faults(procedure))
    point(f"{code}: every paper is asked for once, or replaced by the form",
          paper_faults(procedure))
    point(f"{code}: what the account knows is offered, once each [C32-8.2, C32-11.5]",
          prefill_faults(procedure))
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
    point(f"{code}: a reason says why it is not done wholly online, doubts what is unsure "
          "[ND224-14.1]",
          [f"no {member}" for member in ("partial_reason", "doubts") if not procedure[member]])
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


def spelling(name):
    """Where the mark of a syllable such as hoà stands is a matter of taste."""
    flat = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold()


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


# --- against the facts -----------------------------------------------------------------------

def form_faults(code, procedure, paper):
    fields = {field["id"]: field for field in fields_of(procedure)}
    mapped = PAPER_FORMS[code]
    for field in paper["form"]["fields"]:
        ours = mapped.get(field["id"])
        if not ours:
            yield f"{field['id']} ({field['label']}) is not asked for"
            continue
        for id in ours:
            if id not in fields:
                yield f"{field['id']}: there is no question {id}"
            elif fields[id]["kind"] not in KINDS[field["type"]]:
                yield f"{id} cannot hold {field['id']}, a {field['type']}"


def official_faults(procedure, official, papers):
    if procedure["name"] != official["name"]:
        yield f"the name is {official['name']}"
    if procedure["sector"] not in official["sectors"]:
        yield f"the sector is {official['sectors']}"
    if procedure["decision"] != official["decision"]:
        yield f"the decision is {official['decision']}"
    known = {number.removeprefix("Thông tư số ") for number in official["legal"]}
    ours = {document["number"] for document in procedure["legal"]}
    yield from (f"{number} is no legal ground of it" for number in sorted(ours ^ known))
    results = {result["code"] for result in procedure["results"]}
    yield from (f"{code} is no result of it" for code in sorted(results ^ set(official["results"])))
    for part in procedure["components"]:
        if part.get("code") and part["code"] not in papers:
            yield f"{part['code']} is no paper of it"
    ways = {"ONLINE": "online", "POSTAL": "post", "DIRECT": "counter"}
    fees = {ways[method["channel"]]: method["fees"][0]["amount"] for method in official["methods"]}
    for channel in procedure["channels"]:
        if fees[channel["channel"]] != channel["fees"][0]["amount"]:
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


def check_against_facts(procedures, units):
    paper_forms = {row["code"]: row for row in json.loads((SHARED / "procedures.json").read_text())}
    official, papers = read_official(set(procedures))
    for code, procedure in procedures.items():
        point(f"{code}: the form asks for every field of the paper form [C32-3.1]",
              form_faults(code, procedure, paper_forms[code]))
        if code in official:
            point(f"{code}: name, sector, decision, legal grounds, results, papers and fees are "
                  "those of the national catalogue [C32-6.3]",
                  official_faults(procedure, official[code], papers[code]))
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
    procedures = read_procedures()
    agencies = {row["code"]: row for row in read_table("agencies.tsv")}
    units = {row["code"]: row for row in read_table("units.tsv")}
    sectors = {row["code"] for row in read_table("sectors.tsv")}
    check_text()
    check_tables(agencies, units)
    for code, procedure in procedures.items():
        check_procedure(code, procedure, agencies, sectors)
        check_form(code, procedure)
    if (SHARED / "procedures.json").exists():
        check_against_facts(procedures, units)
    else:
        skip("forms, provinces and code lists agree with the facts [C32-3.1, C32-6.3]")
    print(f"1..{points}")


if __name__ == "__main__":
    main()
