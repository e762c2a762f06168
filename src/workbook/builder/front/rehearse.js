/* Rehearse my plan: one life of the plan on the canvas, in a window of its own. */

import { el, ownId } from "../../front/elements.js";
import { Rehearsal } from "../../lesson/rehearsal/front/rehearsal.js";
import { button } from "./buttons.js";
/** @import { Screen } from "./types.js" */

/** Where the builder's widget has what the rehearsal's own widget would have.
    @type {Record<string, string>} */
const TRAITS = { "change:board": "change:rehearsal" };

export class Rehearse {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    /** @type {Rehearsal | null} */
    this.playing = null;
    this.wanted = false;
    const { say } = screen;
    const title = el("h3", { id: ownId("rehearse"), text: say("Rehearse my plan") });
    const close = button(say("Close"), () => this.box.close(), { bare: true, class: "wbb-close" });
    close.append("×");
    this.place = el("div", {});
    this.box = el("dialog", { class: "wbb-dialog wbb-rehearse", "aria-labelledby": title.id, onclose: () => this.end() }, el("div", { class: "wbb-dialog-head" }, title, close), this.place);
    const take = () => this.take();
    screen.model.on("change:rehearsal", take);
    this.off = () => screen.model.off("change:rehearsal", take);
  }

  /** Ask the kernel for the rehearsal of the plan as it is. */
  open() {
    this.wanted = true;
    this.screen.send("rehearse", { asked: { do: "show" } });
  }

  /** The first screen opens the window; the further ones are the rehearsal's own. */
  take() {
    if (!this.wanted) return;
    this.wanted = false;
    const { model } = this.screen;
    this.playing = new Rehearsal({
      get: (name) => model.get("rehearsal")[name],
      send: (asked) => this.screen.send("rehearse", { asked }),
      on: (name, act) => model.on(TRAITS[name] || name, act),
      off: (name, act) => model.off(TRAITS[name] || name, act),
      get comm_live() { return model.comm_live; },
    });
    this.place.replaceChildren(this.playing.root);
    this.box.showModal();
    this.playing.heading?.focus();
  }

  end() {
    this.playing?.close();
    this.playing = null;
    this.place.replaceChildren();
  }

  close() {
    this.off();
    this.end();
  }
}
