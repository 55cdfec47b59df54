// One page at one width: all checks, and a picture when asked for.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { accessibility, keyboard, outline, reflow } from "./checks.mjs";

/** Goes to the address and notes every check of the page that answers; anything but a page is left alone. */
export async function inspect(tally, { page, complaints }, address, size, expected = 200) {
  complaints.length = 0;
  const answer = await page.goto(address, { waitUntil: "load" });
  if (!(answer?.headers()["content-type"] ?? "").startsWith("text/html")) {
    return;
  }
  const what = `${new URL(address).pathname} at ${size.name} px`;
  tally.check(`${what}: answers`, answer.status() === expected ? [] : [`status ${answer.status()}`]);
  tally.check(`${what}: accessible`, await accessibility(page));
  tally.check(`${what}: outline`, await outline(page));
  tally.check(`${what}: no sideways scrolling`, await reflow(page));
  await picture(page, size);
  tally.check(`${what}: keyboard`, await keyboard(page));
  tally.check(`${what}: no complaints`, [...complaints]);
}

/** Saves the page as it looks into the folder that PROBITY_SCREENSHOTS names. */
async function picture(page, size) {
  const folder = process.env.PROBITY_SCREENSHOTS;
  if (!folder) {
    return;
  }
  mkdirSync(folder, { recursive: true });
  const name = new URL(page.url()).pathname.replaceAll(/[^a-zA-Z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "home";
  await page.screenshot({ path: join(folder, `${name}-${size.name}.png`), fullPage: true });
}
