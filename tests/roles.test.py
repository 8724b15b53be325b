# SPDX-License-Identifier: Apache-2.0
"""Every route answers every role exactly as the permission table says."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from visitor import ACCOUNTS, Server, Tap, Visitor, program  # noqa: E402

ROLES = ["anonymous", "citizen", "clerk", "officer", "leader", "admin"]


def permissions():
    """The table as it stands in the source: name → the roles it lets in."""
    text = (ROOT / "src/identity/permission.h").read_text(encoding="utf-8")
    rows = re.findall(r"X\((\w+), ([01]), ([01]), ([01]), ([01]), ([01]), ([01])\)", text)
    return {r[0]: {role for role, bit in zip(ROLES, r[1:]) if bit == "1"} for r in rows}


def routes():
    lines = subprocess.run([program(), "routes"], capture_output=True, text=True,
                           check=True).stdout.splitlines()
    return [line.split() for line in lines]


def fill(path):
    return re.sub(r":\w+", "khong-co", path)


def refused(visitor, method, path, token):
    """Did the guard refuse? Whatever else comes (404, 422, 303 elsewhere) is the handler's."""
    if method == "GET":
        answer = visitor.get(fill(path))
        away = answer.status == 303 and "/dang-nhap" in answer.location
    else:
        answer = visitor.post(fill(path), {}, token)
        away = answer.status == 401
    return answer.status, away or answer.status == 403


def main():
    tap = Tap()
    table = permissions()
    tap.point(len(table) >= 8, "the permission table can be read from its source", table)
    all_routes = routes()
    unknown = [r for r in all_routes if r[2] not in table]
    tap.point(all_routes and not unknown, "every route names a permission of the table", unknown)
    # Signing out would end the visitor's session in the middle of the walk.
    walked = [r for r in all_routes if not (r[0] == "POST" and "dang-xuat" in r[1])]
    with Server("\n[http]\nno_rate_limits = yes\n") as server:
        for role in ROLES:
            visitor = Visitor(server)
            if role != "anonymous":
                visitor.sign_in(ACCOUNTS[role])
            token = visitor.token("/hien-thi")
            wrong, broken = [], []
            for method, path, permission in walked:
                status, no = refused(visitor, method, path, token)
                if no == (role in table[permission]):
                    wrong.append(f"{method} {path} ({permission}): {status}")
                if status >= 500:
                    broken.append(f"{method} {path}: {status}")
            tap.point(not wrong, f"{role} is let in exactly where the table says, "
                      f"on {len(walked)} routes", "\n".join(wrong))
            tap.point(not broken, f"{role} meets no 5xx on any route", "\n".join(broken))
    return tap.end()


sys.exit(main())
