"""Lays what Probity finds in a folder of documents beside what kreuzberg and Apache Tika find, by format and file.

Each program reads in its own environment and leaves a line a file; the last command lays them side by side.

    python3 -m venv /tmp/kreuzberg && /tmp/kreuzberg/bin/pip install kreuzberg
    python3 -m venv /tmp/tika && /tmp/tika/bin/pip install iscc-tika      # Apache Tika, compiled ahead of time
    probity bench extract --data FOLDER --files --texts > ours.jsonl
    /tmp/kreuzberg/bin/python xtask/compare/extract.py kreuzberg FOLDER > kreuzberg.jsonl
    /tmp/tika/bin/python xtask/compare/extract.py tika FOLDER > tika.jsonl
    python3 xtask/compare/extract.py table ours.jsonl kreuzberg.jsonl tika.jsonl

`ours.jsonl` may be given several times with a comma between (`a.jsonl,b.jsonl`), and so may the others: the least processor time of a file
counts. `--words 0.9` is the share of another program's words below which a file is listed; `--missing FILE` prints the words themselves.

The first table counts: files, files with text and failures of each. A failure is a file of which nothing was found, unless it is named as
encrypted or known to hold nothing but a picture of a page. The next are the fair ones: processor time in ms over those files alone in which both programs found
text, without the start of any process; then the same over files with nothing inside, because what is inside (messages, sheets, PDFs) is read
by us and by Tika, and mostly not by kreuzberg. Then the files by name.
"""

import argparse
import collections
import json
import os
import re
import resource
import signal
import sys
import unicodedata

# What a program may take for one file, in seconds.
PATIENCE = 60
WORD = re.compile(r"\w{3,}")


def spent():
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both) * 1000


def kreuzberg():
    from kreuzberg import ExtractionConfig, extract_file_sync

    config = ExtractionConfig(use_cache=False)

    def read(path):
        found = extract_file_sync(path, config=config)
        inside = [child for child in getattr(found, "children", None) or []]
        texts = [found.content or ""] + [getattr(getattr(child, "result", child), "content", "") or "" for child in inside]
        return "\n".join(texts)

    return read


def tika():
    # Both are Apache Tika compiled ahead of time. In extractous 0.3.0 most modern Office documents with something special fail.
    try:
        from iscc_tika import Extractor, PdfOcrStrategy, PdfParserConfig, TesseractOcrConfig
    except ImportError:
        from extractous import Extractor, PdfOcrStrategy, PdfParserConfig, TesseractOcrConfig

    pdf = PdfParserConfig().set_ocr_strategy(PdfOcrStrategy.NO_OCR)
    letters = TesseractOcrConfig().set_skip_ocr(True)
    extractor = Extractor().set_extract_string_max_length(1 << 27).set_pdf_config(pdf).set_ocr_config(letters)
    return lambda path: extractor.extract_file_to_string(path)[0] or ""


def slow(*_):
    raise TimeoutError("too slow")


def read_folder(reader, folder):
    """A line a file. The first file is read once before, for what a program does only once."""
    signal.signal(signal.SIGALRM, slow)
    paths = sorted(os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)
    for number, path in enumerate(paths[:1] + paths):
        before = spent()
        signal.alarm(PATIENCE)
        try:
            text, error = reader(path), None
        except BaseException as raised:  # a panic is no Exception
            if isinstance(raised, KeyboardInterrupt):
                raise
            text, error = "", f"{type(raised).__name__}: {raised}"[:300]
        signal.alarm(0)
        cost = spent() - before
        if number:
            print(json.dumps({"path": path, "text": text, "error": error, "cpu_ms": cost}), flush=True)


