/* The answers: pictures and sentences that the kernel sends, each with the revision of the plan
   that it is about. A late answer never covers a newer one, and until the new one is there the
   last good picture stays, a little paler. */

import { el, fill, inside, ownId, picture } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { Answer, Item, Page, Screen } from "./types.js" */

export class Answers {
  /** @param {Screen} screen */
  constructor(screen) {
    this.screen = screen;
    this.wanted = "runway";
    this.chosen = "";
    /** @type {Map<string, string | undefined>} */
    this.drawnFrom = new Map();
    this.score = el("p", { class: "wbb-score" });
    this.first = el("p", { class: "wbb-first" });
    this.why = el("p", { class: "wbb-why", dir: "auto" });
    this.moves = el("div", { class: "wbb-moves" });
    this.headline = el("div", { class: "wbb-headline" });
    this.dots = el("div", { class: "wbb-dots" });
    this.tabs = el("div", { class: "wbb-tabs", role: "tablist", "aria-label": screen.say("Answers") });
    this.panel = el("div", { class: "wbb-panel", role: "tabpanel", id: ownId("panel"), tabindex: "0" });
    this.before = el("p", { class: "wbb-before wbb-note", hidden: true, text: screen.say("From before the last change; it is being worked out again.") });
    this.tabs.addEventListener("keydown", (event) => this.key(event));
    this.card = el("section", { class: "wbb-odds-card", "aria-label": screen.say("The odds") },
      this.score, this.dots, el("div", { class: "wbb-reading" }, this.first, this.why), this.moves);
    this.root = el("section", { class: "wbb-answers", "aria-label": screen.say("Answers") },
      el("div", { class: "wbb-tabbed" }, this.headline, this.tabs, this.before, this.panel));
    /** Tools with a text: one of each, for what is written there to stay. */
    this.reason = el("input", { class: "wbb-text", type: "text", id: ownId("why"), dir: "auto" });
    /** How long the log was when a decision was sent to it. */
    this.logged = Infinity;
    this.decide = this.decideTool();
    this.keep = this.keepTool();
    this.width = 0;
    /** The page with a picture that the kernel knows to be open. */
    this.shown = "";
    new ResizeObserver(() => this.measure()).observe(this.panel);
  }

  /** @returns {Page[]} */
  get pages() {
    const { answers, advice, compared, story } = this.screen;
    return [...(answers.pages || []), ...(advice.pages || []), ...(story.pages || []), ...(compared.pages || [])];
  }

  /** Tell the kernel how wide a picture may be: then all have the font size of the page. */
  measure() {
    const width = Math.floor(this.panel.clientWidth / 20) * 20;
    if (!width || width === this.width) return;
    this.width = width;
    this.screen.send("size", { width });
  }

  draw() {
    const { answers, editing } = this.screen;
    if (editing.pressed && (this.root.contains(editing.pressed) || this.card.contains(editing.pressed))) return;
    if ((this.screen.plan?.log?.length ?? 0) > this.logged) {
      this.logged = Infinity;
      this.reason.value = ""; // it is in the log now
    }
    this.root.dataset.revision = String(answers.revision ?? "");
    this.root.toggleAttribute("data-at-rest", Boolean(answers.at_rest));
    if (this.fresh("fates", answers.fates)) this.drawDots(answers);
    if (this.fresh("headline", JSON.stringify([answers.headline, answers.why]))) {
      const [first, ...others] = answers.headline || [];
      this.first.textContent = first || "";
      this.why.textContent = this.why.title = answers.why || "";
      fill(this.headline, others.filter(Boolean).map((text) => el("p", { text, dir: "auto" })));
    }
    this.drawScore();
    this.drawMoves();
    this.drawTabs();
    this.drawPage();
    this.stale();
  }

  /** The chance of the goal, and how the last change has moved it. */
  drawScore() {
    const { share = "", change = "", said = "" } = this.screen.answers.odds || {};
    if (!this.fresh("odds", JSON.stringify([share, change]))) return;
    fill(this.score, share && el("b", { text: share }), change && el("span", { class: change.startsWith("+") ? "wbb-up" : "wbb-down", title: said },
      el("span", { "aria-hidden": "true", text: change }), el("span", { class: "wbb-hidden", text: said })));
  }

