# SPDX-License-Identifier: Apache-2.0
"""What was declared is saved to a file and printed before it is sent and after, says the same on
paper and on screen, and tells the officer what the applicant was told [C32-7.2, C32-8.4]."""
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from citizen import PROCEDURE, Citizen, paper  # noqa: E402
from visitor import ACCOUNTS, Server, Tap, Visitor, program  # noqa: E402

ORIGIN = "https://h99.example.vn"
AMISS = "Nhiều hơn một bản: xem lại số bản"
CHECK = {"id": "nhieu-ban", "when": {">": [{"var": "so-luong"}, 1]}, "field": "so-luong",
         "message": AMISS}


def import_with_check(server):
    """The starter catalogue with a check of its own in the form."""
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data"
        shutil.copytree(ROOT / "data", data)
        file = data / "procedures" / f"{PROCEDURE}.json"
        text = json.loads(file.read_text(encoding="utf-8"))
        text["form"]["checks"] = [CHECK]
        for sample in text["samples"]:
            several = float(sample["answers"].get("so-luong", 0)) > 1
            sample["expect"]["checks"] = [CHECK["id"]] if several else []
        file.write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
        return subprocess.run([program(), "import", "starter", "--data", server.data, str(data)],
                              capture_output=True, text=True, check=False)


def words(pdf):
    """What another program reads in a PDF, without white space; None when it is not there."""
    if not shutil.which("pdftotext"):
        return None
    text = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=pdf,
                          capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s", "", text)


def answers_of(page):
    """(question, answer) as the review shows them, but papers, which have names there."""
    pairs = re.findall(r'<dt>(.*?)</dt><dd[^>]*>(.*?)</dd><dd class="summary-action">', page)
    shown = [(q, re.sub("<.*?>", "", a)) for q, a in pairs]
    return [(html.unescape(q), html.unescape(a)) for q, a in shown
            if not re.search(r"^\d+ tệp$", a)]


def audited(server, code, act):
    lines = subprocess.run([program(), "audit", "list", "--data", server.data, code],
                           capture_output=True, text=True, check=True).stdout
    return sum(f"\t{act}\t" in line for line in lines.splitlines())


def check_paper(tap, what, answer, pairs, says, lacks):
    name = answer.headers.get("Content-Disposition", "")
    tap.point(answer.status == 200 and answer.body.startswith(b"%PDF-")
              and "no-store" in answer.headers.get("Cache-Control", "")
              and re.search(r'filename="(ban-nhap|to-khai)-[\w.-]+\.pdf"', name),
              f"{what}: a PDF that no cache keeps, named by its code alone",
              f"{answer.status} {answer.headers}")
    text = words(answer.body)
    if text is None:
        tap.skip(f"{what}: says what the screen says", "pdftotext is not installed")
        return
    missing = [pair for pair in pairs if re.sub(r"\s", "", "".join(pair)) not in text]
    missing += [one for one in says if re.sub(r"\s", "", one) not in text]
    missing += [f"not {one}" for one in lacks if re.sub(r"\s", "", one) in text]
    tap.point(len(pairs) > 8 and not missing, f"{what}: says what the screen says [C32-7.2]",
              f"{missing} of {len(pairs)}")


def before(tap, citizen, review):
    draft = review.path.split("/")[2]
    at = f"/nop/{draft}"
    ends = ("to-khai.pdf", "to-khai.json", "in")
    tap.point(all(f'href="{at}/{end}"' in review.text for end in ends) and AMISS in review.text,
              "the review leads to the paper, the data and the print, and says what is amiss "
              "[C32-8.4]")
    pairs = answers_of(review.text)
    check_paper(tap, "before sending", citizen.get(f"{at}/to-khai.pdf"), pairs,
                ["BẢN NHÁP, CHƯA NỘP", "Kính gửi", draft], [])
    data = citizen.get(f"{at}/to-khai.json")
    parsed = json.loads(data.text)
    labels = [a["label"] for page in parsed["pages"] for a in page["answers"]]
    tap.point(parsed["state"] == "draft" and all(q in labels for q, _ in pairs)
              and "attachment" in data.headers["Content-Disposition"],
              "the data has every question with its answer", data.text[:400])
    printed = citizen.get(f"{at}/in")
    tap.point(printed.status == 200 and "BẢN NHÁP, CHƯA NỘP" in printed.text
              and all(html.escape(q, False) in printed.text for q, _ in pairs),
              "the page to print has them, too", printed.status)
    tap.point("DRAFT, NOT SUBMITTED" in citizen.get(f"/en{at}/in").text, "in English as well")
    return draft, pairs


