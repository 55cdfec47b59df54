// C1: a dismissed employee's letter reaches the office: "all e-mails about me". Good Friday and Easter Monday lie at the end of the
// month, and the policy promises 30 days.

import { letter, message, reads, record, review, search, send, showsDates, task } from "../lib/casework.mjs";
import { sees } from "../lib/person.mjs";
import { london } from "../lib/rehearsal.mjs";

const NAME = "Bertrand Okonedo-Vale";
const MAIL = "bertrand.okonedo-vale@postbox.example";
const OTHER = "Sibylla Marchetti-Crane";

/** What lies in the office mailbox: mail about him, once twice over, and one that is not. */
function mailbox(rehearsal) {
  const office = "hr@harrowfield-enterprise.example";
  const mails = [
    ["Rota for week 31", `Bertrand Okonedo-Vale asked to swap his Thursday shift with ${OTHER}. I said yes. ${OTHER} can be reached at 07700 900123.`],
    ["Rota for week 31", `Bertrand Okonedo-Vale asked to swap his Thursday shift with ${OTHER}. I said yes. ${OTHER} can be reached at 07700 900123.`],
    ["Return of the laptop", "Mr Okonedo-Vale handed in the laptop and the keys on his last day."],
    ["Canteen menu", "Soup of the day is leek and potato."],
  ];
  for (const [at, [subject, text]] of mails.entries()) {
    const mail = message({ from: office, to: "office@harrowfield-enterprise.example", subject, at: london(`2026-08-0${at + 3} 09:00`), text });
    rehearsal.put(`mailbox/${at}.eml`, mail);
  }
}

export default {
  id: "C1",
  pack: "social-enterprise",
  scripts: true,
  steps: [
    ["2027-03-01 09:20", "the letter of Friday is recorded on Monday", async (scene) => {
      const page = await scene.as("staff");
      scene.request = await record(page, scene.rehearsal, {
        channel: /^letter/i,
        received: "2027-02-26",
        by: "Post at the main office",
        words: "I want all e-mails about me.",
        name: NAME,
        email: MAIL,
      });
    }],
    ["2027-03-01 10:00", "its dates", async (scene) => {
      const page = await scene.as("lead");
      // The 30 days of the policy end on Sunday 28 March, after the month: they change nothing, and the page says so.
      const steps = ["30 calendar days: Sunday 28 March 2027, which is later than the month itself"];
      await showsDates(page, scene.request, { due: "2027-03-30", target: "2027-03-25", nominal: "2027-03-26", steps });
      await task(page, scene.request, /acknowledge the request/i);
      await send(page);
      reads(await letter(page, scene.request, /acknowledgement/i), [NAME, "30 March 2027"]);
    }],
    ["2027-03-08 09:30", "the search finds what is about him, once", async (scene) => {
      mailbox(scene.rehearsal);
      const page = await scene.as("lead");
      await search(page, scene.request);
    }],
    ["2027-03-10 14:00", "the review", async (scene) => {
      const page = await scene.as("lead");
      await review(page, scene.request);
    }],
    ["2027-03-11 11:00", "the managing director approves", async (scene) => {
      const page = await scene.as("approver");
      await task(page, scene.request, /approve the reply/i);
      await send(page);
    }],
    ["2027-03-12 15:00", "the bundle goes out without the colleague's number", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /send the reply/i);
      await send(page);
      await sees(page, /reply is recorded as sent/i);
      const pack = await letter(page, scene.request, /^pack$/i);
      reads(pack, ["Rota for week 31", "laptop"], ["07700 900123", "leek and potato"]);
    }],
  ],
};
