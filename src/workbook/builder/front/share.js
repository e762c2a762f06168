/* Share: the plan as files to download. The kernel makes each, the page hands it to the browser. */

import { el, ownId } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { Screen } from "./types.js" */

export class Share {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    this.wanted = false;
    const { say } = screen;
    const title = el("h3", { id: ownId("share"), text: say("Share") });
    const close = button(say("Close"), () => this.box.close(), { bare: true, class: "wbb-close" });
    close.append("×");
    this.place = el("p", { class: "wbb-help" });
    this.line = el("p", { class: "wbb-help", role: "status" });
    this.box = el("dialog", { class: "wbb-dialog wbb-share", "aria-labelledby": title.id }, el("div", { class: "wbb-dialog-head" }, title, close),
      this.row(say("A page to send or print"), say("One file: the chain, the odds, the charts, what the rules ask. It needs no network."), [["page", "HTML"]]),
      this.row(say("The chain, for a slide"), "", [["chain-png", "PNG"], ["chain-pdf", "PDF"]]),
      this.row(say("The runway, for a slide"), "", [["runway-png", "PNG"], ["runway-pdf", "PDF"]]),
      this.row(say("A spreadsheet"), say("“Start from …” reads it back, with what you changed in it."), [["book", "Excel"]]),
      this.row(say("The plan file"), "", [["plan", "YAML"]]), this.place, this.line);
    this.box.addEventListener("keydown", (event) => event.stopPropagation());
    const take = () => this.take();
    screen.model.on("change:shared", take);
    this.off = () => screen.model.off("change:shared", take);
  }

  /** @param {string} name @param {string} help @param {string[][]} files */
  row(name, help, files) {
    return el("section", { class: "wbb-share-row" }, el("div", {}, el("h4", { text: name }), help && el("p", { class: "wbb-help", text: help })),
      el("div", { class: "wbb-actions" }, files.map(([kind, label]) => button(label, () => this.ask(kind), { "aria-label": `${name}: ${label}`, "data-kind": kind }))));
  }

  open() {
    const { board, say } = this.screen;
    this.place.textContent = say("It lies at {file}", { file: board.kept?.file || "" });
    this.line.textContent = "";
    this.box.showModal();
  }

  /** @param {string} kind */
  ask(kind) {
    this.wanted = true;
    this.line.textContent = this.screen.say("Making it …");
    this.screen.send("share", { kind });
  }

  /** What was said of the last file: that it is there, or why it cannot be made.
      @param {string} text */
  tell(text) {
    if (this.box.open) this.line.textContent = text;
  }

  /** A file of the kernel goes to the browser, if this page has asked for it. */
  take() {
    const { data, name, type } = this.screen.model.get("shared") || {};
    if (!this.wanted || !name) return;
    this.wanted = false;
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const link = el("a", { href: URL.createObjectURL(new Blob([bytes], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}
