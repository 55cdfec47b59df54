// The workspace around a request with a keyboard: the inbox, complaints, marks, exemptions, letters, searches by hand, the post.

import { message, record } from "../lib/casework.mjs";

const NAME = "Eluned Farthingale";

/** The day of the run as three fields have it. */
async function today(person, group) {
  await person.keys.writeDate(group, person.rehearsal.now.toISOString().slice(0, 10));
}

/** The portal is opened, by whoever may: links in mails begin with this address. */
export const SETTINGS = [
  ["the settings of the portal", async (lead) => {
    const { keys, rehearsal } = lead;
    await lead.goTo("/settings/portal");
    await keys.write(/public address of the portal/i, "nonsense");
    await lead.mistake(/^save/i, /beginning with https/i, /^address$/);
    await keys.write(/public address of the portal/i, rehearsal.ground.url);
    await lead.enter(/^save/i, /^button/);
    await lead.goTo("/held");
  }],
];

const INBOX = [
  ["the inbox: three messages come", async (lead) => {
    const { rehearsal } = lead;
    for (const [subject, text] of [
      ["SAR request", "I am the mother of Osric Pemberton-Lisle. Please send me everything about him."],
      ["Canteen menu", "Soup of the day."],
      ["Invoice 12", "Please find the invoice attached."],
    ]) {
      const from = "Maud Pemberton-Lisle <maud.pemberton@postbox.example>";
      rehearsal.drop(message({ from, to: "office@greenbank-learning.example", subject, at: rehearsal.now, text }));
    }
    await rehearsal.until(lead.page, "/inbox", /looks like a request/i);
    await lead.goTo("/inbox");
    await lead.enter(/^IN-\d+/, /^a/);
  }],
  ["it is made a case", async (lead) => {
    const { keys } = lead;
    await lead.enter(/make it a case/i, /^a/);
    await lead.mistake(/make it a case/i, /name/i, /^(names|about)$/);
    await keys.pick(/whose data/i, /a child/i);
    await keys.write(/name of the person whose/i, "Osric Pemberton-Lisle");
    await lead.enter(/make it a case/i, /^button/);
  }],
  ["the others are set aside, or filed", async (lead) => {
    const { keys } = lead;
    await lead.goTo("/inbox?show=other");
    await lead.enter(/^IN-\d+/, /^a/);
    const one = new URL(lead.page.url()).pathname;
    await lead.goTo(`${one}/file`);
    await lead.mistake(/file it/i, /reference/i, /^reference$/);
    await lead.goTo(`${one}/nothing`);
    await lead.mistake(/set it aside/i, /why/i, /^reason$/);
    await keys.write(/why is it nothing/i, "A menu.");
    await lead.enter(/set it aside/i, /^button/);
    await lead.goTo("/inbox");
    await keys.write(/search/i, "maud.pemberton@postbox.example");
    await lead.enter(/^search/i, /^button/);
  }],
];

const COMPLAINTS = [
  ["a complaint", async (lead) => {
    const { keys } = lead;
    await lead.goTo("/complaints/new");
    await lead.mistake(/record the complaint/i, /choose/i, /^(about|channel)$/);
    await keys.pick(/what is it about/i, /both|personal data/i);
    await keys.pick(/how did it come/i, /letter/i);
    await today(lead, /reach anyone/i);
    await keys.write(/who received it/i, "Front desk");
    await keys.write(/what does it say/i, "You lost my file.");
    await keys.write(/who complains/i, "Ambrose Kettlewell-Diaz");
    await lead.enter(/record the complaint/i, /^button/);
    lead.complaint = new URL(lead.page.url()).pathname;
  }],
  ["acknowledged, worked on, answered, closed", async (lead) => {
    const { keys } = lead;
    await lead.goTo("/complaints");
    await lead.enter(/^CMP-/, /^a/);
    await lead.goTo(`${lead.complaint}/reached`);
    await lead.mistake(/^save/i, /./, /^on-day$/);
    await lead.goTo(`${lead.complaint}/acknowledge`);
    await lead.enter(/make the letter/i, /^button/);
    await lead.goTo(`${lead.complaint}/progress`);
    await lead.mistake(/^save/i, /write down/i, /^note$/);
    await keys.write(/what was done or found/i, "The archive was asked.");
    await lead.enter(/^save/i, /^button/);
    await lead.goTo(`${lead.complaint}/outcome`);
    await lead.mistake(/make the letter/i, /choose/i, /^finding$/);
    await keys.pick(/was the complaint justified/i, /./);
    await keys.write(/what did you look at and find/i, "It lay in the wrong box.");
    await lead.enter(/make the letter/i, /^button/);
    await lead.goTo(`${lead.complaint}/withdraw`);
    await lead.goTo(`${lead.complaint}/close`);
    await lead.enter(/close the complaint/i, /^button/);
  }],
];

