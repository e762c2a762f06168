/* The chain as a table to type in: a row for each milestone, a column for each figure. Arrows, Enter
   and Tab go from cell to cell, Shift and arrows mark a block; a block is copied to a spreadsheet
   and pasted from one, with its row of headings or without, and Ctrl D fills it down from its first row. All of a paste is one step.
   Escape takes back what is typed in a cell; once more, and the chain is there again. Where nothing
   is being typed, Ctrl Z undoes the last step of the plan, as anywhere else. */

import { el, fill } from "../../front/elements.js";
import { cellsOf, textOfCells } from "./clipboard.js";
import { figureText, scaled } from "./figures.js";
import { isStep } from "./keys.js";
/** @import { Field, Screen, Value } from "./types.js" */

/** Columns that are always there; the others where some milestone has them. */
const FIRST = ["weeks", "cost", "pass_rate", "attempts"];

export class Grid {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    /** The cell that is written in, and the other corner of the block, as row and column. */
    this.here = { row: 0, column: 0 };
    this.corner = { row: 0, column: 0 };
    /** @type {HTMLInputElement[][]} */
    this.cells = [];
    this.shape = "";
    const { say } = screen;
    this.table = el("table", { class: "wbb-grid", "aria-label": say("The milestones as a table") });
    this.root = el("div", { class: "wbb-gridbox", hidden: true }, this.table,
      el("p", { class: "wbb-help", text: say("Arrows go from cell to cell; Shift and arrows mark a block; Ctrl C, Ctrl V copy and paste, also from a spreadsheet; Ctrl D fills down; “needs” takes numbers of rows.") }));
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("paste", (event) => this.paste(event), true);
    this.table.addEventListener("copy", (event) => this.copy(event), true);
  }

  /** @returns {Field[]} */
  get columns() {
    const { form, plan } = this.screen;
    const fields = form.milestone.flatMap((group) => group.fields).filter((field) => field.table);
    const bare = (/** @type {Value} */ value) => value === null || value === 0 || value === 1;
    return fields.filter((field) => FIRST.includes(field.path) || plan.milestones.some((/** @type {Value} */ one) => !bare(valueAt(one, field.path))));
  }

  draw() {
    if (this.root.hidden || !this.screen.plan) return;
    const { plan, say } = this.screen;
    const shape = JSON.stringify([plan.milestones.map((/** @type {Value} */ one) => one.id), this.columns.map((field) => field.path)]);
    const lost = shape !== this.shape && this.table.contains(document.activeElement);
    if (shape !== this.shape) this.build();
    this.shape = shape;
    this.cells.forEach((row, n) => row.forEach((box, column) => {
      const text = this.text(n, column);
      if (document.activeElement !== box || box.value === box.dataset.was) box.value = text;
      box.dataset.was = text;
      box.setAttribute("aria-label", `${this.titles[column]}, ${plan.milestones[n] ? this.screen.canvas.nameOf(plan.milestones[n].id) : say("a new milestone")}`);
    }));
    if (lost) this.go(this.here.row, this.here.column);
  }

  get titles() {
    const { say } = this.screen;
    return [say("name"), say("needs"), ...this.columns.map((field) => field.label)];
  }

  build() {
    const rows = this.screen.plan.milestones.length + 1;
    const wide = this.columns.length + 2;
    this.cells = [...Array(rows).keys()].map((row) => [...Array(wide).keys()].map((column) => {
      const box = el("input", { type: "text", class: "wbb-cell", autocomplete: "off", spellcheck: "false", dir: "auto" });
      box.addEventListener("focus", () => this.enter(row, column));
      box.addEventListener("change", () => this.write([[row, column, box.value]]));
      return box;
    }));
    const { words, plan } = this.screen;
    const units = ["", "", ...this.columns.map((field) => (field.unit ?? "").replace("{currency}", plan.currency))];
    fill(this.table,
      el("thead", {}, el("tr", {}, el("td"), this.titles.map((title, n) => el("th", { scope: "col" }, title, units[n] && el("small", { text: ` ${units[n]}` }))))),
      el("tbody", {}, this.cells.map((row, n) => el("tr", {}, el("th", { scope: "row", text: n < rows - 1 ? figureText(n + 1, words.html_lang) : "+" }), row.map((box) => el("td", {}, box))))));
  }

  /** What a cell shows: a figure, the three of a range, the rows that a milestone needs.
      @param {number} row @param {number} column */
  text(row, column) {
    const { plan, words, canvas } = this.screen;
    const one = plan.milestones[row];
    if (!one) return "";
    if (column === 0) return canvas.nameOf(one.id);
    const number = (/** @type {Value} */ id) => plan.milestones.findIndex((/** @type {Value} */ other) => other.id === id) + 1;
    if (column === 1) return (one.needs || []).map(number).join(", ");
    const field = this.columns[column - 2];
    const value = valueAt(one, field.path);
    const factor = field.unit === "%" ? 100 : 1;
    return (Array.isArray(value) ? value : [value]).map((figure) => figureText(scaled(figure, factor), words.html_lang)).join(" / ");
  }

  /** @param {number} row @param {number} column @param {boolean} [block] */
  go(row, column, block = false) {
    const to = { row: Math.max(0, Math.min(row, this.cells.length - 1)), column: Math.max(0, Math.min(column, this.cells[0].length - 1)) };
    if (block) {
      this.corner = to;
      this.mark();
      return;
    }
    const box = this.cells[to.row][to.column];
    box.focus();
    box.select();
  }

  /** @param {number} row @param {number} column */
  enter(row, column) {
    this.here = { row, column };
    this.corner = { row, column };
    this.mark();
  }

  /** The rows and columns of the block, first and last. */
  get block() {
    const { here, corner } = this;
    return { top: Math.min(here.row, corner.row), bottom: Math.max(here.row, corner.row), left: Math.min(here.column, corner.column), right: Math.max(here.column, corner.column) };
  }

  mark() {
    const { top, bottom, left, right } = this.block;
    const several = top !== bottom || left !== right;
    this.cells.forEach((row, n) => row.forEach((box, column) => box.classList.toggle("wbb-inblock", several && n >= top && n <= bottom && column >= left && column <= right)));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { row, column } = this.here;
    const box = this.cells[row]?.[column];
    if (!box || event.isComposing) return;
    const corner = event.shiftKey ? this.corner : this.here;
    const start = box.selectionStart === 0 && (box.selectionEnd === 0 || box.selectionEnd === box.value.length);
    const end = box.selectionEnd === box.value.length && (box.selectionStart === box.value.length || box.selectionStart === 0);
    /** @type {Record<string, [number, number] | false>} */
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0], ArrowLeft: (event.shiftKey || start) && [0, -1], ArrowRight: (event.shiftKey || end) && [0, 1] };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      this.go(corner.row + step[0], corner.column + step[1], event.shiftKey && event.key !== "Enter");
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      event.preventDefault();
      this.fillDown();
    } else if (box.value === this.text(row, column) && isStep(event)) {
      event.preventDefault(); // nothing is being typed; the browser would change a cell typed in before
      this.screen.step(event);
    } else if (event.key === "Escape") {
      const text = this.text(row, column);
      if (box.value === text) this.screen.show("chain");
      else box.value = text;
      if (box.isConnected) box.select();
    }
  }

  /** The first row of the block goes into those below; of one cell, the one above it. */
  fillDown() {
    const { top, bottom, left, right } = this.block;
    const from = top === bottom ? top - 1 : top;
    if (from < 0) return;
    /** @type {[number, number, string][]} */
    const cells = [];
    for (let row = from + 1; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) cells.push([row, column, this.cells[from][column].value]);
    this.write(cells);
  }

  /** @param {ClipboardEvent} event */
  copy(event) {
    const { top, bottom, left, right } = this.block;
    if (top === bottom && left === right) return;
    const rows = this.cells.slice(top, bottom + 1).map((row) => row.slice(left, right + 1).map((box) => box.value));
    event.clipboardData?.setData("text/plain", textOfCells(rows));
    event.preventDefault();
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const rows = cellsOf(event.clipboardData?.getData("text/plain") ?? "");
    if (rows.length < 2 && (rows[0]?.length ?? 0) < 2) return;
    event.preventDefault();
    const { top, left } = this.block;
    this.screen.send("block", { lines: rows, top, left, keys: this.keys, titles: this.titles });
  }

  get keys() {
    return ["name", "needs", ...this.columns.map((field) => field.path)];
  }

  /** Send cells as one step; rows below the last are new milestones.
      @param {[number, number, string][]} cells */
  write(cells) {
    const { plan } = this.screen;
    const { keys } = this;
    /** @type {Map<number, Record<string, string>>} */
    const rows = new Map();
    for (const [row, column, text] of cells) {
      const key = keys[column];
      if (key) rows.set(row, { ...rows.get(row), [key]: text.trim() });
    }
    const sent = [...rows].map(([row, found]) => ({ id: plan.milestones[row]?.id ?? "", cells: found })).filter((row) => row.id || row.cells.name);
    if (sent.length) this.screen.send("rows", { rows: sent });
  }
}

/** @param {Value} milestone @param {string} path @returns {Value} */
function valueAt(milestone, path) {
  let here = milestone;
  for (const key of path.split(".")) here = here?.[key];
  return here ?? null;
}
