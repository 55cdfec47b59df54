"""PDFs made in many ways, and documents of every other kind, with strings planted in them, redacted, and read by everything that reads.

    apt-get install poppler-utils mupdf-tools qpdf tesseract-ocr ghostscript chromium fonts-dejavu-core
    /tmp/redact/bin/pip install python-docx openpyxl python-pptx odfpy pillow
    /tmp/redact/bin/python xtask/compare/redact_made.py --probity target/release/probity [--seed N] [--rounds N] WORK

The Python is that of redact.py. WORK is emptied. Every string that any reader finds in a copy is printed, also across gaps and line ends,
and so is every page that looks different by more than 1 % at 100 or 150 dots an inch, outside the boxes; only PDFs and pictures keep their
look. A round makes some sixty files with names of its own; five rounds are 290 files and 540 strings. Names are invented.
"""

import argparse
import csv
import email.message
import io
import pathlib
import random
import re
import shutil
import subprocess
import unicodedata

import docx
import fitz
import numpy
import odf.opendocument
import odf.table
import odf.text
import openpyxl
import PIL.Image
import pptx
import redact

FIRST = (
    "Marigold Thaddeus Ottoline Barnaby Philippa Cuthbert Rosalind Evander Tamsin Leopold Isolde Fergus Anselm Perpetua Clementine Ignatius "
    "Henrietta Lysander Gwendolen Algernon Seraphina Bartholomew Araminta Peregrine Cordelia Hieronymus Wilhelmina Octavius Persephone Balthazar"
).split()
LAST = (
    "Quillfeather Brackenbury Ffoulkes-Ashe Wintersmith Oyelaran Drinkwater Hollingbourne Zmirak Thistlethwayte Vandersloot Abernethy-Vole "
    "Carruthers Featherstonehaugh Gollancz Heckmondwike Jellicoe Kirkbride Lovibond Mukherjee Nettlefold Papadimitriou Ravenscroft"
).split()
IDENTIFIERS = ["QQ 12 34 56 C", "943 476 5919", "07700 900987", "ottoline.q@mail.example", "14 Larkspur Close", "12/03/1987"]
WORDS = (
    "the review of the placement was held on Tuesday and nobody objected although several people asked for more time before the report "
    "went to the board"
).split()
PICTURES = (".png", ".jpg", ".tiff", ".tif", ".bmp", ".webp")
BROWSER = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-pdf-header-footer"
).split()


