// Requests and their dates as a table. A row: `pack` (and `division`, where the office lies elsewhere), `kind` where it is not access,
// `channel`, `received`, `logged` when that is a later day, `pauses` as [asked, answered], `extended` on a day, `too_late` for a day on
// which an extension is refused, `withdrawn` for the day it was taken back, and what the page shows once all that has happened: `due`,
// `target`, `policy`, `nominal`. What a row leaves out is not looked at.

import { record, send, showsDates, task } from "../../lib/casework.mjs";
import { fill, fillDate, pick } from "../../lib/person.mjs";

const CHANNELS = { email: /^e-?mail/i, letter: /^letter/i, phone: /^phone/i, person: /in person/i };

const KINDS = {
  rectification: /something put right/i,
  erasure: /something erased/i,
  restriction: /data restricted/i,
  objection: /to stop a use of their data/i,
  portability: /data to take elsewhere/i,
};

/** A journey for each row. */
export function dateJourneys(rows) {
  const packs = new Map();
  return rows.map((row, at) => ({ id: row.id ?? `row ${at + 1}`, pack: packOf(row, packs), steps: steps(row, at) }));
}

/** The pack of a row: built in, or one beside it whose office lies in another part of the kingdom. */
function packOf({ pack, division }, made) {
  if (!division) {
    return pack;
  }
  const name = `${pack}-in-${division}`;
  if (!made.has(name)) {
    const files = {
      "pack.toml": `name = "${name}"\ntitle = "Data protection policy"\nversion = "1"\ninherits = "${pack}"\n`,
      "organisation.toml": `name = "Fernleigh Trust"\ndivision = "${division}"\nemail_domains = ["fernleigh.example"]\n`,
    };
    made.set(name, { name, files });
  }
  return made.get(name);
}

/** What happens, in the order of time, and after the last of it the dates. */
function steps(row, at) {
  const logged = row.logged ?? row.received;
  const list = [[`${logged} 10:00`, `received on ${row.received}`, (scene, page) => received(scene, page, row, at)]];
  for (const [asked, answered] of row.pauses ?? []) {
    list.push([`${asked} 11:00`, `a question on ${asked}`, asks]);
    list.push([`${answered} 12:00`, `its answer on ${answered}`, (scene, page) => answers(scene, page, answered)]);
  }
  if (row.extended) {
    list.push([`${row.extended} 13:00`, `extended on ${row.extended}`, extend]);
  }
  if (row.too_late) {
    list.push([`${row.too_late} 14:00`, `no extension on ${row.too_late}`, tooLate]);
  }
  list.sort(([a], [b]) => (a < b ? -1 : 1));
  const last = list.length - 1;
  const all = list.map(([when, what, work], number) => [when, what, async (scene) => {
    const page = await scene.as("lead");
    await work(scene, page);
    await (number === last ? showsDates(page, scene.request, row) : undefined);
  }]);
  return row.withdrawn ? [...all, [`${row.withdrawn} 15:00`, `taken back on ${row.withdrawn}`, takenBack]] : all;
}

async function received(scene, page, row, at) {
  const what = { channel: CHANNELS[row.channel ?? "email"], received: row.received, name: `Marigold Testament ${at + 1}` };
  scene.request = await record(page, scene.rehearsal, { ...what, kind: KINDS[row.kind] });
}

async function asks(scene, page) {
  await task(page, scene.request, /ask what the person wants/i);
  await fill(page, /what do you ask/i, "Which years do you mean?");
  await send(page);
}

async function answers(scene, page, on) {
  await task(page, scene.request, /ask what the person wants/i);
  await fill(page, /what was the answer/i, "All of them.");
  await fillDate(page, /when it came/i, on);
  await send(page);
}

async function fillsExtension(scene, page) {
  await page.goto(`${scene.request}/extend`);
  await pick(page, /why is more time needed/i, /the request is complex/i);
  await fill(page, /the reasons, as the person will read them/i, "Twelve years of files in three places have to be judged page by page.");
}

async function extend(scene, page) {
  await fillsExtension(scene, page);
  await send(page);
}

async function tooLate(scene, page) {
  await fillsExtension(scene, page);
  await scene.refused(page, /month|late|time/i);
}

async function takenBack(scene) {
  const page = await scene.as("lead");
  await task(page, scene.request, /the person took it back/i);
  await send(page);
  await page.goto(scene.request);
  const bar = (await page.locator(".app-identity").innerText()).replaceAll(/\s+/g, " ");
  if (!/withdrawn/i.test(bar) || /due/i.test(bar)) {
    throw new Error(`taken back, and the page says: ${bar}`);
  }
}
