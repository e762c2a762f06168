/* The milestones on a calendar: a bar from the week in which the middle life begins one to the week in
   which half of all lives have it, fainter to that in which eight in ten do. A bar that is dragged is
   not begun before that week, and all that are selected beside it move along; its end is dragged to
   make an attempt longer or shorter. */

import { el, fill, inside } from "../../front/elements.js";
import { dayOf } from "./dates.js";
/** @import { BoardNode, Screen } from "./types.js" */

const ROW = 28;

export class Calendar {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    this.shape = "";
    this.axis = el("div", { class: "wbb-axis" });
    this.rows = el("div", { class: "wbb-calrows", role: "list" });
    const { say } = screen;
    const hint = el("p", { class: "wbb-help", text: say("Drag a bar: not begun before that week. Drag its end: a longer or shorter attempt. Shift or Ctrl: several. Arrows do it too.") });
    this.dateless = el("p", { class: "wbb-help", text: say("With the first day of the plan (among the resources) every week has its date here.") });
    this.label = el("span", { class: "wbb-callabel", hidden: true });
    this.root = el("div", { class: "wbb-gridbox wbb-calendar", hidden: true, "aria-label": say("The milestones on a calendar") }, hint, this.axis, this.rows, this.dateless, this.label);
    new ResizeObserver(() => this.draw()).observe(this.root);
  }

  /** The first and the last week of a milestone in the middle life; null where fewer than half reach it.
      @param {BoardNode} node @returns {[start: number, end: number | null, likely: number | null]} */
  weeksOf(node) {
    const { answers, canvas, plan } = this.screen;
    const weekOf = (/** @type {string} */ id) => answers.nodes?.[id]?.week ?? 0;
    const before = plan.teams > 1 ? canvas.needs(node.id) : canvas.drawn.nodes.filter((one) => one.order && one.order < node.order).map((one) => one.id);
    const own = plan.milestones.find((/** @type {{ id: string }} */ one) => one.id === node.id);
    const start = Math.max(0, ...before.map(weekOf), (own?.from_week ?? 1) - 1);
    const odds = answers.nodes?.[node.id];
    return [start, odds?.week ?? null, odds?.likely_by ?? null];
  }

  draw() {
    const { screen } = this;
    if (this.root.hidden || !screen.plan) return;
    const nodes = [...screen.canvas.drawn.nodes].filter((node) => node.order).sort((a, b) => a.order - b.order);
    const weeks = nodes.map((node) => this.weeksOf(node));
    const shape = JSON.stringify([nodes, weeks, screen.plan.starts, screen.plan.milestones, this.root.clientWidth]);
    if (shape === this.shape) return;
    this.shape = shape;
    this.last = 4 + Math.max(8, ...weeks.flat().map((week) => week ?? 0));
    this.names = this.root.clientWidth < 480 ? 116 : 190;
    this.root.style.setProperty("--names", `${this.names}px`);
    this.perWeek = Math.max(2, (this.root.clientWidth - this.names - 40) / this.last);
    this.dateless.hidden = Boolean(screen.plan.starts);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.bar;
    fill(this.axis, this.ticks());
    fill(this.rows, nodes.map((node, n) => this.row(node, weeks[n])));
    this.mark();
    if (focused) inside(this.rows, `[data-bar="${CSS.escape(focused)}"]`)?.focus();
  }

  /** Show which are selected. */
  mark() {
    for (const bar of this.bars) bar.classList.toggle("wbb-calchosen", this.screen.canvas.several.includes(bar.dataset.bar ?? ""));
  }

  get bars() {
    return /** @type {HTMLElement[]} */ ([...this.rows.querySelectorAll(".wbb-calbar")]);
  }

  /** What moves when a bar does, with the week before which each is not begun.
      @param {string} id @returns {[id: string, start: number][]} */
  moving(id) {
    const { several } = this.screen.canvas;
    const nodes = this.screen.canvas.drawn.nodes.filter((one) => one.order && (several.includes(id) ? several.includes(one.id) : one.id === id));
    return nodes.map((one) => [one.id, this.weeksOf(one)[0]]);
  }

  /** @param {number} week */
  weekText(week) {
    const { screen } = this;
    const date = dayOf(screen.plan.starts, week, screen.words.html_lang);
    return date ? `${screen.say("week {n}", { n: week })} · ${date}` : screen.say("week {n}", { n: week });
  }

  ticks() {
    const room = this.screen.plan.starts ? 165 : 90;
    const most = Math.max(2, Math.floor((this.last ?? 8) * (this.perWeek ?? 2) / room));
    const step = Math.max(1, Math.ceil((this.last ?? 8) / most));
    return [...Array(most).keys()].map((n) => n * step).filter((week) => !week || this.left(week) + room <= this.root.clientWidth).map((week) => {
      const tick = el("span", { class: "wbb-tick", text: week ? this.weekText(week) : this.weekText(1) });
      tick.style.left = `${this.left(week)}px`;
      return tick;
    });
  }

  /** Where a week begins, in pixels.
      @param {number} week */
  left(week) {
    return (this.names ?? 190) + week * (this.perWeek ?? 2);
  }

  /** @param {BoardNode} node @param {[number, number | null, number | null]} weeks */
  row(node, [start, end, likely]) {
    const { screen } = this;
    const { say } = screen;
    const to = end ?? Math.max(start + 1, this.last ?? 8);
    const label = end === null ? say("{name}: fewer than half of all lives reach it", { name: node.name }) : say("{name}: from {start} to {end}", { name: node.name, start: this.weekText(start + 1), end: this.weekText(end) });
    const bar = el("button", { type: "button", class: `wbb-calbar ${end === null ? "wbb-calopen" : ""} ${node.goal ? "wbb-calgoal" : ""}`, "data-bar": node.id, "aria-label": label, title: label },
      el("span", { class: "wbb-calend", "aria-hidden": "true" }));
    const pixels = this.perWeek ?? 2;
    Object.assign(bar.style, { left: `${this.left(start)}px`, width: `${Math.max(8, (to - start) * pixels)}px` });
    const rest = likely !== null && end !== null && likely > end ? el("i", { class: "wbb-callikely" }) : null;
    if (rest) Object.assign(rest.style, { left: `${this.left(to)}px`, width: `${((likely ?? 0) - to) * pixels}px` });
    const { canvas } = screen;
    bar.addEventListener("focus", () => canvas.toggling || canvas.several.includes(node.id) || canvas.select(node.id));
    bar.addEventListener("keydown", (event) => this.key(event, node));
    bar.addEventListener("pointerdown", (event) => this.press(event, bar, node, to - start));
    const row = el("div", { class: "wbb-calrow", role: "listitem" }, el("span", { class: "wbb-calname", text: `${node.order} ${node.name}`, title: node.name, dir: "auto" }), bar, rest);
    row.style.height = `${ROW}px`;
    return row;
  }

  /** @param {KeyboardEvent} event @param {BoardNode} node */
  key(event, node) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const aside = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (aside || step || event.key === "Escape") event.preventDefault();
    if (event.key === "Escape") this.screen.show("chain");
    else if (aside) this.go(node.id, aside, event.shiftKey);
    else if (step && event.shiftKey) this.longer(node, step);
    else if (step) this.shift(node.id, step);
  }

  /** To the bar above or below; `more` selects it too.
      @param {string} id @param {number} by @param {boolean} more */
  go(id, by, more) {
    const bar = this.bars[this.bars.findIndex((one) => one.dataset.bar === id) + by];
    const { canvas } = this.screen;
    if (!bar) return;
    if (more) canvas.extend(bar.dataset.bar ?? "");
    else canvas.select(bar.dataset.bar ?? "");
    bar.focus();
  }

  /** Begin what moves so many weeks later, in one step.
      @param {string} id @param {number} by */
  shift(id, by) {
    const weeks = this.moving(id).map(([one, start]) => /** @type {const} */ ([one, start + 1 + by > 1 ? start + 1 + by : null]));
    const command = { do: "begin", weeks: Object.fromEntries(weeks) };
    this.screen.foresee(command); // for an arrow that is pressed again before the kernel has answered
    if (weeks.length > 1) this.screen.send("begin", { weeks: command.weeks });
    else this.screen.set(`milestones.${id}.from_week`, weeks[0][1]);
  }

  /** @param {BoardNode} node @param {number} by weeks of an attempt */
  longer(node, by) {
    const own = this.screen.plan.milestones.find((/** @type {{ id: string }} */ one) => one.id === node.id);
    const weeks = own?.weeks ?? 1;
    /** @param {number} value */
    const more = (value) => Math.max(0.5, Math.round(2 * (value + by)) / 2);
    this.screen.set(`milestones.${node.id}.weeks`, Array.isArray(weeks) ? weeks.map(more) : more(weeks));
  }

  /** @param {PointerEvent} event @param {HTMLElement} bar @param {BoardNode} node @param {number} long weeks of the bar */
  press(event, bar, node, long) {
    if (event.button !== 0) return;
    const { canvas } = this.screen;
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      event.preventDefault();
      canvas.toggle(node.id);
      return;
    }
    const moving = this.moving(node.id);
    const [[, start]] = moving.filter(([id]) => id === node.id);
    const pixels = this.perWeek ?? 2;
    const resizing = /** @type {Element} */ (event.target).classList.contains("wbb-calend");
    const from = event.clientX;
    let by = 0;
    bar.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ e) => {
      by = Math.round((e.clientX - from) / pixels);
      if (resizing) bar.style.width = `${Math.max(8, (long + by) * pixels)}px`;
      else for (const [id, from_] of moving) inside(this.rows, `[data-bar="${CSS.escape(id)}"]`).style.left = `${this.left(Math.max(0, from_ + by))}px`;
      this.screen.announce(this.result(node, start, by, resizing ? 0 : moving.length));
    };
    const up = (/** @type {PointerEvent} */ e) => {
      bar.removeEventListener("pointermove", move);
      bar.removeEventListener("pointerup", up);
      bar.removeEventListener("pointercancel", up);
      this.shape = "";
      if (e.type === "pointerup" && by && resizing) this.longer(node, by);
      else if (e.type === "pointerup" && by) this.shift(node.id, by);
      else {
        if (e.type === "pointerup") canvas.select(node.id);
        this.draw();
      }
    };
    bar.addEventListener("pointermove", move);
    bar.addEventListener("pointerup", up);
    bar.addEventListener("pointercancel", up);
  }

  /** What letting go will do; no milestone moves where the length of an attempt is changed.
      @param {BoardNode} node @param {number} start @param {number} by @param {number} moving */
  result(node, start, by, moving) {
    const { say } = this.screen;
    if (!moving) return say("An attempt at “{name}”: {n} weeks more", { name: node.name, n: by });
    const values = { name: node.name, when: this.weekText(Math.max(1, start + 1 + by)), n: moving - 1 };
    return moving > 1 ? say("“{name}” is not begun before {when}, {n} more move along", values) : say("“{name}” is not begun before {when}", values);
  }
}
