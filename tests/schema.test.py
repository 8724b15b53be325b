#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds data/procedure.schema.json against the files it describes, and against the program that
reads them: what is wrong in a table below both refuse, what is right both take."""
import copy
import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    # Debian's, when the Python that runs the tests is another one.
    sys.path.append("/usr/lib/python3/dist-packages")
    import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from visitor import Tap, program  # noqa: E402

SCHEMA = json.loads((ROOT / "data" / "procedure.schema.json").read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)

TEXT = {"id": "a", "kind": "text", "label": "A"}
NUMBER = {"id": "n", "kind": "integer", "label": "N"}
DATE = {"id": "d", "kind": "date", "label": "D"}
YES = {"id": "y", "kind": "yes_no", "label": "Y"}
ONE = {"id": "o", "kind": "one", "label": "O", "options": [{"value": "x", "label": "X"}]}
MANY = {"id": "m", "kind": "many", "label": "M", "options": [{"value": "x", "label": "X"}]}
ITEMS = {"id": "muc", "title": "M", "repeat": {"item": "Mục"}, "fields": [
    {"id": "t", "kind": "text", "label": "T"}, {"id": "tuoi", "kind": "integer", "label": "U"}]}
BEFORE = [TEXT, NUMBER, DATE, YES, ONE, MANY]


def page(*fields, **members):
    return {"id": "p", "title": "P", "fields": list(fields), **members}


def form(*pages, **members):
    return {"form": {"title": "T", "declaration": "C", "pages": list(pages), **members}}


def asks(*fields):
    return form(page(*fields))


def ask(kind, **members):
    """A form with one question of the kind, and a paper that it may name."""
    return {"components": [{"id": "giay", "name": "Giấy"}],
            **asks({"id": "q", "kind": kind, "label": "Q", **members})}


def rule(said):
    """A form with one question of each kind that rules look at, and a rule on them."""
    return form(page(*BEFORE), ITEMS, {"id": "cuoi", "title": "C", "fields": [
        {"id": "z", "kind": "text", "label": "Z", "when": said}]})


def repeats(**members):
    return form({**ITEMS, "repeat": {"item": "Mục", **members}})


def fee(**members):
    return {"channels": [{"channel": "online", "fees": [members]}], **asks(*BEFORE)}


def sample(**members):
    return {"samples": [{"name": "S", "answers": {}, "expect": {}, **members}], **asks(TEXT)}


def check(**members):
    return form(page(*BEFORE), checks=[
        {"id": "c", "when": {"==": [{"var": "y"}, "yes"]}, "message": "M", **members}])


VAR = {"var": "n"}
WRONG = {
    # the procedure
    "no code": {"code": None}, "a code with spaces": {"code": "1 2"}, "no name": {"name": " "},
    "no sector": {"sector": None}, "an unknown member": {"naem": "x"},
    "a name in digits": {"name": 7},
    "a day that is none": {"effective_from": "1.7.2025"},
    "an unknown level": {"levels": ["huyen"]}, "a limit in words": {"limit": "3 months"},
    "a limit too long": {"limit": "481m"}, "an hour after the last": {"cut_off": "24:00"},
    "too many sets": {"sets": 1001}, "an empty step": {"steps": [""]},
    "steps that are one text": {"steps": "Nộp hồ sơ"},
    "a channel by nobody": {"channels": [{"channel": "fax"}]},
    "a channel without a name": {"channels": [{"fees": []}]},
    "a fee below nothing": fee(amount=-1), "a fee in shells": fee(currency="XSH"),
    "a fee with half a đồng": fee(amount=0.5), "a fee when text": fee(when="luôn luôn"),
    "a fee counted by a text": fee(count={"+": ["một", 1]}),
    "an exemption without reason": fee(free=[{"when": {"!!": VAR}}]),
    "a paper without id": {"components": [{"name": "G"}]},
    "a paper with capitals": {"components": [{"id": "Giay", "name": "G"}]},
    "a remark that is required": {"components": [
        {"id": "g", "name": "G", "note": True, "required": True}]},
    "a paper in half a copy": {"components": [{"id": "g", "name": "G", "copies": 0.5}]},
    "a result without a name": {"results": [{"code": "KQ"}]},
    "a law without a number": {"legal": [{"title": "Luật Hộ tịch"}]},
    "a case with an unknown member": {"cases": [{"title": "x"}]},
    "a case for ever": {"cases": [{"name": "x", "limit": "ever"}]},
    "true in letters": {"restart": "yes"},
    # the form
    "a form that is a list": {"form": []}, "no pages": form(), "no declaration": {
        "form": {"title": "T", "pages": [page(TEXT)]}},
    "a form with an unknown member": form(page(TEXT), colour="red"),
    "a page without questions": form(page()), "a page without a title": form(page(TEXT, title="")),
    "a page called like another of ours": form(page(TEXT, id="xem-lai")),
    "a repeated page called like a name of ours": form({**ITEMS, "id": "them"}),
    "a page of no section": form(page(TEXT), sections=[{"id": "s", "title": "S"}]),
    "a section where there are none": form(page(TEXT, section="s")),
    "items without a name": form({**ITEMS, "repeat": {"least": 1}}),
    "too many items": repeats(most=51), "items below none": repeats(least=-1),
    "a paper on a repeated page": {"components": [{"id": "giay", "name": "G"}], **form(
        {**ITEMS, "fields": [{"id": "g", "kind": "paper", "label": "G", "component": "giay"}]})},
    "seven questions to start": form(page(*BEFORE), start=["y"] * 7),
    "a purpose without why": form(page(TEXT), purposes=[{"id": "p", "who": "Ai"}]),
    "a check without a message": check(message=""), "a check without a rule": check(when={}),
    "a check that stops a little": check(stops="một chút"),
    # questions
    "a question without kind": asks({"id": "a", "label": "A"}),
    "a question without label": asks({"id": "a", "kind": "text"}),
    "an unknown kind": ask("colour"), "an id with capitals": asks({**TEXT, "id": "A"}),
    "an id with a dot": asks({**TEXT, "id": "a.b"}), "an id of ours": asks({**TEXT, "id": "csrf"}),
    "an unknown member of a question": ask("text", colour="red"),
    "a width of 3": ask("text", width="3"), "a password": ask("text", prefill="account.password"),
    "required in letters": ask("text", required="yes"),
    "a text in the past": ask("text", past=True), "a date with decimals": ask("date", decimals=2),
    "a text too long": ask("text", most=9000), "a text of half a letter": ask("text", least=0.5),
    "a pattern without a sentence": ask("text", pattern="[0-9]+"),
    "a sentence without a pattern's kind": ask("integer", pattern_error="Nhập số"),
    "a whole number in halves": ask("integer", least=0.5),
    "a number of seven decimals": ask("number", decimals=7),
    "an amount with a unit": ask("money", unit="m²"),
    "a day that is a word": ask("date", least="hôm nay"),
    "a date past and future": ask("date", past=True, future=True),
    "a choice of nothing": ask("one"), "a choice of both": ask(
        "one", list="dan-toc", options=[{"value": "x", "label": "X"}]),
    "an option without a label": ask("one", options=[{"value": "x"}]),
    "an option with a space": ask("many", options=[{"value": " x", "label": "X"}]),
    "an option of nothing": ask("one", options=[{"value": "x", "label": "X", "of": ["y"]}]),
    "a linked option of all": asks(ONE, {"id": "q", "kind": "one", "label": "Q", "linked": "o",
                                         "options": [{"value": "x", "label": "X"}]}),
    "a list with capitals": ask("one", list="Dân tộc"), "units from a list": ask(
        "quantity", list="don-vi"),
    "a quantity without units": ask("quantity"), "a paper of nothing": ask("paper"),
    "a paper that is prefilled": ask("paper", component="giay", prefill="account.name"),
    "a computed value that is required": ask("computed", value={"+": [1, 2]}, **{"as": "integer"},
                                             required=True),
    "a computed value of nothing": ask("computed", **{"as": "integer"}),
    "a computed choice": ask("computed", value={"+": [1, 2]}, **{"as": "one"}),
    "a note with an error": ask("note", error="Nhập"), "a text with a note's text": ask(
        "text", text="x"),
    "a declaration with a width": ask("declaration", width="4"),
    "a part of no person": ask("person", parts=["tuoi"]), "a person of no parts": ask(
        "person", parts=[]),
    "an address with a name": ask("address", parts=["ho-ten"]),
    "a person with an error": ask("person", error="Nhập"),
    "a person prefilled in part": ask("person", prefill="account.name"),
    "an organisation from the account": ask("organisation", prefill="account"),
    "a person with units": ask("person", options=[{"value": "x", "label": "X"}]),
    "a person remembered in two words": ask("person", remember="hai từ"),
    "a purpose with capitals": ask("text", purpose="Xác định"),
    # rules
    "no operator": rule({}), "an unknown operator": rule({"xor": [VAR, 1]}),
    "two operators": rule({"var": "n", "!": 1}), "a rule that is a list": rule([VAR]),
    "a name that is a number": rule({"var": 1}), "and of nothing": rule({"and": []}),
    "equal to nothing": rule({"==": [VAR]}), "equal in three": rule({"==": [VAR, 1, 2]}),
    "equal values": rule({"==": ["x", "x"]}), "equal to a list": rule({"==": [VAR, [1]]}),
    "an order of truths": rule({"<": [True, VAR]}), "an order of one": rule({"<": [VAR]}),
    "a sum of texts": rule({"+": [VAR, "một"]}), "a product of nothing": rule({"*": [VAR, None]}),
    "in a number": rule({"in": [VAR, 7]}), "in one operand": rule({"in": [VAR]}),
    "a value in a list of values": rule({"in": ["x", ["x", "y"]]}),
    "some of a text": rule({"some": ["abc", True]}), "all without a rule": rule(
        {"all": [{"var": "muc"}]}),
    "reduce without a first value": rule({"reduce": [{"var": "muc"}, {"var": "current"}]}),
    "texts with a list": rule({"cat": [["a"], "b"]}), "missing by number": rule({"missing": [1]}),
    "missing_some of a text": rule({"missing_some": ["hai", ["a"]]}),
    "years from a word": rule({"years_between": ["hôm qua", {"var": "d"}]}),
    "days from one date": rule({"days_between": [{"var": "d"}]}),
    "a fault deep inside": rule({"and": [{"!!": VAR}, {"or": [{"!": {"if": [VAR, {"foo": 1}]}}]}]}),
    # samples
    "a sample without a name": sample(name=""), "a sample of no day": sample(today="mai"),
    "an unknown expectation": sample(expect={"fees": 0}),
    "a fee in letters": sample(expect={"fee": "không"}),
    "answers in a list": sample(answers=[]), "a sample with an unknown member": sample(note="x"),
}
RIGHT = {
    "the least": {}, "a schema and all kinds of time": {
        "$schema": "x", "limit": "8wh", "cut_off": "9:30", "effective_from": "2025-07-01",
        "cases": [{"limit": each} for each in ("0wd", "10000d", "2000w", "480m")]},
    "a fee by rules": fee(amount=8000, count=VAR, when={"==": [{"var": "y"}, "yes"]}, free=[
        {"when": {">": [VAR, 3]}, "why": "Nhiều", "why_en": "Many"}], note="x", note_en="x"),
    "a remark": {"components": [{"id": "ghi_chu", "name": "G", "note": True, "required": False}]},
    "text": ask("text", least=1, most=8000, pattern="[a-z]+", pattern_error="Nhập chữ", width="4",
                prefill="account.name", autocomplete="name", remember="ten", explain="x",
                hint="x", error="Nhập", required=True),
    "long_text": ask("long_text", most=4000), "integer": ask("integer", least=-5, unit="người"),
    "number": ask("number", decimals=1, least=0.5, most=9.5, unit="m²", unit_en="m²"),
    "money": ask("money", least=1000, most=10**15),
    "date": ask("date", past=True, partial=True, expires=False, least="1900-01-01"),
    "time": ask("time"), "yes_no": ask("yes_no"), "one": ask("one", list="dan-toc"),
    "many": ask("many", least=1, most=2, options=[{"value": "a b", "label": "X", "hint": "x"}]),
    "commune": ask("commune", history=True), "person_id": ask("person_id"),
    "tax_code": ask("tax_code"), "phone": ask("phone", prefill="account.phone"),
    "email": ask("email"), "paper": ask("paper", component="giay", required=True),
    "computed": asks(NUMBER, {"id": "q", "kind": "computed", "label": "Q", "as": "money",
                              "value": {"*": [8000, VAR]}}),
    "declaration": ask("declaration", error="Chọn", required_when={
        "<": [{"var": "hom-nay"}, "2027-01-01"]}),
    "note": ask("note", text="x", text_en="x"),
    "person": ask("person", parts=["ho-ten", "giay-to", "email"], optional_parts=["email"],
                  prefill="account", history=True, remember="toi"),
    "organisation": ask("organisation", optional_parts=["ma-so-thue"]),
    "address": ask("address", parts=["xa"], history=True),
    "quantity": ask("quantity", least=0.5, decimals=1, options=[{"value": "kg", "label": "kg"}]),
    "linked": asks(ONE, {"id": "q", "kind": "one", "label": "Q", "linked": "o", "options": [
        {"value": "y", "label": "Y", "of": ["x"]}]}),
    "sections, purposes, start": form(page(*BEFORE, section="s"), start=["y", "n", "d"], sections=[
        {"id": "s", "title": "S"}], purposes=[{"id": "p", "why": "W", "who": "A", "keep": "K"}]),
    "a check": check(field="n", stops=True), "items": repeats(least=1, most=50, item_en="Item"),
    "a single operand": rule({"!": VAR}), "a name with a default": rule({"!!": {"var": ["n", 7]}}),
    "in a list": rule({"in": [{"var": "o"}, ["x"]]}), "in choices": rule({"in": ["x", {"var": "m"}]}),
    "between": rule({"<": [1, VAR, 9]}), "texts": rule({"==": [{"cat": [{"var": "a"}, "b"]}, "ab"]}),
    "years": rule({">=": [{"years_between": [{"var": "d"}, {"var": "hom-nay"}]}, 18]}),
    "days": rule({"<": [{"days_between": ["2026-01-31", {"var": "d"}]}, 90]}),
    "some item": rule({"some": [{"var": "muc"}, {"<": [{"var": "tuoi"}, 18]}]}),
    "how many items": rule({">": [{"reduce": [
        {"var": "muc"}, {"+": [{"var": "accumulator"}, 1]}, 0]}, 1]}),
    "missing": rule({"!": {"missing": ["a", "n"]}}), "missing_some": rule(
        {"!": {"missing_some": [1, ["a", "n"]]}}),
    "if": rule({"==": [{"if": [{">": [VAR, 1]}, "x", "y"]}, {"var": "a"}]}),
    "a sample": sample(today="2027-02-28", answers={"a": "x"}, expect={
        "pages": ["p"], "papers": [], "fee": 0, "limit": "3wd", "errors": ["a"], "checks": []}),
}


def definition(members):
    """The least procedure with a form, and these members in place of its own; None: none."""
    whole = {"code": "9.000001", "name": "N", "sector": "G15-TP07", **asks(TEXT), **members}
    return copy.deepcopy({key: value for key, value in whole.items() if value is not None})


def reason(error):
    """The innermost reason, which names the place."""
    while error.context:
        error = min(error.context, key=lambda inner: -len(inner.absolute_path))
    return f"{'.'.join(map(str, error.absolute_path))}: {error.message[:160]}"


def faults_by_schema(whole):
    return [reason(error) for error in VALIDATOR.iter_errors(whole)]


def faults_by_program(folder, whole):
    path = pathlib.Path(folder) / "definition.json"
    path.write_text(json.dumps(whole, ensure_ascii=False))
    ran = subprocess.run([program(), "form", "check", str(path), "--data", folder],
                         capture_output=True, text=True)
    return [] if ran.returncode == 0 else [ran.stderr.strip() or f"status {ran.returncode}"]


def descriptions_missing(schema, where=""):
    """Every member of every object is explained, itself or by what it refers to."""
    if isinstance(schema, list):
        for index, part in enumerate(schema):
            yield from descriptions_missing(part, f"{where}[{index}]")
    if not isinstance(schema, dict):
        return
    if schema.get("additionalProperties") is False:
        for name, member in schema["properties"].items():
            if not explained(member):
                yield f"{where}.{name}"
    for key, part in schema.items():
        yield from descriptions_missing(part, f"{where}.{key}")


def explained(member):
    while "$ref" in member:
        member = SCHEMA["definitions"][member["$ref"].removeprefix("#/definitions/")]
    return bool(re.search(r"\w", member.get("description", "")))


def main():
    tap = Tap()
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    tap.point(True, "the schema is one")
    missing = list(descriptions_missing(SCHEMA))
    tap.point(not missing, "it explains every member", "\n".join(missing))
    for path in sorted((ROOT / "data" / "procedures").glob("*.json")):
        faults = faults_by_schema(json.loads(path.read_text()))
        tap.point(not faults, f"{path.name} is as the schema says", "\n".join(faults))
    with tempfile.TemporaryDirectory(prefix="motcua-schema-") as folder:
        subprocess.run([program(), "init", "--data", folder], check=True, capture_output=True)
        ask_program = functools.partial(faults_by_program, folder)
        for what, members in WRONG.items():
            whole = definition(members)
            silent = [who for who, faults in (("the schema", faults_by_schema(whole)),
                                              ("the program", ask_program(whole))) if not faults]
            tap.point(not silent, f"refused by both: {what}", f"taken by {' and '.join(silent)}")
        for what, members in RIGHT.items():
            whole = definition(members)
            faults = faults_by_schema(whole) + ask_program(whole)
            tap.point(not faults, f"taken by both: {what}", "\n".join(faults))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
