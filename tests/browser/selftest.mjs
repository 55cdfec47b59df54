// Do the checks see what they are for? A sound page must pass each, and a faulty one must fail each.

import { createServer } from "node:http";

import { launch, openPage, SIZES } from "./lib/browser.mjs";
import { accessibility, keyboard, outline, reflow } from "./lib/checks.mjs";
import { Keys } from "./lib/keys.mjs";
import { oneTimeCode, press, fill } from "./lib/person.mjs";
import { london } from "./lib/rehearsal.mjs";
import { Tally } from "./lib/tally.mjs";

const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'";
const SHEET = "body{font:1rem sans-serif;max-width:40rem} :focus{outline:3px solid #000} button,input{min-height:2rem}";
const SOUND = `<!doctype html><html lang="en-GB"><head><title>Sound page</title><meta name="viewport" content="width=device-width">
  <link rel="stylesheet" href="/sheet.css"><link rel="icon" href="data:,"></head><body><main><h1>Sound</h1>
  <form method="post"><label for="name">Full name</label><input id="name" name="name" autocomplete="name"><button>Send</button></form></main></body></html>`;
const FAULTY = `<!doctype html><html><head><title></title><link rel="stylesheet" href="/faulty.css"></head><body><h1>One</h1><h1>Two</h1>
  <img src="/missing.png"><input id="a"><a id="a" href="/">go</a><div class="wide">wide</div><script>globalThis.broken = 1;</script></body></html>`;
const ORDER = SOUND.replace("<form", '<a class="govuk-skip-link" href="#name" tabindex="3">Skip to main content</a><form');
const FAULTY_SHEET = ".wide{width:2000px} :focus{outline:none;box-shadow:none} a,input{background:none;border:0}";

const PAGES = {
  "/sound": ["text/html", SOUND],
  "/order": ["text/html", ORDER],
  "/faulty": ["text/html", FAULTY],
  "/sheet.css": ["text/css", SHEET],
  "/faulty.css": ["text/css", FAULTY_SHEET],
};

const tally = new Tally();

/** The opposite of a check: passes when problems were found. */
function mustFind(what, problems) {
  tally.check(`${what} is noticed`, problems.length > 0 ? [] : ["nothing was noticed"]);
}

function serve() {
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      response.writeHead(200, { "content-type": "text/html", "content-security-policy": POLICY }).end(SOUND.replace("<h1>Sound</h1>", "<h1>Thank you</h1>"));
      return;
    }
    const [kind, body] = PAGES[request.url] ?? [];
    response.writeHead(kind ? 200 : 404, { "content-type": kind ?? "text/plain", "content-security-policy": POLICY }).end(body ?? "none");
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** A person with a keyboard notices what is in their way. */
async function keys(sound, faulty, base) {
  const good = new Keys(sound);
  const stops = await good.through();
  tally.check("a sound page has two stops in their order", stops.join() === "Full name,Send" ? [] : stops);
  await good.write(/full name/i, "Imogen Tarrant");
  tally.check("typing goes into the field", (await sound.locator("#name").inputValue()) === "Imogen Tarrant" ? [] : ["it did not"]);
  tally.check("nothing is in the way on a sound page", good.problems());
  mustFind("a page without a skip link", await good.skip().then(() => [], (error) => [error.message]));
  mustFind("a link that is not there", await good.reach(/nowhere/).then(() => [], (error) => [error.message]));
  const bad = new Keys(faulty);
  await bad.through();
  mustFind("a focus that cannot be seen", bad.problems().filter((problem) => /cannot be seen/.test(problem)));
  await faulty.goto(`${base}/order`);
  await bad.through();
  mustFind("a stop with a place of its own", bad.problems().filter((problem) => /place of its own/.test(problem)));
}

async function run() {
  const server = await serve();
  const browser = await launch();
  const base = `http://127.0.0.1:${server.address().port}`;
  try {
    const sound = await openPage(browser, { size: SIZES[0], origin: base });
    await sound.page.goto(`${base}/sound`);
    for (const check of [accessibility, outline, reflow, keyboard]) {
      tally.check(`a sound page passes ${check.name}`, await check(sound.page));
    }
    tally.check("a sound page has no complaints", sound.complaints);

    const faulty = await openPage(browser, { size: SIZES[0], origin: base });
    await faulty.page.goto(`${base}/faulty`);
    for (const check of [accessibility, outline, reflow, keyboard]) {
      mustFind(`what ${check.name} is for`, await check(faulty.page));
    }
    mustFind("a script that the policy refuses", faulty.complaints.filter((line) => /policy/i.test(line)));
    mustFind("a missing image", faulty.complaints.filter((line) => /404/.test(line)));

    await keys(sound.page, faulty.page, base);

    const plain = await openPage(browser, { size: SIZES[0], javaScriptEnabled: false, origin: base });
    await plain.page.goto(`${base}/sound`);
    await fill(plain.page, "Full name", "Imogen Tarrant");
    await press(plain.page, "Send");
    tally.check("a form works without JavaScript", (await plain.page.locator("h1").innerText()) === "Thank you" ? [] : [plain.page.url()]);
  } finally {
    await browser.close();
    server.close();
  }
  for (const [clock, instant] of [["2026-10-23 17:40", "2026-10-23T16:40:00.000Z"], ["2026-10-26 16:40", "2026-10-26T16:40:00.000Z"]]) {
    tally.check(`London at ${clock}`, london(clock).toISOString() === instant ? [] : [london(clock).toISOString()]);
  }
  // RFC 6238, appendix B, SHA-1, the last six of eight digits.
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  for (const [seconds, code] of [[59, "287082"], [1_111_111_109, "081804"], [2_000_000_000, "279037"]]) {
    tally.check(`one-time code at ${seconds}`, oneTimeCode(secret, seconds) === code ? [] : [oneTimeCode(secret, seconds)]);
  }
}

await tally.attempt("the self-test as a whole", run);
tally.finish();
