#!/usr/bin/env python3
"""Our text of messages beside what mail-parser's own tests expect of them.

    probity bench extract --data MESSAGES --files --texts > ours.jsonl
    python3 xtask/compare/mail_expected.py --expected FOLDER --copy MESSAGES       # first: copies the messages side by side
    python3 xtask/compare/mail_expected.py --expected FOLDER ours.jsonl            # then: compares

FOLDER is `resources/eml` of the crate's sources, where a JSON file with the parsed message lies beside each message. Every word of every
text body that is expected must stand in our text. What differs is explained by what the expectation itself says (a replacement character
for a letter, an encoding that is damaged), or printed; then the exit code is 1.
"""
import argparse
import collections
import json
import pathlib
import re
import shutil
import sys

from counted import tell

WORD = re.compile(r"\w+")


def name_of(folder, path):
    return str(path.relative_to(folder)).replace("/", "_")


def bodies(node):
    """Every text body below a node, with whether its encoding is said to be damaged."""
    if isinstance(node, dict):
        body = node.get("body")
        if isinstance(body, dict) and isinstance(body.get("Text"), str):
            yield body["Text"], node.get("is_encoding_problem", False)
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from bodies(one)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--expected", type=pathlib.Path, required=True)
    args.add_argument("--copy", type=pathlib.Path)
    args.add_argument("ours", nargs="?")
    args = args.parse_args()
    messages = sorted(args.expected.rglob("*.eml"))
    if args.copy:
        args.copy.mkdir(parents=True, exist_ok=True)
        for path in messages:
            shutil.copy(path, args.copy / name_of(args.expected, path))
        return 0
    ours = {}
    for line in open(args.ours, encoding="utf-8"):
        row = json.loads(line)
        if "path" in row:
            texts = (text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in row.get("texts", []))
            ours[pathlib.Path(row["path"]).name] = set(WORD.findall(" ".join(texts)))
    counts, open_ones = collections.Counter(), []
    for path in messages:
        expected = path.with_suffix(".json")
        if not expected.exists():
            counts["messages without an expectation"] += 1
            continue
        for text, damaged in bodies(json.loads(expected.read_text(encoding="utf-8"))):
            missing = [word for word in WORD.findall(text) if word not in ours.get(name_of(args.expected, path), set())]
            if not missing:
                counts["same"] += 1
            elif "\ufffd" in text:
                counts["letters replaced there, decoded by us"] += 1
            elif damaged:
                counts["its encoding is damaged, and said to be"] += 1
            else:
                counts["unexplained"] += 1
                open_ones.append((name_of(args.expected, path), missing[:8]))
    return tell(counts, open_ones)


if __name__ == "__main__":
    sys.exit(main())
