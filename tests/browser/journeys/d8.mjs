// D8: an adult learner asks; the office asks what she wants, and the clock stands still while it waits; a fee is refused.

import { letter, reads, record, send, showsDates, task } from "../lib/casework.mjs";
import { choose, fill, fillDate } from "../lib/person.mjs";

const NAME = "Clementine Abara-Stokes";

export default {
  id: "D8",
  pack: "training-provider",
  steps: [
    ["2027-02-08 10:15", "the learner's mail is recorded the day it came", async (scene) => {
      const page = await scene.as("lead");
      scene.request = await record(page, scene.rehearsal, {
        channel: /e-?mail/i,
        received: "2027-02-08",
        by: "Enquiries",
        name: NAME,
        email: "clementine.abara-stokes@postbox.example",
      });
      const found = await showsDates(page, scene.request, { due: "2027-03-08", target: "2027-03-05", nominal: "2027-03-08" });
      // The policy's 40 days (20 March) are superseded and stand nowhere.
      reads(`${found.text} ${found.steps}`, [], ["20 March 2027", "40 days"]);
    }],
    ["2027-02-09 09:00", "ten pounds are refused", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /ask for a fee/i);
      await choose(page, /none of these/i);
      await fill(page, /the reasons/i, "We always ask for 10 pounds.");
      await scene.refused(page, /free of charge|fee/i);
      await showsDates(page, scene.request, { due: "2027-03-08" });
    }],
    ["2027-02-15 11:00", "the office asks what she wants", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /ask what the person wants/i);
      await fill(page, /what do you ask/i, "Which of your five courses do you mean?");
      await send(page);
      reads(await letter(page, scene.request, /clarification/i), ["Which of your five courses do you mean?"]);
      await page.goto(scene.request);
      reads((await page.locator(".app-clock").first().innerText()).replaceAll(/\s+/g, " "), ["since 15 February 2027"]);
    }],
    ["2027-02-22 16:30", "she answers: eight days do not count", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /ask what the person wants/i);
      await fill(page, /what was the answer/i, "All of them.");
      await fillDate(page, /when it came/i, "2027-02-22");
      await send(page);
      await showsDates(page, scene.request, { due: "2027-03-16", steps: ["these 8 days, the first and the last included, do not count"] });
    }],
  ],
};
