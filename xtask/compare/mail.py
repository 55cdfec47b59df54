"""Compares the decoded text of real messages with what Python's email package decodes.

    probity bench extract --data FOLDER --files --texts > ours.jsonl
    python3 xtask/compare/mail.py ours.jsonl

A part is the same when every word of it stands in our text. What differs is explained by the defect of the message that makes Python
give up, keep the code or put replacement characters; what no such defect explains is printed and must be looked at
(docs/how-to/compare-extraction.md).
"""

import collections
import email
import email.policy
import html
import json
import re
import sys

WORD = re.compile(r"\w+", re.UNICODE)
HEADER = re.compile(rb"(?i)^(From |[!-9;-~]+[ \t]*:)")


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


def compare(part, have):
    """`same`, the defect that explains the difference, or the words that are missing."""
    try:
        text = part.get_content()
    except Exception:  # Python refuses what we must not lose: nothing to compare with
        return "Python cannot decode it", []
    missing = [word for word in words(text) if word not in have]
    if not missing:
        return "same", []
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
        for part in parts(message):
            outcome, missing = compare(part, have)
            if missing and set(missing) <= marks:
                outcome, missing = "a boundary in the middle of a line", []
            count[outcome] += 1
            if missing:
                print(f"{line['path']}: {len(missing)} words missing: {' '.join(missing[:8])}")
    print(f"{messages} messages ({skipped} files are none), {sum(count.values())} text parts")
    for outcome, number in count.most_common():
        print(f"{number:7} {outcome}")


if __name__ == "__main__":
    main(sys.argv[1:])