  /** The moves that help most, for the plan as it is; none while they are being worked out. */
  drawMoves() {
    const { advice, answers, board, say } = this.screen;
    const moves = advice.revision === board.revision ? advice.moves || [] : [];
    const thinking = Boolean(answers.odds?.share) && !(advice.done && advice.revision === board.revision);
    if (!this.fresh("moves", JSON.stringify([moves, thinking, board.revision]))) return;
    const had = this.moves.contains(document.activeElement);
    const title = moves.length || thinking ? el("p", { class: "wbb-help", text: `${say("What would help most")}${thinking ? " …" : ""}` }) : null;
    fill(this.moves, title, moves.map((move) => (move.do
      ? el("button", { type: "button", class: "wbb-button wbb-move", title: `${move.label}\n${say("Do it; undo takes it back")}`, onclick: () => this.screen.send(move.do, move.detail) }, el("b", { text: move.gain }), el("span", { text: move.label, dir: "auto" }))
      : el("p", { class: "wbb-help", text: move.label }))));
    if (had) this.screen.canvas.focusSomething();
  }

  /** The dots of the picture; what they mean stands beside them in the page's own letters.
      @param {Answer} answer */
  drawDots({ fates, legend }) {
    const dots = picture(fates);
    /** @type {Record<string, string>} */
    const signs = { goal: "●", open: "○", stuck: "■", ruin: "✕" };
    fill(this.dots, dots, dots && el("ul", { class: "wbb-legend", "aria-hidden": "true" }, (legend || []).map(([fate, count, name]) =>
      el("li", { class: `wbb-fate-${fate}` }, el("i", { text: signs[fate] }), el("b", { text: count }), ` ${name}`))));
  }

  /** Whether this differs from what was drawn last under that name.
      @param {string} name @param {string | undefined} what */
  fresh(name, what) {
    if (this.drawnFrom.get(name) === what) return false;
    this.drawnFrom.set(name, what);
    return true;
  }

  /** Show what is of the plan before the last change as such: the odds paler, other pages with a line. */
  stale() {
    const { answers, advice, story, compared, board, canvas, calendar } = this.screen;
    const old = (answers.revision ?? -1) !== board.revision;
    for (const one of [this.root, this.card, canvas.root, calendar?.root]) one?.classList.toggle("wbb-stale", old);
    const slow = [advice, story, compared].find((one) => one.pages?.some((page) => page.id === this.chosen));
    this.before.hidden = !slow || slow.revision === board.revision;
  }

  drawTabs() {
    const pages = this.pages;
    this.chosen = pages.some((page) => page.id === this.wanted) ? this.wanted : pages[0]?.id ?? "";
    const shape = JSON.stringify([pages.map((page) => [page.id, page.title, page.count]), this.chosen]);
    if (!this.fresh("tabs", shape)) return;
    const had = this.tabs.contains(document.activeElement);
    fill(this.tabs, pages.map((page) => {
      const on = page.id === this.chosen;
      return el("button", { type: "button", role: "tab", class: "wbb-tab", id: `${this.panel.id}-${page.id}`, "data-page": page.id,
        "aria-selected": on ? "true" : "false", "aria-controls": this.panel.id, tabindex: on ? "0" : "-1",
        onclick: () => this.open(page.id) }, el("span", { text: page.title }), page.count ? el("span", { class: "wbb-count", text: page.count }) : null);
    }));
    this.panel.setAttribute("aria-labelledby", `${this.panel.id}-${this.chosen}`);
    if (had) inside(this.tabs, "[aria-selected=true]")?.focus();
  }

  /** @param {string} id @param {boolean} [scroll] */
  open(id, scroll = false) {
    this.wanted = id;
    this.draw();
    if (scroll) this.root.scrollIntoView({ block: "nearest" });
    inside(this.tabs, "[aria-selected=true]")?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const tabs = /** @type {HTMLElement[]} */ ([...this.tabs.children]);
    const here = tabs.findIndex((tab) => tab.dataset.page === this.chosen);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.open(tabs[(to + tabs.length) % tabs.length].dataset.page || "");
  }

  drawPage() {
    const page = this.pages.find((one) => one.id === this.chosen);
    if (page?.drawn && this.shown !== page.id) {
      this.shown = page.id;
      this.screen.send("open", { page: page.id });
    }
    if (!page || (page.drawn && !page.svg && !page.lines) || !this.fresh("page", JSON.stringify(page))) return;
    fill(this.panel,
      (page.lines || []).map((text) => el("p", { class: "wbb-say", text })),
      page.tool === "compare" ? this.compareTool(page) : null,
      page.svg ? el("figure", { class: "wbb-figure" }, picture(page.svg)) : null,
      page.pair?.length ? el("div", { class: "wbb-versions" }, page.pair.map((one) => el("figure", {}, el("figcaption", { text: one.title, dir: "auto" }), picture(one.svg), el("p", { text: one.said })))) : null,
      page.items?.length ? el("ul", { class: "wbb-items" }, page.items.map((item) => this.item(item))) : null,
      page.tool === "decide" ? this.decide : null,
      (page.notes || []).map((text) => el("p", { class: "wbb-note", text })));
  }

