/* What happened, written down where it happened: an attempt that passed or failed, cash counted. */

class LogForm {
  constructor(screen, milestone) {
    this.screen = screen;
    this.milestone = milestone;
    const { say } = screen;
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
    const log = (this.screen.plan.log || []).map((entry, place) => ({ ...entry, place })).filter((entry) => !this.milestone || entry.milestone === this.milestone);
    fill(this.entries, log.map((entry) => this.entry(entry)));
    this.week.placeholder = String(this.screen.board.next_weeks?.[this.milestone || ""] ?? "");
  }

  entry(entry) {
    const { screen } = this;
    const { say } = screen;
    const result = { passed: say("passed"), failed: say("failed") }[entry.result];
    const parts = [
      say("week {n}", { n: entry.week }),
      !this.milestone && entry.milestone ? screen.canvas.nameOf(entry.milestone) : "", result,
      entry.cash === null || entry.cash === undefined ? "" : say("cash {amount}", { amount: entry.cash.toLocaleString() }),
      entry.decision && say("decided: {what}", { what: { go: say("go on"), "no-go": say("stop"), redirect: say("redirect") }[entry.decision] }),
      entry.note,
    ];
    const text = parts.filter(Boolean).join(" · ");
    const out = button(say("Take out: {text}", { text }), () => screen.order("forget", { position: entry.place }), { bare: true, class: "wbb-x" });
    out.append("×");
    return el("li", { dir: "auto" }, el("span", { text }), out);
  }

  write(result) {
    const { say } = this.screen;
    const read = (box) => (box.value.trim() ? numberIn(box.value) : undefined);
    const [week, cash] = [read(this.week), read(this.cash)];
    const wrong = [[week, this.week], [cash, this.cash]].find(([found]) => found === null);
    this.fault.hidden = !wrong;
    if (wrong) {
      this.fault.textContent = say("“{text}” is no number; write one like 2,000.", { text: wrong[1].value.slice(0, 40) });
      wrong[1].focus();
      return;
    }
    const amount = (found) => (found ? found.value * (UNITS_OF_NUMBER[found.sign] || 1) : null);
    this.screen.order("log", { milestone: this.milestone, result, week: amount(week), cash: amount(cash), note: this.note.value });
    this.week.value = this.cash.value = this.note.value = "";
  }
}
