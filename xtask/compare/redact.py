"""Redaction beside PyMuPDF: what can still be read in the copies, what they look like elsewhere, and how fast they are made.

    apt-get install poppler-utils mupdf-tools qpdf tesseract-ocr binutils
    python3 -m venv /tmp/redact && /tmp/redact/bin/pip install x-ray==0.4.0 PyMuPDF==1.24.14 numpy
    /tmp/redact/bin/python xtask/compare/redact.py --probity target/release/probity [--terms FILE] [--ocr] FOLDER

Without --terms the 500 most frequent longer words of the folder's PDFs are taken out. Documents that are no PDF go through Probity
alone: PyMuPDF does not take them. The look is compared on copies without the 5 most frequent words (with 500 little of a page is left), as
MuPDF draws them, at the 150 dots an inch that the copies have (--dpi); with --poppler as poppler draws them: the two draw the edges of
letters differently, and a page of dense text differs by a percent for that alone. Some five minutes for 500 files on an idle machine; --sample N takes
N of the PDFs and N of the others, evenly spread; --ocr takes longer.
"""

import argparse
import asyncio
import collections
import concurrent.futures
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

# x-ray turns smooth edges off for the whole program; nobody looks at pages that way.
fitz.TOOLS.set_aa_level(8)
fitz.TOOLS.mupdf_display_errors(False)
fitz.TOOLS.mupdf_display_warnings(False)

# What every file of this form says about itself.
SYNTAX = set(
    "type page pages catalog figure document object obj endobj stream endstream xref trailer size root length filter width height "
    "resources contents parent count kids mediabox rotate title image picture predictor columns colors decode subtype encoding font "
    "name names order descriptor registry supplement flags metadata creator probity direction viewer preferences marked lang datetime "
    "strong terms span part role language description history action saved converted when agent instance proof application "
    "begin bytes encrypted letter original format producer version rendition class identity ordering adobe info create modify date ident artifact properties table range first project".split()
)


def folded(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold())


def output(*command):
    return subprocess.run([str(part) for part in command], capture_output=True).stdout


def said(*command):
    return folded(output(*command).decode("utf-8", "replace"))


def letters(raw):
    """The readable runs of bytes, as `strings` has them: a page that was unpacked is megabytes of dots."""
    return folded(b"\n".join(re.findall(rb"[\x20-\x7e]{3,}", raw)).decode("ascii"))


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
            document.save(out / (file.name + ".pdf"), garbage=4, deflate=True)
            made[file] = out / (file.name + ".pdf")
        except Exception:
            pass
    return made, time.monotonic() - began, cpu(resource.RUSAGE_SELF) - before


def tesseract(pdf):
    texts = []
    with tempfile.TemporaryDirectory() as folder:
        output("pdftoppm", "-r", "200", "-gray", pdf, folder + "/p")
        for page in sorted(pathlib.Path(folder).iterdir()):
            texts.append(said("tesseract", page, "stdout"))
    return " ".join(texts)


def readers(ocr):
    readers = {
        "pdftotext": lambda pdf: said("pdftotext", pdf, "-") + said("pdfinfo", pdf),
        "mutool": lambda pdf: said("mutool", "draw", "-q", "-F", "txt", pdf),
        "strings": lambda pdf: said("strings", "-n", "3", pdf),
        "qpdf --qdf": lambda pdf: letters(output("qpdf", "--qdf", "--object-streams=disable", pdf, "-")),
    }
    return {**readers, "tesseract": tesseract} if ocr else readers


class Terms:
    """Which of the strings stand alone in a text: single words by the words of the text, others one by one."""

    def __init__(self, terms):
        terms = {folded(term): term for term in terms}
        self.single = {key for key in terms if re.fullmatch(r"\w+", key)}
        self.others = [(key, re.compile(r"(?<!\w)" + re.escape(key) + r"(?!\w)")) for key in terms if key not in self.single]

    def within(self, text):
        return (self.single & set(re.findall(r"\w+", text))) | {key for key, form in self.others if key in text and form.search(text)}


def xrayed(pdf):
    try:
        result = xray.inspect(str(pdf))
        result = asyncio.run(result) if asyncio.iscoroutine(result) else result
        return sum(len(places) for places in result.values())
    except Exception:
        return 0


def drawn_by_mupdf(pdf, dpi):
    for page in fitz.open(pdf):
        picture = page.get_pixmap(dpi=dpi, colorspace=fitz.csGRAY)
        yield numpy.frombuffer(picture.samples, numpy.uint8).reshape(picture.height, picture.width)


def drawn_by_poppler(pdf, dpi):
    with tempfile.TemporaryDirectory() as folder:
        output("pdftoppm", "-r", dpi, "-gray", pdf, folder + "/p")
        for page in sorted(pathlib.Path(folder).iterdir()):
            raw = page.read_bytes()
            head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", raw)
            yield numpy.frombuffer(raw, numpy.uint8, offset=head.end()).reshape(int(head[2]), int(head[1]))


def grown(mask, by):
    """With the neighbours up to so far away: doubled steps, each over what was already grown."""
    out, done = mask.copy(), 0
    while done < by:
        step = min(done + 1, by - done)
        for axis in (0, 1):
            out |= numpy.roll(out, step, axis) | numpy.roll(out, -step, axis)
        done += step
    return out


def differences(original, copy, draw, dpi):
    """For each page: the mean difference of brightness outside black boxes, and the part of pixels that differ by a quarter or more."""
    for before, after in zip(draw(original, dpi), draw(copy, dpi)):
        if before.shape != after.shape:
            yield 100.0, 100.0
            continue
        boxes = grown(~grown(after >= 8, 4), 12)
        apart = numpy.abs(before.astype(numpy.int16) - after)[~boxes]
        if apart.size:
            yield float(apart.mean()) / 2.55, float((apart >= 64).mean()) * 100


