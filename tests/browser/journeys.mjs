// Cases from beginning to end, as the people in them act, with their exact dates: `journeys/*.mjs`, one file a journey, and the
// rows of `journeys/dates.json` (or of the JSON file named as an argument). The journeys of one pack share an organisation:
// their steps are taken in the order of time, as in life, and time only moves forward. They are plain forms: scripts are off, except
// where a journey says `scripts: true`.
//
// `node tests/browser/journeys.mjs [dates.json] [--only ID,ID]`

import { readdirSync, readFileSync } from "node:fs";

import { launch } from "./lib/browser.mjs";
import { refused } from "./lib/casework.mjs";
import { london, Rehearsal } from "./lib/rehearsal.mjs";
import { Tally } from "./lib/tally.mjs";
import { dateJourneys } from "./journeys/dates/rows.mjs";

const HERE = new URL("journeys/", import.meta.url);

const tally = new Tally();

/** What one journey's steps share. */
class Scene {
  #asked = [];

  constructor(rehearsal, journey) {
    this.rehearsal = rehearsal;
    this.javaScriptEnabled = Boolean(journey.scripts);
  }

  /** The page of somebody, by role or title, signed in; without scripts unless the journey wants them. */
  as(who) {
    return this.rehearsal.as(who, { javaScriptEnabled: this.javaScriptEnabled });
  }

  /** Sends the form of a page, which comes back refused in these words. */
  async refused(page, words) {
    this.#asked.push(/status of 422/);
    await refused(page, words);
  }

  /** An address that this person may not open: it looks the same as one that does not exist. */
  async closed(page, address) {
    this.#asked.push(/status of 40[34]/);
    const answer = await page.goto(address);
    if (![403, 404].includes(answer.status())) {
      throw new Error(`${address} answers ${answer.status()}`);
    }
  }

  /** What browsers complained about, without the refusals that were asked for. */
  settle(complaints) {
    for (const kind of this.#asked.splice(0)) {
      const at = complaints.findIndex((complaint) => kind.test(complaint));
      complaints.splice(at, at < 0 ? 0 : 1);
    }
    return complaints;
  }
}

async function load(options) {
  const files = readdirSync(HERE).filter((name) => name.endsWith(".mjs")).sort();
  const modules = await Promise.all(files.map((name) => import(new URL(name, HERE).href)));
  const rows = JSON.parse(readFileSync(options.dates ?? new URL("dates.json", HERE), "utf8"));
  const own = options.dates ? [] : modules.flatMap((module) => module.default);
  const all = [...own, ...dateJourneys(rows)];
  return options.only ? all.filter(({ id }) => options.only.includes(id)) : all;
}

function given(args) {
  const only = args.indexOf("--only");
  const rest = only < 0 ? args : args.toSpliced(only, 2);
  return { dates: rest[0], only: only < 0 ? undefined : args[only + 1].split(",") };
}

/** Takes the steps of all journeys of one pack in the order of time; after a step that fails its journey goes no further. */
async function play(browser, pack, journeys) {
  const steps = journeys.flatMap((journey) =>
    journey.steps.map(([when, what, work], at) => ({ journey, at: london(when), order: at, what, when, work })),
  );
  steps.sort((a, b) => a.at - b.at || a.order - b.order);
  const rehearsal = await Rehearsal.start(browser, pack, new Date(steps[0].at - 3_600_000));
  const scenes = new Map(journeys.map((journey) => [journey, new Scene(rehearsal, journey)]));
  try {
    for (const step of steps) {
      const scene = scenes.get(step.journey);
      if (scene) {
        rehearsal.moveTo(step.at);
        const name = `${step.journey.id}, ${step.when}: ${step.what}`;
        const worked = await tally.attempt(name, () => step.work(scene));
        const quiet = tally.check(`${name}: no complaints`, scene.settle(rehearsal.complaints()));
        if (!worked || !quiet) {
          scenes.delete(step.journey);
        }
      }
    }
  } finally {
    await rehearsal.stop();
  }
}

async function run() {
  const journeys = await load(given(process.argv.slice(2)));
  const packs = new Map(journeys.map(({ pack }) => [pack, journeys.filter((one) => one.pack === pack)]));
  const browser = await launch();
  try {
    for (const [pack, theirs] of packs) {
      const began = Date.now();
      await tally.attempt(`the journeys of ${pack.name ?? pack} as a whole`, () => play(browser, pack, theirs));
      console.log(`${theirs.length} journeys on ${pack.name ?? pack} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
  } finally {
    await browser.close();
  }
}

await tally.attempt("the journeys as a whole", run);
tally.finish();
