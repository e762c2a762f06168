/* The menu of a milestone, and the list of all commands. Both are windows of the page itself: Lab's
   own palette and its keys stay Lab's. */

import { el, fill, inside, ownId } from "../../front/elements.js";
import { composing } from "../../front/hotkeys.js";
import { everything, onChain, onMilestones } from "./actions.js";
/** @import { Action, Screen } from "./types.js" */

/** @param {Action} action @param {object} [props] @param {() => void} [done] */
function item(action, props = {}, done = () => {}) {
  return el("button", { type: "button", class: "wbb-menuitem", ...props, onclick: () => { done(); action.act(); } },
    el("span", { text: action.label, dir: "auto" }), action.keys && el("kbd", { text: action.keys, "aria-hidden": "true" }));
}

export class Menu {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    this.list = el("div", { role: "menu", "aria-label": screen.say("What can be done here") });
    this.box = el("dialog", { class: "wbb-menu" }, this.list);
    this.box.addEventListener("pointerdown", (event) => event.target === this.box && this.box.close());
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {{ x: number, y: number }} at */
  open({ x, y }) {
    const { screen } = this;
    const actions = screen.canvas.several.length ? onMilestones(screen) : onChain(screen);
    fill(this.list, actions.map((action) => item(action, { role: "menuitem", tabindex: "-1" }, () => this.box.close())));
    this.box.showModal();
    const { offsetWidth, offsetHeight } = this.box;
    this.box.style.left = `${Math.max(4, Math.min(x, window.innerWidth - offsetWidth - 4))}px`;
    this.box.style.top = `${Math.max(4, Math.min(y, window.innerHeight - offsetHeight - 4))}px`;
    inside(this.list, "button")?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    event.stopPropagation();
    const items = /** @type {HTMLElement[]} */ ([...this.list.children]);
    const here = items.findIndex((one) => one === document.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) {
      if (event.key === "Tab") this.box.close();
      return;
    }
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  }
}

export class Palette {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    const { say } = screen;
    /** @type {Action[]} */
    this.all = [];
    /** @type {Action[]} */
    this.found = [];
    this.marked = 0;
    this.list = el("ul", { class: "wbb-commands", role: "listbox", id: ownId("commands"), "aria-label": say("All commands") });
    this.input = el("input", { type: "text", class: "wbb-text", role: "combobox", "aria-expanded": "true", "aria-controls": this.list.id, "aria-label": say("What do you want to do?"), placeholder: say("What do you want to do?"), autocomplete: "off" });
    this.box = el("dialog", { class: "wbb-dialog wbb-palette", "aria-label": say("All commands") }, this.input, this.list);
    this.input.addEventListener("input", () => this.draw());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("pointerdown", (event) => event.target === this.box && this.box.close());
  }

  open() {
    this.all = everything(this.screen);
    this.input.value = "";
    this.box.showModal();
    this.draw();
    this.input.focus();
  }

  draw() {
    const parts = this.input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    this.found = this.all.filter(({ label }) => parts.every((part) => label.toLocaleLowerCase().includes(part)));
    this.mark(0);
    fill(this.list, this.found.map((action, n) => {
      const line = el("li", { role: "option", id: `${this.list.id}-${n}`, "aria-selected": String(n === this.marked), onclick: () => this.run(n) },
        el("span", { text: action.label, dir: "auto" }), action.keys && el("kbd", { text: action.keys }));
      return line;
    }), !this.found.length && el("li", { class: "wbb-help", text: this.screen.say("Nothing is called so.") }));
  }

  /** @param {number} n */
  mark(n) {
    this.marked = Math.max(0, Math.min(n, this.found.length - 1));
    [...this.list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === this.marked)));
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.marked}`);
    this.list.children[this.marked]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} n */
  run(n) {
    this.box.close();
    this.screen.canvas.focusSomething();
    this.found[n]?.act();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    event.stopPropagation();
    if (composing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.mark(this.marked + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.run(this.marked);
    }
  }
}