def judged(name, copies, terms, chosen, seconds, spent):
    row = {"made by": name, "files": len(copies)}
    pages = 0
    for copy in copies.values():
        try:
            pages += fitz.open(copy).page_count
        except Exception:
            print(f"{name}: {copy} cannot be opened", file=sys.stderr)
    row |= {"pages": pages, "pages/s": f"{pages / seconds:.1f}", "pages/CPU s": f"{pages / spent:.1f}"}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for reader, read in readers(chosen.ocr).items():
            print(f"{name}: {len(copies)} copies by {reader}", file=sys.stderr, flush=True)
            left = 0
            for copy, hits in zip(copies.values(), pool.map(lambda copy: terms.within(read(copy)), copies.values())):
                left += len(hits)
                if hits and name != "PyMuPDF":
                    print(f"{reader}: {copy}: {sorted(hits)}", file=sys.stderr)
            row[reader] = left
    row["x-ray"] = sum(xrayed(copy) for copy in copies.values())
    return row


def looks(name, copies, chosen):
    draw = drawn_by_poppler if chosen.poppler else drawn_by_mupdf
    apart = []
    for original, copy in copies.items():
        try:
            apart += [pair + (original.name,) for pair in differences(original, copy, draw, chosen.dpi)]
        except Exception as error:
            print(f"{name}: {original.name} is not compared: {error}", file=sys.stderr)
    for mean, changed, file in sorted(apart, reverse=True)[:5]:
        print(f"{name}: {file}: {mean:.2f} % mean, {changed:.2f} % of pixels", file=sys.stderr)
    if not apart:
        return {}
    return {
        "mean diff %": f"{numpy.mean([pair[0] for pair in apart]):.3f}",
        "changed px %": f"{numpy.mean([pair[1] for pair in apart]):.3f}",
        "pages compared": len(apart),
        "of them over 1%": sum(pair[0] > 1 for pair in apart),
    }


def spread(files, sample):
    """So many of the files, evenly spread."""
    return files[:: max(1, -(-len(files) // sample))] if sample else files


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--probity", default="target/release/probity")
    options.add_argument("--terms", type=pathlib.Path)
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--sample", type=int, help="so many PDFs and so many other files instead of all")
    options.add_argument("--dpi", type=int, default=150)
    options.add_argument("--poppler", action="store_true", help="compare the pages as poppler draws them")
    options.add_argument("--ocr", action="store_true", help="read pictures and copies with tesseract too (slow)")
    chosen = options.parse_args()
    words = chosen.terms.read_text().split("\n") if chosen.terms else frequent(chosen.folder, chosen.count)
    words = [word.strip() for word in words if word.strip()]
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        listed, few = scratch / "terms.txt", scratch / "few.txt"
        listed.write_text("\n".join(words))
        few.write_text("\n".join(words[:5]))
        pdfs = spread(sorted(chosen.folder.rglob("*.pdf")), chosen.sample)
        # The speeds are compared over the PDFs alone, which both take; the other files go through Probity afterwards.
        same = scratch / "same"
        same.mkdir()
        for number, file in enumerate(pdfs):
            (same / f"{number:05}-{file.name}").write_bytes(file.read_bytes())
        originals = sorted(same.iterdir())
        rows = []
        for title, listing, some in ((f"{len(words)} words", listed, words), ("5 words", few, words[:5])):
            ours, theirs = scratch / f"ours {title}", scratch / f"theirs {title}"
            seconds, spent = by_probity(chosen.probity, same, ours, listing, chosen.ocr)
            made = {file: ours / (file.name + ".pdf") for file in originals if (ours / (file.name + ".pdf")).exists()}
            by_them, their_seconds, their_spent = by_pymupdf(originals, theirs, some)
            if some is words:
                rows.append(judged("Probity", made, Terms(words), chosen, seconds, spent))
                rows.append(judged("PyMuPDF", by_them, Terms(words), chosen, their_seconds, their_spent))
            else:
                rows[0] |= looks("Probity", made, chosen)
                rows[1] |= looks("PyMuPDF", by_them, chosen)
            pages = sum(fitz.open(copy).page_count for copy in made.values())
            print(
                f"{title}: Probity {pages / seconds:.1f} pages/s ({spent:.1f} CPU s), PyMuPDF {pages / their_seconds:.1f} pages/s "
                f"({their_spent:.1f} CPU s)",
                flush=True,
            )
        others = scratch / "others"
        others.mkdir()
        rest = [file for file in sorted(chosen.folder.rglob("*")) if file.is_file() and file.suffix.lower() != ".pdf"]
        for number, file in enumerate(spread(rest, chosen.sample)):
            (others / f"{number:05}-{file.name}").write_bytes(file.read_bytes())
        if any(others.iterdir()):
            seconds, spent = by_probity(chosen.probity, others, scratch / "anew", listed, chosen.ocr)
            report = list(csv.DictReader((scratch / "anew" / "report.csv").open()))
            made = {others / row["file"]: scratch / "anew" / row["copy"] for row in report if row["copy"]}
            rows.append(judged("Probity, other kinds", made, Terms(words), chosen, seconds, spent))
            reasons = collections.Counter(row["note"] for row in report if not row["copy"])
            for reason, times in reasons.most_common():
                print(f"{times} without a copy: {reason}", file=sys.stderr)
        print(f"{len(words)} strings, {len(pdfs)} PDFs; strings that can still be read, files times strings:")
        for key in dict.fromkeys(key for row in rows for key in row):
            print(f"{key:16}" + "".join(f"{str(row.get(key, '-')):>24}" for row in rows))


if __name__ == "__main__":
    main()
