// B6: a boy of 14 says "show me what you wrote about me" to a youth worker. Spoken is enough, and it is his own request.

import { dates, letter, reads, record, send, showsDates, task } from "../lib/casework.mjs";

const NAME = "Rowan Ashgrove-Bell";

export default {
  id: "B6",
  pack: "childrens-education-cic",
  steps: [
    ["2027-03-03 16:40", "the youth worker records what the boy said", async (scene) => {
      const page = await scene.as("handler");
      scene.request = await record(page, scene.rehearsal, {
        channel: /in person/i,
        received: "2027-03-03",
        by: "Youth worker at the club",
        words: "Show me what you wrote about me.",
        name: NAME,
        born: "2012-11-20",
        contact: "at the club",
      });
      await showsDates(page, scene.request, { due: "2027-04-05", nominal: "2027-04-03", target: "2027-04-02" });
    }],
    ["2027-03-04 09:30", "the lead acknowledges to the boy himself", async (scene) => {
      const page = await scene.as("lead");
      await task(page, scene.request, /acknowledge the request/i);
      await send(page);
      const text = await letter(page, scene.request, /acknowledgement/i);
      reads(text, [NAME, "5 April 2027"]);
      await showsDates(page, scene.request, { due: "2027-04-05", target: "2027-04-02" });
      const shown = await dates(page, scene.request);
      reads(shown.steps, ["3 April 2027"]);
    }],
  ],
};
