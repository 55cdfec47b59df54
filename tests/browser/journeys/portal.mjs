// The public door, without JavaScript and in a window 320 px wide: a former learner asks on Christmas Eve, somebody else complains on
// a Saturday night. Nobody signs in, and nothing says who is known.

import { accessibility, outline, reflow } from "../lib/checks.mjs";
import { inWords, showsDates } from "../lib/casework.mjs";
import { choose, fill, follow, press, sees } from "../lib/person.mjs";
import { SIZES } from "../lib/browser.mjs";

const NAME = "Theodora Quilligan-Ames";
const MAIL = "theodora.quilligan@postbox.example";

/** A visitor's page: no script, a narrow window, no memory of an earlier visit. */
async function visitor(scene) {
  const { page } = await scene.rehearsal.stranger({ size: SIZES[0], javaScriptEnabled: false });
  return page;
}

/** Nothing is wrong with the page as it stands; the same bytes in a window with scripts, which axe needs. */
async function sound(scene, page) {
  const body = await page.content();
  const twin = await scene.rehearsal.stranger({ size: SIZES[0] });
  await twin.page.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  await twin.page.goto(page.url());
  const problems = [...(await accessibility(twin.page)), ...(await outline(twin.page)), ...(await reflow(twin.page))];
  await twin.context.close();
  if (problems.length > 0) {
    throw new Error(`${page.url()}: ${problems.join("; ")}`);
  }
}

/** The reference that the page tells the visitor. */
async function reference(page) {
  return page.locator(".app-reference").innerText();
}

/** The staff's page of the record with this reference. */
async function record(scene, list, number) {
  const page = await scene.as("lead");
  await page.goto(scene.rehearsal.address(list));
  await follow(page, number);
  return page.url().replace(/\?.*/, "");
}

const ASKS = {
  id: "portal-request",
  pack: "training-provider",
  steps: [
    ["2026-12-24 08:30", "the lead opens the portal", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.rehearsal.address("/settings/portal"));
      await fill(page, /public address of the portal/i, scene.rehearsal.ground.url);
      await press(page, /^save$/i);
    }],
    ["2026-12-24 22:50", "a former learner asks late on Christmas Eve", async (scene) => {
      const page = await visitor(scene);
      await page.goto(scene.rehearsal.address("/portal"));
      await sound(scene, page);
      await follow(page, /^make a request/i);
      await sound(scene, page);
      await scene.refused(page, /enter your name/i);
      await sound(scene, page);
      await choose(page, /get a copy of the data/i);
      await fill(page, "Your name", NAME);
      await fill(page, "E-mail address", MAIL);
      await press(page, /^send/i);
      await sound(scene, page);
      scene.reference = await reference(page);
      await page.context().close();
    }],
    ["2026-12-29 09:10", "it is read after the holidays: its time ran from Christmas Eve", async (scene) => {
      scene.request = await record(scene, "/requests", scene.reference);
      await showsDates(await scene.as("lead"), scene.request, { due: "2027-01-25", nominal: "2027-01-24", target: "2027-01-22" });
    }],
    ["2027-01-05 09:00", "somebody tries a name that nobody has: the same page", async (scene) => {
      const page = await visitor(scene);
      await page.goto(scene.rehearsal.address("/portal/follow"));
      await fill(page, "Reference", "SAR-2026-9999");
      await fill(page, /your e-mail address/i, "nobody@postbox.example");
      await press(page, /send me a link/i);
      await sees(page, /we do not say here whether somebody is known/i);
      await page.context().close();
    }],
  ],
};

const COMPLAINS = {
  id: "portal-complaint",
  pack: "training-provider",
  steps: [
    ["2026-11-28 21:14", "somebody complains on a Saturday night, on the easy-read page", async (scene) => {
      const page = await visitor(scene);
      await page.goto(scene.rehearsal.address("/portal?for=easy"));
      await sound(scene, page);
      await follow(page, /make a complaint/i);
      await sound(scene, page);
      await choose(page, /how you used or looked after personal data/i);
      await fill(page, /what went wrong/i, "You sent my letter to my neighbour.");
      await fill(page, "Your name", "Ambrose Kettlewell-Diaz");
      await fill(page, "Phone number", "07700 900777");
      await press(page, /^send/i);
      await sound(scene, page);
      scene.reference = await reference(page);
      await page.context().close();
    }],
    ["2026-11-30 09:00", "the acknowledgement is due 30 days on, which is a holiday: 29 December", async (scene) => {
      const complaint = await record(scene, "/complaints", scene.reference);
      const page = await scene.as("lead");
      await page.goto(complaint);
      await sees(page, inWords("2026-12-29"));
    }],
  ],
};

export default [ASKS, COMPLAINS];
