"""Compares the decoded text of real messages with what Python's email package decodes.

    probity bench extract --data FOLDER --files --texts --carried > ours.jsonl
    python3 xtask/compare/mail.py ours.jsonl

A part is the same when every word of it stands in our text: of a plain text all, of a web page those outside its tags, of the headers
From, To, Cc and Subject those of the decoded value. What a message carries is the same when it has the same name, and the same bytes by
size and SHA-256. What differs is explained by the defect of the message that makes Python give up, keep the code or put replacement
characters; what no such defect explains is printed and must be looked at (docs/how-to/compare-extraction.md).
"""

import binascii
import collections
import email
import email.policy
import hashlib
import html
import html.parser
import json
import re
import sys

# A line drawn with underscores is no word.
WORD = re.compile(r"\w*[^\W_]\w*", re.UNICODE)
HEADER = re.compile(rb"(?i)^(From |[!-9;-~]+[ \t]*:)")
# A file that stands in a text as letters (uuencode): how Python shows it, and how it decodes its lines.
FILE = re.compile(r"^begin [0-7]{3,4} (\S[^\n]*)\n((?:[ -`]{1,61}\n)*?)[` ]?\n?end[ \t]*$", re.M)


def words(text):
    return WORD.findall(html.unescape(text).casefold())


def is_message(raw):
    """A file that begins with a header; the torture folders hold expected results and parts of messages too."""
    return bool(HEADER.match(raw.lstrip(b"\xef\xbb\xbf")))


def parts(message):
    """The text parts that a person is shown."""
    for part in message.walk():
        if not part.is_multipart() and part.get_content_type() == "text/plain":
            yield part


class Page(html.parser.HTMLParser):
    """The text of a web page outside its tags."""

    def __init__(self, source):
        super().__init__()
        self.text, self.hidden = [], 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, _attributes):
        self.hidden += tag in ("script", "style")
        # Tags within a word divide nothing.
        if tag not in ("b", "i", "u", "em", "strong", "span", "font", "a", "small", "big", "sub", "sup", "tt", "wbr"):
            self.text.append(" ")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style") and self.hidden > 0
        self.handle_starttag("" if tag in ("script", "style") else tag, [])

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def pages(message):
    """The web pages that a person is shown, as they were decoded."""
    for part in message.walk():
        if not part.is_multipart() and part.get_content_type() == "text/html":
            yield part


def headers(message):
    """The header lines that are shown, of the message and of those it carries."""
    for part in message.walk():
        if part is message or part.get_content_type() == "message/rfc822":
            inner = message if part is message else next(iter(part.get_payload()), None)
            for name in ("from", "to", "cc", "subject") if inner is not None else ():
                try:
                    values = inner.get_all(name, [])
                except Exception:  # Python's own parser of headers gave up
                    values = []
                yield from ((name, str(value), inner) for value in values)


def why_header(name, value, missing, inner):
    """The reason of a difference in a header, or nothing."""
    raw = " ".join(str(raw) for key, raw in inner.raw_items() if key.lower() == name)
    if "\ufffd" in value or re.search(r"[\udc80-\udcff]", raw):
        return "header: bytes outside ASCII, or letters that Python lost"
    if re.search(r"=\?[^?]+\?[bq]\?", value, re.I):
        return "header: an encoded word that Python keeps as it is"
    if re.search(r"[\x80-\x9f]", value):
        return "header: not in its declared character set"
    if all(word in words(raw.replace("(", " ").replace(")", " ")) for word in missing) and "(" in raw:
        return "header: a comment in an address"
    return None


def attached(message):
    """What is carried under a name, with its bytes."""
    for part in message.walk():
        if not part.is_multipart():
            try:
                name = part.get_filename()
            except Exception:  # Python's own parser of parameters gave up
                continue
            if name:
                yield part, name, part.get_payload(decode=True) or b""
    for part in parts(message):
        for name, code in in_letters(part):
            yield part, name, b"".join(binascii.a2b_uu(line) for line in code.splitlines())


def lines(text):
    """A text whose lines end as here."""
    return text.replace("\r\n", "\n")


def in_letters(part):
    """The files that stand in a text as letters."""
    try:
        return FILE.findall(lines(part.get_content()))
    except Exception:  # Python refuses what we must not lose
        return []


def leaf(path):
    """The name in the last part of a path such as `2:mail.eml!1:file.txt`."""
    return path.rsplit("!", 1)[-1].partition(":")[2]


