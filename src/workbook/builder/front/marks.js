/* Where a figure comes from, beside its name: assumed ◇, derived or stated as long as it has the
   value that it came with; yours once it is changed; ◇ where nobody has written one yet. */

import { el } from "../../front/elements.js";
/** @import { FieldContext, Say, Value } from "./types.js" */

export class Mark {
  /** @param {FieldContext} ctx @param {string} path */
  constructor(ctx, path) {
    this.ctx = ctx;
    this.path = path;
    this.key = path.split(".").slice(2).join(".");
    this.node = el("span", { class: "wbb-basis", hidden: true });
    this.ground = el("p", { class: "wbb-help wbb-ground", hidden: true });
  }

  /** @param {Value} value */
  update(value) {
    const [mark, ground] = this.look(value);
    this.node.hidden = !mark;
    this.ground.hidden = !ground;
    if (this.node.textContent !== mark) this.node.textContent = mark;
    if (this.ground.textContent !== ground) this.ground.textContent = ground;
  }

  /** @param {Value} value */
  look(value) {
    const { screen, say, milestone } = this.ctx;
    if (screen.waits(this.path)) return [say("not in the plan yet"), ""];
    const came = screen.sources[this.path];
    const same = came && JSON.stringify(came.value) === JSON.stringify(value);
    if (same) return [came.mark, came.ground];
    if (came) return [say("yours"), ""];
    const unwritten = milestone && screen.canvas.node(milestone)?.unwritten.includes(this.key);
    if (unwritten) return [say("◇ not yet"), UNWRITTEN[this.key](say)];
    return ["", ""];
  }
}

/** @type {Record<string, (say: Say) => string>} */
const UNWRITTEN = {
  weeks: (say) => say("Nobody has written it yet: it is played at one week."),
  cost: (say) => say("Nobody has written it yet: it is played at no cost."),
  pass_rate: (say) => say("Nobody has written it yet: it is played as if it could not be missed."),
};
