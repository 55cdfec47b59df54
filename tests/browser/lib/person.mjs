// What a person does on a page, in the words they see: fill by label, choose by label, click by text.

import { createHmac } from "node:crypto";

/** The one-time code of this moment (RFC 6238, SHA-1, 6 digits, 30 seconds) for a base32 secret. */
export function oneTimeCode(secret, seconds = Date.now() / 1000) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.toUpperCase().replaceAll(/[\s=]/g, "")].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Fills the field with this label. */
export async function fill(page, label, text) {
  await page.getByLabel(label, { exact: false }).first().fill(text);
}

/** Fills the three parts of a date field within the group of this name; an ISO date. */
export async function fillDate(page, group, iso) {
  const fields = page.getByRole("group", { name: group });
  const [year, month, day] = iso.split("-");
  await fields.getByLabel("Day").fill(String(Number(day)));
  await fields.getByLabel("Month").fill(String(Number(month)));
  await fields.getByLabel("Year").fill(year);
}

/** Ticks the checkbox or radio with this label. */
export async function choose(page, label) {
  await page.getByLabel(label, { exact: false }).first().check();
}

/** Chooses a radio or box of one question. */
export async function pick(page, question, answer) {
  await page.getByRole("group", { name: question }).getByLabel(answer).first().check();
}

/** Follows the link with this text. */
export async function follow(page, text) {
  await Promise.all([page.waitForLoadState("load"), page.getByRole("link", { name: text }).first().click()]);
  await answered(page);
}

/** Presses the button with this text and waits for the page that answers. */
export async function press(page, text) {
  const button = page.getByRole("button", { name: text }).first();
  await Promise.all([page.waitForEvent("load"), button.click()]);
  await answered(page);
}

/** The page says this somewhere. */
export async function sees(page, text) {
  await page.getByText(text).first().waitFor({ state: "visible" });
}

/** Refuses error pages and forms sent back with errors. */
async function answered(page) {
  const summary = page.locator(".govuk-error-summary").first();
  if (await summary.count()) {
    throw new Error(`${page.url()} answered with: ${(await summary.innerText()).replaceAll("\n", " ")}`);
  }
}

/** Signs in by the one-time link where there is one, else by the form with password and code; codes of this moment, in seconds. */
export async function signIn(page, ground, seconds = Date.now() / 1000) {
  await page.goto(ground.sign_in_link ?? new URL("/sign-in", ground.url).href);
  if (await page.getByLabel(/password/i).count()) {
    await fill(page, /e-?mail/i, ground.email);
    await page.locator("input[type=password]").first().fill(ground.password);
    if (await page.getByLabel(/code/i).count()) {
      await fill(page, /code/i, oneTimeCode(ground.totp_secret, seconds));
    }
    await press(page, /sign in|continue/i);
  }
  if (await page.getByLabel(/code/i).count()) {
    await fill(page, /code/i, oneTimeCode(ground.totp_secret, seconds));
    await press(page, /sign in|continue/i);
  }
  if (/sign-in|login/.test(new URL(page.url()).pathname)) {
    throw new Error(`still at ${page.url()} after signing in`);
  }
}