def compare_carried(message, listed):
    """What became of each thing carried under a name, with those that differ."""
    names = collections.Counter(leaf(one["path"]) for one in listed)
    sizes = {one["size"] for one in listed}
    for part, name, content in attached(message):
        plain = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", name).split()).replace("!", "_")[:200]
        if names[plain] > 0:
            yield "name: same", None
        elif "\ufffd" in name or re.search(r"[\udc80-\udcff]", name):
            yield "name: bytes outside ASCII, which Python does not decode", None
        elif re.search(r"=\?[^?]+\?[bq]\?", name, re.I):
            yield "name: an encoded word that Python keeps as it is", None
        else:
            yield "name: unexplained", f"{plain!r} is not among {sorted(names)[:4]}"
        encoding = (part.get("content-transfer-encoding") or "").strip().lower()
        if f"{len(content)} {hashlib.sha256(content).hexdigest()}" in sizes:
            yield "bytes: same", None
        elif {type(defect).__name__ for defect in part.defects} & {
            "InvalidBase64CharactersDefect", "InvalidBase64LengthDefect", "InvalidBase64PaddingDefect"
        }:
            yield "bytes: damaged base64", None
        elif encoding == "base64" and re.search(r"\s$", str(part.get("content-transfer-encoding"))):
            yield "bytes: code behind a header with blanks at its end, which Python leaves as it is", None
        elif encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            yield "bytes: uuencoded", None
        else:
            yield "bytes: unexplained", f"{plain!r} has {len(content)} bytes, ours {sorted(one['size'].split()[0] for one in listed)[:4]}"


def is_utf8(text):
    """Whether a text decoded as Latin-1 is UTF-8 beneath."""
    try:
        return text.encode("latin-1").decode("utf-8") != text
    except UnicodeError:
        return False


def known(part, charset_lost, text):
    """The defect of the part that explains a difference, or nothing."""
    encoding = (part.get("content-transfer-encoding") or "").strip().lower()
    names = {type(defect).__name__ for defect in part.defects}
    raw = part.get_payload()
    raw = raw if isinstance(raw, str) else ""
    if charset_lost or re.search(r"[\x80-\x9f]", text) or is_utf8(text):
        return "not in its declared character set"
    if encoding == "quoted-printable" and re.search(r"=(?![0-9A-Fa-f]{2}|\s*\n|\s*$)", raw):
        return "equals signs that are no code"
    if encoding == "quoted-printable" and re.search(r"=[0-9A-F]{2}", text):
        return "code that Python leaves as it is"
    if encoding == "base64" and (names & {"InvalidBase64CharactersDefect", "InvalidBase64LengthDefect", "InvalidBase64PaddingDefect"}):
        return "damaged base64"
    if "MissingHeaderBodySeparatorDefect" in names or "FirstHeaderLineIsContinuationDefect" in names:
        return "a header out of shape, taken for text"
    if HEADER.match(text.encode("utf-8", "surrogateescape").lstrip()) or re.search(r"(?i)^content-type:", text, re.M):
        return "a message inside a text, read as a message"
    return None


def compare(part, have, shown=lambda text: text):
    """`same`, the defect that explains the difference, or the words that are missing."""
    try:
        text = shown(part.get_content())
    except Exception:  # Python refuses what we must not lose: nothing to compare with
        return "Python cannot decode it", []
    missing = [word for word in words(text) if word not in have]
    if not missing:
        return "same", []
    if FILE.search(lines(text)) and all(word in have for word in words(FILE.sub("", lines(text)))):
        return "a file in a text as letters, read as a file", []
    # A word is cut where a character was lost, so the pieces around it are not words of the message.
    whole = re.sub(r"\w*\ufffd[\w\ufffd]*", " ", text)
    lost = "\ufffd" in text and not [word for word in words(whole) if word not in have]
    why = known(part, lost, text)
    return (why, []) if why else ("unexplained", missing)


def main(paths):
    messages, skipped, count = 0, 0, collections.Counter()
    for line in (json.loads(line) for path in paths for line in open(path, encoding="utf-8")):
        if "path" not in line:
            continue
        with open(line["path"], "rb") as file:
            raw = file.read()
        if not is_message(raw):
            skipped += 1
            continue
        messages += 1
        have = set()
        for text in line["texts"]:
            have.update(words(text))
        if not line["texts"] and not line["unreadable"] and raw.strip():
            print(f"{line['path']}: lost without a word")
            count["lost"] += 1
        message = email.message_from_bytes(raw, policy=email.policy.default)
        marks = {word for part in message.walk() for word in words(part.get_boundary("") or "")}
        seen = [(compare(part, have), "") for part in parts(message)]
        seen += [(compare(part, have, lambda text: "".join(Page(text).text)), "page: ") for part in pages(message)]
        for name, value, inner in headers(message):
            missing = [word for word in words(value) if word not in have]
            why = why_header(name, value, missing, inner) if missing else "header: same"
            seen.append(((why, []) if why else ("unexplained", missing), "" if why else "header: "))
        for (outcome, missing), kind in seen:
            if missing and set(missing) <= marks:
                outcome, missing = "a boundary in the middle of a line", []
            count[kind + outcome] += 1
            if missing:
                print(f"{line['path']}: {kind}{len(missing)} words missing: {' '.join(missing[:8])}")
        for outcome, remark in compare_carried(message, line.get("carried", [])) if line.get("carried") is not None else ():
            count[outcome] += 1
            if remark:
                print(f"{line['path']}: {remark}")
    print(f"{messages} messages ({skipped} files are none), {sum(count.values())} parts, headers and names")
    for outcome, number in count.most_common():
        print(f"{number:7} {outcome}")


if __name__ == "__main__":
    main(sys.argv[1:])
