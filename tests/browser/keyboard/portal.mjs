// The public pages with a keyboard: what anybody can send, following a case by a mailed link, collecting the reply.

/** The public pages, in each of their versions. */
const PORTAL = ["", "/request", "/complaint", "/consent", "/marketing", "/follow", "/follow/asked"];

export const VISITOR = [
  ["every public page", async (visitor) => {
    for (const version of ["", "?for=child", "?for=easy"]) {
      for (const path of PORTAL) {
        visitor.seen.clear();
        await visitor.goTo(`/portal${path}${version}`);
      }
    }
  }],
  ["a visitor makes a request", async (visitor) => {
    const { keys, page } = visitor;
    await visitor.goTo("/portal");
    await visitor.enter(/^make a request/i, /^a/);
    await keys.pick(/what do you want/i, /get a copy/i);
    await keys.write(/^your name/i, "Eluned Farthingale");
    await keys.write(/e-mail address/i, visitor.email);
    await visitor.enter(/^send/i, /^button/);
    visitor.reference = await page.locator(".app-reference").innerText();
    if (!/^[A-Z]+-\d{4}-\d{4}$/.test(visitor.reference)) {
      throw new Error("no reference is told");
    }
  }],
  ["a form with errors leads to what is wrong", async (visitor) => {
    await visitor.goTo("/portal/follow");
    await visitor.mistake(/send me a link/i, /reference/i, /^reference$/);
    await visitor.goTo("/portal/request");
    await visitor.mistake(/^send/i, /your name/i, /^name$/);
    await visitor.goTo("/portal/complaint");
    await visitor.mistake(/^send/i, /what it is about/i, /^about$/);
  }],
  ["changing the version of a page", async (visitor) => {
    await visitor.goTo("/portal/complaint");
    await visitor.enter(/easy read/i, /^a/);
    await visitor.page.getByRole("heading", { name: /make a complaint/i }).waitFor();
  }],
];


/** The address in the newest mail to somebody that leads to a part of the portal. */
async function mailed(visitor, part) {
  const mail = await visitor.rehearsal.post.mail(visitor.email, new RegExp(`/portal/${part}/`));
  return mail.text.match(new RegExp(`/portal/${part}/[A-Za-z0-9_-]+`))[0];
}

/** Whoever made a request follows it: `visitor.reference` and `visitor.email` say which. We have asked something by now. */
export const FOLLOWS = [
  ["a visitor asks for a link and opens it", async (visitor) => {
    const { keys } = visitor;
    await visitor.goTo("/portal/follow");
    await keys.write(/^reference/i, visitor.reference);
    await keys.write(/your e-mail/i, visitor.email);
    await visitor.enter(/send me a link/i, /^button/);
    await visitor.goTo(await mailed(visitor, "link"));
    await visitor.enter(/^open/i, /^button/);
    await visitor.page.getByText(visitor.reference).first().waitFor();
  }],
  ["answers our question", async (visitor) => {
    await visitor.enter(/answer our question/i, /^a/);
    await visitor.mistake(/^send/i, /write your answer/i, /^words$/);
    await visitor.keys.write(/your answer/i, "All of it, please.");
    await visitor.enter(/^send/i, /^button/);
  }],
  ["shows who they are", async (visitor) => {
    await visitor.enter(/show us who you are/i, /^a/);
    await visitor.mistake(/^send/i, /choose how you want/i, /^means$/);
    await visitor.keys.pick(/what can you show us/i, /another way/i);
    await visitor.keys.write(/how and when can we see it/i, "On a video call on Monday.");
    await visitor.enter(/^send/i, /^button/);
  }],
  ["thinks of taking it back", async (visitor) => {
    await visitor.enter(/take the request back/i, /^a/);
    await visitor.enter(/^back$/i, /^a/);
  }],
];

/** And collects the reply: `visitor.passphrase` is what they were told on the phone. */
export const COLLECTS = [
  ["a wrong passphrase", async (visitor) => {
    await visitor.goTo(await mailed(visitor, "collect"));
    await visitor.keys.write(/passphrase/i, "not the right words");
    await visitor.mistake(/^open/i, /passphrase/i, /^passphrase$/);
  }],
  ["the right one, and the files", async (visitor) => {
    await visitor.keys.write(/passphrase/i, visitor.passphrase);
    await visitor.enter(/^open/i, /^button/);
    await visitor.keys.reach(/the copy of the data/i, /^a/);
    const [download] = await Promise.all([visitor.page.waitForEvent("download"), visitor.page.keyboard.press("Enter")]);
    if (download.suggestedFilename() !== "pack.pdf") {
      throw new Error(`what came is ${download.suggestedFilename()}`);
    }
  }],
];
