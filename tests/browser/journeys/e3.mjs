// E3: a daughter asks for her mother's records with a power of attorney. One that is not registered or is for money alone counts for
// nothing, nor does being family; health data wait for the opinion of a professional, and what concerns relatives stays out.

import { letter, message, reads, record, review, search, send, showsDates, task } from "../lib/casework.mjs";
import { fill, fillDate, follow, pick, sees } from "../lib/person.mjs";
import { london } from "../lib/rehearsal.mjs";

const MOTHER = "Philomena Rushworth-Ekwueme";
const DAUGHTER = "Tabitha Rushworth-Ekwueme";
const RELATIVE = "Crispin Valentine-Okoro";
const DATES = { due: "2027-02-18", target: "2027-02-17", nominal: "2027-02-18" };

/** Fills in the check of what the daughter relies on. */
async function relies(page, request, kind, registered) {
  await page.goto(`${request}/authority-received`);
  await pick(page, /what do they rely on/i, kind);
  await pick(page, /what are the records about/i, /health, care/i);
  await pick(page, /registered with the public guardian/i, registered);
  await pick(page, /unable to decide about this request/i, "Yes");
  await pick(page, /has a court limited or ended it/i, "No");
  await fill(page, /what was seen/i, "The power itself; its code was checked on the public register.");
  await fillDate(page, /when it came/i, "2027-01-18");
}

/** Fills in the question of serious harm: what is decided, what the opinion says, and of which day it is. */
async function harm(page, request, decision, says, on) {
  await page.goto(`${request}/exemptions`);
  await follow(page, /serious harm/i);
  await pick(page, /is there data concerning health/i, "Yes");
  await pick(page, /are you, who decide, a registered health professional/i, "No");
  await pick(page, /already seen all of it/i, "No");
  await pick(page, /what does the opinion/i, says);
  await fill(page, /who gave it/i, "Dr Wilhelmina Castleford, general practitioner");
  if (on) {
    await fillDate(page, /when was it given/i, on);
  }
  await pick(page, /reasonable to ask again/i, "No");
  await pick(page, /what do you decide/i, decision);
  await fill(page, /what kind of information/i, "care notes of 2026");
  await fill(page, /the reason, as the person may read it/i, "Her doctor was asked.");
}

export default {
  id: "E3",
  pack: "home-care-provider",
  steps: [
    ["2027-01-18 11:00", "the request reaches the office", async (scene) => {
      const page = await scene.as("lead");
      scene.request = await record(page, scene.rehearsal, {
        channel: /^letter/i,
        received: "2027-01-18",
        by: "Reception",
        words: `I am the attorney of my mother ${MOTHER}. Please send me her records.`,
        about: /somebody else/i,
        name: MOTHER,
        asker: DAUGHTER,
        contact: "4 Weavers Court, Larkmead, LK2 5QT",
      });
      await showsDates(page, scene.request, DATES);
    }],
    ["2027-01-18 11:30", "what counts for nothing is refused, and the refusal stays on the record", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /check authority to act/i);
      await relies(page, scene.request, /health and welfare/i, "No");
      await scene.refused(page, /not registered/i);
      await relies(page, scene.request, /lasting power of attorney: property/i, "Yes");
      await scene.refused(page, /money and property/i);
      await relies(page, scene.request, /they are family/i, "No");
      await scene.refused(page, /being family gives no right/i);
      await page.goto(scene.request);
      await sees(page, /authority not accepted/i);
    }],
    ["2027-01-18 12:00", "a registered power for welfare is accepted; it came with the request, so the date stays", async (scene) => {
      const page = await scene.as("lead");
      await relies(page, scene.request, /health and welfare/i, "Yes");
      await send(page);
      await showsDates(page, scene.request, DATES);
    }],
    ["2027-01-25 09:30", "search and review", async (scene) => {
      const from = "bethan.llewellyn@larkmead-care.example";
      const text = `${MOTHER} slept badly and took her tablets late. Her nephew ${RELATIVE}, 07700 900654, has money troubles.`;
      const mail = message({ from, to: "office@larkmead-care.example", subject: "Care notes", at: london("2026-11-03 08:15"), text });
      scene.rehearsal.put("mailbox/e3.eml", mail);
      const page = await scene.as("lead");
      await search(page, scene.request);
      await review(page, scene.request);
    }],
    ["2027-01-26 10:00", "approved; still nothing goes out before the question of serious harm is answered", async (scene) => {
      const approver = await scene.as("approver");
      await task(approver, scene.request, /approve the reply/i);
      await send(approver);
      const page = await scene.as("lead");
      await task(page, scene.request, /send the reply/i);
      await scene.refused(page, /serious harm|health/i);
    }],
    ["2027-01-26 10:30", "no opinion, or one of July, is none", async (scene) => {
      const page = await scene.as("lead");
      await harm(page, scene.request, /disclose it/i, /there is no opinion yet/i);
      await scene.refused(page, /opinion/i);
      await harm(page, scene.request, /withhold it/i, /there is no opinion yet/i);
      await scene.refused(page, /opinion/i);
      await harm(page, scene.request, /disclose it/i, /would not be likely/i, "2026-07-26");
      await scene.refused(page, /older than six months/i);
    }],
    ["2027-02-02 15:00", "the doctor's opinion is fresh: the reply goes to the daughter as attorney, without the nephew", async (scene) => {
      const page = await scene.as("lead");
      await harm(page, scene.request, /disclose it/i, /would not be likely/i, "2027-02-01");
      await send(page);
      await page.goto(scene.request);
      await sees(page, /changed after it was signed off/i);
      const approver = await scene.as("approver");
      await task(approver, scene.request, /approve the reply/i);
      await send(approver);
      await task(page, scene.request, /send the reply/i);
      await send(page);
      await sees(page, /reply is recorded as sent/i);
      reads(await letter(page, scene.request, /reply letter/i), [DAUGHTER, `as attorney for ${MOTHER}`, "18 January 2027"]);
      reads(await letter(page, scene.request, /^pack$/i), ["slept badly"], [RELATIVE, "07700 900654"]);
    }],
  ],
};
