// A5: a complaint about a service reaches a volunteer on Wednesday, and the chief executive on Friday. Each step counts from its own
// receipt, over Christmas and New Year; the position letter has to arrive; a second stage needs the client's written agreement.

import { letter, reads, send } from "../lib/casework.mjs";
import { fill, fillDate, pick } from "../lib/person.mjs";

const CLIENT = "Wilhelmina Sato-Brandreth";

/** What the page of the complaint says. */
async function shown(page, complaint) {
  await page.goto(complaint);
  return (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
}

/** A complaint that reached a volunteer on a day, the person in charge on another, and which the client knew of since a third. */
async function records(scene, page, what) {
  await page.goto(scene.rehearsal.address("/complaints/new"));
  await pick(page, /what is it about/i, what.about);
  await pick(page, /how did it come/i, /^phone/i);
  await fillDate(page, /reach anyone/i, what.received);
  await fill(page, /who received it/i, "A volunteer");
  if (what.charge) {
    await fillDate(page, /reach the person in charge/i, what.charge);
  }
  await fill(page, /what does it say/i, "Nobody rang me back for weeks.");
  await fill(page, /who complains/i, CLIENT);
  await fillDate(page, /since when did they know/i, what.aware);
}

/** One of the steps of the pack: it has begun, or it is done, on a day. */
async function step(page, complaint, name, on, agreed) {
  await page.goto(`${complaint}/steps/${name}`);
  await fillDate(page, /when did it begin|when was it done/i, on);
  if (agreed) {
    await fillDate(page, /agree to it in writing/i, agreed);
  }
}

const SERVICE = {
  id: "A5",
  pack: "advocacy-charity",
  steps: [
    ["2026-12-18 11:00", "two days of receipt are kept, and every step has its date", async (scene) => {
      const page = await scene.as("lead");
      await records(scene, page, { about: /^a service$/i, received: "2026-12-16", charge: "2026-12-18", aware: "2026-06-20" });
      await send(page);
      scene.complaint = page.url().replace(/\?.*/, "");
      const text = await shown(page, scene.complaint);
      reads(text, ["Wednesday 16 December 2026", "Friday 18 December 2026", "Tuesday 29 December 2026"]);
      reads(text, ["Friday 8 January 2027", "Send it by Wednesday 6 January 2027"], ["section 164A"]);
    }],
    ["2026-12-29 10:00", "the acknowledgement", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(`${scene.complaint}/acknowledge`);
      await send(page);
      reads(await letter(page, scene.complaint, /acknowledgement/i), [CLIENT]);
    }],
    ["2027-01-06 15:00", "the position letter is posted so that it arrives by 8 January", async (scene) => {
      const page = await scene.as("lead");
      await step(page, scene.complaint, "position-letter", "2027-01-06");
      await fill(page, /what was done/i, "Posted first class.");
      await send(page);
    }],
    ["2027-01-11 09:00", "it arrived on the 8th: the client has 21 working days, which are nobody's delay", async (scene) => {
      const page = await scene.as("lead");
      await step(page, scene.complaint, "client-answer", "2027-01-08");
      await send(page);
      reads(await shown(page, scene.complaint), ["Monday 8 February 2027", "This time runs for the person, not for you."]);
    }],
    ["2027-02-09 10:00", "no second stage without the written agreement", async (scene) => {
      const page = await scene.as("lead");
      await step(page, scene.complaint, "client-answer", "2027-02-08");
      await fill(page, /what was done/i, "She wrote that she is not content.");
      await send(page);
      await step(page, scene.complaint, "board-investigation", "2027-02-09");
      await scene.refused(page, /agree/i);
      await step(page, scene.complaint, "board-investigation", "2027-02-09", "2027-02-09");
      await send(page);
      reads(await shown(page, scene.complaint), ["Tuesday 9 March 2027"]);
    }],
  ],
};

const BOTH = {
  id: "A5-both",
  pack: "advocacy-charity",
  steps: [
    ["2026-12-18 12:00", "about personal data as well: the statute counts from the volunteer, to 15 January", async (scene) => {
      const page = await scene.as("lead");
      await records(scene, page, { about: /a service and personal data/i, received: "2026-12-16", charge: "2026-12-18", aware: "2026-06-20" });
      await send(page);
      reads(await shown(page, page.url().replace(/\?.*/, "")), ["Friday 15 January 2027", "Tuesday 29 December 2026"]);
    }],
  ],
};

const LATE = {
  id: "A5-late",
  pack: "advocacy-charity",
  steps: [
    ["2026-12-21 10:00", "after six months a service complaint needs a reason to be let in", async (scene) => {
      const page = await scene.as("lead");
      await records(scene, page, { about: /^a service$/i, received: "2026-12-21", aware: "2026-06-20" });
      await scene.refused(page, /./);
      await fill(page, /why is it let in/i, "She was in hospital.");
      await send(page);
    }],
  ],
};

export default [SERVICE, BOTH, LATE];