const MARKS = [
  ["a mark", async (lead) => {
    const what = { channel: /phone/i, received: lead.rehearsal.now.toISOString().slice(0, 10), name: "Jocasta Wren-Abara" };
    await record(lead.page, lead.rehearsal, { ...what, kind: /no more direct marketing/i, words: "No more newsletters." });
    await lead.goTo("/marks/check");
    await lead.mistake(/^check/i, /enter/i, /^who$/);
    await lead.keys.write(/who is it about/i, "Jocasta Wren-Abara");
    await lead.keys.pick(/what do you want to do/i, /send news/i);
    await lead.enter(/^check/i, /^button/);
    await lead.page.getByText("Refused", { exact: true }).first().waitFor();
  }],
  ["it is looked at, and not lifted without a reason", async (lead) => {
    await lead.goTo("/marks");
    await lead.enter(/^MARK-/, /^a/);
    await lead.mistake(/lift the mark/i, /choose why/i, /^why$/);
  }],
];

const REQUEST = [
  ["exemptions", async (lead) => {
    await lead.task(/decide about exemptions/i);
    await lead.enter(/legal (advice|professional)|privilege/i, /^a/);
    await lead.mistake(/record the decision/i, /choose whether/i, /^decision$/);
  }],
  ["a letter that is edited first", async (lead) => {
    const { keys } = lead;
    await lead.page.goto(`${lead.request}/extend`);
    await lead.look();
    await lead.mistake(/extend and make/i, /choose why/i, /^ground$/);
    await keys.pick(/why is more time needed/i, /complex/i);
    await keys.write(/the reasons, as the person/i, "Files in three places have to be judged page by page.");
    await lead.enter(/see and edit the letter/i, /^button/);
    await keys.reach(/download as a word draft/i, /^button/);
    await keys.reach(/read the edited letter/i, /^button/);
    await lead.enter(/extend and make/i, /^button/);
  }],
  ["a search by hand is planned", async (lead) => {
    const { keys } = lead;
    await lead.task(/search plan/i);
    await lead.mistake(/ask them to search/i, /name the place/i, /^where$/);
    await keys.write(/^place/i, "Filing cabinet in the back office");
    await keys.pick(/what kind of place/i, /paper/i);
    await keys.pick(/who searches/i, new RegExp(lead.searcher.name, "i"));
    await lead.enter(/ask them to search/i, /^button/);
  }],
  ["a letter is posted", async (lead) => {
    const { keys } = lead;
    await lead.page.goto(lead.request);
    await lead.enter(/^post it/i, /^a/);
    await keys.write(/name and address/i, "Eluned Farthingale");
    await lead.mistake(/record it and make the label/i, /./, /^address$/);
    await keys.reach(/name and address/i, /^textarea/);
    await lead.page.keyboard.press("ControlOrMeta+A");
    await lead.page.keyboard.type(`${NAME}\n17 Orchard Rise\nBrackwater BW3 9LD`);
    await lead.enter(/record it and make the label/i, /^button/);
    const posting = lead.page.url().replace(/\?.*/, "");
    await keys.pick(/how did it go/i, /first|1st/i);
    await lead.enter(/record the posting/i, /^button/);
    await lead.enter(/label for the envelope/i, /^a/);
    await lead.page.goto(posting);
    await lead.mistake(/record that it came back/i, /./, /^why$/);
  }],
];

/** What the lead meets around a request: `lead.request` is one that is open. */
export const DESK = [...INBOX, ...COMPLAINTS, ...MARKS, ...REQUEST];

/** Somebody who was asked to search in a place. */
export const SEARCHER = [
  ["the searcher signs in", async (searcher) => {
    await searcher.signIn(searcher.account);
  }],
  ["searches and says what came of it", async (searcher) => {
    const { keys } = searcher;
    await searcher.goTo("/searches");
    await searcher.enter(/filing cabinet/i, /^a/);
    await searcher.mistake(/^record it/i, /./, /^found$/);
    await keys.pick(/what came of it/i, /nothing/i);
    await searcher.enter(/^record it/i, /^button/);
  }],
];
