/* What happened, written down where it happened: an attempt that passed or failed, cash counted. */

import { dayOf } from "./dates.js";
import { figureText } from "./figures.js";
import { el, fill } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { LogEntry, Screen } from "./types.js" */

export class LogForm {
  /** @param {Screen} screen @param {string | null} milestone */
  constructor(screen, milestone) {
    this.screen = screen;
    this.milestone = milestone;
    const { say } = screen;
    /** @param {string} label @param {string} key @returns {[HTMLLabelElement, HTMLInputElement]} */
    const number = (label, key) => {
      const box = el("input", { type: "text", inputmode: "decimal", class: "wbb-box", autocomplete: "off", "data-log": key });
      return [el("label", { class: "wbb-small" }, el("span", { text: label }), box), box];
    };
    const [week, weekBox] = number(say("in week"), "week");
    const [cash, cashBox] = number(say("cash counted"), "cash");
    this.week = weekBox;
    this.cash = cashBox;
    this.note = el("input", { type: "text", class: "wbb-text", "aria-label": say("A note of your own"), placeholder: say("A note of your own"), dir: "auto" });
    this.fault = el("p", { class: "wbb-fault", hidden: true });
    this.entries = el("ol", { class: "wbb-log" });
    const buttons = milestone
      ? [button(say("An attempt passed"), () => this.write("passed"), { sign: "goal" }), button(say("An attempt failed"), () => this.write("failed"))]
      : [button(say("Write it down"), () => this.write(null))];
    this.node = el("details", { class: "wbb-group wbb-happened" }, el("summary", { text: say("What happened") }),
      el("p", { class: "wbb-help", text: milestone
        ? say("Write down each attempt when it is over. The odds are then played from that week on, and the forecast is laid beside the fact.")
        : say("Count the cash now and then. The odds are then played from that week on. Of an attempt: select its milestone first.") }),
      el("div", { class: "wbb-row" }, week, cash), this.note, this.fault, el("div", { class: "wbb-actions" }, buttons), this.entries);
    this.node.open = screen.inspector?.open.has("log") || false;
    this.node.addEventListener("toggle", () => (this.node.open ? screen.inspector.open.add("log") : screen.inspector.open.delete("log")));
  }

  open() {
    this.node.open = true;
    this.node.scrollIntoView({ block: "nearest" });
    this.week.focus();
  }

  update() {
    this.answered();
    /** @type {LogEntry[]} */
    const entries = this.screen.plan.log || [];
    const log = entries.map((entry, place) => ({ ...entry, place })).filter((entry) => !this.milestone || entry.milestone === this.milestone);
    fill(this.entries, log.map((entry) => this.entry(entry)));
    const next = this.screen.board.next_weeks?.[this.milestone || ""];
    this.week.placeholder = String(next ?? "");
    this.week.title = dayOf(this.screen.plan.starts, Number(next), this.screen.words.html_lang);
  }

  /** @param {LogEntry & { place: number }} entry */
  entry(entry) {
    const { screen } = this;
    const { say } = screen;
    const result = entry.result && { passed: say("passed"), failed: say("failed") }[entry.result];
    const parts = [
      say("week {n}", { n: entry.week }), dayOf(screen.plan.starts, entry.week, screen.words.html_lang),
      !this.milestone && entry.milestone ? screen.canvas.nameOf(entry.milestone) : "", result,
      entry.cash === null || entry.cash === undefined ? "" : say("cash {amount}", { amount: figureText(entry.cash, screen.words.html_lang) }),
      entry.decision && say("decided: {what}", { what: { go: say("go on"), "no-go": say("stop"), redirect: say("redirect") }[entry.decision] }),
      entry.note,
    ];
    const text = parts.filter(Boolean).join(" · ");
    const out = button(say("Take out: {text}", { text }), () => screen.send("forget", { position: entry.place }), { bare: true, class: "wbb-x" });
    out.append("×");
    return el("li", { dir: "auto" }, el("span", { text }), out);
  }

  /** Send what stands in the boxes, as text; they are emptied once it is written down.
      @param {string | null} result */
  write(result) {
    this.sent = this.screen.board.said?.count ?? 0;
    this.screen.send("log", { milestone: this.milestone, result, week: this.week.value, cash: this.cash.value, note: this.note.value });
  }

  /** What became of it. */
  answered() {
    const { said } = this.screen.board;
    if (this.sent === undefined || !said || said.count === this.sent) return;
    this.sent = undefined;
    const refused = said.kind === "fault";
    this.fault.hidden = !refused;
    this.fault.textContent = refused ? said.text : "";
    if (refused) (said.path === "log.cash" ? this.cash : this.week).focus();
    else this.week.value = this.cash.value = this.note.value = "";
  }
}
