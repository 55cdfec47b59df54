// What people do with a request, page by page, in the words they see.

import { execFileSync } from "node:child_process";

import { choose, fill, fillDate, follow, press, sees } from "./person.mjs";

const WORDS = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** A date as pages and letters write it: `2026-12-29` is `Tuesday 29 December 2026`. */
export function inWords(iso) {
  return WORDS.format(new Date(`${iso}T00:00:00Z`)).replace(",", "");
}

/** The same without the day of the week. */
export function inShort(iso) {
  return SHORT.format(new Date(`${iso}T00:00:00Z`));
}

/**
 * Records a request on the form and gives back its address. `what` says what `kind` it is where that is not access, how it came
 * (`channel`), when it reached anyone (`received`, `time`), who received it (`by`), its `words`, the `name` of the person and what
 * else is known of them; `asker` and `contact` when somebody else asks, `about` saying for whom.
 */
export async function record(page, rehearsal, what) {
  await page.goto(rehearsal.address("/requests/new"));
  const kinds = page.getByRole("group", { name: /what do they ask for/i });
  await kinds.getByLabel(what.kind ?? /^a copy of their data/i).first().check();
  await page.getByRole("group", { name: /how did it come/i }).getByLabel(what.channel).check();
  await fillDate(page, /reach anyone/i, what.received);
  if (what.time) {
    await fill(page, /at what time/i, what.time);
  }
  await fill(page, /who received it/i, what.by ?? "Front desk");
  await fill(page, /what does it say/i, what.words ?? "Please send me a copy of everything you hold about me.");
  // By its role: a right may have a similar name, such as a child’s plan.
  await page.getByRole("radio", { name: what.about ?? /^themselves/i }).first().check();
  await fill(page, /name of the person whose/i, what.name);
  if (what.email) {
    await fill(page, /their e-mail/i, what.email);
  }
  if (what.born) {
    await fillDate(page, /date of birth/i, what.born);
  }
  if (what.references) {
    await fill(page, /numbers or user names/i, what.references);
  }
  if (what.asker) {
    await fill(page, /name of the person who asks/i, what.asker);
    await fill(page, /where to write to the person who asks/i, what.contact);
  }
  await press(page, /record the request/i);
  await sees(page, /its clock is running/i);
  return page.url().replace(/\?.*$/, "");
}

/** Hands over a message as a file and gives back the address of its request. */
export async function upload(page, rehearsal, eml) {
  await page.goto(rehearsal.address("/requests/upload"));
  await page.getByLabel("The message").setInputFiles({ name: "request.eml", mimeType: "message/rfc822", buffer: Buffer.from(eml) });
  await press(page, /record the request/i);
  await sees(page, /its clock is running/i);
  return page.url().replace(/\?.*$/, "");
}