def after(tap, citizen, draft, code, pairs):
    mine = f"/ca-nhan/ho-so/{code}"
    receipt = citizen.get(f"/nop/{draft}/xong").text
    page = citizen.get(mine).text
    tap.point(all(f'href="{mine}/{end}"' in text for text in (receipt, page)
                  for end in ("to-khai.pdf", "in")),
              "receipt and dossier lead to paper and print [C32-8.4]")
    pdf = citizen.get(f"{mine}/to-khai.pdf")
    check_paper(tap, "after sending", pdf, pairs, [code, f"{ORIGIN}/xac-minh/{code}", "Mã hồ sơ"],
                ["BẢN NHÁP"])
    tap.point(pdf.body == citizen.get(f"{mine}/to-khai.pdf").body, "the same bytes each time")
    data = json.loads(citizen.get(f"{mine}/to-khai.json").text)
    tap.point(data["state"] == "submitted" and data["code"] == code, "and as data", data)
    tap.point(citizen.get(f"/nop/{draft}/to-khai.pdf").location.endswith(f"/nop/{draft}/xong"),
              "the draft's paper leads to the receipt")
    return pdf


def office(tap, server, code, pdf):
    clerk = Visitor(server).sign_in(ACCOUNTS["clerk"])
    at = f"/can-bo/ho-so/{code}"
    page = clerk.get(at).text
    told = re.search(re.escape(AMISS) + r' <a href="[^"#]*#(khai-[^"]*)">[^<]*: 2</a>', page)
    tap.point(told and f'id="{told.group(1)}"' in page,
              "the officer is told what the applicant was told, with a link to the answer", page)
    tap.point(f'href="{at}/to-khai.pdf"' in page, "and is led to the paper")
    reads = audited(server, code, "dossier.form")
    paper_there = clerk.get(f"{at}/to-khai.pdf")
    tap.point(paper_there.status == 200 and paper_there.body == pdf.body,
              "which is the applicant's own, to the byte", paper_there.status)
    tap.point(audited(server, code, "dossier.form") == reads + 1,
              "and reading it is kept in the audit trail")
    for who, visitor in (("nobody", Visitor(server)), ("the administrator", Visitor(server).sign_in(
            ACCOUNTS["admin"])), ("another citizen", Citizen(server).register("la@example.vn"))):
        seen = [visitor.get(path).status for path in (
            f"{at}/to-khai.pdf", f"/ca-nhan/ho-so/{code}/to-khai.pdf",
            f"/ca-nhan/ho-so/{code}/to-khai.json", f"/ca-nhan/ho-so/{code}/in")]
        tap.point(set(seen) <= {303, 403, 404}, f"{who} sees none of it", seen)


def main():
    tap = Tap()
    with Server("\n[http]\nno_rate_limits = yes\n[site]\norigin = " + ORIGIN + "\n") as server:
        imported = import_with_check(server)
        tap.point(imported.returncode == 0, "a form with a check is imported", imported.stderr)
        citizen = Citizen(server).register("hanh@example.vn", "Nguyễn Thị Hạnh")
        review = citizen.fill(citizen.begin(), paper(b"kept"))
        draft, pairs = before(tap, citizen, review)
        code = citizen.receipt(citizen.submit(review))
        pdf = after(tap, citizen, draft, code, pairs)
        office(tap, server, code, pdf)
    return tap.end()


sys.exit(main())
