#!/usr/bin/env python3
"""Whole-mailbox search beside notmuch, mu and recoll.

Builds a Maildir of real messages with attachments out of a folder of messages and a folder of
documents, then runs each program on it cold, one after another, and prints the processor time
(user and system, children included), the wall time, and our share of theirs; then our second
search of the same request.

    python3 xtask/compare/mailbox.py --probity PATH --mail FOLDER --documents FOLDER
        [--messages 10000] [--attached 1.0] [--largest 300000] [--work FOLDER] [--keep]
        [--only probity,notmuch,mu,recoll]

notmuch and mu index what is text in a message; recoll and probity read the attachments as well.
"""

import argparse
import base64
import json
import mimetypes
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PERSON = 'names = ["Philippa Quarrendon"]\nemails = ["p.quarrendon@example.org"]\n'
KEPT = (b"from", b"to", b"cc", b"subject", b"date", b"reply-to", b"in-reply-to", b"references", b"list-id", b"received")


def files(folder, largest):
    found = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return [path for path in found if 0 < path.stat().st_size <= largest]


def split(message):
    """Header fields of a message (unfolded lines kept together) and its body."""
    head, _, body = message.replace(b"\r\n", b"\n").partition(b"\n\n")
    fields = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] += b"\n" + line
        elif b":" in line:
            fields.append(line)
    return fields, body


def message(number, source, attachment, planted):
    fields, body = split(source)
    kept = [field for field in fields if field.split(b":")[0].strip().lower() in KEPT]
    mime = [field for field in fields if field.lower().startswith((b"content-type:", b"content-transfer-encoding:"))]
    if planted:
        body = b"Philippa Quarrendon rang about this.\n\n" + body
        mime = [b"Content-Type: text/plain"]
    head = kept + [b"Message-ID: <%d@compare.example>" % number, b"MIME-Version: 1.0"]
    if attachment is None:
        return b"\n".join(head + mime) + b"\n\n" + body
    name, content = attachment
    kind = (mimetypes.guess_type(name)[0] or "application/octet-stream").encode()
    line = b"=_part-%d" % number
    return b"\n".join(
        head
        + [b'Content-Type: multipart/mixed; boundary="' + line + b'"', b"", b"--" + line]
        + mime
        + [b"", body, b"--" + line, b"Content-Type: " + kind]
        + [b'Content-Disposition: attachment; filename="' + name.encode() + b'"', b"Content-Transfer-Encoding: base64", b""]
        + [base64.encodebytes(content).rstrip(), b"--" + line + b"--", b""]
    )


def build(args, maildir):
    draw = random.Random(args.seed)
    mails = files(args.mail, 200_000)
    documents = files(args.documents, args.largest) if args.documents else []
    if not mails:
        sys.exit("no messages in --mail")
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True)
    size = planted = attached = 0
    for number in range(args.messages):
        source = mails[number % len(mails)].read_bytes()
        attachment = None
        if documents and draw.random() < args.attached:
            path = draw.choice(documents)
            attachment = (path.name.encode("ascii", "replace").decode(), path.read_bytes())
            attached += 1
        hit = number % 500 == 0
        planted += hit
        content = message(number, source, attachment, hit)
        size += len(content)
        (maildir / "cur" / f"{number:06}.compare:2,S").write_bytes(content)
    print(json.dumps({"messages": args.messages, "attachments": attached, "bytes": size, "planted": planted}))


def measured(name, command, env=None, count=None):
    """Runs a command, and prints what it and its children cost."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    line = {"program": name, "cpu_seconds": round(cpu, 2), "wall_seconds": round(wall, 2), "exit": done.returncode}
    if count:
        line.update(count(done.stdout))
    if done.returncode not in (0,) and not done.stdout:
        line["said"] = done.stderr.decode(errors="replace")[-300:]
    print(json.dumps(line), flush=True)
    return cpu


def found(output):
    summary = json.loads(output)["summary"]
    return {key: summary[key] for key in ("items", "documents", "found", "known")}


def programs(args, work, maildir):
    person = work / "person.toml"
    person.write_text(PERSON)
    notes = work / "notes"
    # Like for like: none of the others reads the letters in pictures.
    find = [args.probity, "find", "--no-ocr", "--person", str(person), "--source", str(maildir), "--json"]
    notmuch = {"NOTMUCH_CONFIG": str(work / "notmuch-config")}
    (work / "notmuch-config").write_text(
        f"[database]\npath={maildir}\n[user]\nname=a\nprimary_email=a@example.org\n[new]\ntags=\nignore=\n"
    )
    mu = f"--muhome={work / 'mu'}"
    recoll = work / "recoll"
    recoll.mkdir(exist_ok=True)
    (recoll / "recoll.conf").write_text(f"topdirs = {maildir}\n")
    plain = {"HOME": str(work)}
    runs = {
        "notmuch": lambda: measured("notmuch new", ["notmuch", "new", "--quiet"], {**notmuch, **plain}),
        "mu": lambda: (
            subprocess.run(["mu", "init", mu, f"--maildir={maildir}"], env={**os.environ, **plain}, capture_output=True, check=False),
            measured("mu index", ["mu", "index", mu, "--quiet"], plain),
        )[1],
        "recoll": lambda: measured("recollindex", ["recollindex", "-c", str(recoll)], plain),
        "probity": lambda: measured("probity find, cold", [*find, "--resume", str(notes)], count=found),
    }
    cost = {}
    for name, run in runs.items():
        needed = {"recoll": "recollindex", "probity": args.probity}.get(name, name)
        if name not in args.only.split(","):
            continue
        if not shutil.which(needed):
            print(json.dumps({"program": name, "missing": True}))
            continue
        cost[name] = run()
    if "probity" in cost:
        measured("probity find, the same again", [*find, "--resume", str(notes)], count=found)
        others = {f"share of {name}": round(cost["probity"] / spent, 3) for name, spent in cost.items() if name != "probity" and spent}
        print(json.dumps(others))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--probity", default="probity", help="the program")
    parser.add_argument("--mail", help="folder of messages, one a file")
    parser.add_argument("--documents", help="folder of documents to attach")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--attached", type=float, default=1.0, help="share of messages with an attachment")
    parser.add_argument("--largest", type=int, default=300_000, help="bytes of the largest document attached")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", help="where to build; a temporary folder otherwise")
    parser.add_argument("--keep", action="store_true", help="leave what was built, and use it again")
    parser.add_argument("--only", default="notmuch,mu,recoll,probity")
    args = parser.parse_args()
    work = Path(args.work or tempfile.mkdtemp(prefix="mailbox-"))
    work.mkdir(parents=True, exist_ok=True)
    maildir = work / "maildir"
    try:
        if not maildir.exists():
            build(args, maildir)
        for left in ("notes", "mu", "recoll", "maildir/.notmuch"):
            path = work / left
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()
        programs(args, work, maildir)
    finally:
        if not args.keep:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
