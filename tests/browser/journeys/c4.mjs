// C4: an employee left. One event begins five dates, each with its own reason.

import { reads } from "../lib/casework.mjs";
import { choose, fill, fillDate, follow, press, sees } from "../lib/person.mjs";

const DATES = [
  [/destroy: payroll data/i, ["Due: Sunday 28 February 2027", "the last working day before it is Friday 26 February 2027", "SEK-76", "bank details", "home address"]],
  [/destroy: copies that prove the right to work/i, ["Due: Thursday 31 August 2028"]],
  [/destroy: recruitment records/i, ["Due: Friday 31 August 2029", "SEK-72"]],
  [/destroy: employment records/i, ["Due: Tuesday 31 August 2032", "SEK-77"]],
  [/destroy: records of paye/i, ["Due: Tuesday 5 April 2033", "6 years from the end of the tax year", "SEK-79"]],
];

export default {
  id: "C4",
  pack: "social-enterprise",
  steps: [
    ["2026-09-01 09:00", "human resources log that somebody left on 31 August", async (scene) => {
      const page = await scene.as("Human Resources Manager");
      await page.goto(scene.rehearsal.address("/duties/event"));
      await choose(page, /the end of the employment/i);
      await fillDate(page, /on which day/i, "2026-08-31");
      await fill(page, /which one is it/i, "Personnel file 88");
      await press(page, /log it/i);
      await sees(page, /each date that follows from it is in the list/i);
    }],
    ["2026-09-01 09:30", "five dates, each with its reason", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.rehearsal.address("/duties"));
      const count = await page.getByRole("link", { name: /^destroy: /i }).count();
      if (count !== DATES.length) {
        throw new Error(`${count} dates were begun instead of ${DATES.length}`);
      }
      for (const [title, wanted] of DATES) {
        await page.goto(scene.rehearsal.address("/duties"));
        await follow(page, title);
        reads((await page.locator("main").innerText()).replaceAll(/\s+/g, " "), [...wanted, "Personnel file 88"]);
      }
    }],
    ["2027-02-28 09:00", "on the last day it is not overdue", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.rehearsal.address("/duties"));
      await follow(page, DATES[0][0]);
      reads(await page.locator(".app-identity").innerText(), ["today"], ["overdue"]);
    }],
    ["2027-03-01 09:00", "on the next it is; the other four run on", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.rehearsal.address("/duties"));
      await follow(page, DATES[0][0]);
      reads(await page.locator(".app-identity").innerText(), ["1 day overdue"]);
      await fill(page, /where can it be seen/i, "Payroll log, entry 12");
      await press(page, /record it as done/i);
      await page.goto(scene.rehearsal.address("/duties"));
      const left = await page.getByRole("link", { name: /^destroy: /i }).count();
      if (left !== DATES.length - 1) {
        throw new Error(`${left} dates are left`);
      }
    }],
  ],
};
