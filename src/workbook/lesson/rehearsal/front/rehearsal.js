/* A rehearsal: one decision a screen. The kernel sends the screen as plain data; the page answers
   with a choice and the serial number of the screen that it was made on, so that a second press or
   a late one does nothing. */

import { el, fill, ownId } from "../../../front/elements.js";
import { keepKeys } from "../../../front/hotkeys.js";
import { debriefOf } from "./debrief.js";
import { chainOf, choiceOf, pastOf, stateOf } from "./parts.js";
import { pass } from "./passing.js";
/** @import { Act, Board, Choice, Messages, Model } from "./types.d.ts" */

const ANSWER_WITHIN = 8000;
/** Choices beside which there is room for what happened; more have the whole width. */
const FEW = 3;

export class Rehearsal {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Messages} */
    this.words = model.get("words");
    this.labels = this.words.labels;
    /** @type {Board} */
    this.board = model.get("board");
    /** The last screen that was drawn, and whether an answer to it is under way. */
    this.drawn = -1;
    this.sent = false;
    this.hurry = () => {};
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.root = el("div", { class: "wbr", role: "group", tabindex: -1, lang: this.words.html_lang, "aria-label": this.labels.name });
    this.body = el("div", { class: "wbr-body" });
    this.line = el("p", { class: "wbr-line", role: "status" });
    this.offline = el("p", { class: "wbr-offline", role: "alert", hidden: true });
    this.spoken = el("p", { class: "wbr-hidden", role: "status", "aria-live": "polite" });
    this.root.append(this.body, this.line, this.offline, this.spoken);
    this.off = [keepKeys(this.root, (event) => this.key(event))];
    const take = () => this.take();
    const live = () => model.comm_live === false && this.silent(true);
    model.on("change:board", take);
    model.on("comm_live_update", live);
    this.off.push(() => model.off("change:board", take), () => model.off("comm_live_update", live));
    this.draw();
  }

  take() {
    const before = this.board;
    this.board = this.model.get("board");
    if (this.board.serial === this.drawn) return;
    clearTimeout(this.timer);
    this.silent(false);
    this.sent = false;
    const inside = this.root.contains(document.activeElement);
    const { top } = this.root.getBoundingClientRect();
    this.draw(before.stage === "decide" && this.board.stage !== "begin" ? this.board.from_week : this.board.week);
    if (inside) this.attend();
    if (inside && top < 0) this.root.scrollIntoView({ block: "start" });
  }

  /** Keep the focus here: what is still inert while weeks pass cannot have it yet. */
  attend() {
    const at = this.root.hasAttribute("data-passing") ? this.root : this.heading;
    at?.focus({ preventScroll: true });
  }

  /** @param {number} [from] */
  draw(from = this.board.week) {
    this.hurry();
    const { board, labels } = this;
    this.drawn = board.serial;
    this.root.dataset.serial = String(board.serial);
    this.heading = el("h4", { class: "wbr-question", tabindex: -1, id: ownId("question"), text: board.stage === "ended" ? board.end : board.question, dir: "auto" });
    fill(this.body, this.top(), board.stage !== "begin" && stateOf(board, labels), chainOf(board, labels),
      board.stage === "begin" && el("div", { class: "wbr-intro" }, this.heading, this.acts(), board.intro.map((text) => el("p", { text, dir: "auto" }))),
      board.stage === "decide" && el("div", { class: `wbr-play ${board.choices.length > FEW ? "wbr-many" : ""}` }, pastOf(board, labels), this.decision()),
      board.stage === "ended" && this.ending());
    this.tell(board.fault || board.said, Boolean(board.fault));
    const hidden = this.body.querySelectorAll(".wbr-decide, .wbr-ending");
    hidden.forEach((node) => node.toggleAttribute("inert", from < board.week));
    this.root.toggleAttribute("data-passing", from < board.week);
    this.hurry = pass(from, board.week, (week) => this.showWeek(week), () => {
      hidden.forEach((node) => node.removeAttribute("inert"));
      this.root.removeAttribute("data-passing");
      if (document.activeElement === this.root) this.attend();
      this.spoken.textContent = board.spoken;
    });
  }

  /** @param {number} week */
  showWeek(week) {
    const { board } = this;
    const counter = this.body.querySelector(".wbr-week");
    if (counter) counter.textContent = week === board.week ? board.when : this.labels.week.replace("{week}", String(week));
    this.body.querySelectorAll(".wbr-past [data-week]").forEach((line) => {
      line.toggleAttribute("hidden", Number(line.getAttribute("data-week")) > week);
    });
  }

  top() {
    const { board, labels } = this;
    const who = board.who && el("label", { class: "wbr-who" }, el("span", { text: board.who.label }),
      el("input", { type: "text", maxlength: 60, value: board.who.value, onchange: (/** @type {Event} */ event) => this.ask("who", { name: /** @type {HTMLInputElement} */ (event.target).value }) }));
    return el("div", { class: "wbr-top" }, el("h3", { text: board.title, dir: "auto" }), who,
      el("span", { class: "wbr-soft", text: [board.luck, board.place].filter(Boolean).join(" · ") }),
      board.stage === "decide" && el("span", { class: "wbr-soft wbr-keys", text: labels.keys }));
  }

  /** @param {Act[]} [acts] */
  acts(acts = this.board.acts) {
    const keyed = this.board.stage !== "decide";
    return el("div", { class: "wbr-acts" }, acts.map((act, n) => el("button", { type: "button", class: `wbr-button ${act.primary ? "wbr-primary" : ""}`, "data-do": act.do, "aria-keyshortcuts": keyed ? String(n + 1) : null, onclick: () => this.ask(act.do) },
      keyed && el("kbd", { text: String(n + 1), "aria-hidden": "true" }), el("span", { text: act.label }))));
  }

  decision() {
    const { board, labels } = this;
    const reasons = board.why_not.length > 0 && el("details", { class: "wbr-whynot" }, el("summary", { text: labels.why_not }),
      board.why_not.map((group) => [el("h5", { text: group.heading }),
        el("dl", {}, group.rows.map((one) => [el("dt", { text: one.title, dir: "auto" }), el("dd", { text: one.reason, dir: "auto" })]))]));
    return el("div", { class: "wbr-decide" }, this.heading,
      el("div", { class: "wbr-choices", role: "group", "aria-labelledby": this.heading?.id }, board.choices.map((choice) => choiceOf(choice, (one) => this.choose(one)))),
      reasons, el("div", { class: "wbr-foot" }, this.chance(), this.coach()), board.acts.length > 0 && this.acts());
  }

  /** What chance the player gives the attempt that starts, if they want to say. */
  chance() {
    const { chance } = this.board;
    if (!chance) return null;
    const box = el("input", { type: "number", min: 0, max: 100, step: 1, inputmode: "numeric" });
    return el("label", { class: "wbr-chance" }, el("span", { text: chance }), box, el("span", { text: "%" }));
  }

  coach() {
    const { coach } = this.board;
    if (!coach) return null;
    return el("div", { class: "wbr-coach" }, coach.warning && el("p", { text: coach.warning }),
      el("button", { type: "button", class: "wbr-button", "data-do": "coach", "aria-keyshortcuts": "C", onclick: () => this.ask("coach") }, el("kbd", { text: "C", "aria-hidden": "true" }), el("span", { text: coach.label })),
      el("span", { class: "wbr-soft", text: coach.asked }), coach.said && el("p", { class: "wbr-coached", text: coach.said, dir: "auto" }));
  }

  ending() {
    const { board, labels } = this;
    return el("div", { class: `wbr-ending wbr-end-${board.end_kind}` }, this.heading,
      board.debrief ? debriefOf(board.debrief, labels, (to) => this.ask("rewind", { to })) : pastOf(board, labels),
      this.acts());
  }

  /** @param {Choice} choice */
  choose(choice) {
    const box = /** @type {HTMLInputElement | null} */ (this.root.querySelector(".wbr-chance input"));
    const value = box && box.value !== "" && box.validity.valid ? Number(box.value) : null;
    this.ask("move", { id: choice.id, chance: value });
  }

  /** @param {string} name @param {object} [detail] */
  ask(name, detail = {}) {
    if (this.sent) return;
    this.sent = true;
    this.root.toggleAttribute("data-busy", true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.silent(true), ANSWER_WITHIN);
    try {
      this.model.send({ do: name, at: this.board.serial, ...detail });
    } catch {
      this.silent(true); // the kernel is gone, and the line to it
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches("input, textarea")) return;
    if (this.root.hasAttribute("data-passing")) {
      this.hurry();
      return;
    }
    const choice = this.board.stage === "decide" && this.board.choices.find((one) => one.key === event.key);
    const act = this.board.stage !== "decide" && this.board.acts[Number(event.key) - 1];
    if (choice) this.choose(choice);
    else if (act) this.ask(act.do);
    else if (event.key.toLowerCase() === "c" && this.board.coach && this.board.stage === "decide") this.ask("coach");
    else return;
    event.preventDefault();
  }

  /** @param {string} text @param {boolean} fault */
  tell(text, fault) {
    this.line.textContent = text;
    this.line.classList.toggle("wbr-fault", fault);
    this.root.removeAttribute("data-busy");
  }

  /** @param {boolean} silent */
  silent(silent) {
    this.offline.hidden = !silent;
    this.offline.textContent = silent ? this.labels.offline : "";
    if (silent) this.root.removeAttribute("data-busy");
    if (silent) this.sent = false;
  }

  close() {
    clearTimeout(this.timer);
    this.hurry();
    this.off.forEach((end) => end());
  }
}
