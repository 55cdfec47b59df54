// The server that takes the organisation's mail, and what came to it.

import { createServer } from "node:net";

/** A mail server on this machine that keeps what it is given. */
export class Post {
  mails = [];

  static async start() {
    const post = new Post();
    post.server = createServer((socket) => post.#talk(socket));
    await new Promise((resolve) => post.server.listen(0, "127.0.0.1", resolve));
    post.url = `smtp://127.0.0.1:${post.server.address().port}`;
    return post;
  }

  stop() {
    this.server.close();
  }

  /** Waits for a mail to this address that matches, newest first, and gives it back as `{ to, text }`. The first `since` mails do not count. */
  async mail(to, words, since = 0) {
    for (let waited = 0; waited < 60_000; waited += 100) {
      const found = this.mails.slice(since).findLast((mail) => mail.to.includes(to) && words.test(mail.text));
      if (found) {
        return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`no mail to ${to} says ${words}; there are ${this.mails.length}: ${this.mails.map(({ text }) => text.slice(0, 400)).join("\n---\n")}`);
  }

  #talk(socket) {
    let [rest, to, inside] = ["", [], false];
    const say = (line) => socket.write(`${line}\r\n`);
    const command = (line) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "EHLO") {
        say("250-post.example");
        say("250 8BITMIME");
      } else if (verb === "DATA") {
        inside = true;
        say("354 go on");
      } else if (verb === "QUIT") {
        say("221 bye");
        socket.end();
      } else {
        to = verb === "MAIL" ? [] : to;
        to.push(...(verb === "RCPT" ? [/<([^>]*)>/.exec(line)?.[1] ?? ""] : []));
        say("250 fine");
      }
    };
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      rest += bytes.toString("latin1");
      for (;;) {
        const end = inside ? rest.indexOf("\r\n.\r\n") : rest.indexOf("\r\n");
        if (end < 0) {
          return;
        }
        const part = rest.slice(0, end);
        rest = rest.slice(end + (inside ? 5 : 2));
        if (inside) {
          inside = false;
          this.mails.push({ to, text: decoded(part) });
          say("250 taken");
        } else {
          command(part);
        }
      }
    });
    say("220 post.example");
  }
}

/** The text of a message, whatever way it is written; headers first. */
function decoded(raw) {
  const unfolded = raw.replaceAll(/=\r\n/g, "").replaceAll(/((?:=[0-9A-F]{2})+)/g, (hex) => Buffer.from(hex.replaceAll("=", ""), "hex").toString("latin1"));
  const bodies = [...raw.matchAll(/content-transfer-encoding: base64[^]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/gi)];
  const more = bodies.map(([, body]) => Buffer.from(body.replaceAll(/\s/g, ""), "base64").toString("latin1"));
  return [unfolded, ...more].map((text) => Buffer.from(text, "latin1").toString("utf8")).join("\n");
}