class Maker:
    """Makes files in a folder and remembers what was planted in each."""

    def __init__(self, folder, seed):
        self.folder, self.random, self.planted, self.mark = folder, random.Random(seed), {}, ""
        people = [f"{first} {last}" for first in FIRST for last in LAST]
        self.random.shuffle(people)
        self.people = iter(people)

    def two(self):
        return [next(self.people), next(self.people)]

    def words(self, count):
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def page(self):
        document = fitz.open()
        return document, document.new_page()

    def file(self, name, strings):
        name = self.mark + name
        self.planted[name] = strings
        return self.folder / name

    def save(self, document, name, strings):
        document.save(self.file(name, strings))

    def lines(self, name, font, path=None, subset=False):
        document, page = self.page()
        strings = self.two()
        for line in range(20):
            named = f" {strings[line // 4 % 2]} " if line % 4 == 0 else " "
            page.insert_text((50, 80 + 16 * line), self.words(8) + named + self.words(3), fontname=font, fontfile=path, fontsize=10)
        if subset:
            document.subset_fonts()
        self.save(document, name, strings)

    def turned(self, angle):
        document, page = self.page()
        first, second = strings = self.two()
        page.insert_text((300, 400), f"{self.words(3)} {first} {self.words(2)}", rotate=angle)
        page.set_rotation(angle)
        page.insert_text((60, 90), f"{second} here")
        self.save(document, f"turned-{angle}.pdf", strings)

    def ink(self, mode):
        document, page = self.page()
        first, second = strings = self.two()
        page.insert_text((50, 90), f"{self.words(4)} {first}", fontsize=16, render_mode=mode)
        page.insert_text((50, 130), f"{second} said no")
        self.save(document, f"ink-{mode}.pdf", strings)

    def letter_by_letter(self):
        document, page = self.page()
        strings = self.two()
        for line, string in enumerate(strings):
            places, x = [], 50
            for letter in string:
                places.append((x, letter))
                x += fitz.get_text_length(letter, fontsize=12)
            if line:
                self.random.shuffle(places)
            for x, letter in places:
                page.insert_text((x, 90 + 30 * line), letter, fontsize=12)
        self.save(document, "letters.pdf", strings)

    def hidden(self):
        document, page = self.page()
        first, second = strings = self.two()
        page.insert_text((50, 90), f"{self.words(5)} {first}", color=(1, 1, 1))
        page.draw_rect(fitz.Rect(40, 105, 400, 125), fill=(0, 0, 1), color=None)
        page.insert_text((50, 120), second, color=(0, 0, 1))
        page.insert_text((50, 150), self.words(9))
        self.save(document, "hidden.pdf", strings)
        document, page = self.page()
        first, second = strings = self.two()
        page.insert_text((50, 90), f"{self.words(3)} {first} {self.words(3)}")
        page.draw_rect(fitz.Rect(45, 78, 500, 96), fill=(0, 0, 0), color=None)
        page.insert_text((50, 120), f"also {second}", oc=document.add_ocg("off", on=False))
        page.insert_text((50, 150), f"and {second}")
        self.save(document, "covered.pdf", strings)

    def beside_the_text(self):
        document, page = self.page()
        first, second = strings = self.two()
        page.insert_text((50, 90), first)
        page.add_freetext_annot(fitz.Rect(50, 120, 400, 150), f"note on {second}")
        page.add_text_annot((50, 200), f"remark {first}")
        document.set_metadata({"title": first, "author": second})
        document.embfile_add("carried.txt", f"about {second}".encode())
        document.set_toc([[1, first, 1]])
        self.save(document, "beside.pdf", strings)
        document, page = self.page()
        first, second = strings = self.two()
        field = fitz.Widget()
        field.field_type, field.field_name, field.field_value = fitz.PDF_WIDGET_TYPE_TEXT, "name", first
        field.rect = fitz.Rect(50, 80, 300, 100)
        page.add_widget(field)
        page.insert_text((50, 130), second)
        self.save(document, "form.pdf", strings)

    def earlier_version(self):
        document, page = self.page()
        first, second = strings = self.two()
        page.insert_text((50, 90), f"first {first}")
        file = self.file("versions.pdf", strings)
        document.save(file)
        document = fitz.open(file)
        page = document[0]
        page.add_redact_annot(fitz.Rect(0, 70, 600, 100))
        page.apply_redactions()
        page.insert_text((50, 120), f"later {second}")
        document.save(file, incremental=True, encryption=fitz.PDF_ENCRYPT_KEEP)

    def broken_lines(self):
        document, page = self.page()
        first, second = strings = self.two()
        given, family = first.split(" ", 1)
        page.insert_text((400, 90), f"{self.words(2)} {given}")
        page.insert_text((50, 106), f"{family} {self.words(4)}")
        page.insert_text((300, 140), f"{self.words(2)} {second[:-4]}-")
        page.insert_text((50, 156), f"{second[-4:]} {self.words(4)}")
        self.save(document, "broken.pdf", strings)

    def pictures(self):
        first, second = strings = self.two()
        drawn = fitz.open()
        drawn.new_page(width=400, height=120).insert_text((20, 50), f"Signed {first}", fontsize=20)
        document, page = self.page()
        page.insert_image(fitz.Rect(50, 200, 450, 320), pixmap=drawn[0].get_pixmap(dpi=150))
        page.insert_text((50, 90), f"beside {second}")
        self.save(document, "picture.pdf", strings)
        first, second = strings = self.two()
        drawn = fitz.open()
        line = f"{self.words(4)} {first}"
        drawn.new_page().insert_text((50, 90), line, fontsize=12)
        drawn[0].insert_text((50, 120), second, fontsize=12)
        document, page = self.page()
        page.insert_image(page.rect, pixmap=drawn[0].get_pixmap(dpi=200))
        page.insert_text((50, 90), line, render_mode=3, fontsize=12)
        self.save(document, "scan.pdf", strings)

    def columns(self):
        document = fitz.open()
        strings = self.two()
        for number in range(9):
            page = document.new_page()
            for column, font in enumerate(("tiro", "helv")):
                text = f"{self.words(110)} {strings[(number + column) % 2]} {self.words(90)}"
                page.insert_textbox(fitz.Rect(50 + 250 * column, 50, 270 + 250 * column, 780), text, align=3, fontname=font)
        self.save(document, "columns.pdf", strings)

    def identifiers(self):
        document, page = self.page()
        for line, string in enumerate(IDENTIFIERS):
            page.insert_text((50, 80 + 20 * line), f"{self.words(3)} {string} {self.words(2)}")
        self.save(document, "identifiers.pdf", IDENTIFIERS)

    def drawn(self, strings):
        """A page of words as a picture, as a scanner makes it."""
        document, page = self.page()
        page.insert_text((50, 90), f"{self.words(4)} {strings[0]}", fontsize=14)
        page.insert_text((50, 130), f"{strings[1]} said no", fontsize=14)
        for line in range(12):
            page.insert_text((50, 180 + 20 * line), self.words(9), fontsize=12)
        drawn = page.get_pixmap(dpi=200)
        return PIL.Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)

    def photographs(self):
        for end, options in (("png", {}), ("jpg", {"quality": 85}), ("tiff", {"compression": "tiff_lzw"}), ("bmp", {}), ("webp", {"lossless": True})):
            strings = self.two()
            self.drawn(strings).save(self.file(f"scan.{end}", strings), dpi=(200, 200), **options)
        pages, all = [], []
        for _ in range(3):
            strings = self.two()
            pages.append(self.drawn(strings).convert("L"))
            all += strings
        pages[0].save(self.file("fax.tif", all), save_all=True, append_images=pages[1:], dpi=(200, 200), compression="tiff_deflate")

    def office(self):
        first, second, third, fourth = strings = self.two() + self.two()
        letter = docx.Document()
        letter.core_properties.author, letter.core_properties.title = first, f"About {second}"
        letter.add_heading(f"Report on {first}")
        split = letter.add_paragraph(self.words(6) + " ")
        for part in second[:4], second[4:9], second[9:]:
            split.add_run(part).bold = part == second[4:9]
        table = letter.add_table(2, 2)
        table.cell(0, 0).text, table.cell(1, 1).text = third, f"{self.words(3)} {fourth}"
        letter.sections[0].header.paragraphs[0].text = f"kept by {fourth}"
        letter.save(self.file("letter.docx", strings))
        first, second, third, fourth = strings = self.two() + self.two()
        book = openpyxl.Workbook()
        sheet = book.active
        for row in range(9):
            sheet.append([row, strings[row % 2], self.words(3)])
        sheet["D3"] = third
        sheet["E4"] = '="by " & D3'
        sheet["B2"].comment = openpyxl.comments.Comment(f"ask {fourth}", third)
        hidden = book.create_sheet("hidden")
        hidden.sheet_state = "hidden"
        hidden["A1"] = fourth
        book.save(self.file("table.xlsx", strings))
        first, second, third = strings = (self.two() + self.two())[:3]
        show = pptx.Presentation()
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = f"Plan of {first}", f"{self.words(4)}\n{second}"
        slide.notes_slide.notes_text_frame.text = f"thank {third}"
        show.save(self.file("slides.pptx", strings))

    def open_documents(self):
        first, second = strings = self.two()
        text = odf.opendocument.OpenDocumentText()
        text.text.addElement(odf.text.H(outlinelevel=1, text=f"Report on {first}"))
        text.text.addElement(odf.text.P(text=f"{self.words(8)} {second} {self.words(3)}"))
        text.save(self.file("letter.odt", strings))
        first, second = strings = self.two()
        book = odf.opendocument.OpenDocumentSpreadsheet()
        table = odf.table.Table(name=first)
        for string in strings:
            row = odf.table.TableRow()
            cell = odf.table.TableCell()
            cell.addElement(odf.text.P(text=string))
            row.addElement(cell)
            table.addElement(row)
        book.spreadsheet.addElement(table)
        book.save(self.file("table.ods", strings))

    def plain(self):
        for name, charset in (("note.txt", "utf-8"), ("note16.txt", "utf-16"), ("note.md", "utf-8")):
            first, second = strings = self.two()
            self.file(name, strings).write_bytes(f"{self.words(9)}\n{first} met {second}\n{second.upper()}\n".encode(charset))
        first, second = strings = self.two()
        rows = io.StringIO()
        writer = csv.writer(rows)
        for number in range(9):
            writer.writerow([number, strings[number % 2], self.words(3)])
        self.file("table.csv", strings).write_text(rows.getvalue())
        first, second = strings = self.two()
        page = f"<html><head><title>{first}</title></head><body><p>{self.words(9)} <b>{second[:5]}</b>{second[5:]}</p><!-- {first} --></body></html>"
        self.file("page.html", strings).write_text(page)
        first, second = strings = self.two()
        rich = r"{\rtf1\ansi{\info{\author " + first + r"}}\pard " + self.words(9) + r" \b " + second + r"\b0\par}"
        self.file("letter.rtf", strings).write_text(rich)
        first, second, third, fourth = strings = self.two() + self.two()
        message = email.message.EmailMessage()
        message["From"], message["To"], message["Subject"] = f"{first} <desk@mail.example>", "office@mail.example", f"About {second}"
        message.set_content(f"{self.words(12)}\n{third}\n")
        message.add_attachment(f"kept by {fourth}", filename="note.txt")
        self.file("message.eml", strings).write_bytes(message.as_bytes())

    def web_page(self, number, family):
        first, second = strings = self.two()
        ground = "linear-gradient(red, blue)" if number == 0 else "navy"
        html = f"""<body style="font-family: {family}"><h1>Report on {first}</h1><p style="opacity: {1 - number * 0.4}">{self.words(40)} {second}
            {self.words(30)}</p><div style="background: {ground}; color: white">{first}</div><div style="transform: rotate(8deg)">{second}</div>
            <p style="letter-spacing: 2px">{first}</p><table border=1><tr><td>{second}<td>{self.words(4)}</table><ul><li>{first}<li>{self.words(9)}</ul>"""
        page = self.folder.parent / "page.html"
        page.write_text(html)
        file = self.file(f"web-{number}.pdf", strings)
        profile = f"--user-data-dir={self.folder.parent / 'profile'}"
        subprocess.run(["chromium", *BROWSER, profile, f"--print-to-pdf={file}", str(page)], capture_output=True)

    def again(self, name):
        file, strings = self.folder / (self.mark + name), self.planted[self.mark + name]
        for kind, command in (
            ("gs", ["gs", "-q", "-o", None, "-sDEVICE=pdfwrite", file]),
            ("linear", ["qpdf", "--linearize", "--object-streams=generate", file, None]),
            ("owner", ["qpdf", "--encrypt", "", "owner", "256", "--modify=none", "--", file, None]),
        ):
            made = self.file(f"{kind}-{name}", strings)
            subprocess.run([str(made if part is None else part) for part in command], capture_output=True)

    def all(self, number):
        self.mark = f"{number}-"
        for font in ("helv", "tiro", "cour", "hebo", "tibi"):
            self.lines(f"named-{font}.pdf", font)
        own = sorted(path for path in pathlib.Path("/usr/share/fonts").rglob("*") if path.suffix in (".ttf", ".otf"))[:6]
        for number, path in enumerate(own):
            self.lines(f"own-{number}.pdf", f"X{number}", str(path), number % 2 == 0)
        for angle in (90, 180, 270):
            self.turned(angle)
        for mode in (1, 2, 3):
            self.ink(mode)
        for make in (self.letter_by_letter, self.hidden, self.beside_the_text, self.earlier_version, self.broken_lines, self.pictures):
            make()
        for make in (self.photographs, self.office, self.open_documents, self.plain):
            make()
        self.columns()
        self.identifiers()
        for number, family in enumerate(("serif", "DejaVu Sans", "monospace")):
            self.web_page(number, family)
        for name in ("named-tiro.pdf", "own-0.pdf", "web-1.pdf"):
            self.again(name)


