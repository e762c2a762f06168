/* The canvas: milestones as nodes, what they hang on as lines. It draws the board that the kernel
   sends and moves nothing of the plan itself; while something is dragged it draws on its own. */

import { cellsOf } from "./clipboard.js";
import { pressOnCanvas } from "./gestures.js";
import { keyOnCanvas } from "./keys.js";
import { Lines } from "./lines.js";
import { addOn, renameOn } from "./names.js";
import { drawNode, newNode } from "./node.js";
import { el, inside, ownId } from "../../front/elements.js";
import { Places } from "./place.js";
import { Zoom } from "./zoom.js";
/** @import { Board, BoardNode, Screen, Spot } from "./types.js" */

export class Canvas {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    /** @type {Map<string, HTMLElement>} */
    this.nodes = new Map();
    /** @type {Map<string, BoardNode>} */
    this.byId = new Map();
    /** @type {Map<string, Spot>} */
    this.spots = new Map();
    /** @type {string | null} */
    this.selected = null;
    /** Selected besides it.
        @type {Set<string>} */
    this.also = new Set();
    /** What was copied last, should the browser keep its clipboard to itself. */
    this.copied = "";
    /** Whether a click adds to what is selected. */
    this.toggling = false;
    /** @type {"name" | "link" | "unlink" | null} */
    this.mode = null;
    /** Among which milestones a second one is chosen, and the one that is marked.
        @type {string[]} */
    this.around = [];
    /** @type {string | null} */
    this.pick = null;
    this.pendingAdds = 0;
    this.wantsFocus = false;
    /** @type {Board} */
    this.drawn = screen.board;
    const hint = ownId("hint");
    this.lines = new Lines(this);
    this.field = el("div", { class: "wbb-field" }, this.lines.root, this.lines.cut);
    this.board = el("div", {
      class: "wbb-board", role: "application", tabindex: "-1",
      "aria-label": screen.say("Your chain"), "aria-describedby": hint,
    }, this.field);
    this.hint = el("p", { id: hint, class: "wbb-hidden", text: screen.say("Arrows go from milestone to milestone. N adds one after it, B one before it, Enter renames, L links, U unlinks, Delete takes it away. Press ? for all keys.") });
    this.empty = el("div", { class: "wbb-empty" });
    this.ask = el("button", { type: "button", class: "wbb-ask", hidden: true, onclick: () => this.add("before", this.lone?.id) });
    this.field.append(this.ask);
    this.places = new Places([], this.board, 0);
    this.zoom = new Zoom(this);
    this.root = el("div", { class: "wbb-canvas" }, this.board, this.empty, this.zoom.root, this.zoom.goal, this.hint);
    this.board.addEventListener("keydown", (event) => keyOnCanvas(this, event));
    this.board.addEventListener("pointerdown", (event) => pressOnCanvas(this, event));
    this.board.addEventListener("contextmenu", (event) => this.menu(event));
    this.board.addEventListener("copy", (event) => this.copy(event));
    this.board.addEventListener("paste", (event) => this.paste(event));
    new ResizeObserver(() => this.place()).observe(this.root);
  }

  /** Draw what the board says; elements stay, so that they glide and keep the focus.
      @param {Board} board */
  draw(board) {
    const { nodes, links } = board;
    this.field.querySelectorAll(".wbb-ghost.wbb-sent").forEach((ghost) => ghost.remove());
    const shape = JSON.stringify([nodes.map(({ id, column, row }) => [id, column, row]), links]);
    const moved = shape !== this.shape || Boolean(this.drawn.pending);
    this.shape = shape;
    const lost = this.mode !== "name" && document.activeElement?.closest?.(".wbb-node");
    const at = lost ? this.drawn.nodes.findIndex((node) => lost.contains(this.nodes.get(node.id) ?? null)) : -1;
    const beside = nodes[Math.max(0, at - 1)]?.id;
    this.drawn = board;
    this.byId = new Map(nodes.map((node) => [node.id, node]));
    for (const [id, node] of this.nodes) {
      if (this.byId.has(id)) continue;
      node.remove();
      this.nodes.delete(id);
    }
    this.drawNodes();
    if (this.selected && !this.byId.has(this.selected)) this.select(null, { tell: false });
    if (moved) {
      this.place();
      this.roving();
    }
    if (lost && !lost.isConnected && !this.focus(board.selected || beside)) this.focusSomething();
    this.root.classList.toggle("wbb-bare-page", nodes.length === 0);
  }

  /** Put on every node what the board and the last play say of it. */
  drawNodes() {
    for (const milestone of this.drawn.nodes) {
      if (!this.nodes.has(milestone.id)) {
        const node = newNode(this, milestone.id);
        this.nodes.set(milestone.id, node);
        this.field.append(node);
      }
      drawNode(this, /** @type {HTMLElement} */ (this.nodes.get(milestone.id)), milestone);
    }
  }

  /** What the board says of a milestone.
      @param {string | null} id */
  node(id) {
    return id === null ? undefined : this.byId.get(id);
  }

  /** @param {string | null} id */
  nameOf(id) {
    return this.node(id)?.name || id || "";
  }

  /** @param {string} id */
  needs(id) {
    return this.drawn.links.filter(([, then]) => then === id).map(([first]) => first);
  }

  place() {
    this.places = new Places(this.drawn.nodes, this.board, this.screen.root.clientWidth);
    this.zoom.fit(this.places.width, this.board.clientWidth);
    if (this.zoom.factor !== 1) this.places = new Places(this.drawn.nodes, this.zoom.room, this.screen.root.clientWidth, this.zoom.dense);
    this.spots = new Map(this.drawn.nodes.map((milestone) => [milestone.id, this.places.at(milestone)]));
    const { w, h, pad } = this.places.size;
    this.placeLone();
    let [right, bottom] = [0, 0];
    for (const [id, spot] of this.spots) {
      const node = this.nodes.get(id);
      if (node && !node.classList.contains("wbb-dragged")) {
        node.style.transform = `translate(${spot.x}px, ${spot.y}px)`;
        node.style.width = `${w}px`;
        node.style.height = `${h}px`;
      }
      [right, bottom] = [Math.max(right, spot.x + w), Math.max(bottom, spot.y + h)];
    }
    this.field.style.width = `${right + pad}px`;
    this.field.style.height = `${bottom + pad}px`;
    this.root.classList.toggle("wbb-narrow", this.places.narrow);
    this.root.classList.toggle("wbb-low", h < 104);
    this.lines.draw();
    this.zoom.showGoal();
  }

  /** The goal that nothing is linked to: the only milestone, or at the right with a free column before it. */
  get lone() {
    const { nodes, links } = this.drawn;
    const goal = nodes.length === 1 ? nodes[0] : nodes.find((node) => node.goal);
    return goal && !links.flat().includes(goal.id) ? goal : undefined;
  }

  /** A goal that is alone stands at the right, with a question where what leads to it will be. */
  placeLone() {
    const { lone, places } = this;
    const only = this.drawn.nodes.length === 1;
    this.ask.hidden = !lone || (only && places.narrow);
    if (!lone || this.ask.hidden) return;
    const { w, h, gx, pad } = places.size;
    if (only) this.spots.set(lone.id, { x: Math.max(pad + w + gx, this.board.clientWidth - w - 2 * pad), y: Math.max(pad, (this.board.clientHeight - h) / 3) });
    const spot = /** @type {Spot} */ (this.spots.get(lone.id));
    const beside = only ? { x: spot.x - w - gx, y: spot.y } : places.at({ ...lone, column: lone.column - 1 });
    this.ask.textContent = this.screen.say("What must be true before “{name}”?", { name: lone.name });
    Object.assign(this.ask.style, { transform: `translate(${beside.x}px, ${beside.y}px)`, width: `${w}px`, minHeight: `${h}px` });
  }

  /** @param {string | null} id @param {{ tell?: boolean }} [how] */
  select(id, { tell = true } = {}) {
    if (this.selected === id && !this.also.size) return;
    this.also.clear();
    this.selected = id;
    this.roving();
    this.lines.draw();
    if (tell) this.screen.send("select", { id });
    this.screen.selectionChanged();
  }

  /** All that are selected, in the order of the plan. */
  get several() {
    return this.drawn.nodes.map((node) => node.id).filter((id) => id === this.selected || this.also.has(id));
  }

  /** Select one more, or one less.
      @param {string} id */
  toggle(id) {
    if (this.also.has(id)) this.also.delete(id);
    else if (id === this.selected) [this.selected = null] = this.also;
    else if (this.selected === null) this.selected = id;
    else this.also.add(id);
    if (this.selected !== null) this.also.delete(this.selected);
    this.chose();
  }

  /** Select this one too, and go to it.
      @param {string} id */
  extend(id) {
    if (this.selected !== null) this.also.add(this.selected);
    this.also.delete(id);
    this.selected = id;
    this.chose();
    this.focus(id);
  }

  /** Select these, the first of them as the one that the form is about.
      @param {string[]} ids */
  selectMany(ids) {
    [this.selected = null] = ids;
    this.also = new Set(ids.slice(1));
    this.chose();
  }

  selectAll() {
    this.selectMany(this.drawn.nodes.map((node) => node.id));
  }

  chose() {
    this.roving();
    this.lines.draw();
    this.screen.send("select", { id: this.selected });
    this.screen.selectionChanged();
    const n = this.several.length;
    if (n > 1) this.screen.announce(this.screen.say("{n} milestones are selected.", { n }));
  }

  /** @param {MouseEvent} event */
  menu(event) {
    if (this.mode === "name") return;
    event.preventDefault();
    event.stopPropagation();
    const id = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".wbb-node"))?.dataset.id;
    if (id && !this.several.includes(id)) this.focus(id);
    const box = /** @type {Element} */ (event.target).getBoundingClientRect();
    this.screen.menu.open(event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : { x: box.left + 20, y: box.bottom - 20 });
  }

  /** The selected milestones as text, to be pasted here or into another plan.
      @param {ClipboardEvent} [event] */
  copy(event) {
    const ids = this.several;
    if (!ids.length || this.mode === "name") return;
    this.copied = JSON.stringify({ workbook: "milestones", milestones: this.parts(ids) });
    event?.clipboardData?.setData("text/plain", this.copied);
    event?.preventDefault();
    if (!event) navigator.clipboard?.writeText(this.copied).catch(() => {});
    this.screen.announce(this.screen.say("Copied: {n}. Paste with Ctrl V, here or in another plan.", { n: ids.length }));
  }

  /** Milestones as the plan has them, without what nobody has written.
      @param {string[]} ids */
  parts(ids) {
    const found = this.screen.plan.milestones.filter((/** @type {BoardNode} */ one) => ids.includes(one.id));
    return found.map((/** @type {Record<string, unknown>} */ one) => {
      const unwritten = this.node(String(one.id))?.unwritten ?? [];
      return Object.fromEntries(Object.entries(one).filter(([key]) => !unwritten.includes(key)));
    });
  }

  duplicate() {
    if (this.selected) this.screen.send("paste", { parts: this.parts(this.several) });
    else this.screen.announce(this.screen.say("Choose a milestone first."));
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    if (this.mode === "name") return;
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain") || this.copied;
    this.screen.inTurn(() => this.pasteText(text));
  }

  pasteCopied() {
    this.pasteText(this.copied);
  }

  /** Milestones that were copied; a list of names, a line each, one after another; or a table.
      @param {string} text */
  pasteText(text) {
    const lines = cellsOf(text).map(([name]) => name).filter(Boolean);
    let parts = lines.map((name, n) => ({ id: `line-${n}`, name: name.slice(0, 400), ...(n ? { needs: [`line-${n - 1}`] } : {}) }));
    try {
      const read = JSON.parse(text);
      if (read.workbook === "milestones") parts = read.milestones;
    } catch { /* no milestones of ours: names */ }
    if (/\t/.test(text) && !text.startsWith("{")) this.screen.start.withTable(text);
    else if (parts.length) this.screen.send("paste", { parts, after: this.selected });
    else this.screen.announce(this.screen.say("Nothing was copied that could be pasted here."), true);
  }

  /** One milestone can be reached with Tab; arrows lead to the others. */
  roving() {
    const home = this.selected && this.nodes.has(this.selected) ? this.selected : this.drawn.nodes[0]?.id;
    for (const [id, node] of this.nodes) {
      node.classList.toggle("wbb-selected", id === this.selected || this.also.has(id));
      const face = inside(node, ".wbb-face");
      face.tabIndex = id === home ? 0 : -1;
      face.setAttribute("aria-current", id === this.selected ? "true" : "false");
    }
  }

  /** Whether there is one to focus.
      @param {string | null | undefined} id */
  focus(id) {
    const node = id && this.nodes.get(id);
    const face = node && inside(node, ".wbb-face");
    if (!face) return false;
    face.focus({ preventScroll: true });
    this.reveal(id);
    return true;
  }

  /** Scroll the board, and only the board, until the node is seen.
      @param {string} id */
  reveal(id) {
    const spot = this.spots.get(id);
    if (!spot) return;
    const { w, h, pad } = this.places.size;
    const board = this.board;
    const k = this.zoom.factor;
    const left = Math.min((spot.x - pad) * k, Math.max(board.scrollLeft, (spot.x + w + pad) * k - board.clientWidth));
    const top = Math.min((spot.y - pad) * k, Math.max(board.scrollTop, (spot.y + h + pad) * k - board.clientHeight));
    board.scrollTo({ left, top });
  }

  focusSomething() {
    const id = this.selected && this.nodes.has(this.selected) ? this.selected : this.drawn.nodes.at(-1)?.id;
    if (!id || !this.focus(id)) this.board.focus();
  }

  /** @param {string | null} id */
  rename(id) {
    renameOn(this, id);
  }

  /** A new milestone after another, written where the link was dropped; no other link changes.
      @param {string} id @param {Spot} spot */
  branch(id, spot) {
    addOn(this, "after", id, spot);
  }

  /** @param {"after" | "before"} how @param {string | null} [id] */
  add(how, id = this.selected) {
    addOn(this, how, id);
  }

  /** @param {string | null} [id] */
  delete(id = this.selected) {
    const ids = this.several;
    if (ids.length > 1) this.screen.send("delete", { ids });
    else if (id) this.screen.send("delete", { id });
  }
}
