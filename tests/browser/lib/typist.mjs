// Somebody with a keyboard and nothing else: every page on the way is looked at, with axe, its outline, its width, its skip link, and a
// way through that ends.

import { SIZES } from "./browser.mjs";
import { accessibility, outline, reflow } from "./checks.mjs";
import { Keys } from "./keys.mjs";
import { oneTimeCode } from "./person.mjs";

// Pages of records that the demo has none of, so that `run.mjs` does not see them: they are looked at in a wide window as well.
const ONLY_HERE = /^\/(complaints|inbox|marks|searches|portal)\b|^\/requests\/\{id\}\/(release|exemptions|documents|postings|told|letter)/;

/** Somebody with a keyboard. */
export class Typist {
  seen = new Set();

  constructor(rehearsal, opened, tally) {
    this.tally = tally;
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
    const { page, tally } = this;
    const path = new URL(page.url()).pathname;
    const kind = path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}").replace(/(\/portal\/(?:link|collect)\/).+/, "$1{token}");
    // A form with errors is a page of its own.
    const wrong = (await page.locator(".govuk-error-summary").count()) > 0;
    if (this.seen.has(`${kind}${wrong ? " with errors" : ""}`)) {
      return;
    }
    this.seen.add(`${kind}${wrong ? " with errors" : ""}`);
    tally.check(`${kind}: accessible`, await accessibility(page));
    tally.check(`${kind}: outline`, await outline(page));
    tally.check(`${kind}: no sideways scrolling`, await reflow(page));
    if (ONLY_HERE.test(kind)) {
      await page.setViewportSize(SIZES[1]);
      tally.check(`${kind} on a desk: accessible`, await accessibility(page));
      tally.check(`${kind} on a desk: no sideways scrolling`, await reflow(page));
      await page.setViewportSize(SIZES[0]);
    }
    if (wrong) {
      await this.keys.top();
    }
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

  /**
   * Sends a form that lacks something: it comes back, its summary has the focus (on pages without scripts it comes first in the main
   * part), and its link leads to the field.
   */
  async mistake(button, error, field) {
    const { keys, page } = this;
    const answer = await keys.enter(button, /^button/);
    const first = await page.evaluate(() => {
      const summary = document.querySelector(".govuk-error-summary");
      if (document.querySelector("script")) {
        return Boolean(document.activeElement?.closest(".govuk-error-summary"));
      }
      const stop = document.querySelector("main a, main input, main button, main textarea, main select, main summary");
      return Boolean(summary?.contains(stop));
    });
    await this.look();
    await keys.error(error);
    await page.keyboard.press("Enter");
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("name") ?? document.activeElement?.tagName);
    if (answer.status() !== 422 || !first || !field.test(focused)) {
      throw new Error(`status ${answer.status()}; the summary ${first ? "comes" : "does not come"} first; its link leads to ${focused}`);
    }
    const asked = this.complaints.findIndex((complaint) => /status of 422/.test(complaint));
    this.complaints.splice(asked, asked < 0 ? 0 : 1);
  }
}

/** Takes steps until one fails; gives back whether all went well. */
export async function take(person, steps) {
  for (const [name, work] of steps) {
    const worked = await person.tally.attempt(name, () => work(person));
    person.tally.check(`${name}: every stop`, person.keys.problems());
    person.tally.check(`${name}: no complaints`, person.complaints.splice(0));
    if (!worked) {
      console.log(`     at ${person.page.url()}: ${(await person.page.locator("h1").allInnerTexts()).join(" / ")}`);
      return false;
    }
  }
  return true;
}
