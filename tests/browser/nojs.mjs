// The whole request journey with JavaScript switched off: log, acknowledge, search, review, approve, reply, download.

import { launch, openPage, SIZES } from "./lib/browser.mjs";
import { choose, fill, fillDate, follow, press, sees, signIn } from "./lib/person.mjs";
import { startServer } from "./lib/server.mjs";
import { Tally } from "./lib/tally.mjs";

const tally = new Tally();

// The demo's data subject asks once more, by letter: there is something to find.
const WHO = "Katherine Adeyemi";

/** The request page of this journey; every step starts from it. */
async function home(page, journey) {
  await page.goto(journey.request);
}

/** Opens a task of the request by its title. */
async function task(page, journey, title) {
  await home(page, journey);
  await follow(page, title);
}

/** Decides a first item mark by mark, accepts the rest as proposed, and looks at what only possibly concerns the person. */
async function decideAll(page) {
  const list = page.url();
  const go = page.getByRole("button", { name: /start the review|go on with the review/i });
  await Promise.all([page.waitForEvent("load"), go.first().click()]);
  if (await page.getByRole("button", { name: /^withhold number/i }).count()) {
    await press(page, /^withhold number/i);
  }
  await page.goto(list);
  await page.getByText(/accept every proposal/i).first().click();
  await press(page, /accept all proposals/i);
  for (let item = 0; item < 100; item += 1) {
    await page.goto(list);
    if (!(await go.count())) {
      return;
    }
    await Promise.all([page.waitForEvent("load"), go.first().click()]);
    await press(page, /leave it out/i);
  }
  throw new Error("the review does not end");
}

/** Sends the one form of an act's page, whatever its button says. */
async function send(page) {
  await Promise.all([page.waitForEvent("load"), page.locator("main form button[type=submit]").first().click()]);
  const summary = page.locator(".govuk-error-summary").first();
  if (await summary.count()) {
    throw new Error(`${page.url()} answered with: ${(await summary.innerText()).replaceAll("\n", " ")}`);
  }
}

/** The page that a link which looks like a button leads to. */
async function pressLink(page, text) {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: text }).first().click()]);
}

/** Steps in the order a person takes them. Approving is a second person's task, so that step signs in as them. */
const STEPS = [
  ["log a request", async ({ page, ground, journey }) => {
    await page.goto(new URL("/requests/new", ground.url).href);
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
    await task(page, journey, /acknowledge the request/i);
    await send(page);
    await home(page, journey);
    await sees(page, /done/i);
  }],
  ["search the sources", async ({ page, journey }) => {
    await task(page, journey, /^search/i);
    for (const place of await page.getByRole("checkbox").all()) {
      await place.check();
    }
    await send(page);
    // Without JavaScript the page shows how far it is each time it is loaded.
    const done = page.getByRole("heading", { name: /search has finished/i });
    for (let look = 0; look < 240 && !(await done.count()); look += 1) {
      await page.waitForTimeout(250);
      await page.reload();
    }
    await done.waitFor();
  }],
  ["review what was found", async ({ page, journey }) => {
    await task(page, journey, /review and redact/i);
    await decideAll(page);
    await pressLink(page, /finish the review/i);
    await send(page);
  }],
  ["approve the reply", async ({ browser, ground, journey }) => {
    const second = await openPage(browser, { size: SIZES[1], javaScriptEnabled: false, origin: new URL(ground.url).origin });
    await signIn(second.page, { ...ground, ...ground.approver });
    await task(second.page, journey, /approve the reply/i);
    await send(second.page);
    await second.context.close();
  }],
  ["send the reply", async ({ page, journey }) => {
    await task(page, journey, /send the reply/i);
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

async function run() {
  const { ground, stop } = await startServer();
  const browser = await launch();
  try {
    const { page, complaints } = await openPage(browser, { size: SIZES[1], javaScriptEnabled: false, origin: new URL(ground.url).origin });
    await signIn(page, ground);
    const journey = { request: "" };
    for (const [name, step] of STEPS) {
      if (!(await tally.attempt(name, () => step({ page, browser, ground, journey })))) {
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
