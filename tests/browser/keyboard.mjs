// With a keyboard and nothing else, in a window 320 px wide: signing in, a request from its record to its reply, and the pages
// around it. Every page on the way is looked at: axe, its outline, its width, its skip link, a way through that ends.

import { launch, SIZES } from "./lib/browser.mjs";
import { DESK, SEARCHER, SETTINGS } from "./keyboard/desk.mjs";
import { COLLECTS, FOLLOWS, VISITOR } from "./keyboard/portal.mjs";
import { message } from "./lib/casework.mjs";
import { london, Rehearsal } from "./lib/rehearsal.mjs";
import { Tally } from "./lib/tally.mjs";
import { take, Typist } from "./lib/typist.mjs";

const tally = new Tally();

const NAME = "Eluned Farthingale";

/** Pages around the request that anybody at work meets. */
const AROUND = ["/", "/requests", "/requests/upload", "/policy", "/policy/versions", "/duties", "/duties/event", "/help"];

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
    await keys.tick(/a copy of their data/i);
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
];

const FINDS = [
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
  ["release it to the portal", async (lead) => {
    await lead.task(/hand over the answer/i);
    await lead.keys.pick(/how does the answer go out/i, /by the portal/i);
    await lead.enter(/^continue/i, /^button/);
    lead.passphrase = await lead.page.locator(".app-passphrase").innerText();
  }],
  ["what was disclosed", async (lead) => {
    await lead.task(/what was disclosed and withheld/i);
  }],
  ["sign out", async (lead) => {
    await lead.enter(/sign out/i, /^button/);
  }],
];

/** What is asked on the case that the visitor sent, before they follow it. */
const ASKS = [
  ["find the case that came through the portal", async (lead) => {
    await lead.goTo("/requests");
    await lead.enter(new RegExp(`^${lead.visitor.reference}`), /^a/);
    lead.sent = lead.page.url().replace(/\?.*/, "");
  }],
  ["ask for proof of identity, and what they want", async (lead) => {
    await lead.page.goto(`${lead.sent}/identity`);
    await lead.keys.write(/doubt/i, "The address is new to us.");
    await lead.enter(/ask for proof/i, /^button/);
    await lead.page.goto(`${lead.sent}/clarify`);
    await lead.look();
    await lead.keys.write(/what do you ask/i, "Which of your courses do you mean?");
    await lead.enter(/make the letter|ask/i, /^button/);
  }],
];

const READS = [
  ["read what they sent", async (lead) => {
    await lead.page.goto(lead.sent);
    await lead.enter(/read what the person sent/i, /^a/);
    await lead.keys.reach(/./, /^radio/);
  }],
];

/** Everything, part by part, by those it takes; a part that fails ends it. */
async function all({ lead, approver, searcher, visitor }) {
  const parts = [
    () => take(visitor, VISITOR),
    () => take(lead, [...LEAD, ...SETTINGS, ...DESK]),
    () => take(searcher, SEARCHER),
    () => take(lead, ASKS),
    () => take(visitor, FOLLOWS),
    () => take(lead, [...READS, ...FINDS]),
    () => take(approver, APPROVER),
    () => take(lead, REPLY),
    () => take(visitor, COLLECTS),
  ];
  for (const part of parts) {
    approver.request = lead.request;
    visitor.passphrase = lead.passphrase;
    if (!(await part())) {
      return;
    }
  }
}

async function run() {
  const browser = await launch();
  const rehearsal = await Rehearsal.start(browser, "childrens-education-cic", london("2026-11-18 09:00"));
  try {
    const from = "callum.okonjo-reid@greenbank-learning.example";
    const text = `${NAME} asked about the autumn course. Her neighbour Ottoline Brackenbury, 07700 900456, will bring her.`;
    const mail = message({ from, to: "office@greenbank-learning.example", subject: "Autumn course", at: london("2026-09-01 09:00"), text });
    rehearsal.put("mailbox/1.eml", mail);
    const somebody = async () => new Typist(rehearsal, await rehearsal.stranger({ size: SIZES[0] }), tally);
    const [lead, approver, searcher, visitor] = [await somebody(), await somebody(), await somebody(), await somebody()];
    visitor.email = "eluned.farthingale@postbox.example";
    searcher.account = rehearsal.account("Lead Tutor");
    lead.searcher = searcher.account;
    lead.visitor = visitor;
    await all({ lead, approver, searcher, visitor });
    await Promise.all([lead, approver, searcher, visitor].map(({ page }) => page.context().close()));
  } finally {
    await rehearsal.stop();
    await browser.close();
  }
}

await tally.attempt("the run as a whole", run);
tally.finish();
