/* What happened, written down where it happened: an attempt that passed or failed, cash, customers
   or a figure counted. */

import { dayOf } from "./dates.js";
import { figureText } from "./figures.js";
import { el, fill, inside } from "../../front/elements.js";
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
    this.boxes = { week: weekBox, cash: cashBox };
    this.counts = milestone ? null : new CountForm(screen, number);
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
      el("div", { class: "wbb-row" }, week, cash), this.counts?.node, this.note, this.fault, el("div", { class: "wbb-actions" }, buttons), this.entries);
    this.node.addEventListener("toggle", () => (this.node.open ? screen.inspector.open.add("log") : screen.inspector.open.delete("log")));
  }

  open() {
    this.node.open = true;
    this.node.scrollIntoView({ block: "nearest" });
    this.boxes.week.focus();
  }

  update() {
    this.answered();
    /** @type {LogEntry[]} */
    const entries = this.screen.plan.log || [];
    const log = entries.map((entry, place) => ({ ...entry, place })).filter((entry) => !this.milestone || entry.milestone === this.milestone);
    fill(this.entries, log.map((entry) => this.entry(entry)));
    const next = this.screen.board.next_weeks?.[this.milestone || ""];
    this.counts?.update();
    this.boxes.week.placeholder = String(next ?? "");
    this.boxes.week.title = dayOf(this.screen.plan.starts, Number(next), this.screen.words.html_lang);
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
      entry.customers === undefined ? "" : say("{n} customers", { n: figureText(entry.customers, screen.words.html_lang) }),
      entry.figure && countText(entry, screen),
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
    const { week, cash } = this.boxes;
    this.screen.send("log", { milestone: this.milestone, result, week: week.value, cash: cash.value, note: this.note.value, ...this.counts?.values() });
  }

  /** What became of it. */
  answered() {
    const { said } = this.screen.board;
    if (this.sent === undefined || !said || said.count === this.sent) return;
    this.sent = undefined;
    const refused = said.kind === "fault";
    /** @type {Record<string, HTMLInputElement>} */
    const boxes = { ...this.boxes, ...this.counts?.boxes };
    this.fault.hidden = !refused;
    this.fault.textContent = refused ? said.text : "";
    if (refused) (boxes[said.path.replace("log.", "")] ?? this.boxes.week).focus();
    else for (const box of [...Object.values(boxes), this.note]) box.value = "";
  }
}

/** What was counted of customers, or of a figure that nobody knows yet. */
class CountForm {
  /** @param {Screen} screen @param {(label: string, key: string) => [HTMLLabelElement, HTMLInputElement]} number */
  constructor(screen, number) {
    const { say } = screen;
    this.screen = screen;
    const [customers, customersBox] = number(say("customers counted"), "customers");
    const [counted, countedBox] = number(say("how many or how much"), "counted");
    const [of, ofBox] = number(say("out of"), "of");
    this.boxes = { customers: customersBox, counted: countedBox, of: ofBox };
    this.customers = customers;
    this.of = of;
    this.figure = el("select", { class: "wbb-select", "data-log": "figure" });
    this.figure.addEventListener("change", () => this.asked());
    this.numbers = el("div", { class: "wbb-row" }, counted, of);
    this.help = el("p", { class: "wbb-help", text: say("A count of a figure that has a range narrows the range. Of a share: how many of how many; of a share a month, those of one month.") });
    this.some = el("div", {}, el("label", { class: "wbb-small" }, el("span", { text: say("a figure counted") }), this.figure), this.numbers, this.help);
    this.node = el("div", {}, this.customers, this.some);
  }

  update() {
    const { board } = this.screen;
    const now = (board.countable ?? []).filter((one) => one.now);
    const chosen = this.figure.value;
    this.customers.hidden = !board.counts_customers;
    this.some.hidden = now.length === 0;
    fill(this.figure, el("option", { value: "", text: "–" }), now.map((one) => el("option", { value: one.figure, text: one.label })));
    this.figure.value = now.some((one) => one.figure === chosen) ? chosen : "";
    this.asked();
  }

  /** The boxes that the chosen figure asks for. */
  asked() {
    const { board, say } = this.screen;
    const unit = board.countable?.find((one) => one.figure === this.figure.value)?.unit;
    this.numbers.hidden = this.help.hidden = !unit;
    this.of.hidden = unit === "money";
    inside(this.of, "span").textContent = unit === "people" ? say("in … weeks") : say("out of");
  }

  /** @returns {Record<string, string>} */
  values() {
    const { customers, counted, of } = this.boxes;
    const figure = this.figure.value;
    return { customers: customers.value, figure, counted: figure && counted.value, of: figure && !this.of.hidden ? of.value : "" };
  }
}

/** @param {LogEntry} entry @param {Screen} screen */
function countText(entry, screen) {
  const { board, say, words } = screen;
  const figure = (entry.figure ?? "").replace(/^sales\./, "");
  const name = board.countable?.find((one) => one.figure === figure)?.label ?? figure;
  const [counted, of] = [entry.counted, entry.of].map((one) => figureText(one, words.html_lang));
  return of ? say("{figure}: {counted} of {of}", { figure: name, counted, of }) : say("{figure}: {counted}", { figure: name, counted });
}
