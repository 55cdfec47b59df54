// A2: an advocate closes case 1047. Everything received has to be gone within 14 days, and Christmas moves nothing; but while the
// client's access request is open, nothing may be destroyed.

import { reads, record, send, task } from "../lib/casework.mjs";
import { choose, fill, fillDate, press, sees } from "../lib/person.mjs";

const CASE = "Case 1047";

/** Logs an event of the policy on its day. */
async function logEvent(scene, who, happened, on, note) {
  const page = await scene.as(who);
  await page.goto(scene.rehearsal.address("/duties/event"));
  await choose(page, happened);
  await fillDate(page, /on which day/i, on);
  await fill(page, /which one is it/i, note);
  await press(page, /log it/i);
  return page;
}

/** Opens the duty of this title that is about this note. */
async function open(page, scene, title, note) {
  await page.goto(scene.rehearsal.address("/duties"));
  const links = await page.getByRole("link", { name: title }).evaluateAll((all) => all.map((one) => one.href));
  for (const href of links) {
    await page.goto(href);
    if (await page.getByText(note).count()) {
      return page.url();
    }
  }
  throw new Error(`no duty ${title} about ${note} among ${links.length}`);
}

export default {
  id: "A2",
  pack: "advocacy-charity",
  scripts: true,
  steps: [
    ["2026-12-11 16:00", "the advocate closes the case: gone by Christmas Day, which moves nothing", async (scene) => {
      const page = await logEvent(scene, "Volunteer advocate", /file closure/i, "2026-12-11", CASE);
      scene.duty = page.url().replace(/\?.*/, "");
      reads((await page.locator("main").innerText()).replaceAll(/\s+/g, " "), [
        "Due: Friday 25 December 2026",
        "the last working day before it is Thursday 24 December 2026",
      ]);
    }],
    ["2026-12-11 16:20", "the moved mails go after six years, on a Saturday", async (scene) => {
      await logEvent(scene, "lead", /the day the file was closed/i, "2026-12-11", CASE);
      const page = await scene.as("lead");
      await open(page, scene, /destroy: e-mails between advocate and client/i, CASE);
      reads((await page.locator("main").innerText()).replaceAll(/\s+/g, " "), [
        "Due: Saturday 11 December 2032",
        "the last working day before it is Friday 10 December 2032",
      ]);
    }],
    ["2026-12-16 10:00", "the client asks for a copy", async (scene) => {
      const page = await scene.as("lead");
      scene.request = await record(page, scene.rehearsal, {
        channel: /^e-?mail/i,
        received: "2026-12-16",
        name: "Tamar Oyelowo-Finch",
        references: "1047",
      });
    }],
    ["2026-12-18 09:00", "a week before: nothing may be destroyed now, and the page says why", async (scene) => {
      const page = await scene.as("Volunteer advocate");
      await page.goto(scene.duty);
      await sees(page, /nothing of this may be destroyed now: SAR-2026-\d+ is open/i);
      if (await page.getByRole("button", { name: /record it as done/i }).count()) {
        throw new Error("the destruction can be recorded");
      }
    }],
    ["2026-12-21 09:00", "nor what the schedule asks for", async (scene) => {
      const page = await scene.as("lead");
      await open(page, scene, /destroy: case documents/i, CASE);
      await sees(page, /nothing of this may be destroyed now/i);
    }],
    ["2026-12-22 15:00", "she takes the request back, and the destruction goes on", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /the person took it back/i);
      await send(page);
      const advocate = await scene.as("Volunteer advocate");
      await advocate.goto(scene.duty);
      await fill(advocate, /where can it be seen/i, "Case file, entry of 22 December: 46 mails moved, 46 of 46 in the CRM, paper returned");
      await press(advocate, /record it as done/i);
      await advocate.goto(scene.duty);
      await sees(advocate, /22 December 2026/);
    }],
    ["2026-12-26 00:05", "what is still not gone is overdue the moment the day has ended", async (scene) => {
      const page = await scene.as("lead");
      await open(page, scene, /destroy: case documents/i, CASE);
      await sees(page, /1 day overdue/i);
    }],
  ],
};
