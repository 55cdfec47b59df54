"""Redaction beside PyMuPDF: what can still be read in the copies, what they look like elsewhere, and how fast they are made.

    apt-get install poppler-utils mupdf-tools qpdf tesseract-ocr binutils
    python3 -m venv /tmp/redact && /tmp/redact/bin/pip install x-ray==0.4.0 PyMuPDF==1.24.14 numpy
    /tmp/redact/bin/python xtask/compare/redact.py --probity target/release/probity [--terms FILE] [--ocr] FOLDER

Without --terms the most frequent longer words of the folder's PDFs are taken out. Documents that are no PDF are redacted by
Probity alone: PyMuPDF does not take them.
"""

import argparse
import asyncio
import collections
import csv
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata

import fitz
import numpy
import xray

# What every file of this form says about itself.
SYNTAX = set(
    "type page pages catalog figure document object obj endobj stream endstream xref trailer size root length filter width height "
    "resources contents parent count kids mediabox rotate title image picture predictor columns colors".split()
)


def folded(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", " ", text)


def said(*command):
    run = subprocess.run(command, capture_output=True)
    return folded(run.stdout.decode("utf-8", "replace"))


def frequent(folder, count):
    words = collections.Counter()
    for file in folder.rglob("*.pdf"):
        words.update(w for w in re.findall(r"[^\W\d_]{5,}", said("pdftotext", file, "-")) if w not in SYNTAX)
    return [word for word, _ in words.most_common(count)]


def cpu(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def by_probity(program, folder, out, terms, ocr):
    before, began = cpu(resource.RUSAGE_CHILDREN), time.monotonic()
    extra = [] if ocr else ["--no-ocr"]
    subprocess.run([program, "redact", folder, "-o", out, "--terms", terms, *extra], capture_output=True)
    return time.monotonic() - began, cpu(resource.RUSAGE_CHILDREN) - before


def by_pymupdf(files, out, terms):
    out.mkdir()
    fitz.TOOLS.mupdf_display_errors(False)
    before, began, made = cpu(resource.RUSAGE_SELF), time.monotonic(), {}
    for file in files:
        try:
            document = fitz.open(file)
            for page in document:
                text = page.get_textpage()
                for term in terms:
                    for place in page.search_for(term, textpage=text):
                        page.add_redact_annot(place, fill=(0, 0, 0))
                page.apply_redactions()
            made[file] = out / (file.name + ".pdf")
            document.save(made[file], garbage=4, deflate=True)
        except Exception:
            made.pop(file, None)
    return made, time.monotonic() - began, cpu(resource.RUSAGE_SELF) - before


def tesseract(pdf):
    texts = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "200", "-gray", pdf, folder + "/p"], capture_output=True)
        for page in sorted(pathlib.Path(folder).iterdir()):
            texts.append(said("tesseract", str(page), "stdout"))
    return " ".join(texts)


def qdf(pdf):
    return said("qpdf", "--qdf", "--object-streams=disable", str(pdf), "-")


def readers(ocr):
    readers = {
        "pdftotext": lambda pdf: said("pdftotext", str(pdf), "-") + said("pdfinfo", str(pdf)),
        "mutool": lambda pdf: said("mutool", "draw", "-q", "-F", "txt", str(pdf)),
        "strings": lambda pdf: said("strings", "-n", "3", str(pdf)),
        "qpdf --qdf": qdf,
    }
    return {**readers, "tesseract": tesseract} if ocr else readers


def found(text, terms):
    return {term for term in terms if re.search(r"(?<!\w)" + re.escape(folded(term)) + r"(?!\w)", text)}


def xrayed(pdf):
    try:
        result = xray.inspect(str(pdf))
        result = asyncio.run(result) if asyncio.iscoroutine(result) else result
        return sum(len(places) for places in result.values())
    except Exception:
        return 0


def pictures(pdf):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "150", "-gray", pdf, folder + "/p"], capture_output=True)
        for page in sorted(pathlib.Path(folder).iterdir()):
            raw = page.read_bytes()
            head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", raw)
            yield numpy.frombuffer(raw, numpy.uint8, offset=head.end()).reshape(int(head[2]), int(head[1]))


def grown(mask, by):
    out = mask.copy()
    for axis in (0, 1):
        part = out.copy()
        for step in range(1, by + 1):
            part |= numpy.roll(out, step, axis) | numpy.roll(out, -step, axis)
        out = part
    return out


