#!/usr/bin/env python3
"""Makes many messages out of a folder of real ones, for the comparison of decoded text (mail.py).

    python3 xtask/compare/mail_corpus.py --mail FOLDER [--mail FOLDER] --out FOLDER [--messages 10000] [--seed 1]

Each real message is taken once as it is; the rest are made of the same messages again: their text written in another transfer encoding
or character set, in two forms, with attachments and pictures, forwarded inside another message, with either kind of line end, their
subjects, people and names of files as encoded words or in one of the ways that parameters are written. Python's email package writes all
but these words. The same seed makes the same messages.
"""

import argparse
import base64
import email
import email.policy
import random
from email.message import EmailMessage
from pathlib import Path

# A sentence with letters of its own for each character set that is written.
SENTENCES = {
    "us-ascii": "Please call Ada Example about the minutes.",
    "utf-8": "Zoë Éxample schrieb: Привет, 東京 – “it’s done” €5 🙂",
    "iso-8859-1": "Zoë Éxample & José Muñoz, né à Orléans: £5 ½",
    "windows-1252": "“Zoë” – José’s €5 note…",
    "iso-8859-2": "Žofie Příkladová a Łukasz Przykład",
    "iso-8859-15": "Renée Œuvre, 5 €",
    "windows-1251": "Анна Примерова пишет о собрании",
    "koi8-r": "Анна Примерова пишет о собрании",
    "iso-8859-7": "Η Άννα έγραψε για τη συνάντηση",
    "windows-1253": "Η Άννα έγραψε για τη συνάντηση",
    "iso-8859-9": "Ayşe Örnek İstanbul’dan yazdı".replace("’", "'"),
    "iso-8859-8": "אנה כתבה על הפגישה",
    "windows-1256": "كتبت آنا عن الاجتماع",
    "shift_jis": "会議について例子さんが書きました",
    "iso-2022-jp": "会議について例子さんが書きました",
    "euc-jp": "会議について例子さんが書きました",
    "gb2312": "关于会议的信",
    "gb18030": "关于会议的信，张伟",
    "big5": "關於會議的信",
    "euc-kr": "회의에 대한 편지",
    "utf-16": "Zoë Éxample über 東京",
    "utf-7": "Zoë Éxample über 東京",
}
ENCODINGS = ["quoted-printable", "base64", "8bit"]
# Where an encoded word belongs, and where the name of a file does.
WORDS = "XWORDSX"
FILE = "XFILEX.bin"
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c63000100000500010d0a2db4")


def text_of(raw):
    """The plain text of a real message, or nothing."""
    try:
        body = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
        text = body.get_content() if body else ""
        text.encode("utf-8")
    except Exception:  # what Python cannot decode is no material to write anew
        return ""
    return text if "\ufffd" not in text else ""


def head(draw, source):
    """A message with the people of a real one."""
    message = EmailMessage(policy=email.policy.SMTP if draw.random() < 0.5 else email.policy.default)
    message["From"] = draw.choice(["Ada Example <ada@example.org>", f"{WORDS} <ada@example.org>"])
    message["To"] = draw.choice(
        ["Zoë Sample <zoe@example.org>", "Grace Sample <grace@example.org>, bob@example.org", f"{WORDS} <z@example.org>, b@example.org"]
    )
    if draw.random() < 0.5:
        message["Cc"] = f"Carol Sample <carol@example.org>, {WORDS} <c@example.org>"
    message["Subject"] = draw.choice(["minutes", "Über den Ausflug", "Re: 会議", f"message {source}", WORDS, f"Re: {WORDS} - {source}"])
    message["Message-ID"] = f"<{source}.{draw.randrange(10**9)}@corpus.example>"
    return message


def encoded_words(draw, charset, text):
    """A text as encoded words of one character set, at a length that a line holds."""
    pieces, words = text.split(" "), []
    for number, piece in enumerate(pieces):
        # A blank between encoded words is no part of the text.
        piece = piece + " " if number + 1 < len(pieces) else piece
        content = piece.encode(charset)
        if draw.random() < 0.5:
            code = "B?" + base64.b64encode(content).decode()
        else:
            code = draw.choice("Qq") + "?"
            code += "".join(chr(b) if chr(b).isalnum() and b < 128 else "_" if b == 32 else f"={b:02X}" for b in content)
        words.append(f"=?{draw.choice([charset, charset.upper()])}?{code}?=")
    return draw.choice(["\n ", " "]).join(words).encode()


def file_name(draw):
    """The name of a file as a parameter, in one of the ways it is written."""
    name = draw.choice(["Übersicht der Gäste.bin", "会議 2024.bin", "Žofie's list (2).bin", "plain name.bin"])
    percent = "".join(chr(b) if chr(b).isalnum() and b < 128 else f"%{b:02X}" for b in name.encode())
    ways = [
        f"filename*=utf-8''{percent}",
        f"filename*=UTF-8'en'{percent}",
        f"filename*0*=utf-8''{percent[:3]};\n filename*1*={percent[3:]}",
        f'filename="{encoded_words(draw, "utf-8", name).decode()}"'.replace("\n ", " "),
        f'filename="{name}"',
    ]
    return draw.choice(ways).encode()


