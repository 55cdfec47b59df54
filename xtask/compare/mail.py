"""Compares the decoded text of real messages with what Python's email package decodes.

    probity bench extract --data FOLDER --texts > ours.jsonl
    python3 xtask/compare/mail.py ours.jsonl

A part is the same when every word of it stands in our text. What differs is printed with its first words
that are missing; the differences that are known and why are in docs/how-to/compare-extraction.md.
"""

import email
import email.policy
import html
import json
import re
import sys

WORD = re.compile(r"\w+", re.UNICODE)


def words(text):
    return WORD.findall(html.unescape(text).casefold())


def texts(message):
    """The text parts that a person is shown, decoded by Python."""
    for part in message.walk():
        if part.is_multipart() or part.get_content_type() != "text/plain":
            continue
        try:
            yield part.get_content()
        except Exception as error:  # Python refuses what we must not lose: nothing to compare with
            yield error


def main(path):
    messages = parts = same = refused = 0
    for line in open(path, encoding="utf-8"):
        ours = json.loads(line)
        if "path" not in ours:
            continue
        try:
            with open(ours["path"], "rb") as file:
                message = email.message_from_binary_file(file, policy=email.policy.default)
            found = list(texts(message))
        except Exception as error:
            found = [error]
        messages += 1
        have = set()
        for text in ours["texts"]:
            have.update(words(text))
        for text in found:
            if isinstance(text, Exception):
                refused += 1
                continue
            parts += 1
            missing = [word for word in words(text) if word not in have]
            if missing:
                print(f"{ours['path']}: {len(missing)} words missing: {' '.join(missing[:8])}")
            else:
                same += 1
    share = 100 * same / parts if parts else 100
    print(f"{messages} messages, {parts} text parts, {same} the same ({share:.2f}%), {refused} that Python could not decode")


if __name__ == "__main__":
    main(sys.argv[1])
