"""Lays what Probity finds in a folder of documents beside what kreuzberg finds, by format and file.

    python3 -m venv /tmp/kreuzberg && /tmp/kreuzberg/bin/pip install kreuzberg
    probity bench extract --data FOLDER --files --texts > ours.jsonl
    /tmp/kreuzberg/bin/python xtask/compare/extract.py ours.jsonl

A line a format: files, files with text (ours, theirs), failures (ours, theirs), processor time in ms (ours, theirs; neither with the
start of its process). A failure is a file of which nothing was found, unless it is named as encrypted or holds nothing. Files in which they
find text and we do not are listed by name.
"""

import collections
import json
import resource
import sys

from kreuzberg import ExtractionConfig, extract_file_sync

CONFIG = ExtractionConfig(use_cache=False)


def spent():
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both) * 1000


def theirs(path):
    """Whether they find text, whether they fail, and what it costs."""
    before = spent()
    try:
        found, failed = bool((extract_file_sync(path, config=CONFIG).content or "").strip()), False
    except BaseException as error:  # a panic of theirs is no Exception
        found, failed = False, "password" not in str(error).lower()
    return found, failed, spent() - before


def ours(line):
    """Whether we find text or facts, and whether we fail."""
    found = any(text.strip() for text in line["texts"])
    reasons = [one["reason"] for one in line["unreadable"] if not one["path"]]
    return found, not found and bool(reasons) and not any("encrypted" in reason for reason in reasons)


def main(path):
    rows = collections.defaultdict(lambda: [0, 0, 0, 0, 0, 0.0, 0.0])
    only_theirs = []
    for line in map(json.loads, open(path, encoding="utf-8")):
        if "format" in line:
            if "row" in line:
                rows[line["format"]][5] = line["row"]["cpu_ms"]
            continue
        our_text, our_failure = ours(line)
        their_text, their_failure, cost = theirs(line["path"])
        name = line["path"].rsplit("/", 1)[-1]
        if their_text and not our_text:
            only_theirs.append(name)
        for key in (name.rsplit(".", 1)[-1].lower() if "." in name else "", "all"):
            row = rows[key]
            for place, value in ((0, 1), (1, our_text), (2, their_text), (3, our_failure), (4, their_failure), (6, cost)):
                row[place] += value
    print("format   files   text  theirs  failed  theirs      ms   theirs")
    for key, (files, text, other, failed, other_failed, cpu, other_cpu) in sorted(rows.items()):
        print(f"{key:8} {files:5} {text:6} {other:7} {failed:7} {other_failed:7} {cpu:7.1f} {other_cpu:8.1f}")
    for name in only_theirs:
        print(f"only they find text in {name}")


if __name__ == "__main__":
    main(sys.argv[1])
