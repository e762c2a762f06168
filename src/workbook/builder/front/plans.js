/* The plans in the folder: another one opened, made, copied, renamed, deleted and brought back. */

import { el, fill, inside, ownId } from "../../front/elements.js";
import { composing } from "../../front/hotkeys.js";
import { button } from "./buttons.js";
/** @import { PlanList, Screen } from "./types.js" */

export class Plans {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    const { say } = screen;
    const title = el("h3", { id: ownId("plans"), text: say("Plans") });
    const close = button(say("Close"), () => this.box.close(), { bare: true, class: "wbb-close" });
    close.append("×");
    this.name = el("input", { type: "text", class: "wbb-text", maxlength: 64, "aria-label": say("Name of the new plan"), placeholder: say("Name of the new plan"), autocomplete: "off" });
    this.name.addEventListener("keydown", (event) => event.key === "Enter" && !composing(event) && this.make());
    this.said = el("p", { role: "status", class: "wbb-help" });
    this.list = el("ul", { class: "wbb-items wbb-planlist" });
    this.box = el("dialog", { class: "wbb-dialog", "aria-labelledby": title.id }, el("div", { class: "wbb-dialog-head" }, title, close),
      el("div", { class: "wbb-pair" }, this.name, button(say("New plan"), () => this.make(), { class: "wbb-primary", sign: "add" })), this.said, this.list);
    this.box.addEventListener("keydown", (event) => event.stopPropagation());
    const draw = () => this.draw();
    screen.model.on("change:plans", draw);
    this.off = () => screen.model.off("change:plans", draw);
  }

  open() {
    this.ask("list");
    this.box.showModal();
  }

  /** @param {string} act @param {string} [name] @param {string} [to] */
  ask(act, name = "", to = "") {
    this.screen.send("plans", { act, name, to });
  }

  make() {
    this.ask("new", "", this.name.value);
    this.name.value = "";
  }

  draw() {
    /** @type {PlanList} */
    const { plans = [], now = "", deleted = "", said = "" } = this.screen.model.get("plans") || {};
    const { say } = this.screen;
    fill(this.said, said, deleted && " ", deleted && button(say("Bring “{name}” back", { name: deleted }), () => this.ask("back", deleted), { class: "wbb-small-button" }));
    fill(this.list, plans.map(({ name, title, written }) => {
      const here = name === now;
      /** @param {string} label @param {string} act @param {boolean} [asks] */
      const does = (label, act, asks = false) => button(label, () => (asks ? this.askName(name, act) : this.ask(act, name)), { class: "wbb-small-button", "aria-label": `${label}: ${name}` });
      return el("li", { class: "wbb-item", "data-plan": name }, el("span", { class: "wbb-item-text" }, el("b", { text: name, dir: "auto" }), title && title !== name ? ` ${title}` : "", el("span", { class: "wbb-help", text: ` ${here ? say("on the canvas") : written}` })),
        !here && does(say("Open"), "open"), does(say("Duplicate"), "copy", true), does(say("Rename"), "rename", true), does(say("Delete"), "delete"));
    }));
  }

  /** A box for the new name, in the line of the plan.
      @param {string} name @param {string} act */
  askName(name, act) {
    const line = inside(this.list, `[data-plan="${CSS.escape(name)}"]`);
    const box = el("input", { type: "text", class: "wbb-text", maxlength: 64, value: act === "copy" ? `${name}-2` : name, "aria-label": this.screen.say("Name of the new plan") });
    const go = () => this.ask(act, name, box.value);
    box.addEventListener("keydown", (event) => {
      if (composing(event)) return;
      if (event.key === "Enter") go();
      if (event.key === "Escape") {
        event.preventDefault();
        this.draw();
      }
    });
    fill(line, el("span", { class: "wbb-pair wbb-item-text" }, box), button(act === "copy" ? this.screen.say("Duplicate") : this.screen.say("Rename"), go, { class: "wbb-small-button wbb-primary" }));
    box.focus();
    box.select();
  }
}
