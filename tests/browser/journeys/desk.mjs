// The desk without JavaScript: messages settled, a complaint from receipt to closing, a mark made and lifted, an exemption decided, a
// letter edited before it goes out, a search by hand, a letter posted that comes back; with their dates.

import { letter, message, reads, record, send, showsDates, task } from "../lib/casework.mjs";
import { choose, fill, fillDate, follow, pick, press, sees } from "../lib/person.mjs";

const NAME = "Thaddeus Merrow-Castellan";
const SENTENCE = "We have also written to your former manager, as you asked.";

/** What the page says in its main part. */
async function shown(page) {
  return (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
}

/** Opens the newest message of a list, or the one with this subject line. */
async function opens(scene, page, list, subject) {
  await page.goto(scene.rehearsal.address(list));
  const links = await page.getByRole("link", { name: /^IN-\d{4}/ }).evaluateAll((all) => all.map((one) => one.href));
  for (const href of links) {
    await page.goto(href);
    if ((await shown(page)).includes(subject)) {
      return;
    }
  }
  throw new Error(`no message ${subject} among ${links.length} in ${list}`);
}

const MESSAGES = {
  id: "desk-inbox",
  pack: "social-enterprise",
  steps: [
    ["2027-01-08 18:40", "three messages come on Friday evening", async (scene) => {
      const from = "Honor Lascelles-Wray <honor.lascelles@postbox.example>";
      const to = "office@harrowfield-enterprise.example";
      for (const [subject, text] of [
        ["Subject access request", "I act for my neighbour Giles Fenwick-Adair. Please send me everything you hold about him."],
        ["Canteen menu", "Soup of the day is leek and potato."],
        ["Invoice 12", "Please find the invoice attached."],
      ]) {
        scene.rehearsal.drop(message({ from, to, subject, at: scene.rehearsal.now, text }));
      }
    }],
    ["2027-01-11 09:00", "on Monday the one that asks is made a case: its time runs from Friday", async (scene) => {
      const page = await scene.as("lead");
      await scene.rehearsal.until(page, "/inbox", /looks like a request/i);
      await opens(scene, page, "/inbox", "Subject access request");
      await follow(page, /make it a case/i);
      await scene.refused(page, /name|whose/i);
      await page.getByRole("radio", { name: /somebody else/i }).first().check();
      await fill(page, /name of the person whose/i, "Giles Fenwick-Adair");
      await send(page);
      await showsDates(page, page.url().replace(/\?.*/, ""), { due: "2027-02-08", target: "2027-02-05", nominal: "2027-02-08" });
    }],
    ["2027-01-11 09:20", "the others are set aside with a reason", async (scene) => {
      const page = await scene.as("lead");
      await opens(scene, page, "/inbox?show=other", "Canteen menu");
      await follow(page, /nothing/i);
      await scene.refused(page, /why/i);
      await fill(page, /why is it nothing/i, "A menu.");
      await send(page);
      await page.goto(scene.rehearsal.address("/inbox"));
      await fill(page, /^search/i, "honor.lascelles@postbox.example");
      await press(page, /^search/i);
      const found = await page.getByRole("link", { name: /^IN-\d{4}/ }).count();
      if (found !== 3) {
        throw new Error(`${found} messages of hers are found`);
      }
    }],
  ],
};

const COMPLAINT = {
  id: "desk-complaint",
  pack: "social-enterprise",
  steps: [
    ["2027-01-11 10:00", "a complaint by letter: acknowledged by 10 February, which is day 30", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(scene.rehearsal.address("/complaints/new"));
      await scene.refused(page, /choose/i);
      await pick(page, /what is it about/i, /personal data|both/i);
      await pick(page, /how did it come/i, /^letter/i);
      await fillDate(page, /reach anyone/i, "2027-01-11");
      await fill(page, /who received it/i, "Front desk");
      await fill(page, /what does it say/i, "You lost my file.");
      await fill(page, /who complains/i, NAME);
      await send(page);
      scene.complaint = page.url().replace(/\?.*/, "");
      reads(await shown(page), ["10 February 2027"]);
    }],
    ["2027-01-12 10:00", "acknowledged, worked on, answered and closed", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.complaint, /acknowledge/i);
      await send(page);
      await page.goto(`${scene.complaint}/progress`);
      await scene.refused(page, /write down/i);
      await fill(page, /what was done or found/i, "The archive was asked.");
      await send(page);
      await page.goto(`${scene.complaint}/outcome`);
      await scene.refused(page, /choose/i);
      await page.locator("main form input[name=finding]").first().check();
      await fill(page, /what did you look at and find/i, "It lay in the wrong box.");
      await send(page);
      reads(await letter(page, scene.complaint, /outcome/i), [NAME, "wrong box", "section 165"]);
      await page.goto(`${scene.complaint}/close`);
      await send(page);
    }],
  ],
};