def words(text):
    """The words of a text: as they are compared, without case, marks and compatibility forms."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return set(WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def known(error):
    """Whether a failure is an answer: it is locked, or there is nothing in it."""
    return bool(re.search(r"password|encrypt|ZeroByteFile|empty file", error or "", re.IGNORECASE))


def others(paths):
    found = {}
    for path in paths.split(","):
        for line in map(json.loads, open(path, encoding="utf-8")):
            line["failed"] = bool(line["error"]) and not known(line["error"])
            line["cpu_ms"] = min(line["cpu_ms"], found.get(line["path"], line)["cpu_ms"])
            found[line["path"]] = line
    return found


def ours(paths):
    found = {}
    for path in paths.split(","):
        for line in map(json.loads, open(path, encoding="utf-8")):
            if "path" not in line:
                continue
            reasons = [one["reason"] for one in line["unreadable"]]
            text = "\n".join(line["texts"])
            line["text"] = text
            line["failed"] = not text.strip() and not any(re.search("encrypted|password|empty|holds no text|pictures? without text", one) for one in reasons)
            line["error"] = "; ".join(reasons)
            # Names of what is inside are names of documents here, and text with Tika.
            line["names"] = " ".join(one["path"] for one in line["unreadable"]) + str(line.get("names", ""))
            line["cpu_ms"] = min(line["cpu_ms"], found.get(line["path"], line)["cpu_ms"])
            found[line["path"]] = line
    return found


def extension(path):
    name = path.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def rows(table, key):
    """The lines of a table for each format and `all`."""
    found = collections.defaultdict(list)
    for path in table:
        for group in (key(path), "all"):
            found[group].append(path)
    return sorted(found.items(), key=lambda row: (row[0] == "all", row[0]))


def counts(programs):
    print(f"{'format':8} {'files':>6} " + " ".join(f"{name + ' text':>15} {'failed':>7}" for name in programs))
    mine = programs["probity"]
    for group, paths in rows(mine, extension):
        cells = []
        for found in programs.values():
            lines = [found[path] for path in paths if path in found]
            text, failed = sum(bool(line["text"].strip()) for line in lines), sum(line["failed"] for line in lines)
            cells.append(f"{text:15} {failed:7}")
        print(f"{group:8} {len(paths):6} " + " ".join(cells))


def fair(programs, alone):
    mine = programs["probity"]
    for name, found in list(programs.items())[1:]:
        both = [path for path in mine if path in found and mine[path]["text"].strip() and found[path]["text"].strip()]
        which = "files in which both found text"
        if alone:
            both, which = [path for path in both if mine[path]["documents"] == 1], which + ", with nothing inside"
        print(f"\n{'format':8} {'files':>6} {'probity ms':>11} {name + ' ms':>13} {'share':>7}   ({which})")
        for group, paths in rows(both, extension):
            costs = [sum(table[path]["cpu_ms"] for path in paths) for table in (mine, found)]
            print(f"{group:8} {len(paths):6} {costs[0]:11.1f} {costs[1]:13.1f} {costs[0] / max(costs[1], 0.001):7.2f}")


def files(programs, share, only):
    mine = programs["probity"]
    for name, found in list(programs.items())[1:]:
        print()
        for path, line in mine.items():
            if not line["text"].strip() and found.get(path, {}).get("text", "").strip():
                print(f"only {name} finds text in {os.path.basename(path)} (we: {line['error'] or 'nothing said'})")
        for path, line in mine.items():
            theirs = words(found.get(path, {}).get("text", ""))
            missing = theirs - words(f"{line['text']} {line['error']} {line['names']}")
            if len(theirs) > 4 and line["text"].strip() and 1 - len(missing) / len(theirs) < share:
                print(f"{1 - len(missing) / len(theirs):.2f} of {len(theirs)} words of {name} in {os.path.basename(path)}")
                if only and only in path:
                    print("   ", " ".join(sorted(missing)))
    silent = [path for path, line in mine.items() if not line["text"].strip() and not line["error"]]
    print("\n" + "\n".join(f"nothing found and nothing said: {path}" for path in silent))


def main():
    if sys.argv[1:2] in (["kreuzberg"], ["tika"]):
        return read_folder({"kreuzberg": kreuzberg, "tika": tika}[sys.argv[1]](), sys.argv[2])
    parser = argparse.ArgumentParser()
    parser.add_argument("table", choices=["table"])
    parser.add_argument("ours")
    parser.add_argument("kreuzberg")
    parser.add_argument("tika")
    parser.add_argument("--words", type=float, default=0.9)
    parser.add_argument("--missing", default="")
    chosen = parser.parse_args()
    programs = {"probity": ours(chosen.ours), "kreuzberg": others(chosen.kreuzberg), "tika": others(chosen.tika)}
    counts(programs)
    fair(programs, alone=False)
    fair(programs, alone=True)
    files(programs, chosen.words, chosen.missing)


if __name__ == "__main__":
    main()
