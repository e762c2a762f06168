/* The inspector: what the plan file knows about the milestone that is selected, or about the
   resources where none is. It is built again only when its shape changes, so that a box that is
   being typed in stays where it is. */

import { cardsField, entriesField, itemsOf, monthsField, oneMilestoneField, partField } from "./cards.js";
import { choiceField, flagField, numberField, textField } from "./fields.js";
import { currencySign } from "./figures.js";
import { ForkForm } from "./forks.js";
import { LogForm } from "./log.js";
import { Mark } from "./marks.js";
import { el, fill } from "../../front/elements.js";
import { composing } from "../../front/hotkeys.js";
import { button } from "./buttons.js";
import { estimateField, milestonesField, ratesField, rowsField } from "./ranges.js";
/** @import { Children, Control, Field, FieldContext, FieldGroup, Screen, Value } from "./types.js" */

/** @type {Record<string, (field: Field, ctx: FieldContext) => Control>} */
const KINDS = {
  number: numberField, money: numberField, weeks: numberField, whole: numberField, share: numberField,
  estimate: estimateField, rates: ratesField, line: textField, long: textField,
  choice: choiceField, flag: flagField, milestones: milestonesField, rows: rowsField,
  cards: cardsField, part: partField, entries: entriesField, months: monthsField, one_milestone: oneMilestoneField,
};

