/* How much of the chain is seen: it fits the width by itself as far as its text stays readable, until
   it is made larger or smaller by hand. Where the goal is out of sight, a button says where it is and
   leads to it. */

import { el } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { Canvas, Spot } from "./types.js" */

const LEAST = 0.4;
const MOST = 2;
/** The smallest that a chain is made to fit; the sheet keeps its text at 11 pixels there. */
const FITTED = 0.8;
const STEP = 1.2;

export class Zoom {
  /** @param {Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.factor = 1;
    /** What was chosen by hand; null where the chain fits by itself.
        @type {number | null} */
    this.chosen = null;
    const { say } = canvas.screen;
    this.goal = el("button", { type: "button", class: "wbb-togoal", hidden: true, dir: "auto", onclick: () => this.toGoal() });
    this.root = el("div", { class: "wbb-zoom", role: "group", "aria-label": say("How much is seen") },
      button(say("Smaller (−)"), () => this.by(1 / STEP), { bare: true, sign: "smaller" }),
      button(say("Fit to the width (0)"), () => this.set(null), { bare: true, sign: "fit" }),
      button(say("Larger (+)"), () => this.by(STEP), { bare: true, sign: "larger" }));
    canvas.board.addEventListener("scroll", () => this.showGoal(), { passive: true });
    canvas.board.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.by(event.deltaY < 0 ? STEP : 1 / STEP, event);
    }, { passive: false });
  }

  /** The width and height of the board as the chain counts them. */
  get room() {
    const { clientWidth, clientHeight } = this.canvas.board;
    return { clientWidth: clientWidth / this.factor, clientHeight: clientHeight / this.factor };
  }

  /** Whether nodes stand closer, too: for the whole to be seen, it was not enough to draw it smaller. */
  get dense() {
    return this.factor <= FITTED;
  }

  /** As large as it may be for the whole width to be seen.
      @param {number} width of the chain @param {number} wide of the board */
  fit(width, wide) {
    const least = this.canvas.places.narrow ? 1 : FITTED;
    this.factor = this.chosen ?? (width > 0 && wide > 0 ? Math.min(1, Math.max(least, wide / width)) : 1);
    this.canvas.field.classList.toggle("wbb-small-nodes", this.factor < 0.85);
    this.canvas.field.style.setProperty("zoom", String(this.factor));
    this.canvas.field.style.setProperty("--type", String(Math.max(FITTED, Math.min(1, this.factor))));
  }

  /** @param {number} times @param {{ clientX: number, clientY: number }} [at] what stays where it is */
  by(times, at) {
    this.set(Math.min(MOST, Math.max(LEAST, this.factor * times)), at);
  }

  /** @param {number | null} factor @param {{ clientX: number, clientY: number }} [at] */
  set(factor, at) {
    const { board } = this.canvas;
    const box = board.getBoundingClientRect();
    const [x, y] = at ? [at.clientX - box.left, at.clientY - box.top] : [board.clientWidth / 2, board.clientHeight / 2];
    const before = this.factor;
    const spot = { x: (board.scrollLeft + x) / before, y: (board.scrollTop + y) / before };
    this.chosen = factor;
    this.canvas.place();
    board.scrollTo({ left: spot.x * this.factor - x, top: spot.y * this.factor - y });
    this.canvas.screen.whisper(`${Math.round(100 * this.factor)}%`);
    this.showGoal();
  }

  toGoal() {
    const goal = this.canvas.drawn.nodes.find((node) => node.goal);
    if (goal) this.canvas.focus(goal.id);
  }

  /** The goal with its odds, where its node is not to be seen. */
  showGoal() {
    const { canvas } = this;
    const goal = canvas.drawn.nodes.find((node) => node.goal);
    const spot = goal && canvas.spots.get(goal.id);
    this.goal.hidden = !spot || this.sees(spot);
    if (this.goal.hidden || !goal) return;
    const odds = canvas.screen.answers.nodes?.[goal.id];
    const text = [canvas.screen.say("Goal"), goal.name, odds?.reached].filter(Boolean).join(" · ");
    if (this.goal.textContent !== text) this.goal.textContent = text;
  }

  /** Whether most of a node that stands there is within the board.
      @param {Spot} spot */
  sees(spot) {
    const { board, places } = this.canvas;
    const { w, h } = places.size;
    const [left, top] = [spot.x * this.factor - board.scrollLeft, spot.y * this.factor - board.scrollTop];
    const [wide, high] = [w * this.factor, h * this.factor];
    return left >= -wide / 4 && top >= -high / 4 && left + wide <= board.clientWidth + wide / 4 && top + high <= board.clientHeight + high / 4;
  }
}
