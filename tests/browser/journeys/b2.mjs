// B2: on a Sunday night a parent withdraws the consent to photographs by a text to an activity leader. From that minute nothing with
// the child is published; the pictures are gone by Tuesday; the other parent's consent does not lift it.

import { reads, record, send, task } from "../lib/casework.mjs";
import { choose, fill, fillDate, follow, press, sees } from "../lib/person.mjs";

const CHILD = "Marlow Kitchener-Dube";

/** Asks whether something may be done with somebody's data; the answer in one word. */
async function check(scene, who, use) {
  const page = await scene.as("Lead Tutor");
  await page.goto(scene.rehearsal.address("/marks/check"));
  await fill(page, /who is it about/i, who);
  await choose(page, use);
  await press(page, /^check$/i);
  return page.locator("#answer-title").innerText();
}

async function expects(scene, who, use, answer) {
  const found = await check(scene, who, use);
  if (found !== answer) {
    throw new Error(`the answer for ${who} is ${found}`);
  }
}

/** Records each open task of the request as done on a day. */
async function doAll(page, request, on) {
  for (let number = 0; number < 20; number += 1) {
    await page.goto(`${request}/action-done`);
    const open = page.locator("main form input[name=action]");
    if (!(await open.count())) {
      return number;
    }
    await open.first().check();
    await fillDate(page, /on which day/i, on);
    await fill(page, /where can it be seen/i, "Seen by the lead");
    await send(page);
  }
  throw new Error("the tasks never end");
}

export default {
  id: "B2",
  pack: "childrens-education-cic",
  steps: [
    ["2027-03-07 21:30", "the leader records the text of 21:05 the same night", async (scene) => {
      const page = await scene.as("Lead Tutor");
      scene.request = await record(page, scene.rehearsal, {
        kind: /photographs or film/i,
        channel: /phone/i,
        received: "2027-03-07",
        time: "21:05",
        by: "The leader of the Saturday group, by text",
        words: `I no longer want ${CHILD}’s pictures on your website or anywhere else.`,
        about: /a child/i,
        name: CHILD,
        asker: "Imelda Kitchener-Dube",
        contact: "07700 900321",
      });
      await page.goto(scene.request);
      await sees(page, /Sunday 7 March 2027 at 21:05 GMT/);
    }],
    ["2027-03-07 21:31", "a picture of the child is blocked, other uses and other people are not", async (scene) => {
      await expects(scene, CHILD, /publish or show a photograph/i, "Refused");
      await expects(scene, "Kitchener-Dube, Marlow", /publish or show a photograph/i, "Refused");
      await expects(scene, CHILD, /send news, offers or appeals/i, "Allowed");
      await expects(scene, "Perpetua Somebody-Else", /publish or show a photograph/i, "Allowed");
    }],
    ["2027-03-08 09:00", "the lead opens a task for each place, until Tuesday", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /find the pictures and take them down/i);
      await fill(page, /which photographs or film/i, "Six pictures of the winter outing");
      for (const place of [/delete the originals/i, /web pages and social media/i, /off notice boards/i, /printed copies/i, /received copies/i]) {
        await choose(page, place);
      }
      await fill(page, /what else has to be done/i, "The second web page, about the winter outing");
      await send(page);
      await page.goto(scene.request);
      const text = (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
      const count = (text.match(/9 March 2027|9 Mar 2027/g) ?? []).length;
      if (count < 6) {
        throw new Error(`${count} tasks until 9 March: ${text.slice(0, 1500)}`);
      }
    }],
    ["2027-03-08 10:00", "the other parent agrees: that is not enough, and it is recorded", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.request);
      await follow(page, /the mark that was made/i);
      scene.mark = page.url();
      await choose(page, /the other parent or somebody else agrees/i);
      await scene.refused(page, /does not undo|parent|agree/i);
      await expects(scene, CHILD, /publish or show a photograph/i, "Refused");
    }],
    ["2027-03-08 11:00", "the answer goes; the case stays open until everything is done", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /send the answer/i);
      await send(page);
      await page.goto(`${scene.request}/close`);
      await scene.refused(page, /still open|to be done/i);
    }],
    ["2027-03-09 16:00", "on Tuesday everything is done, and the case can be closed", async (scene) => {
      const page = await scene.as("lead");
      const done = await doAll(page, scene.request, "2027-03-09");
      if (done !== 6) {
        throw new Error(`${done} tasks were done`);
      }
      await task(page, scene.request, /close the request/i);
      await send(page);
      await sees(page, /request is closed/i);
    }],
    ["2027-06-01 10:00", "months later a picture is still refused", async (scene) => {
      await expects(scene, CHILD, /publish or show a photograph/i, "Refused");
      const page = await scene.as("lead");
      await page.goto(scene.mark);
      reads((await page.locator("main").innerText()).replaceAll(/\s+/g, " "), ["Sunday 7 March 2027 at 21:05 GMT", CHILD]);
    }],
  ],
};
