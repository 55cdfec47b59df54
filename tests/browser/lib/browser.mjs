// A Chromium with a fresh profile that talks to nobody but the server under test.

import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser named by PROBITY_CHROMIUM, else Debian's. Each context is a fresh profile. */
export async function launch() {
  const executablePath = process.env.PROBITY_CHROMIUM || "/usr/bin/chromium";
  return chromium.launch({ executablePath, headless: true, args: FLAGS, timeout: 60_000 });
}

/** The widths that every page is tried at: the narrowest that must work without sideways scrolling, and a desk. */
export const SIZES = [
  { name: "320", width: 320, height: 640 },
  { name: "1280", width: 1280, height: 800 },
];

/**
 * A page in a new profile, with everything it complains about collected in `complaints`:
 * console errors, uncaught exceptions, breaches of the content security policy, requests to other hosts.
 */
export async function openPage(browser, { size, storageState, javaScriptEnabled = true, origin }) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    locale: "en-GB",
    timezoneId: "Europe/London",
    acceptDownloads: true,
    javaScriptEnabled,
    storageState,
  });
  context.setDefaultTimeout(60_000);
  const complaints = [];
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`content security policy: ${event.violatedDirective} refused ${event.blockedURI} ${event.sourceFile ?? ""}`);
    });
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") {
      complaints.push(`console: ${message.text()} ${message.location().url}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (origin && url.protocol.startsWith("http") && url.origin !== origin) {
      complaints.push(`request to another host: ${url.origin}`);
    }
  });
  return { context, page, complaints };
}