def with_words(draw, raw):
    """The message with its places for words and names filled."""
    ends = b"\r\n" if b"\r\n" in raw.split(b"\n\n")[0] else b"\n"
    for place, fill in ((WORDS.encode(), lambda: encoded_words(draw, *draw.choice(list(SENTENCES.items())))), (None, lambda: file_name(draw))):
        place = place or f'filename="{FILE}"'.encode()
        while place in raw:
            raw = raw.replace(place, fill().replace(b"\n", ends), 1)
    return raw


def put_text(draw, message, text, subtype="plain"):
    """Writes a text in some character set that holds it, in some transfer encoding."""
    charset = draw.choice(list(SENTENCES))
    text = f"{text}\n{SENTENCES[charset]}\n" if subtype == "plain" else text.replace("</body>", f"<p>{SENTENCES[charset]}</p></body>")
    try:
        text.encode(charset)
    except UnicodeError:
        # The letters of both together, where one set does not hold them.
        charset = "utf-8"
    encoding = draw.choice(ENCODINGS)
    if charset in ("utf-16", "utf-7", "iso-2022-jp") and encoding == "8bit":
        encoding = "base64"
    try:
        message.set_content(text, subtype=subtype, charset=charset, cte=encoding)
    except Exception:  # Python does not write this set in this way
        message.set_content(text, subtype=subtype, charset="utf-8", cte=draw.choice(ENCODINGS[:2]))


def page(text):
    """The same as a web page."""
    lines = text.replace("&", "&amp;").replace("<", "&lt;").splitlines()
    return "<html><body><p>" + "<br>\n".join(lines) + "</p></body></html>"


def plain(draw, message, text):
    put_text(draw, message, text)


def page_alone(draw, message, text):
    put_text(draw, message, page(text), subtype="html")


def alternative(draw, message, text):
    put_text(draw, message, text)
    charset = draw.choice(list(SENTENCES))
    try:
        message.add_alternative(page(text), subtype="html", charset=charset, cte=draw.choice(ENCODINGS[:2]))
    except Exception:  # letters that this set lacks
        message.add_alternative(page(text), subtype="html", cte=draw.choice(ENCODINGS[:2]))


def related(draw, message, text):
    alternative(draw, message, text)
    message.get_payload()[1].add_related(PICTURE, "image", "png", cid="<logo>")


def mixed(draw, message, text):
    draw.choice([plain, alternative, related])(draw, message, text)
    message.add_attachment(draw.randbytes(draw.randrange(20_000)), "application", "octet-stream", filename=FILE)
    message.add_attachment(f"Anna, {SENTENCES['utf-8']}\n", subtype="csv", filename="list.csv", cte=draw.choice(ENCODINGS[:2]))


def forwarded(draw, message, text):
    inner = head(draw, "inner")
    draw.choice([plain, alternative, mixed])(draw, inner, text)
    put_text(draw, message, "see below")
    message.add_attachment(inner)
    if draw.random() < 0.3:
        again = EmailMessage(policy=message.policy)
        again["From"], again["Subject"] = "Carol Sample <carol@example.org>", "forwarded again"
        put_text(draw, again, "once more")
        again.add_attachment(inner)
        message.add_attachment(again)


KINDS = [plain, plain, page_alone, alternative, related, mixed, forwarded]


def made(draw, number, text):
    message = head(draw, number)
    draw.choice(KINDS)(draw, message, text)
    return with_words(draw, message.as_bytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mail", action="append", required=True, help="folder of messages, one a file")
    parser.add_argument("--out", required=True, help="a folder that does not exist yet")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    draw = random.Random(args.seed)
    out = Path(args.out)
    out.mkdir(parents=True)
    paths = sorted(path for folder in args.mail for path in Path(folder).rglob("*") if path.is_file())
    written, texts, failed = 0, [], 0
    for path in paths[: args.messages]:
        raw = path.read_bytes()
        (out / f"{written:06}.real.eml").write_bytes(raw)
        written += 1
        texts.append(text_of(raw))
    texts = [text for text in texts if text.strip()]
    while written < args.messages and texts:
        try:
            raw = made(draw, written, draw.choice(texts))
        except Exception:  # a text that Python cannot write in the way that was drawn
            failed += 1
            if failed > args.messages:
                raise
            continue
        (out / f"{written:06}.made.eml").write_bytes(raw)
        written += 1
    print(f"{written} messages, {len(paths)} of them as they are; {failed} draws that Python could not write")


if __name__ == "__main__":
    main()
