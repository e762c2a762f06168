/* The forks of the plan: what may be decided on the way. One option at each, or none: then the plan
   goes on as written. The odds follow the choice. */

import { el, fill, inside, ownId } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { Fork, ForkOption, Screen } from "./types.js" */

export class ForkForm {
  /** @param {Screen} screen @param {string | null} milestone */
  constructor(screen, milestone) {
    this.screen = screen;
    this.milestone = milestone;
    this.shape = "";
    this.node = el("div", { class: "wbb-group wbb-forks" });
  }

  update() {
    const all = this.screen.board.forks || [];
    const forks = all.filter((fork) => !this.milestone || fork.milestone === this.milestone);
    const shape = JSON.stringify([forks, this.screen.plan.milestones.find((/** @type {{ id: string }} */ one) => one.id === this.milestone)?.tests]);
    if (shape === this.shape) return;
    this.shape = shape;
    const { activeElement } = document;
    const at = activeElement instanceof HTMLElement && this.node.contains(activeElement) ? activeElement.dataset.option : null;
    const { say } = this.screen;
    this.node.hidden = !this.screen.board.nodes.length;
    fill(this.node, forks.length > 0 && el("h4", { text: say("Forks") }), forks.map((fork) => this.fork(fork)),
      el("div", { class: "wbb-actions" },
        button(say("What if …"), () => this.whatIf(), { title: say("A fork here: another way, should it come to that") }),
        this.milestone && !this.screen.plan.milestones.find((/** @type {{ id: string }} */ one) => one.id === this.milestone)?.tests
          && button(say("What if this turns out not to be true?"), () => this.screen.send("doubt", { id: this.milestone }), { title: say("It becomes a belief: what relies on it cannot succeed before a redesign, if it is false") }),
        forks.length > 0 && button(say("Edit the options"), () => this.edit(forks))));
    if (at) inside(this.node, `[data-option="${CSS.escape(at)}"]`)?.focus();
  }

  /** A fork of one's own; its form opens among the resources. */
  whatIf() {
    this.screen.send("what_if", { milestone: this.milestone });
    this.edit([], true);
  }

  /** Open the form of these forks, or of one that is being made.
      @param {Fork[]} forks @param {boolean} [made] */
  edit(forks, made = false) {
    const { canvas, inspector, board } = this.screen;
    inspector.open.add("forks");
    const known = (board.forks || []).map((fork) => fork.id);
    const next = ["what-if", ...[...Array(50).keys()].map((n) => `what-if-${n + 2}`)].find((id) => !known.includes(id));
    for (const id of made ? [next] : forks.map((fork) => fork.id)) inspector.open.add(`forks.${id}`);
    canvas.select(null);
    inspector.shape = "";
    inspector.draw();
    inspector.body.querySelector('[data-path="forks"]')?.scrollIntoView({ block: "start" });
  }

  /** @param {Fork} fork */
  fork(fork) {
    const { say } = this.screen;
    const name = ownId("fork");
    const options = [{ id: "", name: say("None: the plan goes on as written") }, ...fork.options];
    return el("fieldset", { class: "wbb-fork", "data-fork": fork.id },
      el("legend", { text: fork.name, dir: "auto" }),
      el("p", { class: "wbb-help", text: [fork.opens, fork.note].filter(Boolean).join(" "), dir: "auto" }),
      options.map((option) => this.option(fork, option, name)));
  }

  /** @param {Fork} fork @param {ForkOption} option @param {string} name */
  option(fork, option, name) {
    const box = el("input", { type: "radio", name, id: ownId("option"), "data-option": `${fork.id}/${option.id}`, checked: option.id === fork.chosen });
    box.addEventListener("change", () => this.screen.send("choose", { fork: fork.id, option: option.id }));
    return el("div", { class: "wbb-option" }, box,
      el("label", { for: box.id, dir: "auto" }, el("span", { text: option.name }), option.note && el("span", { class: "wbb-help", text: option.note })));
  }
}
