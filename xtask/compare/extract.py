"""What kreuzberg (PyPI, in an environment of its own) finds in a folder of documents, by format.

    python3 -m venv /tmp/kreuzberg && /tmp/kreuzberg/bin/pip install kreuzberg
    /tmp/kreuzberg/bin/python xtask/compare/extract.py FOLDER
    probity bench extract --data FOLDER
"""

import collections
import os
import resource
import sys

from kreuzberg import extract_file_sync


def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1000


def main(folder):
    rows = collections.defaultdict(lambda: [0, 0, 0, 0.0])
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            before, found, failed = spent(), False, False
            try:
                found = bool((extract_file_sync(os.path.join(root, name)).content or "").strip())
            except BaseException:
                failed = True
            for key in (name.rsplit(".", 1)[-1].lower(), "all"):
                row = rows[key]
                row[0] += 1
                row[1] += found
                row[2] += failed
                row[3] += spent() - before
    for key, (files, text, failed, cpu) in sorted(rows.items()):
        print(f"{key:8} files {files:5} text {text:5} failed {failed:4} cpu {cpu:8.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