  /** @param {Item} item @returns {HTMLElement} */
  item(item) {
    const { screen } = this;
    const { act: offered } = item;
    const act = offered && button(offered.label, () => screen.send(offered.do, offered.detail || {}), { class: "wbb-small-button" });
    const { milestone } = item;
    const jump = milestone && button(screen.say("Show it"), () => screen.jump(milestone), { class: "wbb-small-button", "aria-label": screen.say("Show “{name}”", { name: screen.canvas.nameOf(milestone) }) });
    return el("li", { class: `wbb-item ${item.kind ? `wbb-item-${item.kind}` : ""}` },
      el("span", { class: "wbb-item-text" }, item.title && el("b", { text: item.title }), item.title && " ", item.text),
      item.source && el("span", { class: "wbb-source", role: "img", title: `${screen.say("The claim of the lecture that it rests on")}: ${item.source}`, "aria-label": `${screen.say("The claim of the lecture that it rests on")}: ${item.source}`, text: "ⓘ" }), act, jump,
      item.items && el("details", { class: "wbb-alike" }, el("summary", { text: screen.say("Show each") }), el("ul", { class: "wbb-items" }, item.items.map((one) => this.item(one)))));
  }

  /** @param {Page} page */
  compareTool(page) {
    /** @param {string} label @param {string | undefined} value @returns {[HTMLLabelElement, HTMLSelectElement]} */
    const pick = (label, value) => {
      const box = el("select", { class: "wbb-select", id: ownId("version") }, (page.versions || []).map((one) => el("option", { value: one.id, text: one.name, dir: "auto" })));
      box.value = value ?? "";
      return [el("label", { class: "wbb-small" }, el("span", { text: label }), box), box];
    };
    const { say } = this.screen;
    const [one, a] = pick(say("this version"), page.a);
    const [other, b] = pick(say("with this one"), page.b);
    const go = button(say("Compare on the same luck"), () => this.screen.send("compare", { a: a.value, b: b.value }), { class: "wbb-primary" });
    const back = button(say("Put it back on the canvas"), () => this.screen.send("version", { id: a.value }));
    return [el("div", { class: "wbb-compare" }, one, other, go, back), this.keep, this.sidesTool(page)];
  }

  /** The version of now, under a name. */
  keepTool() {
    const { say } = this.screen;
    const name = el("input", { class: "wbb-text", type: "text", maxlength: 80, dir: "auto", "aria-label": say("Name of this version"), placeholder: say("Name of this version") });
    const keep = button(say("Keep the plan as it is now"), () => this.screen.send("keep_as", { name: name.value }));
    return el("div", { class: "wbb-compare" }, name, keep);
  }

  /** Two to four of the versions and plans, for one picture.
      @param {Page} page */
  sidesTool(page) {
    const { say } = this.screen;
    const boxes = (page.versions || []).slice(0, 24).map((one) => {
      const box = el("input", { type: "checkbox", class: "wbb-check", id: ownId("side"), value: one.id, checked: page.sides?.length ? page.sides.includes(one.id) : false });
      return { box, node: el("span", { class: "wbb-sidebox" }, box, el("label", { for: box.id, text: one.name, dir: "auto" })) };
    });
    const most = () => {
      const many = boxes.filter(({ box }) => box.checked).length;
      boxes.forEach(({ box }) => { box.disabled = many >= 4 && !box.checked; });
    };
    boxes.forEach(({ box }) => box.addEventListener("change", most));
    most();
    const go = button(say("Side by side, on the same luck"), () => this.screen.send("sides", { ids: boxes.filter(({ box }) => box.checked).map(({ box }) => box.value) }), { class: "wbb-primary" });
    return el("fieldset", { class: "wbb-sides" }, el("legend", { text: say("Two to four in one picture") }), boxes.map(({ node }) => node), go,
      (page.side_lines || []).map((text) => el("p", { class: "wbb-say", text })), (page.side_notes || []).map((text) => el("p", { class: "wbb-note", text })));
  }

  decideTool() {
    const { say } = this.screen;
    const box = this.reason;
    /** @param {string} decision */
    const go = (decision) => () => {
      this.logged = this.screen.plan.log?.length ?? 0;
      this.screen.send("decide", { decision, note: box.value });
    };
    return el("fieldset", { class: "wbb-decide" },
      el("legend", { text: say("What do you decide?") }),
      el("label", { class: "wbb-small", for: box.id, text: say("because …") }), box,
      button(say("Go on as planned"), go("go")), button(say("Redirect: change the chain"), go("redirect")), button(say("Stop here"), go("no-go")));
  }
}
