#!/usr/bin/env python3
"""Our text of messages beside what mime4j's own tests expect of them.

    probity bench extract --data FOLDER --files --texts > ours.jsonl
    python3 xtask/compare/mail_decoded.py ours.jsonl

Beside a message `x.msg` of mime4j's test resources lie its decoded text parts, `x_decoded_1_2.txt` for the second part of the first.
Every word of each must stand in our text of the message. They hold bytes in the character set of the part: each is read in the sets that
the message names until one fits. What differs is explained by a rule below or printed; then the exit code is 1.
"""
import collections
import email
import email.policy
import json
import pathlib
import re
import sys

from counted import tell

WORD = re.compile(r"\w+")
CHARSET = re.compile(rb"(?i)charset\s*=\s*\"?([\w.:-]+)")
# A line that begins one part or ends the last, as the decoded parts of a broken structure hold it.
BOUNDARY = re.compile(r"(?m)^--\S.*$")
# The headers of parts that mime4j takes for text where the structure is broken.
FIELD = re.compile(r"(?mi)^(content-[a-z-]+|mime-version)\s*:.*(\n[ \t].*)*")


def readings(content, message):
    """The text of a part, in each character set that may be meant."""
    named = [name.decode("ascii", "replace") for name in CHARSET.findall(message)]
    for name in ["utf-8", *named, "windows-1252", "latin-1"]:
        try:
            yield content.decode(name)
        except (LookupError, UnicodeError):
            continue


TAG = re.compile(r"<[^<>]+>|&#?\w+;")


def within(text):
    """The texts of a message that stands in a text part, and what its shown headers say."""
    message = email.message_from_string(text.lstrip(), policy=email.policy.default)
    for part in message.walk():
        for name in ("from", "to", "cc", "subject"):
            yield str(part.get(name, ""))
        if not part.is_multipart() and part.get_content_maintype() == "text":
            yield TAG.sub(" ", part.get_content())
        # A text before the first boundary that names MIME is for old programs.
        for outside in (part.preamble or "", part.epilogue or ""):
            yield "" if "MIME" in outside else outside


def missing(text, have):
    # A word is cut where a letter was lost, so the pieces around it are no words of the message.
    text = re.sub(r"\w*\ufffd[\w\ufffd]*", " ", text)
    return [word for word in WORD.findall(text) if word.casefold() not in have]


def compare(content, message, have):
    """`same`, the rule that explains the difference, or the words that are missing."""
    texts = list(readings(content, message))
    if any(not missing(text, have) for text in texts):
        return "same", []
    source = [FIELD.sub(" ", BOUNDARY.sub(" ", text)) for text in texts]
    if any(not missing(text, have) for text in source):
        return "boundaries and headers of parts, which mime4j takes for text and we for the structure they are", []
    if any(re.search(r"(?m)^begin [0-7]{3} ", text) for text in texts):
        plain = [re.sub(r"(?ms)^begin [0-7]{3} .*?^end$", " ", text) for text in texts]
        if any(not missing(text, have) for text in plain):
            return "uuencoded files within the text", []
    if any(not missing(TAG.sub(" ", text), have) for text in texts):
        return "tags of a web page", []
    if any(re.match(r"[\w-]+:", text.lstrip()) and not any(missing(one, have) for one in within(text)) for text in texts):
        return "a message in a text, read as a message", []
    return "unexplained", min((missing(text, have) for text in source), key=len)


def main(paths):
    counts, unexplained = collections.Counter(), []
    for line in (json.loads(line) for path in paths for line in open(path, encoding="utf-8")):
        path = pathlib.Path(line.get("path", ""))
        if path.suffix != ".msg":
            continue
        expected = sorted(path.parent.glob(re.sub(r"([*?[])", r"[\1]", path.stem) + "_decoded_*.txt"))
        if not expected:
            counts["messages without an expectation"] += 1
            continue
        have = {word.casefold() for text in line["texts"] for word in WORD.findall(text)}
        for one in expected:
            outcome, words = compare(one.read_bytes(), path.read_bytes(), have)
            counts[outcome] += 1
            if words:
                unexplained.append((one.name, words[:8]))
    return tell(counts, unexplained)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