const MARK = {
  id: "desk-mark",
  pack: "social-enterprise",
  steps: [
    ["2027-01-13 10:00", "no more newsletters: refused from now on, allowed when she agrees again", async (scene) => {
      const page = await scene.as("lead");
      const who = "Jocasta Wren-Abara";
      const says = async (answer) => {
        await page.goto(scene.rehearsal.address("/marks/check"));
        await fill(page, /who is it about/i, who);
        await choose(page, /send news, offers or appeals/i);
        await press(page, /^check$/i);
        reads(await page.locator("#answer-title").innerText(), [answer]);
      };
      const what = { channel: /phone/i, received: "2027-01-13", name: who, words: "No more newsletters." };
      await says("Allowed");
      await record(page, scene.rehearsal, { ...what, kind: /no more direct marketing/i });
      await says("Refused");
      await page.goto(scene.rehearsal.address("/marks"));
      await follow(page, /^MARK-/);
      await scene.refused(page, /choose why/i);
      await choose(page, /the one who asked for it agrees again/i);
      await send(page);
      await says("Allowed");
    }],
  ],
};

const CASE = {
  id: "desk-case",
  pack: "social-enterprise",
  steps: [
    ["2027-01-14 10:00", "a request", async (scene) => {
      const page = await scene.as("lead");
      const what = { channel: /^letter/i, received: "2027-01-14", name: NAME };
      scene.request = await record(page, scene.rehearsal, what);
      await showsDates(page, scene.request, { due: "2027-02-15", target: "2027-02-12", nominal: "2027-02-14" });
    }],
    ["2027-01-14 11:00", "its acknowledgement is edited; what the law asks for must stay", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /acknowledge the request/i);
      await press(page, /see and edit the letter/i);
      const text = page.locator("main textarea[name=letter-text]");
      const whole = await text.inputValue();
      await text.fill("Dear reader, thank you.");
      await scene.refused(page, /must|missing|stay|law/i);
      await page.locator("main textarea[name=letter-text]").fill(`${whole}\n\n${SENTENCE}`);
      await send(page);
      reads(await letter(page, scene.request, /acknowledgement/i), [NAME, "15 February 2027", SENTENCE]);
    }],
    ["2027-01-15 10:00", "it is posted, comes back, and is seen to", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /^post it/i);
      await fill(page, /name and address/i, `${NAME}\n17 Orchard Rise\nBrackwater BW3 9LD`);
      await send(page);
      const posting = page.url().replace(/\?.*/, "");
      await follow(page, /label for the envelope/i);
      reads(await page.locator("body").innerText(), [NAME, "17 Orchard Rise"]);
      await page.goto(posting);
      await page.locator("main form input[name=how]").first().check();
      await press(page, /record the posting/i);
      await fill(page, /what does it say/i, "Gone away.");
      await press(page, /record that it came back/i);
      await fill(page, /what was done/i, "Handed over at the desk.");
      await press(page, /record it as settled/i);
      await page.goto(scene.request);
      await sees(page, /POST-2027-\d+/);
    }],
    ["2027-01-18 10:00", "a privileged letter stays out: on its test, and never everything", async (scene) => {
      const page = await scene.as("lead");
      await page.goto(`${scene.request}/exemptions/E05`);
      await scene.refused(page, /choose/i);
      for (const group of await page.locator("main form fieldset:has(input[name^='q-'])").all()) {
        await group.getByLabel("Yes", { exact: true }).check();
      }
      await page.locator("main form input[name=q-shared][value=no]").check();
      await choose(page, /^withhold it/i);
      await fill(page, /the reason, as the person may read it/i, "Advice of our solicitor.");
      await scene.refused(page, /everything|kind|particular/i);
      await fill(page, /what kind of information/i, "letters of our solicitor");
      await send(page);
      await sees(page, "letters of our solicitor");
    }],
    ["2027-01-19 10:00", "somebody searches a cabinet and is not told for whom", async (scene) => {
      const lead = await scene.as("lead");
      await task(lead, scene.request, /search plan/i);
      await fill(lead, /^place/i, "Filing cabinet in the back office");
      await pick(lead, /what kind of place/i, /paper/i);
      await pick(lead, /who searches/i, scene.rehearsal.account("staff").name);
      await send(lead);
      const page = await scene.as("staff");
      await page.goto(scene.rehearsal.address("/searches"));
      await follow(page, /filing cabinet/i);
      await scene.closed(page, scene.request);
      await page.goto(scene.rehearsal.address("/searches"));
      await follow(page, /filing cabinet/i);
      await pick(page, /what came of it/i, /nothing/i);
      await send(page);
      await lead.goto(`${scene.request}/search-plan`);
      await sees(lead, /nothing found/i);
    }],
    ["2027-01-20 10:00", "the rest of the desk opens", async (scene) => {
      const page = await scene.as("lead");
      const paths = ["/", "/account", "/requests", "/requests/upload", "/inbox", "/complaints", "/marks", "/held", "/searches"];
      for (const path of [...paths, "/policy", "/policy/versions", "/policy/notices", "/duties", "/duties/event", "/settings/portal"]) {
        const answer = await page.goto(scene.rehearsal.address(path));
        if (answer.status() !== 200 || !(await page.locator("main h1").count())) {
          throw new Error(`${path} answers ${answer.status()}`);
        }
      }
      const admin = await scene.as("administrator");
      await admin.goto(scene.rehearsal.address("/people"));
      await admin.goto(scene.rehearsal.address("/people/invite"));
      await scene.refused(admin, /enter/i);
    }],
  ],
};

export default [MESSAGES, COMPLAINT, MARK, CASE];
