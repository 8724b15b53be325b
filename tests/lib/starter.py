# SPDX-License-Identifier: Apache-2.0
"""The starter catalogue as tests read it: its files, the questions of its forms, points of TAP."""
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "data"

# Questions of several parts; each part brings its own words for what is wrong.
COMPOSITES = {"person", "organisation", "address", "quantity"}
USUAL_PARTS = {
    "person": ["ho-ten", "ngay-sinh", "giay-to"], "organisation": ["ten", "ma-so-thue", "tru-so"],
    "address": ["xa", "chi-tiet"], "quantity": ["so", "don-vi"],
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


def skip(sentence, reason):
    global points
    points += 1
    print(f"ok {points} - {sentence} # SKIP {reason}")


def end():
    print(f"1..{points}")


def read_table(name):
    lines = [line for line in (DATA / name).read_text().split("\n")
             if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]


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


def parts_of(field):
    usual = USUAL_PARTS.get(field["kind"], [])
    return field.get("parts") or usual + [part for part in field.get("optional_parts", [])
                                          if part not in usual]


def papers_of(procedure):
    return [part for part in procedure["components"] if not part.get("note")]
