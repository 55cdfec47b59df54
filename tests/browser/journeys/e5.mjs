// E5: a son says that his father's penicillin allergy is missing. It is put right the same day, everybody who had the wrong data is
// told, carers always see it, and the formal answer has a month.

import { letter, reads, record, send, showsDates, task } from "../lib/casework.mjs";
import { choose, fill, fillDate, pick, sees } from "../lib/person.mjs";

const FATHER = "Alaric Penhaligon-Shaw";
const TOLD = ["The surgery", "The pharmacy", "The council"];

export default {
  id: "E5",
  pack: "home-care-provider",
  steps: [
    ["2027-01-05 08:20", "a carer records what the son said at 08:10", async (scene) => {
      const page = await scene.as("Senior Care Worker");
      scene.request = await record(page, scene.rehearsal, {
        kind: /something put right/i,
        channel: /phone/i,
        received: "2027-01-05",
        time: "08:10",
        by: "Senior care worker",
        words: "Dad’s penicillin allergy is missing from his care plan.",
        about: /somebody else/i,
        name: FATHER,
        asker: "Corwin Penhaligon-Shaw",
        contact: "corwin.penhaligon@postbox.example",
      });
    }],
    ["2027-01-05 08:30", "due the same day because care depends on it; the formal answer by 5 February", async (scene) => {
      const page = await scene.as("lead");
      await showsDates(page, scene.request, { due: "2027-02-05", nominal: "2027-02-05", target: "2027-02-04" });
      reads((await page.locator("main").innerText()).replaceAll(/\s+/g, " "), [/because care depends on it/i, /by (Tue 5 Jan|5 January) 2027/]);
    }],
    ["2027-01-05 09:00", "it is put right; the old value stays in the history alone", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /decide what is put right/i);
      await fill(page, /what is it about/i, "allergies");
      await fill(page, /what stands in the record now/i, "none known");
      await fill(page, /what is right/i, "penicillin");
      await fill(page, /where did you check it/i, "letter of the surgery");
      await choose(page, /^put it right/i);
      await choose(page, /care or safety depends on it/i);
      await fill(page, /who received the wrong data/i, TOLD.join("\n"));
      await send(page);
      await page.goto(scene.request);
      const text = (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
      reads(text, ["Before: none known", "Right: penicillin", ...TOLD.map((who) => new RegExp(`tell ${who} about: allergies`, "i"))]);
    }],
    ["2027-01-05 11:00", "each of them is told, with the time", async (scene) => {
      const page = await scene.as("lead");
      for (let number = 0; number < 10; number += 1) {
        await page.goto(`${scene.request}/action-done`);
        const open = page.locator("main form input[name=action]");
        if (!(await open.count())) {
          break;
        }
        await open.first().check();
        await fillDate(page, /on which day/i, "2027-01-05");
        await fill(page, /at what time/i, "10:15");
        await fill(page, /where can it be seen/i, "Mail of 10:15");
        await send(page);
      }
    }],
    ["2027-01-05 11:30", "the letter shows old values, so the son's authority is recorded; somebody else signs the answer", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(`${scene.request}/authority-received`);
      await pick(page, /what do they rely on/i, /health and welfare/i);
      await pick(page, /what are the records about/i, /health, care/i);
      await pick(page, /registered with the public guardian/i, "Yes");
      await pick(page, /unable to decide about this request/i, "Yes");
      await pick(page, /has a court limited or ended it/i, "No");
      await fill(page, /what was seen/i, "The power itself; its code was checked on the public register.");
      await fillDate(page, /when it came/i, "2027-01-05");
      await send(page);
      const approver = await scene.as("approver");
      await task(approver, scene.request, /approve the answer/i);
      await send(approver);
    }],
    ["2027-01-05 12:00", "the formal answer", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /send the answer/i);
      await send(page);
      const text = await letter(page, scene.request, /^answer$/i);
      reads(text, ["penicillin", /council/i, "5 January 2027"]);
      await task(page, scene.request, /close the request/i);
      await send(page);
      await sees(page, /request is closed/i);
    }],
  ],
};
