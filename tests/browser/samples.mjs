// Every sample of every page, states that a demo never reaches included (errors in forms, nothing found, erased),
// served as files with the policy of the real server. PROBITY_SAMPLES names the folder they were written to.

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

import { launch, openPage, SIZES } from "./lib/browser.mjs";
import { inspect } from "./lib/inspect.mjs";
import { Tally } from "./lib/tally.mjs";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const KINDS = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8", svg: "image/svg+xml" };
const WEB = new URL("../../crates/web/", import.meta.url).pathname;

const tally = new Tally();
const folder = process.env.PROBITY_SAMPLES;

/** The file behind `/static/app.1a2b3c4d.css`: compiled, or the web crate's own. */
function asset(address) {
  const [, stem, kind] = /^\/static\/(.+)\.[0-9a-f]{8}\.(css|js|svg)$/.exec(address) ?? [];
  if (!stem) {
    return undefined;
  }
  for (const place of ["assets", "scripts"]) {
    try {
      return [KINDS[kind], readFileSync(join(WEB, place, `${stem}.${kind}`))];
    } catch {
      // In the other place, or nowhere: then the page complains about it.
    }
  }
  return undefined;
}

function serve(pages) {
  const server = createServer((request, response) => {
    if (request.headers.accept === "text/event-stream") {
      // The progress of a search: a stream that stays open and has nothing to tell.
      response.writeHead(200, { "content-type": "text/event-stream", "content-security-policy": POLICY }).write(": waiting\n\n");
      return;
    }
    const [kind, body] = pages.get(request.url) ?? asset(request.url) ?? [];
    response.writeHead(kind ? 200 : 404, { "content-type": kind ?? "text/plain", "content-security-policy": POLICY }).end(body ?? "none");
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function run() {
  const names = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
  const pages = new Map(names.map((name) => [`/${name.replace(/\.html$/, "")}`, ["text/html; charset=utf-8", readFileSync(join(folder, name))]]));
  const server = await serve(pages);
  const browser = await launch();
  try {
    const origin = `http://127.0.0.1:${server.address().port}`;
    const atWidth = async (size) => {
      const opened = await openPage(browser, { size, origin });
      for (const address of pages.keys()) {
        await tally.attempt(`${address} at ${size.name} px opens`, () => inspect(tally, opened, origin + address, size));
      }
      await opened.context.close();
    };
    await Promise.all(SIZES.map(atWidth));
    tally.check("there are samples", names.length > 0 ? [] : [`no page in ${folder}`]);
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

await tally.attempt("the samples as a whole", run);
tally.finish();
