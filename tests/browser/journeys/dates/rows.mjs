// Requests and their dates as a table. A row: `pack` (and `division`, where the office lies elsewhere), `channel`, `received`,
// `logged` when that is a later day, `pauses` as [asked, answered], and what the page then shows: `due`, `target`, `policy`,
// `nominal`. What a row leaves out is not looked at.

import { record, send, showsDates, task } from "../../lib/casework.mjs";
import { fill, fillDate } from "../../lib/person.mjs";

const CHANNELS = { email: /^e-?mail/i, letter: /^letter/i, phone: /^phone/i, person: /in person/i };

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

function steps(row, at) {
  const logged = row.logged ?? row.received;
  const shows = (request, page) => showsDates(page, request, row);
  const list = [
    [`${logged} 10:00`, `received on ${row.received}`, async (scene) => {
      const page = await scene.as("lead");
      const channel = CHANNELS[row.channel ?? "email"];
      scene.request = await record(page, scene.rehearsal, { channel, received: row.received, name: `Marigold Testament ${at + 1}` });
      await (row.pauses?.length ? undefined : shows(scene.request, page));
    }],
  ];
  for (const [number, [asked, answered]] of (row.pauses ?? []).entries()) {
    list.push([`${asked} 11:00`, `a question on ${asked}`, async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /ask what the person wants/i);
      await fill(page, /what do you ask/i, "Which years do you mean?");
      await send(page);
    }]);
    list.push([`${answered} 12:00`, `its answer on ${answered}`, async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /ask what the person wants/i);
      await fill(page, /what was the answer/i, "All of them.");
      await fillDate(page, /when it came/i, answered);
      await send(page);
      await (number + 1 === row.pauses.length ? shows(scene.request, page) : undefined);
    }]);
  }
  return list;
}
