// E1's refusal: somebody who says that they are a social worker asks for a care plan from a private address. It is no request of the
// person's own; nothing goes out and nobody is confirmed; the answer says the right way.

import { letter, reads, record, send, task } from "../lib/casework.mjs";
import { choose, sees } from "../lib/person.mjs";

const CLIENT = "Honoria Vasquez-Thistle";

export default {
  id: "E1",
  pack: "home-care-provider",
  steps: [
    ["2027-01-11 10:00", "the office records what came from a private address", async (scene) => {
      const page = await scene.as("Care Coordinator");
      scene.request = await record(page, scene.rehearsal, {
        kind: /it goes another way/i,
        channel: /^e-?mail/i,
        received: "2027-01-11",
        by: "office@larkmead-care.example",
        words: `I am a social worker at the council and need the care plan of ${CLIENT} for a section 42 enquiry.`,
        about: /somebody else/i,
        name: CLIENT,
        asker: "Piers Nightingale-Roe",
        contact: "piers.roe.private@postbox.example",
      });
    }],
    ["2027-01-11 10:30", "the lead sees that it is a disclosure, and that nothing goes to a private address", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /say where it goes/i);
      reads((await page.locator("main").innerText()).replaceAll(/\s+/g, " "), ["Nothing goes to a private address"]);
      await choose(page, /another organisation asks about somebody/i);
      await send(page);
    }],
    ["2027-01-11 11:00", "the answer names the right way and confirms nobody", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /send the answer/i);
      await send(page);
      const text = await letter(page, scene.request, /^answer$/i);
      reads(text, ["from your organisation’s own address", "We do not send personal data to a private address", "We cannot say whether we hold anything"], [CLIENT, /is (one of )?our (client|service user|customer)/i, /we hold the care plan/i]);
      await page.goto(scene.request);
      await sees(page, /goes another way/i);
    }],
  ],
};
