// A photograph of a notice, found in an album, goes into the answer as it looks: what is withheld in its words is burnt out of the
// picture, a part is covered by drawing a box, and only what somebody saw goes out.

import { letter, reads, record, review, search, send, task } from "../lib/casework.mjs";
import { fill, follow, press, sees } from "../lib/person.mjs";

const PERSON = "Philippa Marchbanks";

/** A picture with words in it, as a telephone would take it. */
async function photograph(page) {
  const words = `<body style="margin:0;width:1200px;height:800px;background:#fff;font:40px/1.6 sans-serif;padding:60px">
    <p>Report of the summer outing</p><p>${PERSON} came by train with her bag.</p><p>She was met by Leopold Ashdown-Weir.</p>
    <div style="width:200px;height:200px;background:#3a6;position:absolute;left:900px;top:500px"></div></body>`;
  const sheet = await page.context().newPage();
  await sheet.setViewportSize({ width: 1200, height: 800 });
  await sheet.setContent(words);
  const buffer = await sheet.screenshot();
  await sheet.close();
  return { name: "outing.png", mimeType: "image/png", buffer };
}

/** How dark the picture of the page is in the middle of a part of it, from 0 (black) to 255; each in parts of one. */
function light(page, at) {
  return page.locator("img[data-page]").first().evaluate(async (image, at) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const drawing = canvas.getContext("2d");
    drawing.drawImage(image, 0, 0);
    const [x, y] = [at.x * canvas.width * image.dataset.across / 1000, at.y * canvas.height * image.dataset.down / 1000];
    return drawing.getImageData(Math.round(x), Math.round(y), 1, 1).data[0];
  }, at);
}

async function expectsLight(page, at, dark) {
  const found = await light(page, at);
  if (dark !== (found < 20)) {
    throw new Error(`at ${JSON.stringify(at)} the page has light ${found}`);
  }
}

/** Draws a box over the page, from a corner to the other. */
async function draw(page, from, to) {
  const image = page.locator("img[data-page]").first();
  await image.scrollIntoViewIfNeeded();
  const seen = await image.boundingBox();
  const point = (at) => [seen.x + at.x * seen.width, seen.y + at.y * seen.height];
  await page.mouse.move(...point(from));
  await page.mouse.down();
  await page.mouse.move(...point(to), { steps: 4 });
  await page.mouse.up();
}

const PATCH = { x: 0.84, y: 0.76 };

export default {
  id: "LOOK",
  pack: "training-provider",
  scripts: true,
  steps: [
    ["2027-02-01 09:00", "a request comes, and a photograph is found in an album", async (scene) => {
      const page = await scene.as("lead");
      scene.rehearsal.put("mailbox/look.eml", `From: desk@example.org\nTo: ${PERSON} <pippa@postbox.example>\nSubject: Outing\n\nSee you there.\n`);
      scene.request = await record(page, scene.rehearsal, { channel: /letter/i, received: "2027-02-01", name: PERSON });
      await search(page, scene.request);
      await page.goto(`${scene.request}/found`);
      await fill(page, /where was it found/i, "Album in the office");
      await page.getByLabel("Scans or copies").setInputFiles(await photograph(page));
      await send(page);
    }],
    ["2027-02-01 10:00", "the page is shown as it would go out; a box covers a part of it", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(`${scene.request}/review`);
      await follow(page, /outing\.png/i);
      await sees(page, /Leopold/);
      await follow(page, /pages as they look/i);
      scene.pages = page.url();
      await sees(page, /holds pictures or drawings/i);
      await expectsLight(page, PATCH, false);
      await draw(page, { x: 0.7, y: 0.55 }, { x: 0.98, y: 0.97 });
      await press(page, /cover this part/i);
      await expectsLight(page, PATCH, true);
      await sees(page, /Goes out as text/);
    }],
    ["2027-02-01 11:00", "somebody agrees, and is asked again after something else was decided", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.pages);
      await press(page, /give these pages as they look/i);
      await sees(page, /agreed on; compared/i);
      await press(page, /^show number 1/i);
      await follow(page, /pages as they look/i);
      await sees(page, /looks different since: look again/i);
      await follow(page, /back to the item/i);
      await press(page, /^withhold number 1/i);
      await follow(page, /pages as they look/i);
      await sees(page, /goes out as it looks/i);
    }],
    ["2027-02-02 09:00", "the pack shows the picture, and not the words that were withheld", async (scene) => {
      const page = await scene.as("lead");
      await review(page, scene.request);
      const approver = await scene.as("approver");
      await task(approver, scene.request, /approve the reply/i);
      await send(approver);
      await task(page, scene.request, /send the reply/i);
      await send(page);
      const text = await letter(page, scene.request, /pack/i);
      reads(text, ["is shown as pictures of its pages", "part of a picture", "Kind Picture"], ["Leopold", "Report of the summer outing"]);
    }],
  ],
};
