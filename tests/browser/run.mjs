// Every page of a running demo at two widths, signed in and as a stranger: axe finds nothing, nothing scrolls sideways,
// no errors, a keyboard gets through.

import { launch, openPage, SIZES } from "./lib/browser.mjs";
import { inspect } from "./lib/inspect.mjs";
import { signIn } from "./lib/person.mjs";
import { routes, startServer } from "./lib/server.mjs";
import { Tally } from "./lib/tally.mjs";

const tally = new Tally();

/** The addresses to visit: every GET route, by its sample where its path has parts to fill in, and the demo's case. */
function addresses(list, ground) {
  const found = list
    .filter((route) => route.method === "GET" && route.sample)
    .map((route) => route.sample)
    .filter((address) => !/sign-out/.test(address))
    // What a visitor of the portal gets to only after sending or by a link; `keyboard.mjs` looks at these, at both widths.
    .filter((address) => !/^\/portal\/(sent|case|pack)/.test(address));
  // Pages of the demo's case: the routes alone cannot know its address.
  for (const address of [ground.case_url, ...(ground.pages ?? [])]) {
    if (address) {
      found.push(new URL(address, ground.url).pathname);
    }
  }
  return [...new Set(found)];
}

async function visitAll(browser, size, storageState, origin, list) {
  const opened = await openPage(browser, { size, storageState, origin });
  for (const address of list) {
    await tally.attempt(`${address} at ${size.name} px opens`, () => inspect(tally, opened, new URL(address, origin).href, size));
  }
  await opened.context.close();
}

async function run() {
  const { ground, stop } = await startServer();
  const browser = await launch();
  try {
    const origin = new URL(ground.url).origin;
    const list = routes();
    const first = await openPage(browser, { size: SIZES[1], origin });
    await signIn(first.page, ground);
    const storageState = await first.context.storageState();
    await first.context.close();
    const atWidth = async (size) => {
      await visitAll(browser, size, storageState, origin, addresses(list, ground));
      await visitAll(browser, size, undefined, origin, ["/", "/sign-in"]);
    };
    await Promise.all(SIZES.map(atWidth));
  } finally {
    await browser.close();
    await stop();
  }
}

await tally.attempt("the run as a whole", run);
tally.finish();
