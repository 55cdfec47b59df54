// With a keyboard and nothing else, in a window 320 px wide: signing in, a request from its record to its reply, and the pages
// around it. Every page on the way is looked at: axe, its outline, its width, its skip link, a way through that ends.

import { launch, SIZES } from "./lib/browser.mjs";
import { message } from "./lib/casework.mjs";
import { accessibility, outline, reflow } from "./lib/checks.mjs";
import { Keys } from "./lib/keys.mjs";
import { oneTimeCode } from "./lib/person.mjs";
import { london, Rehearsal } from "./lib/rehearsal.mjs";
import { Tally } from "./lib/tally.mjs";

const tally = new Tally();

const NAME = "Eluned Farthingale";

/** Pages around the request that anybody at work meets. */
const AROUND = ["/", "/requests", "/requests/upload", "/policy", "/policy/versions", "/duties", "/duties/event", "/help"];

/** Somebody with a keyboard. */
class Typist {
  seen = new Set();

  constructor(rehearsal, opened) {
    this.rehearsal = rehearsal;
    this.page = opened.page;
    this.complaints = opened.complaints;
    this.keys = new Keys(opened.page);
  }

  /** Goes to an address as one does who types it into the browser. */
  async goTo(path) {
    await this.page.goto(this.rehearsal.address(path));
    await this.look();
  }

  /** Looks at a page from top to bottom, once for each kind of page. */
  async look() {
    const { page } = this;
    const path = new URL(page.url()).pathname;
    const kind = path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}");
    if (this.seen.has(kind)) {
      return;
    }
    this.seen.add(kind);
    tally.check(`${kind}: accessible`, await accessibility(page));
    tally.check(`${kind}: outline`, await outline(page));
    tally.check(`${kind}: no sideways scrolling`, await reflow(page));
    await tally.attempt(`${kind}: skip link`, () => this.keys.skip());
    await tally.attempt(`${kind}: a way through`, () => this.keys.through());
    tally.check(`${kind}: every stop`, this.keys.problems());
  }

  /** Follows a link or presses a button, and looks at what comes. */
  async enter(name, kind) {
    const answer = await this.keys.enter(name, kind);
    if (answer && answer.status() >= 400) {
      const text = (await this.page.locator(".govuk-error-summary, h1").allInnerTexts()).join(" ");
      throw new Error(`${name} answers ${answer.status()}: ${text.replaceAll("\n", " ")}`);
    }
    await this.look();
  }

  /** Signs in by the form. */
  async signIn(account) {
    await this.goTo("/sign-in");
    await this.keys.write(/e-?mail/i, account.email);
    await this.keys.write(/password/i, account.password);
    await this.keys.write(/code/i, oneTimeCode(account.totp_secret, this.rehearsal.now / 1000));
    await this.enter(/^sign in/i, /^button/);
  }

  /** Back to the request and into one of its tasks. */
  async task(name) {
    await this.page.goto(this.request);
    await this.enter(name, /^a/);
  }
}

const LEAD = [
  ["sign in", async (lead) => {
    await lead.signIn(lead.rehearsal.account("lead"));
  }],
  ["the pages around", async (lead) => {
    for (const path of AROUND) {
      await lead.goTo(path);
    }
  }],
  ["record a request", async (lead) => {
    const { keys } = lead;
    await lead.goTo("/requests/new");
    await keys.pick(/how did it come/i, /letter/i);
    await keys.writeDate(/reach anyone/i, "2026-11-16");
    await keys.write(/who received it/i, "Front desk");
    await keys.write(/what does it say/i, "Please send me everything you hold about me.");
    await keys.pick(/whose data/i, /themselves/i);
    await keys.write(/name of the person whose/i, NAME);
    await keys.write(/their e-mail/i, "eluned.farthingale@postbox.example");
    await lead.enter(/^record the request/i, /^button/);
    lead.request = lead.page.url().replace(/\?.*/, "");
  }],
  ["a form that is wrong leads to what is wrong", async (lead) => {
    const { keys, page } = lead;
    await page.goto(`${lead.request}/identity`);
    const answer = await keys.enter(/ask for proof/i, /^button/);
    await keys.reach(/write down what the doubt is/i, /^a/);
    await page.keyboard.press("Enter");
    const focused = await page.evaluate(() => document.activeElement?.tagName);
    if (answer.status() !== 422 || focused !== "TEXTAREA") {
      throw new Error(`status ${answer.status()}, and the error leads to ${focused}`);
    }
    lead.complaints.splice(0, 1);
  }],
  ["see why the date is what it is", async (lead) => {
    await lead.page.goto(lead.request);
    await lead.keys.unfold(/why this date/i);
    await lead.page.getByText(/one calendar month/i).first().waitFor({ state: "visible" });
  }],
  ["acknowledge it", async (lead) => {
    await lead.task(/acknowledge the request/i);
    await lead.enter(/make the letter/i, /^button/);
  }],
  ["search", async (lead) => {
    await lead.task(/^search$/i);
    await lead.keys.tick(/office mailbox/i);
    await lead.keys.tick(/shared files/i);
    // The page of the search goes on by itself.
    await lead.keys.enter(/start the search/i, /^button/);
    await lead.page.getByRole("heading", { name: /search has finished/i }).waitFor({ timeout: 60_000 });
    await lead.page.waitForLoadState("networkidle");
    await lead.look();
  }],
  ["review mark by mark", async (lead) => {
    await lead.task(/review and redact/i);
    await lead.enter(/start the review/i, /^a/);
    await lead.enter(/^withhold number/i, /^button/);
    await lead.enter(/include it in the reply/i, /^button/);
  }],
  ["accept the rest and finish", async (lead) => {
    const { keys, page } = lead;
    await lead.task(/review and redact/i);
    const list = page.url();
    if (await page.getByText(/accept every proposal/i).count()) {
      await keys.unfold(/accept every proposal/i);
      await lead.enter(/accept all proposals/i, /^button/);
    }
    for (let item = 0; item < 10; item += 1) {
      await page.goto(list);
      if (!(await page.getByRole("button", { name: /go on with the review/i }).count())) {
        break;
      }
      await lead.enter(/go on with the review/i, /^a/);
      await lead.enter(/leave it out/i, /^button/);
    }
    await lead.enter(/finish the review/i, /^a/);
    await lead.enter(/finish the review/i, /^button/);
  }],
];

