// What every page must satisfy. Each function gives back a list of problems; an empty list is a pass.

import axe from "axe-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Every violation of WCAG A and AA that axe can see. */
export async function accessibility(page) {
  // Evaluated by the debugger, so the page's content security policy stays as strict as it is for users.
  await page.evaluate(axe.source);
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags } }), TAGS);
  if (found.passes.length === 0) {
    return ["axe examined nothing"];
  }
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`),
  );
}

/** Nothing sticks out sideways at this width. Names what does. */
export async function reflow(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) {
      return [];
    }
    const scrolls = (element) => {
      for (let up = element.parentElement; up; up = up.parentElement) {
        if (["auto", "scroll", "hidden"].includes(getComputedStyle(up).overflowX)) {
          return true;
        }
      }
      return false;
    };
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > room + 1 && !scrolls(element),
    );
    const names = wide.slice(0, 4).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    return [`the page is ${document.documentElement.scrollWidth} px wide in ${room} px: ${names.join(", ")}`];
  });
}

/** What a reader and a screen reader orient themselves by. */
export async function outline(page) {
  return page.evaluate(() => {
    const problems = [];
    if (!document.documentElement.lang.startsWith("en")) {
      problems.push("the page does not say that it is in English");
    }
    if (document.title.trim().length < 3) {
      problems.push("the page has no title");
    }
    const headings = document.querySelectorAll("h1").length;
    if (headings !== 1) {
      problems.push(`the page has ${headings} first-level headings`);
    }
    if (document.querySelectorAll("main").length !== 1) {
      problems.push("the page has no main part");
    }
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    if (twice.length > 0) {
      problems.push(`ids used twice: ${twice.slice(0, 4).join(", ")}`);
    }
    return problems;
  });
}

/** Tabs through the page: every stop can be seen, is not covered by something fixed, and the way leads on. */
export async function keyboard(page, limit = 60) {
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  const problems = [];
  let last = "";
  let same = 0;
  for (let stop = 0; stop < limit; stop += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) {
        return null;
      }
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const marks = [element, ...element.querySelectorAll("*"), element.parentElement, element.nextElementSibling].filter(Boolean);
      const ringed = (one) => {
        const own = [getComputedStyle(one), getComputedStyle(one, "::before"), getComputedStyle(one, "::after")];
        return own.some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none");
      };
      const covering = document.elementFromPoint(
        Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1),
        Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1),
      );
      const covered =
        covering && !element.contains(covering) && !covering.contains(element) && !element.labels?.length &&
        ["fixed", "sticky"].includes(getComputedStyle(covering).position);
      return {
        path: `${element.tagName.toLowerCase()}#${element.id}.${element.className} ${(element.textContent ?? "").trim().slice(0, 40)}`,
        key: `${element.tagName}|${element.id}|${box.x}|${box.y + scrollY}`,
        seen: marks.some(ringed) || style.backgroundColor !== "rgba(0, 0, 0, 0)",
        covered,
      };
    });
    if (!found) {
      return problems;
    }
    if (!found.seen) {
      problems.push(`the focus cannot be seen on ${found.path}`);
    }
    if (found.covered) {
      problems.push(`the focused ${found.path} is covered`);
    }
    same = found.key === last ? same + 1 : 0;
    if (same >= 3) {
      problems.push(`the keyboard cannot leave ${found.path}`);
      return problems;
    }
    last = found.key;
  }
  return problems;
}
