// A1: the mother of a pupil of 13 writes to the published box on a Saturday night. It is read on Monday; it came on Saturday.

import { letter, message, reads, record, review, search, send, showsDates, task, upload } from "../lib/casework.mjs";
import { choose, fill, fillDate, follow, sees } from "../lib/person.mjs";
import { london } from "../lib/rehearsal.mjs";

const CHILD = "Idris Fontaine-Mbeki";
const MOTHER = "Odalys Fontaine-Mbeki";
const MAIL = "odalys.fontaine@postbox.example";
const WORDS = `I am the mother of ${CHILD}, born 17 May 2013. Please send me a copy of everything you hold about him.`;
const DATES = { due: "2026-12-29", target: "2026-12-24", nominal: "2026-12-28" };
const RECEIVED = london("2026-11-28 21:14");

function mailbox(rehearsal) {
  const from = "saskia.thornbury@hawthorn-lane.example";
  const text = `${CHILD} told me that the meeting at school went badly. His head of year, Perpetua Quillan-Rhodes, shouted at him.`;
  const mail = message({ from, to: "requests@hawthorn-lane.example", subject: "Meeting at school", at: london("2026-10-05 10:00"), text });
  rehearsal.put("mailbox/a1.eml", mail);
}

export default [
  {
    id: "A1",
    pack: "advocacy-charity",
    steps: [
      ["2026-11-28 21:14", "the mail arrives while nobody is there", async (scene) => {
        const from = `${MOTHER} <${MAIL}>`;
        const to = "requests@hawthorn-lane.example";
        scene.rehearsal.drop(message({ from, to, subject: "SAR request", at: RECEIVED, text: WORDS }));
      }],
      ["2026-11-30 09:05", "the lead opens it on Monday: subject the child, requester the mother", async (scene) => {
        const page = await scene.as("lead");
        await scene.rehearsal.until(page, "/inbox", /looks like a request[^]*29 Dec(ember)? 2026/i);
        await follow(page, /^IN-2026-\d+/);
        reads((await page.locator("main").innerText()).replaceAll(/\s+/g, " "), [MOTHER, "28 November 2026", "29 December 2026"]);
        await follow(page, /make it a case/i);
        reads((await page.locator("main").innerHTML()).replaceAll(/\s+/g, " "), [MOTHER, MAIL]);
        await page.getByRole("radio", { name: /a child/i }).first().check();
        await fill(page, /name of the person whose/i, CHILD);
        await fillDate(page, /date of birth/i, "2013-05-17");
        await send(page);
        await sees(page, /its clock is running/i);
        scene.request = page.url().replace(/\?.*$/, "");
        await showsDates(page, scene.request, DATES);
      }],
      ["2026-11-30 09:20", "identity is asked for only on a written doubt, so the clock goes on", async (scene) => {
        const page = await scene.as("lead");
        await task(page, scene.request, /check identity/i);
        await scene.refused(page, /doubt/i);
        await showsDates(page, scene.request, DATES);
      }],
      ["2026-11-30 09:40", "the acknowledgement goes to the mother and says the date", async (scene) => {
        const page = await scene.as("lead");
        await task(page, scene.request, /acknowledge the request/i);
        await send(page);
        reads(await letter(page, scene.request, /acknowledgement/i), [MOTHER, "29 December 2026"]);
      }],
      ["2026-12-02 10:00", "the search", async (scene) => {
        mailbox(scene.rehearsal);
        await search(await scene.as("lead"), scene.request);
      }],
      ["2026-12-02 11:00", "the review", async (scene) => {
        await review(await scene.as("lead"), scene.request);
      }],
      ["2026-12-02 11:30", "nothing goes out before the chief executive has signed", async (scene) => {
        const page = await scene.as("lead");
        await page.goto(scene.request);
        if (await page.getByRole("link", { name: /send the reply/i }).count()) {
          throw new Error("the reply can be sent before it is approved");
        }
        await page.goto(`${scene.request}/reply`);
        await scene.refused(page, /approv|sign/i);
        await scene.closed(page, `${scene.request}/approve`);
      }],
      ["2026-12-03 09:00", "the chief executive signs", async (scene) => {
        const page = await scene.as("Chief Executive Officer");
        await task(page, scene.request, /approve the reply/i);
        await send(page);
      }],
      ["2026-12-03 09:30", "still nothing goes out: nobody has asked what the child understands", async (scene) => {
        const page = await scene.as("lead");
        await task(page, scene.request, /send the reply/i);
        await scene.refused(page, /understand|capacity|child/i);
      }],
      ["2026-12-04 16:10", "the child understands and agrees", async (scene) => {
        const page = await scene.as("lead");
        await task(page, scene.request, /whether the child understands/i);
        await choose(page, /^yes/i);
        await fill(page, /why do you think so/i, "He explained in his own words what he would like his mother to see, and why.");
        await fillDate(page, /when the child agreed/i, "2026-12-04");
        await send(page);
      }],
      ["2026-12-07 10:00", "the reply goes to the mother", async (scene) => {
        const page = await scene.as("lead");
        await task(page, scene.request, /send the reply/i);
        await send(page);
        await sees(page, /reply is recorded as sent/i);
        reads(await letter(page, scene.request, /reply letter/i), [MOTHER, CHILD, "28 November 2026"]);
        reads(await letter(page, scene.request, /^pack$/i), ["the meeting at school went badly"]);
      }],
    ],
  },
  {
    id: "A1-advocate",
    pack: "advocacy-charity",
    steps: [
      ["2026-12-01 18:00", "the same mail, sent to a volunteer advocate and handed over later, has the same dates", async (scene) => {
        const to = "winston.adebayo-kerr@hawthorn-lane.example";
        const mail = message({ from: `${MOTHER} <${MAIL}>`, to, subject: "SAR request", at: RECEIVED, text: WORDS });
        const page = await scene.as("Volunteer advocate");
        const request = await upload(page, scene.rehearsal, mail);
        await showsDates(await scene.as("lead"), request, DATES);
      }],
    ],
  },
  {
    id: "A1-cannot",
    pack: "advocacy-charity",
    steps: [
      ["2026-11-30 11:00", "a child who does not understand: the mother may ask", async (scene) => {
        const page = await scene.as("lead");
        const name = "Bryony Okell-Davis";
        const asker = "Rufus Okell-Davis";
        const about = /a child/i;
        scene.request = await record(page, scene.rehearsal, {
          channel: /phone/i, received: "2026-11-30", about, name, born: "2019-02-03", asker, contact: "12 Mill Row, Westerbrook, FX4 7AA",
        });
        await showsDates(page, scene.request, { due: "2026-12-30", target: "2026-12-29", nominal: "2026-12-30" });
        await task(page, scene.request, /whether the child understands/i);
        await choose(page, /^no/i);
        await fill(page, /why do you think so/i, "She is seven and could not say what the letter was about.");
        await send(page);
      }],
    ],
  },
];