def flat(text):
    return re.sub(r"[^a-z0-9@]", "", unicodedata.normalize("NFKC", text).casefold())


def seen(file, dpi):
    """The pages of a PDF or a picture as grey dots."""
    if not file.name.endswith(PICTURES):
        yield from redact.drawn_by_mupdf(file, dpi)
        return
    with PIL.Image.open(file) as picture:
        for frame in range(getattr(picture, "n_frames", 1)):
            picture.seek(frame)
            yield numpy.asarray(picture.convert("L"))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("work", type=pathlib.Path)
    options.add_argument("--probity", default="target/release/probity")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rounds", type=int, default=1)
    chosen = options.parse_args()
    shutil.rmtree(chosen.work, ignore_errors=True)
    made, copies = chosen.work / "in", chosen.work / "out"
    made.mkdir(parents=True)
    maker = Maker(made, chosen.seed)
    for number in range(1, chosen.rounds + 1):
        maker.all(number)
    strings = sorted({string for planted in maker.planted.values() for string in planted})
    listed = chosen.work / "terms.txt"
    listed.write_text("\n".join(strings))
    subprocess.run([chosen.probity, "redact", made, "-o", copies, "--terms", listed])
    terms = redact.Terms(strings)
    readers = redact.readers(True) | {
        "pdftotext -layout": lambda file: redact.said("pdftotext", "-layout", file, "-"),
        "pdftotext -raw": lambda file: redact.said("pdftotext", "-raw", file, "-"),
    }
    kinds = sorted({name.rsplit(".", 1)[-1] for name in maker.planted})
    done = left = different = drawn = pages = 0
    for name, planted in sorted(maker.planted.items()):
        copy = copies / f"{name}.pdf"
        if not copy.exists():
            print(f"{name}: no copy")
            continue
        done += 1
        for reader, read in readers.items():
            text = read(copy)
            squeezed = flat(text)
            for string in terms.within(text) | {string for string in planted if flat(string) in squeezed}:
                print(f"{name}: {reader} finds {string}")
                left += 1
        found = redact.xrayed(copy)
        if found:
            print(f"{name}: x-ray finds {found}")
            left += found
        document = fitz.open(copy)
        if not name.endswith((".pdf", *PICTURES)):
            continue
        pages += document.page_count
        drawn += sum(b"/I Do" in page.read_contents() for page in document)
        # The dots of a picture are those of its page at 150 an inch.
        for dpi in (150,) if name.endswith(PICTURES) else (100, 150):
            for number, (mean, _) in enumerate(redact.differences(made / name, copy, seen, dpi), 1):
                if mean > 1:
                    print(f"{name}: page {number} differs by {mean:.2f} % at {dpi} dots an inch")
                    different += 1
    print(f"{done} copies of {len(maker.planted)} files ({', '.join(kinds)}), {len(strings)} strings")
    print(f"{pages} pages of PDFs and pictures, of which {drawn} became pictures")
    print(f"{left} strings can still be read, {different} pages look different")


if __name__ == "__main__":
    main()