export class Inspector {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    /** @type {{ field: Field, path: string, control: Control, mark: Mark }[]} */
    this.fields = [];
    /** What the form is about: a milestone, or the resources. */
    this.about = "";
    /** What is begun there stays, whatever is selected meanwhile.
        @type {Map<string | null, LogForm>} */
    this.logs = new Map();
    this.log = this.logOf(null);
    this.forks = new ForkForm(screen, null);
    this.shape = "";
    this.open = new Set();
    this.title = el("h3", { class: "wbb-heading", dir: "auto" });
    this.body = el("div", { class: "wbb-form" });
    this.explain = el("button", { type: "button", class: "wbb-button wbb-explain", "aria-pressed": "false", title: screen.say("Explain each box"), text: "?", onclick: () => {
      const on = this.root.classList.toggle("wbb-explained");
      this.explain.setAttribute("aria-pressed", String(on));
    } });
    this.explain.setAttribute("aria-label", screen.say("Explain each box"));
    this.root = el("section", { class: "wbb-inspector", "aria-label": screen.say("What the plan knows about it") }, el("div", { class: "wbb-titlerow" }, this.title, this.explain), this.body);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || composing(event)) return;
      event.preventDefault();
      if (!screen.canvas.focus(this.milestone)) screen.canvas.board.focus();
    });
  }

  get milestone() {
    return this.screen.canvas.selected;
  }

  draw() {
    const { screen } = this;
    const plan = screen.plan;
    if (!plan) return;
    const part = this.milestone ? "milestone" : "resources";
    const shape = JSON.stringify([part, this.milestone, plan.currency, plan.breakeven, plan.skips, this.shapeOf(part), screen.board.nodes.map((node) => node.id)]);
    if (shape !== this.shape) {
      if (screen.editing.within(this.root)) {
        this.tellFault();
        return;
      }
      this.build(part, shape);
    }
    this.title.textContent = this.milestone ? screen.canvas.nameOf(this.milestone) : screen.say("Resources");
    this.fields.forEach(({ path, control }) => control.update(this.at(path)));
    this.forks.update();
    this.log.update();
    this.tellFault();
  }

  /** What decides which controls there are: parts that are there, ranges, lists.
      @param {"milestone" | "resources"} part */
  shapeOf(part) {
    const shape = this.screen.form[part].map((group) => this.shapeOfFields(group.fields, this.base));
    const named = ["bills", "roles", "founders", "measures"].map((name) => itemsOf(this.screen.plan[name]).map(([key]) => key));
    return `${shape.join("|")} ${named} ${Object.keys(this.screen.plan.weekly_ranges ?? {})}`;
  }

  /** @param {Field[]} fields @param {string} base @returns {string} */
  shapeOfFields(fields, base) {
    return fields.map((field) => {
      const value = this.at(base + field.path);
      const inner = field.fields ?? [];
      if (field.kind === "cards") return itemsOf(value).map(([key]) => `${key}{${this.shapeOfFields(inner, `${base}${field.path}.${key}.`)}}`).join();
      if (field.kind === "part") return `${value !== null}{${this.shapeOfFields(inner, `${base}${field.path}.`)}}`;
      if (field.kind === "months") return String(value !== null);
      return `${this.applies(field, base)}${Array.isArray(value) ? `[${field.kind === "milestones" ? "" : value.length}]` : ""}`;
    }).join("|");
  }

  /** @param {Field} field @param {string} base */
  applies(field, base) {
    return !field.when || this.at(base + field.when) !== null;
  }

  /** @param {"milestone" | "resources"} part @param {string} shape */
  build(part, shape) {
    const { activeElement } = document;
    const had = /** @type {HTMLElement | null} */ (activeElement?.closest(".wbb-inspector [data-path]") ?? null);
    const key = had?.dataset.path;
    const nth = had && activeElement ? controlsOf(had).indexOf(/** @type {HTMLElement} */ (activeElement)) : -1;
    const caret = activeElement instanceof HTMLInputElement && activeElement.type === "text" ? activeElement.selectionEnd : null;
    const fresh = this.about !== `${part} ${this.milestone}`;
    this.about = `${part} ${this.milestone}`;
    this.shape = shape;
    this.fields = [];
    const groups = this.screen.form[part].map((group) => this.group(group));
    const log = this.logOf(this.milestone);
    if (log !== this.log) log.node.open = this.open.has("log");
    this.log = log;
    this.forks = new ForkForm(this.screen, this.milestone);
    const [first, ...others] = groups;
    fill(this.body, this.milestone ? this.actions() : this.goals(), first, this.forks.node, this.log.node, others);
    if (fresh) this.root.scrollTop = 0;
    if (key && !fresh) {
      const row = this.body.querySelector(`[data-path="${CSS.escape(key)}"]`);
      const controls = row ? controlsOf(row) : [];
      const control = controls[nth] || controls[0];
      control?.focus();
      if (caret !== null && control instanceof HTMLInputElement && control.type === "text") control.setSelectionRange(caret, caret);
    }
  }

  /** @param {string | null} milestone */
  logOf(milestone) {
    const log = this.logs.get(milestone) ?? new LogForm(this.screen, milestone);
    this.logs.set(milestone, log);
    return log;
  }

  actions() {
    const { screen } = this;
    const id = this.milestone;
    const { say } = screen;
    return el("div", { class: "wbb-actions" },
      button(say("Make it the goal"), () => screen.send("goal", { id }), { sign: "goal" }),
      button(screen.plan.skips?.includes(id) ? say("Take it up again") : say("Leave it out"), () => screen.send("leave_out", { id, out: !screen.plan.skips?.includes(id) })),
      button(say("Resources"), () => { screen.canvas.select(null); this.focusFirst(); }, { sign: "resources" }));
  }

  /** Where no milestone is the goal, or none is to be. */
  goals() {
    const { screen } = this;
    if (screen.plan.breakeven) return screen.board.nodes.length ? el("p", { class: "wbb-help", text: screen.say("The goal is to break even: revenue that covers the burn.") }) : null;
    return el("div", { class: "wbb-actions" }, button(screen.say("Make breaking even the goal"), () => screen.send("goal", { id: "breakeven" }), { sign: "goal" }));
  }

  /** @param {FieldGroup} group */
  group(group) {
    const fields = this.inner(group.fields, this.base);
    if (!group.folded) return el("div", { class: "wbb-group" }, group.title && el("h4", { text: group.title }), fields);
    const fold = el("details", { class: "wbb-group" }, el("summary", { text: group.title }), fields);
    fold.open = this.open.has(group.id);
    fold.addEventListener("toggle", () => (fold.open ? this.open.add(group.id) : this.open.delete(group.id)));
    return fold;
  }

  /** @param {Field[]} fields @param {string} base */
  inner(fields, base) {
    return fields.filter((field) => this.applies(field, base)).map((field) => this.field(field, base));
  }

  /** A part that is folded away; what it holds is built when it is opened.
      @param {string} place @param {HTMLElement} title @param {() => Children[]} build */
  fold(place, title, build) {
    const body = el("div", { class: "wbb-cardbody" });
    const node = el("details", {}, el("summary", {}, title), body);
    const fillIn = () => {
      if (body.firstChild) return;
      const known = this.fields.length;
      fill(body, build());
      this.fields.slice(known).forEach(({ path, control }) => control.update(this.at(path)));
    };
    node.open = this.open.has(place);
    if (node.open) fillIn();
    node.addEventListener("toggle", () => {
      if (node.open) fillIn();
      if (node.open) this.open.add(place);
      else this.open.delete(place);
    });
    return node;
  }

  /** @param {Field} field @param {string} base */
  field(field, base) {
    const { screen } = this;
    const path = base + field.path;
    /** @type {FieldContext} */
    const ctx = {
      screen, path, milestone: this.milestone, lang: screen.lang, say: screen.say,
      unit: (unit) => unit.replace("{currency}", currencySign(screen.plan.currency, screen.words.html_lang)),
      get: () => this.at(path),
      inner: (fields, key) => this.inner(fields, key === undefined ? `${path}.` : `${path}.${key}.`),
      fold: (place, title, build) => this.fold(place, title, build),
      own: (frame) => (entries) => frame.tell(entries.filter((entry) => entry.path === path)),
      set: (value, drag = false) => {
        screen.set(path, value, drag);
        mark.update(value);
      },
      setAt: (at, value) => screen.set(path + at, value, true),
      enter: (place, text, now, last = false) => screen.enter(place, text, now, last),
      htmlLang: screen.words.html_lang,
      settle: () => screen.send("settle"),
    };
    const mark = new Mark(ctx, path);
    const ranged = field.ranged && ["number", "money", "share", "weeks"].includes(field.kind);
    const control = (ranged ? estimateField : KINDS[field.kind])(field, ctx);
    if (!field.fields) {
      control.node.querySelector(".wbb-labelrow, .wbb-checkrow")?.append(mark.node);
      control.node.append(mark.ground);
    }
    this.fields.push({ field, path, control, mark });
    return control.node;
  }

  /** What the places of the form begin with. */
  get base() {
    return this.milestone ? `milestones.${this.milestone}.` : "";
  }

  /** The value at a place of the plan; of a figure with a range its three.
      @param {string} path @returns {Value} */
  at(path) {
    const { plan } = this.screen;
    return plan.ranges?.[path] ?? plan.weekly_ranges?.[path] ?? screenValue(plan, path);
  }

  /** What the kernel made of what was typed, under the field that it is about; else a refusal. */
  tellFault() {
    const { entries = [], said } = this.screen.board;
    for (const { path, control, mark } of this.fields) {
      const within = (/** @type {string | undefined} */ place) => place === path || place?.startsWith(`${path}.`);
      mark.update(this.at(path));
      if (this.screen.waits(path)) control.wrong(this.screen.say("Kept in this page: the kernel does not answer. It goes into the plan when it answers again."));
      else if (entries.some((entry) => within(entry.path))) control.tell(entries.filter((entry) => within(entry.path)));
      else if (said?.kind === "fault" && within(said.path)) control.wrong(said.text);
      else control.tell([]);
    }
  }

  /** Where what happened is written down, of the milestone selected or of the cash. */
  openLog() {
    this.log.open();
  }

  /** To the box of one figure or text; what it is folded into is opened.
      @param {string} path */
  toField(path) {
    const row = this.body.querySelector(`[data-path="${CSS.escape(path)}"]`);
    for (let fold = row?.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
    row?.scrollIntoView({ block: "nearest" });
    if (row) controlsOf(row).find((one) => one.tagName !== "BUTTON")?.focus();
  }

  focusFirst() {
    const [first] = controlsOf(this.body).filter((one) => one.tagName !== "BUTTON");
    (first || this.body.querySelector("button"))?.focus();
  }
}

/** The value at a path, items of lists by their ids; null where there is none.
    @param {Value} plan @param {string} path @returns {Value} */
function screenValue(plan, path) {
  let here = plan;
  for (const key of path.split(".")) here = (Array.isArray(here) ? here.find((one) => one.id === key) ?? here[Number(key)] : here?.[key]);
  return here ?? null;
}

/** The boxes and buttons within, in the order of the page.
    @param {Element} node @returns {HTMLElement[]} */
function controlsOf(node) {
  return [...node.querySelectorAll("input, select, textarea, button")].map((one) => /** @type {HTMLElement} */ (one));
}
