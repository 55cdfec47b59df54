// With JavaScript switched off: the whole request journey (log, acknowledge, search, review, approve, reply, download),
// then the policy (read and sign, sign a statement, log an event, adopt a version, download it).

import { launch, openPage, SIZES } from "./lib/browser.mjs";
import { review, search, send, task } from "./lib/casework.mjs";
import { choose, fill, fillDate, press, sees, signIn } from "./lib/person.mjs";
import { startServer } from "./lib/server.mjs";
import { Tally } from "./lib/tally.mjs";

const tally = new Tally();

// The demo's data subject asks once more, by letter: there is something to find.
const WHO = "Katherine Adeyemi";

/** The request page of this journey; every step starts from it. */
async function home(page, journey) {
  await page.goto(journey.request);
}

/** The page that a link which looks like a button leads to. */
async function pressLink(page, text) {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: text }).first().click()]);
}

/** Steps in the order a person takes them. Approving is a second person's task, so that step signs in as them. */
const STEPS = [
  ["log a request", async ({ page, ground, journey }) => {
    await page.goto(new URL("/requests/new", ground.url).href);
    await choose(page, /^a copy of their data/i);
    await choose(page, /^letter/i);
    await fillDate(page, /reach anyone/i, ground.today ?? new Date().toISOString().slice(0, 10));
    await fill(page, /who received it/i, "Front desk");
    await fill(page, /what does it say/i, "Please send me a copy of everything you hold about me.");
    await choose(page, /^themselves/i);
    await fill(page, /name of the person/i, WHO);
    await fill(page, /their e-mail/i, "kate.adeyemi@postbox.example");
    await press(page, /save|record|log/i);
    await sees(page, WHO);
    journey.request = page.url();
  }],
  ["acknowledge it", async ({ page, journey }) => {
    await task(page, journey.request, /acknowledge the request/i);
    await send(page);
    await home(page, journey);
    await sees(page, /done/i);
  }],
  ["search the sources", ({ page, journey }) => search(page, journey.request)],
  ["review what was found", ({ page, journey }) => review(page, journey.request)],
  ["approve the reply", async ({ browser, ground, journey }) => {
    const second = await openPage(browser, { size: SIZES[1], javaScriptEnabled: false, origin: new URL(ground.url).origin });
    await signIn(second.page, { ...ground, ...ground.approver });
    await task(second.page, journey.request, /approve the reply/i);
    await send(second.page);
    await second.context.close();
  }],
  ["send the reply", async ({ page, journey }) => {
    await task(page, journey.request, /send the reply/i);
    await send(page);
  }],
  ["download the pack", async ({ page, journey }) => {
    await home(page, journey);
    const link = page.getByRole("link", { name: /pack/i }).first();
    // A link to a PDF may be shown by the browser, so its bytes are fetched with the page's own session.
    const answer = await page.context().request.get(new URL(await link.getAttribute("href"), page.url()).href);
    const bytes = await answer.body();
    if (answer.status() !== 200 || bytes.length < 1000 || bytes.subarray(0, 4).toString() !== "%PDF") {
      throw new Error(`the pack is no PDF: status ${answer.status()}, ${bytes.length} bytes`);
    }
  }],
];

/** The name of who is signed in, as the head of the page says it before the words for screen readers. */
async function ownName(page) {
  return (await page.locator(".app-navigation__account a").first().innerText()).split(":")[0].trim();
}

/** Takes `count` complaints of one kind from the list: no fewer may be there. */
function forget(complaints, count, kind) {
  for (let left = count; left > 0; left -= 1) {
    const at = complaints.findIndex((complaint) => kind.test(complaint));
    if (at < 0) {
      throw new Error(`${left} complaints like ${kind} are missing`);
    }
    complaints.splice(at, 1);
  }
}

