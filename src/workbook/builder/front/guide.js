/* The guided path from a blank page: one question at a time, from the goal backwards. */

import { el, fill, ownId } from "../../front/elements.js";
import { composing } from "../../front/hotkeys.js";
import { button } from "./buttons.js";
/** @import { GuideBoard, Screen } from "./types.js" */

export class Guide {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    /** @type {string | undefined} */
    this.shape = undefined;
    /** Whether the path was walked when it was drawn last; unknown before.
        @type {boolean | undefined} */
    this.wasDone = undefined;
    this.steps = el("span", { class: "wbb-steps" });
    this.text = el("p", { class: "wbb-guide-text" });
    this.root = el("details", { class: "wbb-guide", open: true }, el("summary", {}, el("span", { text: screen.say("Six questions") }), this.steps), this.text);
  }

  /** @param {GuideBoard} guide */
  draw(guide) {
    this.drawEmpty();
    const shape = JSON.stringify(guide || null);
    if (shape === this.shape) return;
    this.shape = shape;
    this.root.hidden = !guide;
    if (guide && this.wasDone === undefined) this.root.open = this.screen.board.nodes.length === 0;
    if (!guide) return;
    if (this.root.open && guide.done && this.wasDone === false) this.root.open = false;
    this.wasDone = Boolean(guide.done);
    fill(this.steps, guide.steps.map((step) => el("span", { class: `wbb-step ${step.done ? "wbb-done" : ""} ${step.now ? "wbb-now" : ""}`, "aria-current": step.now ? "step" : null },
      el("span", { class: "wbb-mark-done", "aria-hidden": "true", text: step.done ? "✓" : "" }), step.title,
      step.done ? el("span", { class: "wbb-hidden", text: ` (${this.screen.say("done")})` }) : null)));
    const { milestone } = guide;
    const jump = milestone && button(this.screen.say("Show it"), () => this.screen.jump(milestone), { class: "wbb-small-button" });
    fill(this.text, guide.question && el("b", { text: `${guide.question} ` }), el("span", { text: guide.text || "" }),
      guide.open && el("span", { class: "wbb-open", dir: "auto", text: ` ${guide.open} ` }), jump);
  }

  /** On a blank page the first question stands where the goal will. */
  drawEmpty() {
    const { screen } = this;
    const { empty } = screen.canvas;
    const blank = screen.board.nodes.length === 0;
    empty.hidden = !blank;
    if (!blank || empty.childElementCount) return;
    const box = el("input", { type: "text", class: "wbb-text", id: ownId("goal"), dir: "auto", maxlength: 400, autocomplete: "off", placeholder: screen.say("for instance: a second shop is open") });
    const go = () => {
      if (!box.value.trim()) return box.focus();
      screen.addMilestone(box.value, "after", null);
      box.value = "";
      return undefined;
    };
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || composing(event)) return;
      event.preventDefault();
      go();
    });
    fill(empty, el("label", { for: box.id, class: "wbb-question", text: screen.say("What is the goal? Say what will be true on that day.") }),
      el("div", { class: "wbb-pair" }, box, button(screen.say("This is the goal"), go, { class: "wbb-primary" })),
      el("p", { class: "wbb-help", text: screen.say("Then go backwards: what must be true right before that? Or start from a case, a file or a table.") }),
      button(screen.say("Start from …"), () => screen.start.open(), { sign: "start" }));
  }
}