const APPROVER = [
  ["the approver signs in", async (approver) => {
    await approver.signIn(approver.rehearsal.account("approver"));
  }],
  ["approve", async (approver) => {
    await approver.task(/approve the reply/i);
    await approver.enter(/approve the reply/i, /^button/);
  }],
];

const REPLY = [
  ["send the reply", async (lead) => {
    await lead.task(/send the reply/i);
    await lead.enter(/make the pack/i, /^button/);
    await lead.keys.reach(/^pack$/i, /^a/);
  }],
  ["sign out", async (lead) => {
    await lead.enter(/sign out/i, /^button/);
  }],
];

/** The public pages, in each of their versions. */
const PORTAL = ["", "/request", "/complaint", "/consent", "/marketing", "/follow", "/follow/asked"];

const VISITOR = [
  ["every public page", async (visitor) => {
    for (const version of ["", "?for=child", "?for=easy"]) {
      for (const path of PORTAL) {
        visitor.seen.clear();
        await visitor.goTo(`/portal${path}${version}`);
      }
    }
  }],
  ["a visitor makes a request", async (visitor) => {
    const { keys, page } = visitor;
    await visitor.goTo("/portal");
    await visitor.enter(/^make a request/i, /^a/);
    await keys.pick(/what do you want/i, /get a copy/i);
    await keys.write(/^your name/i, "Eluned Farthingale");
    await keys.write(/e-mail address/i, "eluned.farthingale@postbox.example");
    await visitor.enter(/^send/i, /^button/);
    if (!/^[A-Z]+-\d{4}-\d{4}$/.test(await page.locator(".app-reference").innerText())) {
      throw new Error("no reference is told");
    }
  }],
  ["a form with errors leads to what is wrong", async (visitor) => {
    const { keys, page } = visitor;
    await visitor.goTo("/portal/follow");
    await keys.enter(/send me a link/i, /^button/);
    await keys.reach(/reference/i, /^a/);
    await page.keyboard.press("Enter");
    if ((await page.evaluate(() => document.activeElement?.id)) !== "reference") {
      throw new Error("the error does not lead to its field");
    }
    visitor.complaints.splice(0, 1);
  }],
  ["changing the version of a page", async (visitor) => {
    await visitor.goTo("/portal/complaint");
    await visitor.enter(/easy read/i, /^a/);
    await visitor.page.getByRole("heading", { name: /make a complaint/i }).waitFor();
  }],
];

/** Takes steps until one fails; gives back whether all went well. */
async function take(person, steps) {
  for (const [name, work] of steps) {
    const worked = await tally.attempt(name, () => work(person));
    tally.check(`${name}: every stop`, person.keys.problems());
    tally.check(`${name}: no complaints`, person.complaints.splice(0));
    if (!worked) {
      console.log(`     at ${person.page.url()}: ${(await person.page.locator("h1").allInnerTexts()).join(" / ")}`);
      return false;
    }
  }
  return true;
}

async function run() {
  const browser = await launch();
  const rehearsal = await Rehearsal.start(browser, "childrens-education-cic", london("2026-11-18 09:00"));
  try {
    const from = "callum.okonjo-reid@greenbank-learning.example";
    const text = `${NAME} asked about the autumn course. Her neighbour Ottoline Brackenbury, 07700 900456, will bring her.`;
    const mail = message({ from, to: "office@greenbank-learning.example", subject: "Autumn course", at: london("2026-09-01 09:00"), text });
    rehearsal.put("mailbox/1.eml", mail);
    const visitor = new Typist(rehearsal, await rehearsal.stranger({ size: SIZES[0] }));
    await take(visitor, VISITOR);
    await visitor.page.context().close();
    const lead = new Typist(rehearsal, await rehearsal.stranger({ size: SIZES[0] }));
    const approver = new Typist(rehearsal, await rehearsal.stranger({ size: SIZES[0] }));
    if (await take(lead, LEAD)) {
      approver.request = lead.request;
      if (await take(approver, APPROVER)) {
        await take(lead, REPLY);
      }
    }
    await Promise.all([lead.page.context().close(), approver.page.context().close()]);
  } finally {
    await rehearsal.stop();
    await browser.close();
  }
}

await tally.attempt("the run as a whole", run);
tally.finish();
