// A person who has a keyboard and nothing else: Tab, Shift+Tab, arrows, Space, Enter, and letters. At every stop the focus has to be
// seen, must not be covered, and has to come in the order of the page.

// The policy page has a stop for every clause.
const STOPS = 1500;

/** The fingers on one page. Problems met on the way are collected, each once. */
export class Keys {
  #problems = new Set();

  constructor(page) {
    this.page = page;
  }

  /** What was wrong since the last time this was asked. */
  problems() {
    const found = [...this.#problems];
    this.#problems.clear();
    return found;
  }

  /** Goes on to the next stop; nothing when the way leads out of the page. */
  async next() {
    await this.page.keyboard.press("Tab");
    const stop = await this.page.evaluate(describe);
    for (const problem of stop?.problems ?? []) {
      this.#problems.add(`${new URL(this.page.url()).pathname}: ${problem}`);
    }
    return stop;
  }

  /** Tabs on, around the page if need be, until a field, link or button of this name has the focus. */
  async reach(name, kind = /./) {
    const met = [];
    for (let stop = 0, left = 2; stop < STOPS && left > 0; stop += 1) {
      const found = await this.next();
      left -= !found || found.around ? 1 : 0;
      if (!found) {
        continue;
      }
      met.push(found.name);
      if (name.test(found.name) && kind.test(found.kind)) {
        return found;
      }
    }
    throw new Error(`no Tab leads to ${name} on ${this.page.url()}; it leads to: ${[...new Set(met)].join(" | ").slice(0, 800)}`);
  }

  /** Types into the field of this name, in place of what stands there. */
  async write(name, text) {
    await this.reach(name, /^(input|textarea|select)/);
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.type(text);
  }

  /** Types an ISO date into the three fields of a group, one Tab after another. */
  async writeDate(group, iso) {
    const [year, month, day] = iso.split("-");
    for (const [part, text] of [["Day", String(Number(day))], ["Month", String(Number(month))], ["Year", year]]) {
      await this.write(new RegExp(`(${group.source}).*${part}`, "i"), text);
    }
  }

  /** Chooses a radio of a group with the arrow keys. */
  async pick(group, option) {
    await this.reach(group, /^radio/);
    for (let turn = 0; turn < 40; turn += 1) {
      const now = await this.page.evaluate(describe);
      if (option.test(now.name)) {
        await this.page.keyboard.press("Space");
        return;
      }
      await this.page.keyboard.press("ArrowDown");
    }
    throw new Error(`the arrow keys do not lead to ${option} in ${group} on ${this.page.url()}`);
  }

  /** Ticks a box with the space bar, or leaves it ticked. */
  async tick(name) {
    const box = await this.reach(name, /^checkbox/);
    if (!box.checked) {
      await this.page.keyboard.press("Space");
    }
  }

  /** Follows the link or presses the button of this name with Enter, and waits for the page that answers. */
  async enter(name, kind = /^(a|button)/) {
    await this.reach(name, kind);
    const [answer] = await Promise.all([this.page.waitForNavigation({ waitUntil: "load" }), this.page.keyboard.press("Enter")]);
    return answer;
  }

  /** Opens something that folds with Enter. */
  async unfold(name) {
    await this.reach(name, /^summary/);
    await this.page.keyboard.press("Enter");
  }

  /** The first stop of a page is the way past its head, and it leads into its main part. */
  async skip() {
    const first = await this.next();
    if (!/skip to main content/i.test(first?.name ?? "")) {
      throw new Error(`the first stop of ${this.page.url()} is ${first?.name}`);
    }
    await this.page.keyboard.press("Enter");
    const inside = await this.next();
    const within = await this.page.evaluate(() => Boolean(document.activeElement?.closest("main, footer")));
    if (inside && !within) {
      throw new Error(`after the skip link the focus is on ${inside.name}, outside the main part of ${this.page.url()}`);
    }
  }

  /** Back to the top of the page, before its first stop. */
  async top() {
    await this.page.evaluate(() => {
      globalThis.lastStop = undefined;
      globalThis.scrollTo(0, 0);
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
    });
  }

  /** Tabs on to a link of the error summary. */
  async error(name) {
    for (let stop = 0, left = 2; stop < STOPS && left > 0; stop += 1) {
      const found = await this.next();
      left -= !found || found.around ? 1 : 0;
      const inside = await this.page.evaluate(() => Boolean(document.activeElement?.closest(".govuk-error-summary a")));
      if (inside && name.test(found.name)) {
        return;
      }
    }
    throw new Error(`no error says ${name} on ${this.page.url()}`);
  }

  /** The whole way through a page from its top: it ends. */
  async through() {
    await this.top();
    const forward = [];
    for (let stop = 0; stop < STOPS; stop += 1) {
      const found = await this.next();
      if (!found || found.around) {
        return forward;
      }
      forward.push(found.name);
    }
    throw new Error(`the keyboard does not get out of ${this.page.url()}`);
  }
}

/** In the page: what has the focus, what it is called, and what is wrong with it. */
function describe() {
  const element = document.activeElement;
  if (!element || element === document.body) {
    globalThis.lastStop = undefined;
    return null;
  }
  const words = (one) => (one?.innerText ?? one?.textContent ?? "").replaceAll(/\s+/g, " ").trim();
  const legend = words(element.closest("fieldset")?.querySelector("legend"));
  const own = element.getAttribute("aria-label") || [...(element.labels ?? [])].map(words).join(" ") || words(element) || element.value || "";
  const type = element.getAttribute("type");
  const kind = ["radio", "checkbox"].includes(type) ? type : element.tagName.toLowerCase();
  const box = element.getBoundingClientRect();
  const near = [element, ...element.querySelectorAll("*"), element.parentElement, element.nextElementSibling].filter(Boolean);
  const ringed = near.some((one) =>
    [getComputedStyle(one), getComputedStyle(one, "::before"), getComputedStyle(one, "::after")].some(
      (style) => (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
    ),
  );
  const inside = (x, room) => Math.min(Math.max(x, 0), room - 1);
  const over = document.elementFromPoint(inside(box.x + box.width / 2, innerWidth), inside(box.y + box.height / 2, innerHeight));
  const stuck = over && !element.contains(over) && !over.contains(element) && ["fixed", "sticky"].includes(getComputedStyle(over).position);
  const last = globalThis.lastStop;
  const before = last?.isConnected && last !== element && last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
  // Without the bars of a browser around it the page may begin again at its top right after its end.
  const around = Boolean(before && element.matches(".govuk-skip-link"));
  globalThis.lastStop = element;
  const name = [legend, own].filter(Boolean).join(": ").slice(0, 200);
  const problems = [];
  if (!ringed) {
    problems.push(`the focus cannot be seen on ${kind} ${name}`);
  }
  if (stuck) {
    problems.push(`the focused ${kind} ${name} is covered`);
  }
  if (!name) {
    problems.push(`a stop has no name: ${element.outerHTML.slice(0, 120)}`);
  }
  if (element.tabIndex > 0) {
    problems.push(`${kind} ${name} has a place of its own in the order`);
  }
  if (before && !around) {
    problems.push(`the focus jumps back to ${kind} ${name}`);
  }
  if (box.width === 0 || box.right < 0 || box.left > innerWidth) {
    problems.push(`the focused ${kind} ${name} is outside the window`);
  }
  return { name, kind, checked: Boolean(element.checked), around, problems };
}
