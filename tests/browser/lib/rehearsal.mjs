// A rehearsal: a throw-away organisation on any pack (`probity demo --empty`), whose time is what a file says. People sign in
// by role; a code works once in 30 seconds of that time, so signing in again moves time on where it has to.

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openPage, SIZES } from "./browser.mjs";
import { signIn } from "./person.mjs";
import { Post } from "./post.mjs";
import { startDemo } from "./server.mjs";

const STEP_MS = 30_000;
// A session nobody used for half an hour has ended; before that the same one goes on.
const SESSION_MS = 25 * 60_000;
const LONDON = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short", timeStyle: "short" });

/** The instant at which clocks in London show this: `2026-11-28 21:14`. */
export function london(text) {
  const at = ["Z", "+01:00"].map((zone) => new Date(text.replace(" ", "T") + zone)).find((date) => LONDON.format(date) === text);
  if (!at) {
    throw new Error(`no clock in London ever shows ${text}`);
  }
  return at;
}

/** An organisation that exists for one run. */
export class Rehearsal {
  #people = new Map();
  #used = new Map();
  #complaints = [];
  #dropped = 0;

  /** Starts one at an instant, in a browser, on a pack: a built-in name, or `{ name, files }`. */
  static async start(browser, pack, at) {
    const rehearsal = new Rehearsal();
    rehearsal.browser = browser;
    rehearsal.now = at;
    rehearsal.folder = mkdtempSync(join(tmpdir(), "probity-journey-"));
    rehearsal.#tell();
    const clock = join(rehearsal.folder, "clock");
    const own = pack.files ? rehearsal.#write(pack) : pack;
    rehearsal.post = await Post.start();
    const mail = ["--smtp", rehearsal.post.url];
    const { ground, stop } = await startDemo(["--empty", "--pack", own, "--clock", clock, "--dir", join(rehearsal.folder, "demo"), ...mail]);
    rehearsal.ground = ground;
    rehearsal.stop = async () => {
      await Promise.all([...rehearsal.#people.values()].map(({ context }) => context.close()));
      await stop();
      rehearsal.post.stop();
      rmSync(rehearsal.folder, { recursive: true, force: true });
    };
    return rehearsal;
  }

  /** Moves time to an instant; never back. */
  moveTo(at) {
    if (at > this.now) {
      this.now = at;
      this.#tell();
    }
  }

  /** An address of this server. */
  address(path) {
    return new URL(path, this.ground.url).href;
  }

  /** Puts a file where the search looks for it: `mailbox/1.eml`. */
  put(path, text) {
    writeFileSync(join(this.ground.material, path), text);
  }

  /** A message arrives. */
  drop(eml) {
    this.#dropped += 1;
    const file = join(this.ground.incoming, `${this.#dropped}.eml`);
    writeFileSync(`${file}.part`, eml);
    renameSync(`${file}.part`, file);
  }

  /** Looks at a page again and again until it says this; a second goes by each time, so that mailboxes are visited. */
  async until(page, path, words) {
    for (let look = 0; look < 100; look += 1) {
      this.moveTo(new Date(this.now.getTime() + 1000));
      await page.goto(this.address(path));
      if (words.test(await page.locator("main").innerText())) {
        return;
      }
      await page.waitForTimeout(200);
    }
    throw new Error(`${path} never says ${words}: ${(await page.locator("main").innerText()).slice(0, 600)}`);
  }

  /** What browsers complained about since the last time this was asked. */
  complaints() {
    return this.#complaints.splice(0).flatMap((list) => list.splice(0));
  }

  /**
   * The page of somebody who is signed in: a role of the program, or the title in the pack's directory. With and without scripts are
   * two browsers of theirs.
   */
  async as(who, options = {}) {
    const account = this.account(who);
    const key = `${account.email} ${options.javaScriptEnabled ?? true}`;
    const known = this.#people.get(key);
    if (known && this.now - known.seen < SESSION_MS) {
      known.seen = this.now;
      return known.page;
    }
    const person = known ?? (await this.#arrive(key, options));
    this.#freshCode(account);
    await person.context.clearCookies();
    await signIn(person.page, { ...account, url: this.ground.url }, this.now / 1000);
    person.seen = this.now;
    return person.page;
  }

  /** A page of somebody who has no account and has never been here. */
  async stranger(options = {}) {
    return this.#open(options);
  }

  /** The account of a role, or of the person with this title. */
  account(who) {
    const account = this.ground.roles[who] ?? this.ground.people.find((person) => person.title === who);
    if (!account) {
      throw new Error(`nobody here is ${who}: ${this.ground.people.map((person) => person.title).join(", ")}`);
    }
    return account;
  }

  async #arrive(key, options) {
    const person = { ...(await this.#open(options)), seen: new Date(0) };
    this.#people.set(key, person);
    return person;
  }

  async #open(options) {
    const opened = await openPage(this.browser, { size: SIZES[1], origin: new URL(this.ground.url).origin, ...options });
    this.#complaints.push(opened.complaints);
    return opened;
  }

  /** Moves time on to a half minute whose code this account has not used. */
  #freshCode(account) {
    const used = this.#used.get(account.email) ?? 0;
    const step = Math.max(Math.floor(this.now / STEP_MS), used + 1);
    if (step * STEP_MS > this.now) {
      this.moveTo(new Date(step * STEP_MS));
    }
    this.#used.set(account.email, step);
  }

  /** Writes a pack's files and gives back their folder. */
  #write({ name, files }) {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(folder, file), text);
    }
    return folder;
  }

  #tell() {
    const file = join(this.folder, "clock");
    writeFileSync(`${file}.next`, `${this.now.toISOString()}\n`);
    renameSync(`${file}.next`, file);
  }
}
