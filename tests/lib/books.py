# SPDX-License-Identifier: Apache-2.0
"""Reads a data folder from outside the program and says what does not add up. SQLite only."""
import contextlib
import hashlib
import os
import sqlite3
import subprocess

from visitor import program

TALLY = "SELECT agency, stage, due_day, assignee_id, count FROM dossier_tally WHERE count <> 0"
# Days are local (UTC+7); what is paused has no due day.
RECOUNT = (
    "SELECT agency, stage, CASE WHEN due_at IS NULL OR paused_at IS NOT NULL THEN 0 "
    "ELSE (due_at / 1000000 + 25200) / 86400 END, coalesce(assignee_id, 0), count(*) "
    "FROM dossier GROUP BY 1, 2, 3, 4")
# Each statement finds what must not be there.
FAULTS = {
    "a dossier without its first event":
        "SELECT code FROM dossier d WHERE NOT EXISTS (SELECT 1 FROM dossier_event e "
        "WHERE e.dossier_id = d.id AND e.number = 1)",
    "a dossier not exactly once in the audit trail":
        "SELECT code FROM dossier d WHERE 1 <> (SELECT count(*) FROM audit_entry "
        "WHERE act = 'dossier.submit' AND subject = d.code)",
    "a submission in the audit trail without its dossier":
        "SELECT subject FROM audit_entry WHERE act = 'dossier.submit' "
        "AND subject NOT IN (SELECT code FROM dossier)",
    "a day whose numbers have gaps":
        "SELECT n.agency, n.day, n.last FROM dossier_number n WHERE n.last <> "
        "(SELECT count(*) FROM dossier d WHERE d.code GLOB n.agency || '-' || "
        "substr(strftime('%Y%m%d', n.day * 86400, 'unixepoch'), 3) || '-*')",
    "a dossier that the tally does not count": f"{RECOUNT} EXCEPT {TALLY}",
    "a tally that no dossier accounts for": f"{TALLY} EXCEPT {RECOUNT}",
    "figures of the months that a recount does not confirm":
        "SELECT 1 WHERE (SELECT sum(received) FROM dossier_month) <> "
        "(SELECT count(*) FROM dossier)",
    "a row that points nowhere": "SELECT * FROM pragma_foreign_key_check",
    "a damaged database": "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
}


class Books:
    def __init__(self, data):
        self.data = data
        self.database = sqlite3.connect(f"file:{data}/motcua.db?mode=ro", uri=True, timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.database.close()

    def rows(self, statement, *arguments):
        return self.database.execute(statement, arguments).fetchall()

    def faults(self):
        found = []
        for name, statement in FAULTS.items():
            found += [f"{name}: {row}" for row in self.rows(statement)[:5]]
        return found + self.audit_faults()

    def audit_faults(self):
        verified = subprocess.run([program(), "audit", "verify", "--data", self.data],
                                  capture_output=True, text=True)
        return [] if verified.returncode == 0 else [
            f"audit verify: {verified.returncode} {verified.stdout}{verified.stderr}"]

    def left_in_tmp(self):
        return os.listdir(os.path.join(self.data, "files", "tmp"))

    def content_faults(self, sha256):
        """Is that content in the store, whole?"""
        path = os.path.join(self.data, "files", sha256[:2], sha256)
        with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:
            return [] if hashlib.sha256(file.read()).hexdigest() == sha256 else [
                f"content {sha256} is damaged"]
        return [f"content {sha256} is missing"]

    def receipt_faults(self, code, sha256=None):
        """Is the dossier of a receipt there, with the paper that was given?"""
        found = self.rows("SELECT id FROM dossier WHERE code = ?", code)
        if len(found) != 1:
            return [f"receipt {code}: {len(found)} dossiers"]
        papers = [row[0] for row in self.rows(
            "SELECT f.sha256 FROM dossier_file d JOIN file f ON f.id = d.file_id "
            "WHERE d.dossier_id = ? AND d.kind = 'paper'", found[0][0])]
        if sha256 and papers != [sha256]:
            return [f"receipt {code}: papers {papers}, not {sha256}"]
        return self.content_faults(sha256) if sha256 else []
