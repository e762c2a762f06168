/* Where a chain comes from: a blank page, a case, a file, a pasted table. First the kernel reads it
   and says what it is; a second press puts it on the canvas, and undo brings the old one back. */

import { el, fill, inside, ownId } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { Preview, Screen } from "./types.js" */

const LARGEST_FILE = 2_000_000;

export class Start {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    /** The number of the offer that is shown.
        @type {number | undefined} */
    this.drawn = undefined;
    const { say } = screen;
    const title = el("h3", { id: ownId("start"), text: say("Start from …") });
    this.offer = el("div", { class: "wbb-offer", role: "status" });
    this.box = el("dialog", { class: "wbb-dialog", "aria-labelledby": title.id });
    const file = el("input", { type: "file", accept: ".yaml,.yml,.json,.csv,.tsv,.xlsx", id: ownId("file"), class: "wbb-file" });
    file.addEventListener("change", () => this.readFile(file));
    const table = el("textarea", { class: "wbb-text wbb-table-in", rows: 5, id: ownId("table"), placeholder: say("milestone\tneeds\tweeks\tcost\tpass rate\nA recipe\t\t2\t1000\t60%\nFirst market\tA recipe\t3\t2000\t50%") });
    const close = button(say("Close"), () => this.box.close(), { bare: true, class: "wbb-close" });
    close.append("×");
    this.box.append(el("div", { class: "wbb-dialog-head" }, title, close),
      el("div", { class: "wbb-starts" },
        el("section", {}, el("h4", { text: say("A blank page") }), el("p", { class: "wbb-help", text: say("Six steps lead from the goal back to the first small win.") }), button(say("Begin with a blank page"), () => this.ask("blank"))),
        this.known(say("A business like mine"), true), this.known(say("A case of the lecture"), false),
        el("section", {}, el("h4", {}, el("label", { for: file.id, text: say("A file: plan (YAML) or table (CSV, Excel)") })), file),
        el("section", {}, el("h4", {}, el("label", { for: table.id, text: say("A table, pasted from a spreadsheet") })), table, button(say("Read the table"), () => this.ask("table", { text: table.value })))),
      this.offer);
    this.box.addEventListener("keydown", (event) => event.stopPropagation());
  }

  /** @param {string} title @param {boolean} example */
  known(title, example) {
    const { cases } = this.screen.words;
    return el("section", {}, el("h4", { text: title }), el("div", { class: "wbb-cases" },
      cases.filter((one) => one.example === example).map((one) => button(one.title, () => this.ask("case", { id: one.id }), { title: one.id }))));
  }

  /** @param {string} from @param {object} [detail] @param {ArrayBuffer[]} [buffers] */
  ask(from, detail = {}, buffers = undefined) {
    this.screen.send("preview", { from, ...detail }, buffers);
  }

  /** @param {HTMLInputElement} input */
  readFile(input) {
    const file = input.files?.[0];
    if (!file) return;
    if (file.size > LARGEST_FILE) {
      fill(this.offer, el("p", { class: "wbb-fault", text: this.screen.say("This file is larger than 2 MB; a plan is a few pages of text.") }));
      return;
    }
    file.arrayBuffer().then((bytes) => this.ask("file", { name: file.name }, [bytes]));
    input.value = "";
  }

  /** Open it with a table that was pasted elsewhere.
      @param {string} text */
  withTable(text) {
    this.open();
    inside(this.box, ".wbb-table-in").focus();
    /** @type {HTMLTextAreaElement} */ (inside(this.box, ".wbb-table-in")).value = text;
    this.ask("table", { text });
  }

  open() {
    fill(this.offer);
    this.box.showModal();
  }

  /** What the kernel has read: take it, or leave it.
      @param {Preview} offer */
  draw(offer) {
    const { say } = this.screen;
    if (!offer?.n || this.drawn === offer.n) return;
    this.drawn = offer.n;
    if (offer.taken) {
      this.box.close();
      this.screen.guide.root.open = Boolean(offer.blank);
      this.screen.canvas.focusSomething();
      return;
    }
    fill(this.offer, (offer.lines || []).map((text) => el("p", { text, dir: "auto" })), (offer.faults || []).map((text) => el("p", { class: "wbb-fault", text, dir: "auto" })),
      offer.ready && el("div", { class: "wbb-actions" },
        button(say("Put it on the canvas"), () => this.screen.send("take", { preview: offer.n }), { class: "wbb-primary" }),
        button(say("Leave it"), () => fill(this.offer))));
    inside(this.offer, ".wbb-primary")?.focus();
    this.offer.scrollIntoView({ block: "nearest" });
  }
}