/** Answers the understanding check until nothing is wrong: after each refusal the wrong ones get their next answer. */
async function readAndSign(page, ground) {
  await page.goto(new URL("/policy/read", ground.url).href);
  const groups = page.locator("main form fieldset:has(input[type=radio])");
  const chosen = Array.from({ length: await groups.count() }, () => 0);
  for (let round = 0; round < 8; round += 1) {
    for (const [at, answer] of chosen.entries()) {
      await groups.nth(at).locator("input[type=radio]").nth(answer).check();
    }
    await page.getByLabel(/understood it and will follow it/i).check();
    await fill(page, "Your name", await ownName(page));
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: /sign the policy/i }).click()]);
    if (!(await page.locator(".govuk-error-summary").count())) {
      return round;
    }
    for (const at of chosen.keys()) {
      chosen[at] += await groups.nth(at).locator(".govuk-error-message").count();
    }
  }
  throw new Error("the understanding check does not end");
}

/** The policy, in the order in which an organisation meets it. */
const POLICY_STEPS = [
  ["read and sign the policy", async ({ page, ground, complaints }) => {
    const wrong = await readAndSign(page, ground);
    if (wrong === 0) {
      throw new Error("no answer was wrong: the explanation was not seen");
    }
    // The browser complains of each refusal that was asked for here, and of nothing else.
    forget(complaints, wrong, /status of 422 .*\/policy\/read$/);
    await sees(page, /you signed this version/i);
  }],
  ["sign a statement", async ({ page, ground }) => {
    await page.goto(new URL("/duties?show=sign", ground.url).href);
    await Promise.all([page.waitForEvent("load"), page.locator("main table").first().getByRole("link").first().click()]);
    await page.locator("input[name=sign]").check();
    await fill(page, /name of the person who signs/i, await ownName(page));
    await press(page, /^sign$/i);
    await sees(page, /signature is recorded/i);
  }],
  ["log an event", async ({ page, ground }) => {
    await page.goto(new URL("/duties/event", ground.url).href);
    await page.locator("main form input[name=event]").first().check();
    await fill(page, /at what time/i, "00:01");
    await fill(page, /which one is it/i, "Ticket 4711");
    await press(page, /log it/i);
    await sees(page, /what has to follow/i);
  }],
  ["adopt a version as the second person", async ({ browser, ground }) => {
    const second = await openPage(browser, { size: SIZES[1], javaScriptEnabled: false, origin: new URL(ground.url).origin });
    const { page } = second;
    // A code works once; the approval above may have used this half minute's.
    await page.waitForTimeout(31_000 - (Date.now() % 30_000));
    await signIn(page, { ...ground, ...ground.approver });
    await page.goto(new URL("/policy/versions", ground.url).href);
    await Promise.all([page.waitForEvent("load"), page.getByRole("row", { name: /proposed/i }).getByRole("link").first().click()]);
    await pressLink(page, /adopt it/i);
    await fill(page, /which body/i, "Board of Directors");
    const review = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
    await fillDate(page, /reviewed next/i, review);
    await choose(page, /i have read what changes/i);
    await choose(page, /^chair of the board/i);
    await press(page, /adopt this version/i);
    await sees(page, /the version is adopted/i);
    await second.context.close();
  }],
  ["download the policy", async ({ page, ground }) => {
    const answer = await page.context().request.get(new URL("/policy?as=pdf", ground.url).href);
    const bytes = await answer.body();
    if (answer.status() !== 200 || bytes.subarray(0, 4).toString() !== "%PDF") {
      throw new Error(`the policy is no PDF: status ${answer.status()}, ${bytes.length} bytes`);
    }
  }],
];

async function run() {
  const { ground, stop } = await startServer();
  const browser = await launch();
  try {
    const { page, complaints } = await openPage(browser, { size: SIZES[1], javaScriptEnabled: false, origin: new URL(ground.url).origin });
    await signIn(page, ground);
    const journey = { request: "" };
    for (const [name, step] of [...STEPS, ...POLICY_STEPS]) {
      if (!(await tally.attempt(name, () => step({ page, browser, ground, journey, complaints })))) {
        console.log(`     at ${page.url()}: ${(await page.locator("h1").allInnerTexts()).join(" / ")}`);
        break;
      }
    }
    tally.check("no complaints on the way", complaints);
  } finally {
    await browser.close();
    await stop();
  }
}

await tally.attempt("the journey as a whole", run);
tally.finish();
