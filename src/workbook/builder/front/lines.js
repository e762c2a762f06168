/* What hangs on what, as lines from node to node; one that is chosen can be taken away. */

import { el, fill, ownId } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { Canvas, Link, Size, Spot } from "./types.js" */

export class Lines {
  /** @param {Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.arrow = ownId("arrow");
    /** @type {Link | null} */
    this.chosen = null;
    this.root = el("svg:svg", { class: "wbb-lines", "aria-hidden": "true" });
    this.cut = button(canvas.screen.say("Take this link away"), () => this.unlinkChosen(), { bare: true, class: "wbb-cut", hidden: true });
    this.cut.append("×");
  }

  draw() {
    const { drawn, spots } = this.canvas;
    const known = drawn.links.filter(([a, b]) => spots.has(a) && spots.has(b));
    fill(this.root, arrowHeads(this.arrow), known.map(([first, then]) => this.line(first, then, this.oneOfSeveral(first, then) ? "wbb-either" : "")),
      (drawn.pending || []).map(([first, then]) => this.line(first, then, "wbb-pending")));
    this.showCut();
  }

  /** @param {string} first @param {string} then */
  oneOfSeveral(first, then) {
    return (this.canvas.drawn.either || []).some(([a, b]) => a === first && b === then);
  }

  /** @param {string} first @param {string} then @param {string} [kind] */
  line(first, then, kind = "") {
    const { spots, places, selected } = this.canvas;
    const [from, to] = [first, then].map((id) => /** @type {Spot} */ (spots.get(id)));
    const d = curve(from, to, places.size, places.narrow, this.way(first, then));
    const chosen = this.chosen && this.chosen[0] === first && this.chosen[1] === then;
    const near = selected && (first === selected || then === selected);
    const visible = el("svg:path", { d, class: `wbb-line ${kind} ${chosen ? "wbb-chosen" : ""} ${near ? "wbb-near" : ""}`, "marker-end": `url(#${this.arrow})` });
    const touch = el("svg:path", { d, class: "wbb-touch", onclick: () => this.choose(first, then) });
    return el("svg:g", {}, visible, touch);
  }

  /** Past what stands between two milestones: on the row of the one, of the other, or between.
      @param {string} first @param {string} then */
  way(first, then) {
    const { drawn, places } = this.canvas;
    const [a, b] = [first, then].map((id) => this.canvas.node(id));
    if (places.narrow || !a || !b) return "";
    if (places.line(a.column) < places.line(b.column)) return "fold";
    if (b.column - a.column < 2) return "";
    const free = (/** @type {number} */ row) => !drawn.nodes.some((node) => node.row === row && node.column > a.column && node.column < b.column);
    return free(a.row) ? "late" : free(b.row) ? "early" : "between";
  }

  /** @param {string} first @param {string} then */
  choose(first, then) {
    this.chosen = [first, then];
    this.draw();
    this.cut.focus();
  }

  showCut() {
    const { canvas, chosen } = this;
    const [from, to] = (chosen || []).map((id) => canvas.spots.get(id));
    const there = chosen && canvas.drawn.links.some(([a, b]) => a === chosen[0] && b === chosen[1]);
    this.cut.hidden = !(there && from && to);
    if (!(there && from && to)) return;
    const { w, h } = canvas.places.size;
    const x = (from.x + to.x + w) / 2;
    const y = (from.y + to.y + h) / 2;
    this.cut.style.transform = `translate(${x - 14}px, ${y - 14}px)`;
    const label = canvas.screen.say("Take away: {first} before {then}", { first: canvas.nameOf(chosen[0]), then: canvas.nameOf(chosen[1]) });
    this.cut.setAttribute("aria-label", label);
    this.cut.title = label;
  }

  unlinkChosen() {
    if (!this.chosen) return;
    const [first, then] = this.chosen;
    this.chosen = null;
    this.canvas.screen.send("unlink", { first, then });
    this.canvas.focus(then);
  }
}

/** @param {string} id */
function arrowHeads(id) {
  return el("svg:defs", {}, el("svg:marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
    el("svg:path", { d: "M0 0.6 7.4 4 0 7.4z", class: "wbb-head" })));
}

/** From the end of one node to the start of another; back over the top where it must.
    @param {Spot} a @param {Spot} b @param {Size} size @param {boolean} narrow @param {string} [way] */
export function curve(a, b, { w, h, gx, gy }, narrow, way = "") {
  const [from, to] = narrow
    ? [{ x: a.x + w / 2, y: a.y + h }, { x: b.x + w / 2, y: b.y }]
    : [{ x: a.x + w, y: a.y + h / 2 }, { x: b.x, y: b.y + h / 2 }];
  const bend = Math.max(28, Math.abs(narrow ? to.y - from.y : to.x - from.x) / 2);
  /** @param {number} x @param {number} y @param {number} u @param {number} v */
  const bow = (x, y, u, v) => `C${(x + u) / 2} ${y} ${(x + u) / 2} ${v} ${u} ${v}`;
  const [out, into] = [from.x + gx, to.x - gx];
  if (way === "late") return `M${from.x} ${from.y}H${into}${bow(into, from.y, to.x, to.y)}`;
  if (way === "early") return `M${from.x} ${from.y}${bow(from.x, from.y, out, to.y)}H${to.x}`;
  if (way === "fold") return folded(from, to, gx, gy, a.y + h, b.y);
  if (way === "between") {
    const lane = from.y + h / 2 + gy / 2;
    return `M${from.x} ${from.y}${bow(from.x, from.y, out, lane)}H${into}${bow(into, lane, to.x, to.y)}`;
  }
  return narrow
    ? `M${from.x} ${from.y}C${from.x} ${from.y + bend} ${to.x} ${to.y - bend} ${to.x} ${to.y}`
    : `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

/** From the end of a line back to the start of the next: between the two, as one reads on.
    @param {Spot} from @param {Spot} to @param {number} gx @param {number} gy @param {number} under @param {number} over */
function folded(from, to, gx, gy, under, over) {
  const [out, into] = [from.x + gx / 2, to.x - Math.min(gx / 2, 13)];
  const lane = over - under > gy + 1 ? over - gy / 2 : (under + over) / 2;
  return `M${from.x} ${from.y}H${out}V${lane}H${into}V${to.y}H${to.x}`;
}
