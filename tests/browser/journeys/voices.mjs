// The whole public door in each of its three voices, without JavaScript and 320 px wide: every form is sent, a case is followed by a
// mailed link, our question answered, identity shown, a request taken back; with the dates that follow from the days they were sent.

import { send, showsDates, task } from "../lib/casework.mjs";
import { fill, pick, press, sees } from "../lib/person.mjs";
import { link, record, reference, sound, visitor } from "../lib/visitor.mjs";

const VOICES = [
  { key: "", name: "Isadora Plumtree-Vance", mail: "isadora.plumtree@postbox.example", asked: "question" },
  { key: "?for=child", name: "Caspian Plumtree-Vance", mail: "caspian.plumtree@postbox.example", asked: "question" },
  { key: "?for=easy", name: "Leopold Arkwright-Sen", mail: "leopold.arkwright@postbox.example", asked: "identity" },
];

/** Fills fields by their names: their labels differ from voice to voice. */
async function write(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const choice = page.locator(`main form input[type=radio][name="${name}"][value="${value}"]`);
    if (await choice.count()) {
      await choice.check();
    } else {
      await page.locator(`main form [name="${name}"]`).fill(value);
    }
  }
}

/** Sends a form of the portal, wrong first, and gives back the reference. (The forms as they come are looked at by `keyboard.mjs`.) */
async function sends(scene, voice, path, fields) {
  const page = await visitor(scene);
  await page.goto(scene.rehearsal.address(`${path}${voice.key}`));
  await scene.refused(page, /enter|choose|give|write/i);
  await sound(scene, page);
  await write(page, { ...fields, name: voice.name, email: voice.mail });
  await send(page);
  const told = await reference(page);
  await page.context().close();
  return told;
}

/** Opens the case by a mailed link, in the voice of the visitor. */
async function follows(scene, voice, look = sound) {
  const page = await visitor(scene);
  await page.goto(scene.rehearsal.address(`/portal/follow${voice.key}`));
  await write(page, { reference: voice.reference, email: voice.mail });
  // An earlier link is spent, and its mail is still there.
  const before = scene.rehearsal.post.mails.length;
  await send(page);
  await page.goto(`${await link(scene, voice.mail, "link", before)}${voice.key}`);
  await look(scene, page);
  await send(page);
  await look(scene, page);
  await sees(page, voice.reference);
  return page;
}

/** One of the questions behind a followed case. */
async function does(scene, page, voice, path, fields) {
  await page.goto(scene.rehearsal.address(`/portal/case/${path}${voice.key}`));
  await sound(scene, page);
  await write(page, fields);
  await send(page);
  await sound(scene, page);
}

async function takeUp(scene, request) {
  const page = await scene.as("lead");
  await task(page, request, /read what the person sent/i);
  await pick(page, /what do you do with it/i, /take it up/i);
  if (await page.locator('[name="means"]').count()) {
    await pick(page, /how was it confirmed/i, /document/i);
    await fill(page, /what was seen/i, "Passport, shown by video.");
  }
  await send(page);
}

export default {
  id: "portal-voices",
  pack: "childrens-education-cic",
  steps: [
    ["2027-04-30 08:00", "the lead opens the portal", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.rehearsal.address("/settings/portal"));
      await fill(page, /public address of the portal/i, scene.rehearsal.ground.url);
      await press(page, /^save$/i);
    }],
    ["2027-04-30 19:30", "everybody sends a request in words for them", async (scene) => {
      for (const voice of VOICES) {
        voice.reference = await sends(scene, voice, "/portal/request", { which: "access", words: "" });
      }
    }],
    ["2027-04-30 20:00", "a complaint, a consent taken back, no more marketing", async (scene) => {
      for (const voice of VOICES) {
        voice.complaint = await sends(scene, voice, "/portal/complaint", { about: "both", words: "You sent my letter to somebody else." });
        voice.consent = await sends(scene, voice, "/portal/consent", { words: "The photograph of me on the wall." });
        voice.marketing = await sends(scene, voice, "/portal/marketing", { words: "" });
      }
    }],
    ["2027-05-04 09:00", "each is a record whose time began on the evening it was sent", async (scene) => {
      for (const voice of VOICES) {
        voice.request = await record(scene, "/requests", voice.reference);
        await showsDates(await scene.as("lead"), voice.request, { due: "2027-06-01", target: "2027-05-28", nominal: "2027-05-30" });
        await record(scene, "/complaints", voice.complaint);
        await sees(await scene.as("lead"), /1 June 2027/);
        for (const number of [voice.consent, voice.marketing]) {
          await record(scene, "/requests", number);
          await sees(await scene.as("lead"), voice.name);
        }
      }
    }],
    ["2027-05-04 10:00", "something is asked of each", async (scene) => {
      const page = await scene.as("lead");
      for (const voice of VOICES) {
        await page.goto(`${voice.request}/${voice.asked === "identity" ? "identity" : "clarify"}`);
        await (voice.asked === "identity" ? fill(page, /doubt/i, "The address is new.") : fill(page, /what do you ask/i, "Which years?"));
        await send(page);
      }
    }],
    ["2027-05-06 18:00", "and answered through the portal", async (scene) => {
      for (const voice of VOICES) {
        const page = await follows(scene, voice);
        await (voice.asked === "identity"
          ? does(scene, page, voice, "identity", { means: "Another way", words: "On a video call." })
          : does(scene, page, voice, "answer", { words: "All of them." }));
        await page.context().close();
      }
    }],
    ["2027-05-10 09:00", "it is read on Monday and counts from the day it was sent", async (scene) => {
      for (const voice of VOICES) {
        await takeUp(scene, voice.request);
        const moved = { due: "2027-06-07", target: "2027-06-04", nominal: "2027-06-06" };
        const paused = { due: "2027-06-02", target: "2027-06-01", nominal: "2027-06-02" };
        await showsDates(await scene.as("lead"), voice.request, voice.asked === "identity" ? moved : paused);
      }
    }],
    ["2027-05-12 20:00", "one after another takes it back", async (scene) => {
      for (const voice of VOICES) {
        const page = await follows(scene, voice, async () => {});
        await does(scene, page, voice, "withdraw", {});
        await sees(page, /12 May 2027/);
        await page.context().close();
        const lead = await scene.as("lead");
        await lead.goto(voice.request);
        await sees(lead, "Withdrawn");
      }
    }],
  ],
};
