# SPDX-License-Identifier: Apache-2.0
"""kill -9 under load, again and again: whoever was given a receipt has a dossier, with its paper.

MOTCUA_CRASH_ROUNDS rounds (10; the long run has 200). In each, citizens fill in applications with
a paper and submit them until the server dies at a random moment. It is started again, the books
are read, and the citizens go on where they were: one who got no answer sends the same form again.
"""
import hashlib
import http.client
import os
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
from books import Books  # noqa: E402
from citizen import Citizen, paper  # noqa: E402
from visitor import Server, Tap  # noqa: E402

ROUNDS = int(os.environ.get("MOTCUA_CRASH_ROUNDS", "10"))
CITIZENS = 6
GONE = (OSError, http.client.HTTPException)


class Load(threading.Thread):
    """One citizen at work. receipts: (code, sha256 of the paper), appended once the receipt was
    read to its end."""

    def __init__(self, server, number, open_gate, stop):
        super().__init__(daemon=True)
        self.citizen = Citizen(server)
        self.number = number
        self.open_gate, self.stop = open_gate, stop
        self.receipts, self.sent_again, self.surprises = [], 0, []
        self.page = self.review = self.content = None

    def run(self):
        while not self.stop.is_set():
            self.open_gate.wait()
            try:
                self.step()
            except GONE:
                time.sleep(0.02)
            except Exception as surprise:  # whatever else happens is a finding
                self.surprises.append(repr(surprise)[:2000])
                self.page = self.review = None
                time.sleep(0.1)

    def step(self):
        """The next thing to do; when the server dies in it, it is done again."""
        if self.review:
            self.finish()
        elif self.page:
            # Read anew: it may have been saved although nobody was told.
            self.review = self.citizen.fill(self.citizen.open(self.page), self.content)
        else:
            content = paper(os.urandom(random.randrange(100, 40000)).hex().encode())
            self.page, self.content = self.citizen.begin().path, content

    def finish(self):
        self.sent_again += getattr(self.review, "sent", False)
        self.review.sent = True
        code = self.citizen.receipt(self.citizen.submit(self.review))
        self.receipts.append((code, hashlib.sha256(self.content).hexdigest()))
        self.page = self.review = None


def check(tap, server, round_, loads, seen):
    """After the start, before anybody comes back."""
    with Books(server.data) as books:
        wrong = [f"left in tmp: {name}" for name in books.left_in_tmp()] + books.faults()
        for load in loads:
            for code, sha256 in load.receipts[seen.get(load.number, 0):]:
                wrong += books.receipt_faults(code, sha256)
            seen[load.number] = len(load.receipts)
    wrong += [surprise for load in loads for surprise in load.surprises]
    given = sum(map(len, (load.receipts for load in loads)))
    tap.point(not wrong, f"round {round_}: after kill -9 every receipt given has its dossier and "
              "its paper, the tallies add up, the audit trail is intact",
              "\n".join([f"{given} receipts so far", *wrong]))


def check_all(tap, server, loads):
    receipts = [receipt for load in loads for receipt in load.receipts]
    codes = [code for code, _ in receipts]
    again = sum(load.sent_again for load in loads)
    print(f"# {len(receipts)} receipts; {again} submissions sent again after a crash", flush=True)
    tap.point(len(receipts) >= ROUNDS, "receipts were given in the rounds", len(receipts))
    tap.point(len(codes) == len(set(codes)), "no two receipts have one code")
    with Books(server.data) as books:
        wrong = [fault for receipt in receipts for fault in books.receipt_faults(*receipt)]
        tap.point(not wrong, "at the end every receipt of every round is kept", "\n".join(wrong))
        doubled = books.rows("SELECT draft, count(*) FROM dossier GROUP BY draft "
                             "HAVING count(*) > 1")
        tap.point(not doubled, "a form sent again after a crash made no second dossier", doubled)
        kept = books.rows("SELECT count(*) FROM dossier WHERE owner_id IN "
                          "(SELECT id FROM account WHERE identifier LIKE 'citizen%')")[0][0]
        pending = sum(load.review is not None for load in loads)
        tap.point(len(codes) <= kept <= len(codes) + pending,
                  "there are as many dossiers as receipts, but for those still asking",
                  f"{kept} dossiers, {len(codes)} receipts, {pending} asking")


def main():
    tap = Tap()
    seed = int(os.environ.get("MOTCUA_CRASH_SEED", "0")) or random.randrange(1, 10**9)
    random.seed(seed)
    print(f"# seed {seed}", flush=True)
    with Server("\n[http]\nno_rate_limits = yes\n") as server:
        open_gate, stop, seen = threading.Event(), threading.Event(), {}
        loads = [Load(server, i, open_gate, stop) for i in range(CITIZENS)]
        for load in loads:
            load.citizen.register(f"citizen{load.number}@example.vn")
            load.start()
        for round_ in range(1, ROUNDS + 1):
            open_gate.set()
            time.sleep(random.uniform(0.2, 2.0))
            server.kill()
            open_gate.clear()
            time.sleep(0.1)  # whoever was in the middle of a request notices
            server.start()
            check(tap, server, round_, loads, seen)
        open_gate.set()
        time.sleep(3)
        stop.set()
        for load in loads:
            load.join(30)
        check_all(tap, server, loads)
        tap.point(server.stop() == 0, "and the server stops in order", server.log_text()[-2000:])
    return tap.end()


sys.exit(main())
