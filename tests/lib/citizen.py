# SPDX-License-Identifier: Apache-2.0
"""A citizen without a browser: reads the forms of pages, fills them in, sends them as a browser
would. Answers are chosen from what the page itself offers."""
import html.parser
import re
import urllib.parse
import uuid

from visitor import PASSWORD, Visitor

PROCEDURE = "2.000635"  # copy of a civil-status extract: the shortest form that takes a paper
# Where the first choice offered, or a name, would not do.
ANSWERS = {"co-quan": "H99.001.01", "quan-he": "ban-than", "nhan-ket-qua": "portal", "so-luong": "2"}
PARTS_OF_DATE = {"-ngay": "15", "-thang": "6", "-nam": "1990"}


class Field:
    def __init__(self, tag, attributes):
        self.name = attributes.get("name", "")
        self.kind = attributes.get("type", "text") if tag == "input" else tag
        self.value = attributes.get("value", "")
        self.checked = "checked" in attributes
        self.options = []

    def usual(self):
        """What a willing person would answer; None to leave it alone."""
        for ending, value in PARTS_OF_DATE.items():
            if self.name.endswith(ending):
                return value
        if self.name in ANSWERS:
            return ANSWERS[self.name]
        if self.kind == "select":
            return None if self.name.endswith("-tinh") else next(filter(None, self.options), None)
        if "so-dinh-danh" in self.name:
            return "099190012345"
        return {"radio": self.value, "email": "nguoidan@lamgiang.test",
                "tel": "0912345678"}.get(self.kind, "Nguyễn Văn An")


class Form:
    def __init__(self, attributes):
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").lower()
        self.multipart = attributes.get("enctype") == "multipart/form-data"
        self.fields = []

    def named(self, name):
        return [field for field in self.fields if field.name == name]

    def as_shown(self):
        """What a browser would send if nothing were touched: [(name, value)]."""
        return [(f.name, f.value) for f in self.fields
                if f.name and f.kind not in ("file", "button")
                and (f.kind not in ("radio", "checkbox") or f.checked)]

    def filled(self):
        sent = [(name, value) for name, value in self.as_shown() if value]
        given = {name for name, _ in sent}
        for f in self.fields:
            if not f.name or f.name in given or f.kind in ("file", "button", "hidden"):
                continue
            value = f.value if f.kind == "checkbox" else f.usual()
            if value is not None and (f.kind != "radio" or value == f.value):
                sent.append((f.name, value))
                given.add(f.name)
        return sent


class Page(html.parser.HTMLParser):
    """The forms and links of a page."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.area, self.select = [], [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(attributes))
        elif tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag == "option" and self.select:
            self.select.options.append(attributes.get("value", ""))
            if "selected" in attributes:
                self.select.value = attributes.get("value", "")
        elif tag in ("input", "textarea", "select", "button") and self.forms:
            field = Field(tag, attributes)
            self.forms[-1].fields.append(field)
            self.area = field if tag == "textarea" else None
            self.select = field if tag == "select" else None

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.area.value += data

    def form_to(self, pattern):
        return next((f for f in self.forms if re.search(pattern, f.action)), None)


def paper(content):
    """A small PDF that differs from every other by what it says."""
    return (b"%PDF-1.4\n%" + content + b"\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF\n")


def multipart(values, files):
    """Body and its type. files: [(field, name, bytes)]."""
    boundary = uuid.uuid4().hex
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
             + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
             for name, value in values]
    parts += [f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; '
              f'filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
              + content + b"\r\n" for field, name, content in files]
    return (b"".join(parts) + f"--{boundary}--\r\n".encode(),
            f"multipart/form-data; boundary={boundary}")


class Citizen(Visitor):
    """Any method may raise OSError or HTTPException when the server is gone."""

    def follow(self, answer):
        for _ in range(10):
            if answer.status not in (301, 302, 303, 307, 308):
                break
            answer = self.open(answer.location)
        return answer

    def open(self, path):
        answer = self.get(path.split("#")[0])
        answer.path = path
        return self.follow(answer)

    def send(self, page, form, values, files=()):
        """Posts a form of the page that was answered; the answer is not followed."""
        path = urllib.parse.urljoin(page.path, form.action or page.path).split("#")[0]
        if form.multipart:
            body, kind = multipart(values, files)
        else:
            body, kind = urllib.parse.urlencode(values).encode(), \
                "application/x-www-form-urlencoded"
        answer = self.request("POST", path, body, {
            "Content-Type": kind, "Origin": f"http://localhost:{self.server.port}"})
        answer.path = path
        return answer

    def register(self, identifier, name="Nguyễn Văn An"):
        page = self.open("/dang-ky")
        form = Page(page.text).form_to("^/dang-ky")
        known = {"ho-ten": name, "tai-khoan": identifier, "mat-khau": PASSWORD, "dong-y": "1"}
        values = [(n, v) for n, v in form.as_shown() if n not in known] + list(known.items())
        answer = self.send(page, form, values)
        if answer.status != 303:
            raise RuntimeError(f"registration of {identifier}: {answer.status}")
        self.sign_in(identifier)
        return self

    def begin(self, procedure=PROCEDURE):
        """Starts an application; the first page of its form."""
        page = self.open(f"/nop/{procedure}")
        form = Page(page.text).form_to("/bat-dau")
        answer = self.send(page, form, form.filled())
        if answer.status != 303:
            raise RuntimeError(f"an application of {procedure}: {answer.status}")
        tasks = self.follow(answer)
        first = next(to for to in Page(tasks.text).links if to.startswith(tasks.path + "/"))
        return self.open(first)

    def fill(self, page, content=None):
        """From any page of the form to the review, giving `content` as a paper where one can be
        given; the review page."""
        for _ in range(20):
            read = Page(page.text)
            if read.form_to("/nop$"):
                return page
            form = read.form_to("^/nop/")
            takers = [f.name for f in form.fields if f.kind == "file"]
            files = [(takers[-1], "giay-to.pdf", content)] if takers and content else []
            answer = self.send(page, form, [*form.filled(), ("lam", "tiep")], files)
            if answer.status != 303:
                raise RuntimeError(f"{page.path}: {answer.status}\n{answer.text[:4000]}")
            page = self.follow(answer)
        raise RuntimeError("the form does not end")

    def submit(self, review):
        """Sends it; the answer as it came."""
        form = Page(review.text).form_to("/nop$")
        return self.send(review, form, form.filled())

    def receipt(self, answer):
        """The code a receipt page shows."""
        page = self.follow(answer)
        found = re.search(r"H\d\d[.\d]*-\d{6}-\d{4,}", page.text)
        if page.status != 200 or not found:
            raise RuntimeError(f"{page.path}: {page.status}, no receipt")
        return found.group(0)
