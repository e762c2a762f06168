/* The lecture's words, each explained where it is met first: as long as it is on the screen, and until
   the reader has said that it is known. */

import { el, fill } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { BoardNode, Screen } from "./types.js" */

const KNOWN = "workbook-words-known";

export class Terms {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    this.shape = "";
    this.text = el("span", { class: "wbb-termlist" });
    this.root = el("div", { class: "wbb-terms", role: "note", hidden: true }, this.text, button(screen.say("I know these words"), () => this.know(), { class: "wbb-linkish" }));
  }

  /** What is on the screen now and not yet known: the word, and what it means.
      @returns {[name: string, word: string, meaning: string][]} */
  get met() {
    const { screen } = this;
    const { say, board, answers } = screen;
    const some = (/** @type {(node: BoardNode) => unknown} */ has) => board.nodes.some((node) => has(node));
    /** @type {(false | [string, string, string])[]} */
    const met = [
      Boolean(answers.odds?.share) && ["life", say("life"), say("one course of the plan, from week 1 to its end; a hundred of them are played")],
      some((node) => node.leans) && ["assumed", "◇", say("a figure that is assumed or missing: not yet yours")],
      some((node) => node.origin) && ["origin", say("origin"), say("a first step, which needs nothing before it")],
      some((node) => node.kernel) && ["kernel", say("kernel"), say("the one thing that the business stands on")],
      some((node) => (answers.nodes?.[node.id]?.lost)) && ["lost", "✕", say("the share of all lives that end there")],
      (board.forks ?? []).length > 0 && ["fork", say("fork"), say("a point where the plan may go another way")],
    ];
    const known = this.known;
    return met.filter((term) => term !== false).filter(([name]) => !known.includes(name));
  }

  /** @returns {string[]} */
  get known() {
    try {
      return JSON.parse(localStorage.getItem(KNOWN) || "[]");
    } catch {
      return this.explained ?? [];
    }
  }

  know() {
    this.explained = [...this.known, ...this.met.map(([name]) => name)];
    try {
      localStorage.setItem(KNOWN, JSON.stringify(this.explained));
    } catch { /* a browser without a store of its own: known until the page is left */ }
    this.draw();
    this.screen.canvas.place();
    this.screen.canvas.focusSomething();
  }

  draw() {
    const met = this.met;
    const shape = JSON.stringify(met);
    if (shape === this.shape) return;
    this.shape = shape;
    this.root.hidden = !met.length;
    fill(this.text, met.map(([, word, meaning]) => el("span", { class: "wbb-term" }, el("b", { text: word }), ` ${meaning}`)));
  }
}
