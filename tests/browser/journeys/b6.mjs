// B6: a boy of 14 says "show me what you wrote about me" to a youth worker. Spoken is enough, it is his own request, and it is
// answered to him, in words for him.

import { letter, message, reads, record, review, search, send, showsDates, task } from "../lib/casework.mjs";
import { choose, follow, sees } from "../lib/person.mjs";
import { london } from "../lib/rehearsal.mjs";

const NAME = "Rowan Ashgrove-Bell";
const TOGETHER = "read it through together";

export default {
  id: "B6",
  pack: "childrens-education-cic",
  scripts: true,
  steps: [
    ["2027-03-03 16:40", "the youth worker records what the boy said", async (scene) => {
      const page = await scene.as("Lead Tutor");
      scene.request = await record(page, scene.rehearsal, {
        channel: /in person/i,
        received: "2027-03-03",
        by: "Youth worker at the club",
        words: "Show me what you wrote about me.",
        name: NAME,
        born: "2012-11-20",
      });
      await showsDates(page, scene.request, { due: "2027-04-05", nominal: "2027-04-03", target: "2027-04-02" });
    }],
    ["2027-03-04 09:30", "the lead chooses words for a child and acknowledges to the boy himself", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.request);
      await follow(page, /how the answer is given|how to answer/i);
      await choose(page, /plain words for a child/i);
      await send(page);
      await task(page, scene.request, /acknowledge the request/i);
      await send(page);
      const text = await letter(page, scene.request, /acknowledgement/i);
      reads(text, [NAME, "5 April 2027", TOGETHER, "We have not sent it to your parents"]);
      await showsDates(page, scene.request, { due: "2027-04-05", target: "2027-04-02" });
    }],
    ["2027-03-09 10:00", "search and review", async (scene) => {
      const from = "callum.okonjo-reid@greenbank-learning.example";
      const text = `${NAME} built the fastest cart of the year and helped the others with theirs.`;
      const mail = message({ from, to: "office@greenbank-learning.example", subject: "Cart race", at: london("2026-09-14 09:00"), text });
      scene.rehearsal.put("mailbox/b6.eml", mail);
      const page = await scene.as("lead");
      await search(page, scene.request);
      await review(page, scene.request);
    }],
    ["2027-03-10 10:00", "approval, and the reply in plain words to him alone", async (scene) => {
      const approver = await scene.as("approver");
      await task(approver, scene.request, /approve the reply/i);
      await send(approver);
      const page = await scene.as("lead");
      await task(page, scene.request, /send the reply/i);
      await send(page);
      await sees(page, /reply is recorded as sent/i);
      const text = await letter(page, scene.request, /reply letter/i);
      reads(text, [NAME, "you asked us what we know about you", TOGETHER, "We have not sent a copy to your parents"], ["Article 15"]);
      reads(await letter(page, scene.request, /^pack$/i), ["fastest cart of the year"]);
    }],
  ],
};
