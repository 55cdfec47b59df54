// Visitors of the portal: nobody signs in, no script, a window 320 px wide, no memory of an earlier visit.

import { SIZES } from "./browser.mjs";
import { accessibility, outline, reflow } from "./checks.mjs";
import { follow } from "./person.mjs";

/** A visitor's page. */
export async function visitor(scene) {
  const { page } = await scene.rehearsal.stranger({ size: SIZES[0], javaScriptEnabled: false });
  return page;
}

/** Nothing is wrong with the page as it stands; the same bytes in a window with scripts, which axe needs. */
export async function sound(scene, page) {
  const body = await page.content();
  const twin = await scene.rehearsal.stranger({ size: SIZES[0] });
  await twin.page.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  await twin.page.goto(page.url());
  const problems = [...(await accessibility(twin.page)), ...(await outline(twin.page)), ...(await reflow(twin.page))];
  await twin.context.close();
  if (problems.length > 0) {
    throw new Error(`${page.url()}: ${problems.join("; ")}`);
  }
}

/** The reference that the page tells the visitor. */
export async function reference(page) {
  return page.locator(".app-reference").innerText();
}

/** The staff's page of the record with this reference. */
export async function record(scene, list, number) {
  const page = await scene.as("lead");
  await page.goto(scene.rehearsal.address(list));
  await follow(page, number);
  return page.url().replace(/\?.*/, "");
}

/** The address in the newest mail to somebody that leads to a part of the portal. */
export async function link(scene, to, part, since = 0) {
  const mail = await scene.rehearsal.post.mail(to, new RegExp(`/portal/${part}/`), since);
  const found = mail.text.match(new RegExp(`/portal/${part}/[A-Za-z0-9_-]+(\\?for=[a-z]+)?`));
  return scene.rehearsal.address(found[0]);
}
