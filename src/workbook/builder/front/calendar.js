/* The milestones on a calendar: a bar from the week in which the middle life begins one to the week in
   which half of all lives have it, fainter to that in which eight in ten do. A bar that is dragged is
   not begun before that week; its end is dragged to make an attempt longer or shorter. */

import { el, fill, inside } from "../../front/elements.js";
import { dayOf } from "./dates.js";
/** @import { BoardNode, Screen } from "./types.js" */

const NAME = 190;
const ROW = 30;

export class Calendar {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    this.shape = "";
    this.axis = el("div", { class: "wbb-axis" });
    this.rows = el("div", { class: "wbb-calrows", role: "list" });
    this.hint = el("p", { class: "wbb-help" });
    this.label = el("span", { class: "wbb-callabel", hidden: true });
    this.root = el("div", { class: "wbb-gridbox wbb-calendar", hidden: true, "aria-label": screen.say("The milestones on a calendar") }, this.hint, this.axis, this.rows, this.label);
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
    this.perWeek = Math.max(2, (this.root.clientWidth - NAME - 40) / this.last);
    const { say } = screen;
    this.hint.textContent = screen.plan.starts
      ? say("Drag a bar: it is not begun before that week. Drag its end: an attempt takes longer or shorter. Arrows do the same; with Shift, the length.")
      : say("With the first day of the plan (among the resources) every week has its date here.");
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.bar;
    fill(this.axis, this.ticks());
    fill(this.rows, nodes.map((node, n) => this.row(node, weeks[n])));
    if (focused) inside(this.rows, `[data-bar="${CSS.escape(focused)}"]`)?.focus();
  }

  /** @param {number} week */
  weekText(week) {
    const { screen } = this;
    const date = dayOf(screen.plan.starts, week, screen.words.html_lang);
    return date ? `${screen.say("week {n}", { n: week })} · ${date}` : screen.say("week {n}", { n: week });
  }

  ticks() {
    const most = Math.max(2, Math.floor((this.last ?? 8) * (this.perWeek ?? 2) / (this.screen.plan.starts ? 165 : 90)));
    const step = Math.max(1, Math.ceil((this.last ?? 8) / most));
    return [...Array(most).keys()].map((n) => n * step).filter((week) => week <= (this.last ?? 8)).map((week) => {
      const tick = el("span", { class: "wbb-tick", text: week ? this.weekText(week) : this.weekText(1) });
      tick.style.left = `${NAME + week * (this.perWeek ?? 2)}px`;
      return tick;
    });
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
    Object.assign(bar.style, { left: `${NAME + start * pixels}px`, width: `${Math.max(8, (to - start) * pixels)}px` });
    const rest = likely !== null && end !== null && likely > end ? el("i", { class: "wbb-callikely" }) : null;
    if (rest) Object.assign(rest.style, { left: `${NAME + to * pixels}px`, width: `${((likely ?? 0) - to) * pixels}px` });
    bar.addEventListener("focus", () => screen.canvas.select(node.id));
    bar.addEventListener("keydown", (event) => this.key(event, node, start));
    bar.addEventListener("pointerdown", (event) => this.press(event, bar, node, start, to));
    const row = el("div", { class: "wbb-calrow", role: "listitem" }, el("span", { class: "wbb-calname", text: `${node.order} ${node.name}`, title: node.name, dir: "auto" }), bar, rest);
    row.style.height = `${ROW}px`;
    return row;
  }

  /** @param {KeyboardEvent} event @param {BoardNode} node @param {number} start */
  key(event, node, start) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const aside = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (aside) {
      event.preventDefault();
      const bars = /** @type {HTMLElement[]} */ ([...this.rows.querySelectorAll(".wbb-calbar")]);
      bars[bars.findIndex((bar) => bar.dataset.bar === node.id) + aside]?.focus();
    }
    if (!step) return;
    event.preventDefault();
    if (event.shiftKey) this.longer(node, step);
    else this.begin(node, start + 1 + step);
  }

  /** @param {BoardNode} node @param {number} week */
  begin(node, week) {
    this.screen.set(`milestones.${node.id}.from_week`, week > 1 ? week : null);
  }

  /** @param {BoardNode} node @param {number} by weeks of an attempt */
  longer(node, by) {
    const own = this.screen.plan.milestones.find((/** @type {{ id: string }} */ one) => one.id === node.id);
    const weeks = own?.weeks ?? 1;
    /** @param {number} value */
    const more = (value) => Math.max(0.5, Math.round(2 * (value + by)) / 2);
    this.screen.set(`milestones.${node.id}.weeks`, Array.isArray(weeks) ? weeks.map(more) : more(weeks));
  }

  /** @param {PointerEvent} event @param {HTMLElement} bar @param {BoardNode} node @param {number} start @param {number} end */
  press(event, bar, node, start, end) {
    if (event.button !== 0) return;
    const pixels = this.perWeek ?? 2;
    const resizing = /** @type {Element} */ (event.target).classList.contains("wbb-calend");
    const from = event.clientX;
    let by = 0;
    bar.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ e) => {
      by = Math.round((e.clientX - from) / pixels);
      if (resizing) bar.style.width = `${Math.max(8, (end - start + by) * pixels)}px`;
      else bar.style.left = `${NAME + Math.max(0, start + by) * pixels}px`;
      this.screen.announce(resizing
        ? this.screen.say("An attempt at “{name}”: {n} weeks more", { name: node.name, n: by })
        : this.screen.say("“{name}” is not begun before {when}", { name: node.name, when: this.weekText(Math.max(1, start + 1 + by)) }));
    };
    const up = (/** @type {PointerEvent} */ e) => {
      bar.removeEventListener("pointermove", move);
      bar.removeEventListener("pointerup", up);
      bar.removeEventListener("pointercancel", up);
      this.shape = "";
      if (e.type === "pointerup" && by && resizing) this.longer(node, by);
      else if (e.type === "pointerup" && by) this.begin(node, Math.max(1, start + 1 + by));
      else this.draw();
    };
    bar.addEventListener("pointermove", move);
    bar.addEventListener("pointerup", up);
    bar.addEventListener("pointercancel", up);
  }
}