def differences(original, copy):
    """For each page: the mean difference of brightness outside black boxes, and the part of pixels that differ by a quarter or more."""
    for before, after in zip(pictures(original), pictures(copy)):
        if before.shape != after.shape:
            yield 100.0, 100.0
            continue
        black = after < 8
        boxes = grown(~grown(~black, 4), 8)
        apart = numpy.abs(before.astype(numpy.int16) - after)[~boxes]
        if apart.size:
            yield float(apart.mean()) / 2.55, float((apart >= 64).mean()) * 100


def judged(name, copies, terms, ocr, seconds, spent, originals):
    row = {"made by": name, "files": len(copies)}
    pages = 0
    for original, copy in copies.items():
        try:
            pages += fitz.open(copy).page_count
        except Exception:
            print(f"{name}: {copy} cannot be opened", file=sys.stderr)
    row |= {"pages": pages, "pages/s": f"{pages / seconds:.1f}", "pages/CPU s": f"{pages / spent:.1f}"}
    for reader, read in readers(ocr).items():
        left = collections.Counter()
        for copy in copies.values():
            hits = found(read(copy), terms)
            left.update(hits)
            if hits and name == "probity":
                print(f"{reader}: {copy}: {sorted(hits)}", file=sys.stderr)
        row[reader] = sum(left.values())
    row["x-ray"] = sum(xrayed(copy) for copy in copies.values())
    apart = [pair + (original.name,) for original, copy in copies.items() if original in originals for pair in differences(original, copy)]
    if apart:
        row["mean diff %"] = f"{numpy.mean([pair[0] for pair in apart]):.3f}"
        row["over 1%"] = sum(pair[0] > 1 for pair in apart)
        row["changed px %"] = f"{numpy.mean([pair[1] for pair in apart]):.3f}"
        for mean, changed, file in sorted(apart, reverse=True)[:5]:
            print(f"{name}: {file}: {mean:.2f} % mean, {changed:.2f} % of pixels", file=sys.stderr)
    return row


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--probity", default="target/release/probity")
    options.add_argument("--terms", type=pathlib.Path)
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--ocr", action="store_true", help="read the copies with tesseract too (slow)")
    chosen = options.parse_args()
    terms = chosen.terms.read_text().split("\n") if chosen.terms else frequent(chosen.folder, chosen.count)
    terms = [term.strip() for term in terms if term.strip()]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        listed = scratch / "terms.txt"
        listed.write_text("\n".join(terms))
        pdfs = sorted(chosen.folder.rglob("*.pdf"))
        # The speeds are compared over the PDFs alone, which both take; the other files go through Probity afterwards.
        same = scratch / "same"
        same.mkdir()
        for number, file in enumerate(pdfs):
            (same / f"{number:05}-{file.name}").write_bytes(file.read_bytes())
        originals = set(same.iterdir())
        seconds, spent = by_probity(chosen.probity, same, scratch / "ours", listed, chosen.ocr)
        ours = {file: scratch / "ours" / (file.name + ".pdf") for file in sorted(originals)}
        ours = {file: copy for file, copy in ours.items() if copy.exists()}
        theirs, their_seconds, their_spent = by_pymupdf(sorted(originals), scratch / "theirs", terms)
        rows = [
            judged("probity", ours, terms, chosen.ocr, seconds, spent, originals),
            judged("PyMuPDF", theirs, terms, chosen.ocr, their_seconds, their_spent, originals),
        ]
        others = scratch / "others"
        others.mkdir()
        for number, file in enumerate(sorted(chosen.folder.rglob("*"))):
            if file.is_file() and file.suffix.lower() != ".pdf":
                (others / f"{number:05}-{file.name}").write_bytes(file.read_bytes())
        if any(others.iterdir()):
            seconds, spent = by_probity(chosen.probity, others, scratch / "anew", listed, chosen.ocr)
            made = {others / row["file"]: scratch / "anew" / row["copy"] for row in csv.DictReader((scratch / "anew" / "report.csv").open()) if row["copy"]}
            rows.append(judged("probity, other kinds", made, terms, chosen.ocr, seconds, spent, set()))
            print(f"other kinds: {len(list(others.iterdir())) - len(made)} files without a copy", file=sys.stderr)
        print(f"{len(terms)} strings, {len(pdfs)} PDFs")
        for key in dict.fromkeys(key for row in rows for key in row):
            print(f"{key:14}" + "".join(f"{str(row.get(key, '-')):>24}" for row in rows))


if __name__ == "__main__":
    main()
