/* The chain as a table to type in: a row for each milestone, a column for each figure. Arrows, Enter
   and Tab go from cell to cell, Shift and arrows mark a block; a block is copied to a spreadsheet
   and pasted from one, with its row of headings or without, and Ctrl D fills it down from its first row. All of a paste is one step.
   Escape takes back what is typed in a cell; once more, and the chain is there again. Where nothing
   is being typed, Ctrl Z undoes the last step of the plan, as anywhere else.

   A row keeps its boxes as long as it is there, and a new one becomes its milestone where it is: an
   answer of the kernel never touches the cell that is being typed in, and a text that the kernel has
   not heard or could not read stays in its cell. */

import { el, fill } from "../../front/elements.js";
import { composing } from "../../front/hotkeys.js";
import { cellsOf, textOfCells } from "./clipboard.js";
import { figureText, scaled } from "./figures.js";
import { isStep } from "./keys.js";
/** @import { Field, GridRow, Screen, Value } from "./types.js" */

/** Columns that are always there; the others where some milestone has them. */
const FIRST = ["weeks", "cost", "pass_rate", "attempts"];

export class Grid {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    /** @type {GridRow[]} */
    this.rows = [];
    /** @type {Field[]} */
    this.columns = [];
    /** The cell that is written in, and the other corner of the block, as row and column. */
    this.here = { row: 0, column: 0 };
    this.corner = { row: 0, column: 0 };
    /** The milestones that were there when the table was opened: others stay below them.
        @type {string[]} */
    this.opened = [];
    this.made = 0;
    this.file = "";
    const { say } = screen;
    this.head = el("tr", {});
    this.body = el("tbody", {});
    this.table = el("table", { class: "wbb-grid", "aria-label": say("The milestones as a table") }, el("thead", {}, this.head), this.body);
    this.root = el("div", { class: "wbb-gridbox", hidden: true }, this.table,
      el("p", { class: "wbb-help", text: say("Arrows go from cell to cell; Shift and arrows mark a block; Ctrl C, Ctrl V copy and paste, also from a spreadsheet; Ctrl D fills down; “needs” takes numbers of rows.") }));
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("paste", (event) => this.paste(event), true);
    this.table.addEventListener("copy", (event) => this.copy(event), true);
  }

  /** Begin with the milestones in the order of the plan. */
  open() {
    this.opened = this.ids;
    this.draw();
    this.go(0, 0);
  }

  /** @returns {string[]} */
  get ids() {
    return this.screen.plan.milestones.map((/** @type {Value} */ one) => one.id);
  }

  /** @returns {Field[]} */
  usedColumns() {
    const { form, plan } = this.screen;
    const fields = form.milestone.flatMap((group) => group.fields).filter((field) => field.table);
    const bare = (/** @type {Value} */ value) => value === null || value === 0 || value === 1;
    return fields.filter((field) => FIRST.includes(field.path) || plan.milestones.some((/** @type {Value} */ one) => !bare(valueAt(one, field.path))));
  }

  draw() {
    const { plan, board } = this.screen;
    if (this.root.hidden || !plan) return;
    if (this.file !== board.kept?.file) this.rows = [];
    this.file = board.kept?.file ?? "";
    this.columns = this.usedColumns();
    const focused = this.table.contains(document.activeElement);
    this.rows = this.rowsNow();
    this.drawHead();
    this.rows.forEach((row, n) => this.drawRow(row, n));
    fill(this.body, this.rows.map((row) => row.node));
    if (focused && !this.table.contains(document.activeElement)) this.go(this.here.row, this.here.column);
    this.find();
  }

  /** Every milestone in the order of the plan, what came since the table was opened below it in the
      order in which it came, what is typed and not yet one, and an empty row. */
  rowsNow() {
    const { named = {} } = this.screen.board;
    const { ids } = this;
    for (const row of this.rows) row.id ||= ids.includes(named[row.key]) ? named[row.key] : "";
    const came = Object.values(named);
    const since = ids.filter((id) => !this.opened.includes(id)).sort((a, b) => came.indexOf(a) - came.indexOf(b));
    const known = new Map(this.rows.map((row) => [row.id, row]));
    for (const row of this.rows) if (row.id && !ids.includes(row.id) && this.typedIn(row)) Object.assign(row, this.unnamed());
    const typed = this.rows.filter((row) => !row.id && (this.textsOf(row).length > 0 || row.node.contains(document.activeElement)));
    const rows = [...ids.filter((id) => this.opened.includes(id)), ...since].map((id) => known.get(id) ?? this.newRow(id));
    const last = typed.at(-1);
    return [...rows, ...typed, ...(last && !this.textsOf(last).length ? [] : [this.rows.find((row) => !row.id && !typed.includes(row)) ?? this.newRow("")])];
  }

  /** Whether the cell being typed in is one of its own.
      @param {GridRow} row */
  typedIn(row) {
    return [...row.cells.values()].some((box) => box === document.activeElement && box.value !== box.dataset.was);
  }

  /** What a row has that is no milestone yet. */
  unnamed() {
    this.made += 1;
    return { id: "", key: `${this.screen.view}-${this.made}` };
  }

  /** @param {string} id @returns {GridRow} */
  newRow(id) {
    const head = el("th", { scope: "row" });
    return { ...this.unnamed(), id, head, node: el("tr", {}, head), cells: new Map() };
  }

  /** The texts of a row that is no milestone yet, by the paths of their columns.
      @param {GridRow} row */
  textsOf(row) {
    return [...row.cells].map(([path, box]) => [path, box.value.trim()]).filter(([, text]) => text);
  }

  drawHead() {
    const units = ["", "", ...this.columns.map((field) => (field.unit ?? "").replace("{currency}", this.screen.plan.currency))];
    const shape = JSON.stringify([this.titles, units]);
    if (this.head.dataset.shape === shape) return;
    this.head.dataset.shape = shape;
    fill(this.head, el("td"), this.titles.map((title, n) => el("th", { scope: "col" }, title, units[n] && el("small", { text: ` ${units[n]}` }))));
  }

  /** @param {GridRow} row @param {number} n */
  drawRow(row, n) {
    const { screen, titles } = this;
    const { plan, say } = screen;
    row.head.textContent = row.id || n < this.rows.length - 1 ? figureText(n + 1, screen.words.html_lang) : "+";
    const name = row.id ? screen.canvas.nameOf(row.id) : say("a new milestone");
    const boxes = this.keys.map((path, column) => {
      const box = row.cells.get(path) ?? this.newCell(row, path);
      this.drawCell(row, path, box);
      const label = `${titles[column]}, ${name}`;
      if (box.getAttribute("aria-label") !== label) box.setAttribute("aria-label", label);
      return /** @type {Element} */ (box.parentElement);
    });
    fill(row.node, row.head, boxes);
    row.node.classList.toggle("wbb-goalrow", Boolean(row.id) && row.id === plan.goal);
  }

  /** @param {GridRow} row @param {string} path */
  newCell(row, path) {
    const box = el("input", { type: "text", class: "wbb-cell", autocomplete: "off", spellcheck: "false", dir: "auto" });
    box.addEventListener("focus", () => this.enter(row, path));
    box.addEventListener("input", () => this.grow(row));
    box.addEventListener("change", () => this.write([[this.rows.indexOf(row), this.keys.indexOf(path), box.value]]));
    row.cells.set(path, box);
    el("td", {}, box);
    return box;
  }

  /** The plan's figure, where nothing else is typed there that the plan has not got.
      @param {GridRow} row @param {string} path @param {HTMLInputElement} box */
  drawCell(row, path, box) {
    const { screen } = this;
    const text = this.text(row, path);
    const place = row.id ? `milestones.${row.id}.${path}` : `rows.${row.key}.${path}`;
    const entry = screen.board.entries?.find((one) => one.problem && one.path === place && one.text === box.value.trim());
    const typing = document.activeElement === box && box.value !== (box.dataset.was ?? "");
    const waits = box.dataset.sent === box.value && !screen.wire.settled;
    if (!waits) delete box.dataset.sent;
    if (row.id && !typing && !waits && !entry && box.value !== text) {
      const whole = document.activeElement === box && box.selectionStart === 0 && box.selectionEnd === box.value.length;
      box.value = text;
      if (whole) box.select(); // what is typed next takes its place, as it would have before
    }
    box.dataset.was = text;
    box.setAttribute("aria-invalid", String(Boolean(entry)));
    box.title = entry?.problem ?? "";
  }

  /** An empty row below the one that is begun.
      @param {GridRow} row */
  grow(row) {
    if (row !== this.rows.at(-1)) return;
    this.rows = [...this.rows, this.newRow("")];
    this.rows.slice(-2).forEach((one) => this.drawRow(one, this.rows.indexOf(one)));
    fill(this.body, this.rows.map((one) => one.node));
  }

  get titles() {
    const { say } = this.screen;
    return [say("name"), say("needs"), ...this.columns.map((field) => field.label)];
  }

  /** What the plan has for a cell: a figure, the three of a range, the rows that a milestone needs.
      @param {GridRow | undefined} row @param {string} path */
  text(row, path) {
    const { plan, words, canvas } = this.screen;
    const one = row?.id && plan.milestones.find((/** @type {Value} */ other) => other.id === row.id);
    if (!one) return "";
    if (path === "name") return canvas.nameOf(one.id);
    const number = (/** @type {Value} */ id) => this.rows.findIndex((other) => other.id === id) + 1;
    if (path === "needs") return (one.needs || []).map(number).join(", ");
    const value = valueAt(one, path);
    const factor = this.columns.find((field) => field.path === path)?.unit === "%" ? 100 : 1;
    return (Array.isArray(value) ? value : [value]).map((figure) => figureText(scaled(figure, factor), words.html_lang)).join(" / ");
  }

  /** The box at a place.
      @param {number} row @param {number} column */
  box(row, column) {
    return this.rows[row]?.cells.get(this.keys[column]);
  }

  /** @param {number} row @param {number} column @param {boolean} [block] */
  go(row, column, block = false) {
    const to = { row: Math.max(0, Math.min(row, this.rows.length - 1)), column: Math.max(0, Math.min(column, this.keys.length - 1)) };
    if (block) {
      this.corner = to;
      this.mark();
      return;
    }
    const box = this.box(to.row, to.column);
    box?.focus();
    box?.select();
  }

  /** @param {GridRow} row @param {string} path */
  enter(row, path) {
    this.here = { row: this.rows.indexOf(row), column: this.keys.indexOf(path) };
    this.corner = this.here;
    this.mark();
  }

  /** The cell with the keyboard may have another number now. */
  find() {
    const row = this.rows.findIndex((one) => one.node.contains(document.activeElement));
    if (row < 0 || row === this.here.row) return;
    this.corner = { ...this.corner, row: this.corner.row + row - this.here.row };
    this.here = { ...this.here, row };
  }

  /** The rows and columns of the block, first and last. */
  get block() {
    const { here, corner } = this;
    return { top: Math.min(here.row, corner.row), bottom: Math.max(here.row, corner.row), left: Math.min(here.column, corner.column), right: Math.max(here.column, corner.column) };
  }

  get several() {
    const { top, bottom, left, right } = this.block;
    return top !== bottom || left !== right;
  }

  mark() {
    const { top, bottom, left, right } = this.block;
    const { several, keys } = this;
    this.rows.forEach((row, n) => keys.forEach((path, column) => row.cells.get(path)?.classList.toggle("wbb-inblock", several && n >= top && n <= bottom && column >= left && column <= right)));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { row, column } = this.here;
    const box = this.box(row, column);
    if (!box || composing(event)) return;
    const corner = event.shiftKey ? this.corner : this.here;
    const start = box.selectionStart === 0 && (box.selectionEnd === 0 || box.selectionEnd === box.value.length);
    const end = box.selectionEnd === box.value.length && (box.selectionStart === box.value.length || box.selectionStart === 0);
    /** @type {Record<string, [number, number] | false>} */
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0], ArrowLeft: (event.shiftKey || start) && [0, -1], ArrowRight: (event.shiftKey || end) && [0, 1] };
    const step = steps[event.key];
    const text = this.text(this.rows[row], this.keys[column]);
    if (step) {
      event.preventDefault();
      this.go(corner.row + step[0], corner.column + step[1], event.shiftKey && event.key !== "Enter");
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      event.preventDefault();
      this.fillDown();
    } else if (box.value === text && isStep(event)) {
      event.preventDefault(); // nothing is being typed; the browser would change a cell typed in before
      this.screen.step(event);
    } else if (event.key === "Escape") {
      if (box.value === text) {
        this.screen.show("chain");
        return;
      }
      box.value = text;
      this.draw();
      box.select();
    }
  }

  /** Put texts into the block, row by row, and write them.
      @param {(row: number, column: number) => string} text @param {number} [from] the first row */
  fillBlock(text, from = this.block.top) {
    const { bottom, left, right } = this.block;
    /** @type {[number, number, string][]} */
    const cells = [];
    for (let row = from; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) cells.push([row, column, text(row, column)]);
    this.write(cells);
  }

  /** The first row of the block goes into those below; of one cell, the one above it. */
  fillDown() {
    const { top, bottom } = this.block;
    const from = top === bottom ? top - 1 : top;
    if (from >= 0) this.fillBlock((_row, column) => this.box(from, column)?.value ?? "", from + 1);
  }

  /** @param {ClipboardEvent} event */
  copy(event) {
    if (!this.several) return;
    const { top, bottom, left, right } = this.block;
    const rows = this.rows.slice(top, bottom + 1).map((row) => this.keys.slice(left, right + 1).map((path) => row.cells.get(path)?.value ?? ""));
    event.clipboardData?.setData("text/plain", textOfCells(rows));
    event.preventDefault();
  }

  /** Several cells are one step; one goes into all that are marked, or into the text of its box.
      @param {ClipboardEvent} event */
  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = cellsOf(text);
    const { keys, titles } = this;
    const { top, left } = this.block;
    if (lines.length > 1 || lines[0]?.length > 1) {
      event.preventDefault();
      this.screen.send("block", { lines, top, left, keys, titles, order: this.order, key: this.unnamed().key });
    } else if (lines.length && this.several) {
      event.preventDefault();
      this.fillBlock(() => lines[0][0]);
    } else if (lines.length && lines[0][0] !== text) {
      event.preventDefault(); // a cell of a spreadsheet: without its quotation marks and its line's end
      document.execCommand("insertText", false, lines[0][0]); // as if it were typed
    }
  }

  get keys() {
    return ["name", "needs", ...this.columns.map((field) => field.path)];
  }

  /** What each row is, from the first: a milestone, or the key of one that is not yet known. */
  get order() {
    return this.rows.map((row) => row.id || row.key);
  }

  /** Send cells as one step; a row that is no milestone yet becomes one once it has a name.
      @param {[number, number, string][]} cells */
  write(cells) {
    const { keys, screen } = this;
    /** @type {Map<GridRow, Record<string, string>>} */
    const rows = new Map();
    for (const [place, column, text] of cells) {
      const row = this.rows[place];
      const box = this.box(place, column);
      if (!row || !box) continue;
      box.value = text;
      rows.set(row, { ...rows.get(row), [keys[column]]: text.trim() });
    }
    for (const row of rows.keys()) if (!row.id) rows.set(row, Object.fromEntries(this.textsOf(row)));
    const sent = [...rows].filter(([row, found]) => row.id || found.name);
    for (const [row, found] of sent) {
      for (const path of Object.keys(found)) {
        const box = row.cells.get(path);
        if (box) box.dataset.sent = box.value;
      }
    }
    if (sent.length) screen.send("rows", { order: this.order, rows: sent.map(([{ id, key }, found]) => ({ id, key, cells: found })) });
    else if (rows.size && [...rows.values()].some((found) => Object.keys(found).length)) screen.announce(screen.say("A new row is a milestone once it has a name."));
  }
}

/** @param {Value} milestone @param {string} path @returns {Value} */
function valueAt(milestone, path) {
  let here = milestone;
  for (const key of path.split(".")) here = here?.[key];
  return here ?? null;
}