/** A message that the organisation's server received at an instant. */
export function message({ from, to, subject, at, text }) {
  const date = at.toUTCString().replace("GMT", "+0000");
  return [
    `Received: from relay.postbox.example by mx.${to.split("@")[1]} with ESMTPS id 4XyZ1; ${date}`,
    `Date: ${date}`,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${at.getTime()}.${subject.length}@postbox.example>`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    text,
    "",
  ].join("\r\n");
}

/** Opens a task of a request, or something that is also possible there, by its text. */
export async function task(page, request, title) {
  await page.goto(request);
  await follow(page, title);
}

/** Sends the one form of a page, whatever its button says; form errors are an error. */
export async function send(page) {
  await Promise.all([page.waitForEvent("load"), page.locator("main form button[type=submit]").first().click()]);
  const summary = page.locator(".govuk-error-summary").first();
  if (await summary.count()) {
    throw new Error(`${page.url()} answered with: ${(await summary.innerText()).replaceAll("\n", " ")}`);
  }
}

/** Sends the one form of a page and expects it to come back refused in these words. */
export async function refused(page, words) {
  const button = page.locator("main form button[type=submit]").first();
  const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), button.click()]);
  const text = (await page.locator(".govuk-error-summary").allInnerTexts()).join(" ").replaceAll("\n", " ");
  if (answer.status() !== 422 || !words.test(text)) {
    throw new Error(`${page.url()} was not refused in these words: status ${answer.status()}, ${text}`);
  }
}

/** The dates of the request that the page is about: what is shown, without opening anything. */
export async function dates(page, request) {
  await page.goto(request);
  const clock = page.locator(".app-clock").first();
  const text = (await clock.innerText()).replaceAll(/\s+/g, " ");
  const steps = (await clock.locator("li").allTextContents()).join(" ");
  return { text, steps };
}

/** The page of the request shows exactly these dates; `nominal` and the reasons stand in the steps. */
export async function showsDates(page, request, { due, target, policy, nominal, steps = [] }) {
  const found = await dates(page, request);
  const wanted = [
    due && `Answer due: ${inWords(due)}`,
    target && `Aim for ${inWords(target)}, the last working day before the time ends.`,
    policy && `Your own policy promises ${inWords(policy)}.`,
  ].filter(Boolean);
  const missing = wanted.filter((text) => !found.text.includes(text));
  const reasons = [nominal && inShort(nominal), ...steps].filter(Boolean).filter((text) => !found.steps.includes(text));
  if (missing.length + reasons.length > 0) {
    throw new Error(`missing: ${[...missing, ...reasons].join(" | ")}; shown: ${found.text}; steps: ${found.steps}`);
  }
  return found;
}

/** The text of a document of a request, as somebody reads it who opens the PDF. */
export async function letter(page, request, title) {
  await page.goto(request);
  const link = page.locator("main").getByRole("link", { name: title }).first();
  const answer = await page.context().request.get(new URL(await link.getAttribute("href"), page.url()).href);
  const bytes = await answer.body();
  if (answer.status() !== 200 || bytes.subarray(0, 4).toString() !== "%PDF") {
    throw new Error(`${title} is no PDF: status ${answer.status()}, ${bytes.length} bytes`);
  }
  return execFileSync("pdftotext", ["-layout", "-", "-"], { input: bytes, encoding: "utf8" }).replaceAll(/\s+/g, " ");
}

/** The text contains each of these, and none of those. */
export function reads(text, wanted, unwanted = []) {
  const has = (one) => (one instanceof RegExp ? one.test(text) : text.includes(one));
  const missing = wanted.filter((one) => !has(one));
  const there = unwanted.filter(has);
  if (missing.length + there.length > 0) {
    throw new Error(`missing: ${missing.join(" | ") || "nothing"}; should not be there: ${there.join(" | ") || "nothing"}; text: ${text.slice(0, 1500)}`);
  }
}

/** Searches every place that is offered and waits until the search has finished. */
export async function search(page, request) {
  await task(page, request, /^search$/i);
  for (const place of await page.getByRole("checkbox").all()) {
    await place.check();
  }
  await send(page);
  // Without JavaScript the page shows how far it is each time it is loaded; with it, it goes on by itself, perhaps during a reload.
  const done = page.getByRole("heading", { name: /search has finished/i });
  for (let look = 0; look < 240 && !(await done.count()); look += 1) {
    await page.waitForTimeout(250);
    await page.reload().catch((error) => {
      if (!/ERR_ABORTED|interrupted/.test(error.message)) {
        throw error;
      }
    });
  }
  await done.waitFor();
}

/** Decides a first item mark by mark, accepts the rest as proposed, looks at what only possibly concerns the person, and finishes. */
export async function review(page, request) {
  await task(page, request, /review and redact/i);
  const list = page.url();
  const go = page.getByRole("button", { name: /start the review|go on with the review/i });
  await Promise.all([page.waitForEvent("load"), go.first().click()]);
  if (await page.getByRole("button", { name: /^withhold number/i }).count()) {
    await press(page, /^withhold number/i);
  }
  await page.goto(list);
  await page.getByText(/accept every proposal/i).first().click();
  await press(page, /accept all proposals/i);
  for (let item = 0; ; item += 1) {
    await page.goto(list);
    if (!(await go.count())) {
      break;
    }
    if (item === 100) {
      throw new Error("the review does not end");
    }
    await Promise.all([page.waitForEvent("load"), go.first().click()]);
    await press(page, /leave it out/i);
  }
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: /finish the review/i }).first().click()]);
  await send(page);
}
