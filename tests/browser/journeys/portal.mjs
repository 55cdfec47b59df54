// The public door, without JavaScript and in a window 320 px wide: a former learner asks on Christmas Eve, follows the case by a link
// that works once, and collects the reply; somebody else complains. Nobody signs in, and nothing says who is known.

import { inWords, message, review, search, send, showsDates, task } from "../lib/casework.mjs";
import { choose, fill, follow, press, sees } from "../lib/person.mjs";
import { london } from "../lib/rehearsal.mjs";
import { link, record, reference, sound, visitor } from "../lib/visitor.mjs";

const NAME = "Theodora Quilligan-Ames";
const MAIL = "theodora.quilligan@postbox.example";

const ASKS = {
  id: "portal-request",
  pack: "training-provider",
  steps: [
    ["2026-12-24 08:30", "the lead opens the portal", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.rehearsal.address("/settings/portal"));
      await fill(page, /public address of the portal/i, scene.rehearsal.ground.url);
      await press(page, /^save$/i);
    }],
    ["2026-12-24 22:50", "a former learner asks late on Christmas Eve", async (scene) => {
      const page = await visitor(scene);
      await page.goto(scene.rehearsal.address("/portal"));
      await sound(scene, page);
      await follow(page, /^make a request/i);
      await sound(scene, page);
      await scene.refused(page, /enter your name/i);
      await sound(scene, page);
      await choose(page, /get a copy of the data/i);
      await fill(page, "Your name", NAME);
      await fill(page, "E-mail address", MAIL);
      await press(page, /^send/i);
      await sound(scene, page);
      scene.reference = await reference(page);
      await page.context().close();
    }],
    ["2026-12-29 09:10", "it is read after the holidays: its time ran from Christmas Eve", async (scene) => {
      scene.request = await record(scene, "/requests", scene.reference);
      await showsDates(await scene.as("lead"), scene.request, { due: "2027-01-25", nominal: "2027-01-24", target: "2027-01-22" });
    }],
    ["2027-01-04 19:00", "she looks how far it is, by a link that works once", async (scene) => {
      const page = await visitor(scene);
      await page.goto(scene.rehearsal.address("/portal/follow"));
      await sound(scene, page);
      await fill(page, "Reference", scene.reference);
      await fill(page, /your e-mail address/i, MAIL);
      await press(page, /send me a link/i);
      await sees(page, /we do not say here whether somebody is known/i);
      await sound(scene, page);
      const address = await link(scene, MAIL, "link");
      await page.goto(address);
      await press(page, /^open/i);
      await sees(page, scene.reference);
      await sees(page, inWords("2027-01-25"));
      await sound(scene, page);
      await page.context().close();
      const other = await visitor(scene);
      await scene.closed(other, address);
      await sound(scene, other);
      await other.context().close();
    }],
    ["2027-01-05 09:00", "somebody tries a name that nobody has: the same page", async (scene) => {
      const page = await visitor(scene);
      await page.goto(scene.rehearsal.address("/portal/follow"));
      await fill(page, "Reference", "SAR-2026-9999");
      await fill(page, /your e-mail address/i, "nobody@postbox.example");
      await press(page, /send me a link/i);
      await sees(page, /we do not say here whether somebody is known/i);
      await page.context().close();
    }],
    ["2027-01-06 10:00", "search and review", async (scene) => {
      const from = "jonas.merriweather-pike@larkholm-skills.example";
      const text = `${NAME} finished the evening course with distinction.`;
      const mail = message({ from, to: "office@larkholm-skills.example", subject: "Evening course", at: london("2025-06-02 09:00"), text });
      scene.rehearsal.put("mailbox/portal.eml", mail);
      const page = await scene.as("lead");
      await search(page, scene.request);
      await review(page, scene.request);
    }],
    ["2027-01-07 10:00", "approval, reply, release", async (scene) => {
      const approver = await scene.as("approver");
      await task(approver, scene.request, /approve the reply/i);
      await send(approver);
      const page = await scene.as("lead");
      await task(page, scene.request, /send the reply/i);
      await send(page);
      await task(page, scene.request, /hand over the answer/i);
      await choose(page, /by the portal/i);
      await send(page);
      scene.passphrase = await page.locator(".app-passphrase").innerText();
    }],
    ["2027-01-07 20:00", "she collects it with link and passphrase", async (scene) => {
      const page = await visitor(scene);
      const address = await link(scene, MAIL, "collect");
      await page.goto(address);
      await sound(scene, page);
      await fill(page, /passphrase/i, "not the right words");
      await scene.refused(page, /passphrase/i);
      await fill(page, /passphrase/i, scene.passphrase);
      await send(page);
      await sees(page, scene.reference);
      await sound(scene, page);
      const href = await page.getByRole("link", { name: /the copy of the data/i }).first().getAttribute("href");
      const answer = await page.context().request.get(scene.rehearsal.address(href));
      if (answer.status() !== 200 || (await answer.body()).subarray(0, 4).toString() !== "%PDF") {
        throw new Error(`the pack is no PDF: ${answer.status()}`);
      }
      await page.context().close();
      const lead = await scene.as("lead");
      await lead.goto(scene.request);
      await sees(lead, /downloaded through the portal/i);
    }],
  ],
};

const COMPLAINS = {
  id: "portal-complaint",
  pack: "training-provider",
  steps: [
    ["2026-11-28 21:14", "somebody complains on a Saturday night, on the easy-read page", async (scene) => {
      const page = await visitor(scene);
      await page.goto(scene.rehearsal.address("/portal?for=easy"));
      await sound(scene, page);
      await follow(page, /make a complaint/i);
      await sound(scene, page);
      await choose(page, /how you used or looked after personal data/i);
      await fill(page, /what went wrong/i, "You sent my letter to my neighbour.");
      await fill(page, "Your name", "Ambrose Kettlewell-Diaz");
      await fill(page, "Phone number", "07700 900777");
      await press(page, /^send/i);
      await sound(scene, page);
      scene.reference = await reference(page);
      await page.context().close();
    }],
    ["2026-11-30 09:00", "the acknowledgement is due 30 days on, which is a holiday: 29 December", async (scene) => {
      const complaint = await record(scene, "/complaints", scene.reference);
      const page = await scene.as("lead");
      await page.goto(complaint);
      await sees(page, inWords("2026-12-29"));
    }],
  ],
};

export default [ASKS, COMPLAINS];
