/* One screen: the canvas, the inspector beside it, the answers below, all drawn from what the
   kernel sends. This part puts them together and says what has changed. */

import { onChain, onMilestones } from "./actions.js";
import { Answers } from "./answers.js";
import { Calendar } from "./calendar.js";
import { Canvas } from "./canvas.js";
import { Editing } from "./editing.js";
import { Grid } from "./grid.js";
import { Guide } from "./guide.js";
import { Inspector } from "./inspector.js";
import { isStep } from "./keys.js";
import { Menu, Palette } from "./menu.js";
import { el, fill, inside, ownId } from "../../front/elements.js";
import { keepKeys } from "../../front/hotkeys.js";
import { button } from "./buttons.js";
import { Plans } from "./plans.js";
import { Rehearse } from "./rehearse.js";
import { Share } from "./share.js";
import { Start } from "./start.js";
import { Terms } from "./terms.js";
import { elsewhere, toolbar } from "./tools.js";
import { wire } from "./wire.js";
/** @import { Answer, Board, Kept, Model, Command, Source, Said, Say, Typing, Value, Words } from "./types.js" */

const TYPING_PAUSE = 350;
/** Whether this is a page without code, where no reader knows of cells. */
const IN_APP = document.body?.dataset.voila !== undefined;
/** @type {("answers" | "advice" | "compared" | "story")[]} */
const ANSWERS = ["answers", "advice", "compared", "story"];

export class Screen {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.view = Math.random().toString(36).slice(2);
    /** @type {Words} */
    this.words = model.get("words");
    this.lang = this.words.lang;
    this.form = this.words.form;
    /** @type {Board} */
    this.board = { nodes: [], links: [], serial: -1, revision: -1 };
    /** @type {Value} */
    this.plan = null;
    /** @type {Record<string, Source>} */
    this.sources = {};
    /** @type {Answer} */
    this.answers = {};
    /** @type {Answer} */
    this.advice = {};
    /** @type {Answer} */
    this.compared = {};
    /** @type {Answer} */
    this.story = {};
    /** @type {Say} */
    this.say = (sentence, gaps = {}) => (this.words.sentences[sentence] || sentence).replace(/\{(\w+)\}/g, (_, gap) => String(gaps[gap] ?? ""));
    this.wire = wire(model, this.view, { settled: () => this.settled(), silent: (/** @type {boolean} */ silent) => this.silence(silent) });
    /** @type {Map<string, Command>} */
    this.unheard = new Map();
    /** What was asked for while the kernel was still busy with what it builds on.
        @type {(() => void)[]} */
    this.queue = [];
    /** @type {Typing | null} */
    this.typing = null;
    this.root = el("div", { class: "wbb", lang: this.words.html_lang });
    const { say } = this;
    this.editing = new Editing(this.root, () => this.letGo());
    this.canvas = new Canvas(this);
    this.inspector = new Inspector(this);
    this.answersView = new Answers(this);
    this.grid = new Grid(this);
    this.calendar = new Calendar(this);
    this.menu = new Menu(this);
    this.palette = new Palette(this);
    this.terms = new Terms(this);
    this.plans = new Plans(this);
    this.start = new Start(this);
    this.rehearse = new Rehearse(this);
    this.share = new Share(this);
    this.guide = new Guide(this);
    this.title = el("h2", { class: "wbb-title", dir: "auto" });
    this.kept = el("p", { class: "wbb-kept" });
    // a press with the mouse leaves the keyboard where it is, on a milestone or in a cell
    const onmousedown = (/** @type {Event} */ event) => this.editing.box || event.preventDefault();
    this.undoButton = button(say("Undo"), () => this.takeStep("undo"), { bare: true, sign: "undo", onmousedown });
    this.redoButton = button(say("Redo"), () => this.takeStep("redo"), { bare: true, sign: "redo", onmousedown });
    this.line = el("p", { class: "wbb-said", role: "status" });
    this.whispered = el("p", { class: "wbb-hidden", role: "status" });
    this.offline = el("p", { class: "wbb-offline", role: "alert", hidden: true });
    this.keys = this.keysBox();
    this.build();
    this.off = this.listen();
  }

  build() {
    const { say } = this;
    this.root.append(
      el("div", { class: "wbb-top" }, this.title, this.kept, button(say("Plans"), () => this.plans.open(), { class: "wbb-small-button", sign: "start" }),
        el("div", { class: "wbb-topbuttons" }, this.undoButton, this.redoButton,
          button(say("Rehearse my plan"), () => this.rehearse.open(), { sign: "rehearse" }),
          button(say("Share"), () => this.share.open(), { sign: "share" }),
          button(say("Start from …"), () => this.start.open(), { sign: "start" }),
          button(say("Clear"), () => this.send("clear"), { sign: "delete" }))),
      elsewhere(say), this.offline, this.guide.root,
      el("div", { class: "wbb-body" },
        el("div", { class: "wbb-main" },
          el("div", { class: "wbb-left" }, this.answersView.card,
            el("section", { class: "wbb-chain", "aria-label": say("Canvas") }, toolbar(this), this.canvas.root, this.grid.root, this.calendar.root, this.terms.root, this.line)),
          this.inspector.root),
        this.answersView.root),
      this.whispered, this.start.box, this.rehearse.box, this.share.box, this.keys, this.menu.box, this.palette.box, this.plans.box);
  }

  /** Hear the kernel and the page; the calls that end it. */
  listen() {
    const traits = { board: () => this.takeBoard(), answers: () => this.take("answers"), advice: () => this.take("advice"), compared: () => this.take("compared"), story: () => this.take("story") };
    const off = Object.entries(traits).map(([name, act]) => {
      this.model.on(`change:${name}`, act);
      return () => this.model.off(`change:${name}`, act);
    });
    const offer = () => this.start.draw(this.model.get("preview"));
    this.model.on("change:preview", offer);
    off.push(() => this.model.off("change:preview", offer));
    const back = () => this.send("look"); // somebody else may have written to the file meanwhile
    window.addEventListener("focus", back);
    off.push(() => window.removeEventListener("focus", back));
    off.push(keepKeys(this.root, (event) => this.key(event)));
    for (const name of ANSWERS) this[name] = this.model.get(name) || {};
    this.sources = this.model.get("sources") || {};
    this.takeBoard();
    const late = this.wire.deliver(this.board.kept?.file || "");
    if (late) this.announce(this.say("What you did while the kernel was away is in the plan now."));
    return off;
  }

  /** Undo and redo, wherever the keyboard is.
      @param {KeyboardEvent} event */
  key(event) {
    const writing = /** @type {Element} */ (event.target).matches("textarea, input:not([type=range]):not([type=checkbox])");
    if (writing || !isStep(event)) return;
    event.preventDefault();
    this.step(event);
  }

  /** @param {KeyboardEvent} event a key that `isStep` */
  step(event) {
    this.takeStep(event.key.toLowerCase() === "y" || event.shiftKey ? "redo" : "undo");
  }

  /** A step back, or one that was taken back again, when it is its turn.
      @param {"undo" | "redo"} way */
  takeStep(way) {
    this.inTurn(() => this.send(way), false);
  }

  /** Whether something has to wait: for what was asked before it and, where it leans on the chain
      and its selection, for the kernel's word on them.
      @param {boolean} [leans] */
  waiting(leans = true) {
    return this.queue.length > 0 || (leans && this.wire.shaping);
  }

  /** Do it now, or when it is its turn: nothing that is pressed is dropped, or overtakes what was
      pressed before.
      @param {() => void} act @param {boolean} [leans] */
  inTurn(act, leans = true) {
    if (this.waiting(leans)) this.queue.push(act);
    else act();
  }

  /** Do what waits, as far as that can be done now. */
  replay() {
    while (this.queue.length && !this.wire.shaping) this.queue.splice(0, 1)[0]();
  }

  takeBoard() {
    const board = this.model.get("board");
    if (!board || board.serial <= this.board.serial) return;
    const before = this.board;
    this.board = board;
    this.plan = structuredClone(board.plan);
    for (const command of this.wire.unheard) this.foresee(command);
    this.wire.keepFor(board.kept?.file || "");
    this.sources = this.model.get("sources") || {};
    this.canvas.draw(board);
    if (this.wire.settled && board.selected !== before.selected) this.follow(board.selected || "");
    this.title.textContent = board.title;
    this.kept.replaceChildren(board.kept?.text || "", ...this.actsOf(board.kept));
    this.kept.classList.toggle("wbb-fault", board.kept?.kind === "fault");
    // only looks so: the board may be older than what was just done, and a press is never lost
    this.undoButton.setAttribute("aria-disabled", String(!board.can_undo));
    this.redoButton.setAttribute("aria-disabled", String(!board.can_redo));
    if (board.said && board.said.count !== before.said?.count) this.tell(board.said);
    this.guide.draw(board.guide);
    this.inspector.draw();
    this.grid.draw();
    this.calendar.draw();
    this.terms.draw();
    this.answersView.draw();
  }

  /** Nothing is in hand any more: show what had to wait for it. */
  letGo() {
    this.inspector.draw();
    this.answersView.draw();
  }

  /** Where the kernel has put the selection: on what was just added, say. It stays where something is
      being typed about it.
      @param {string} id */
  follow(id) {
    if (this.editing.box && this.inspector.root.contains(this.editing.box)) {
      this.send("select", { id: this.canvas.selected });
      return;
    }
    if ((id || null) !== this.canvas.selected) this.canvas.select(id || null, { tell: false });
    const writing = this.canvas.mode === "name"; // the next name is being written already
    const onNode = document.activeElement?.matches(".wbb-face");
    if ((this.canvas.wantsFocus || onNode) && id && !writing) this.canvas.focus(id);
    this.canvas.wantsFocus = false;
  }

  settled() {
    this.root.toggleAttribute("data-busy", Boolean(this.typing));
    this.plan = structuredClone(this.board.plan);
    if ((this.board.selected || null) !== this.canvas.selected) this.follow(this.board.selected || "");
    this.canvas.pendingAdds = 0;
    this.inspector.draw(); // a box shows the plan's figure again once all of it was heard
    this.grid.draw();
    this.replay();
  }

  /** @param {"answers" | "advice" | "compared" | "story"} name */
  take(name) {
    const found = this.model.get(name) || {};
    const old = this[name].revision ?? -1;
    if ((found.revision ?? -1) < old) return;
    this[name] = found;
    if (name === "answers") {
      this.canvas.drawNodes();
      this.canvas.zoom.showGoal();
      this.calendar.draw();
      this.terms.draw();
    }
    this.answersView.draw();
  }

  selectionChanged() {
    this.inspector?.draw();
    this.calendar?.mark();
  }

  /** @param {string} name @param {object} [detail] @param {ArrayBuffer[]} [buffers] */
  send(name, detail, buffers) {
    this.flushTyping();
    this.root.toggleAttribute("data-busy", true);
    this.wire.send(name, detail, buffers);
  }

  /** Send what is typed into a box: at once, or when the typing pauses.
      @param {string} path @param {string} text @param {boolean} now @param {boolean} [last] */
  enter(path, text, now, last = false) {
    if (this.typing && this.typing.path !== path) this.flushTyping();
    clearTimeout(this.typing?.timer);
    this.root.toggleAttribute("data-busy", true);
    this.typing = { path, text, last, timer: setTimeout(() => this.flushTyping(), TYPING_PAUSE) };
    if (now) this.flushTyping();
  }

  flushTyping() {
    if (!this.typing) return;
    const { path, text, last, timer } = this.typing;
    clearTimeout(timer);
    this.typing = null;
    this.wire.value({ do: "enter", path, text, last });
  }

  /** Send a value, and show it at once in what is drawn from the plan here.
      @param {string} path @param {Value} value @param {boolean} [drag] */
  set(path, value, drag = false) {
    const keys = path.split(".");
    this.foresee({ do: "set", path, value });
    this.board.nodes.forEach((node) => {
      if (node.id === keys[1]) node.unwritten = node.unwritten.filter((name) => name !== keys[2]);
    });
    this.flushTyping();
    this.root.toggleAttribute("data-busy", true);
    this.wire.value({ do: "set", path, value, drag });
  }

  /** Put into the plan as it is shown what the kernel has not yet heard of.
      @param {Command} command */
  foresee({ do: what, path = "", value, weeks }) {
    if (what === "begin") Object.entries(weeks ?? {}).forEach(([id, week]) => this.foresee({ do: "set", path: `milestones.${id}.from_week`, value: week }));
    if (what !== "set") return;
    const keys = path.split(".");
    let here = this.plan;
    for (const key of keys.slice(0, -1)) here = Array.isArray(here) ? here.find((one) => one.id === key) : here?.[key];
    if (here) here[keys[keys.length - 1]] = value;
  }

  /** Add a milestone beside another; "@" is the one that was added last.
      @param {string} name @param {string} how @param {string | null} id @param {boolean} [branch] */
  addMilestone(name, how, id, branch = false) {
    this.canvas.pendingAdds += 1;
    this.canvas.wantsFocus = true;
    this.canvas.board.focus();
    this.send("add", { name, [how]: id ?? null, branch });
  }

  /** @param {string} first @param {string} then */
  linkNodes(first, then) {
    this.canvas.drawn = { ...this.canvas.drawn, pending: [[first, then]] };
    this.canvas.lines.draw();
    this.send("link", { first, then });
  }

  /** Say it, and show it in the line under the canvas.
      @param {string} text @param {boolean} [visible] */
  announce(text, visible = true) {
    this.line.replaceChildren(text);
    this.line.className = `wbb-said ${visible && text ? "wbb-note" : ""}`;
  }

  /** Say it to screen readers only.
      @param {string} text */
  whisper(text) {
    this.whispered.textContent = text;
  }

  /** @param {Said} said */
  tell(said) {
    this.line.replaceChildren(el("span", { text: said.text, dir: "auto" }), ...this.actsOf(said, "wbb-primary"));
    this.line.className = `wbb-said wbb-${said.kind}`;
    this.share.tell(said.text);
  }

  /** @param {Said | Kept} said @param {string} [kind] */
  actsOf(said, kind = "") {
    return (said?.acts || []).map((act) => button(act.label, () => this.send(act.do, act.detail || {}), { class: `wbb-small-button ${kind}` }));
  }

  /** The kernel does not answer, or does again: say so, and at each field what waits for it.
      @param {boolean} silent */
  silence(silent) {
    if (silent) this.replay();
    this.unheard = new Map((silent ? this.wire.unheard : []).flatMap((order) => (order.path ? [[order.path, order]] : [])));
    if (this.offline.hidden === silent) {
      this.offline.hidden = !silent;
      const again = IN_APP ? this.say("load the page again") : this.say("run the cell again");
      this.offline.textContent = silent ? this.say("The kernel does not answer. Your chain is kept in {file}: {again} to go on from there. What you change meanwhile is kept in this page.", { file: this.board.kept?.file || "", again }) : "";
    }
    this.inspector?.tellFault();
  }

  /** Whether a place, or one within it, waits for a kernel that does not answer.
      @param {string} path */
  waits(path) {
    return [...this.unheard.keys()].some((place) => place === path || place.startsWith(`${path}.`));
  }

  /** @param {string} id */
  jump(id) {
    if (this.canvas.root.hidden) this.show("chain");
    this.canvas.select(id);
    this.canvas.focus(id);
    inside(this.root, ".wbb-chain").scrollIntoView({ block: "nearest" });
  }

  keysBox() {
    const { say } = this;
    const title = el("h3", { id: ownId("keys"), text: say("Keys on the canvas") });
    const close = button(say("Close"), () => box.close(), { bare: true, class: "wbb-close" });
    close.append("×");
    const box = el("dialog", { class: "wbb-dialog wbb-keys", "aria-labelledby": title.id }, el("div", { class: "wbb-dialog-head" }, title, close), el("dl", {}));
    return box;
  }

  /** The chain as a picture, as a table or on a calendar; what is shown already goes back to the picture.
      @param {"chain" | "table" | "calendar"} what */
  show(what) {
    const parts = { chain: this.canvas.root, table: this.grid.root, calendar: this.calendar.root };
    const shown = parts[what].hidden ? what : "chain";
    for (const [name, part] of Object.entries(parts)) part.hidden = name !== shown;
    inside(this.root, ".wbb-totable").setAttribute("aria-pressed", String(shown === "table"));
    inside(this.root, ".wbb-tocalendar").setAttribute("aria-pressed", String(shown === "calendar"));
    this.calendar.draw();
    if (shown === "table") this.grid.open();
    else if (shown === "calendar") inside(this.calendar.root, ".wbb-calbar")?.focus();
    else {
      this.canvas.place();
      this.canvas.focusSomething();
    }
  }

  showKeys() {
    const { say } = this;
    const rows = [...onMilestones(this), ...onChain(this)].filter((action) => action.keys).map(({ keys, label }) => [keys, label]);
    fill(inside(this.keys, "dl"), [["← → ↑ ↓", say("to another milestone")], ["⇧ ← → ↑ ↓", say("select one more")], ...rows].map(([key, what]) => [el("dt", {}, el("kbd", { text: key })), el("dd", { text: what })]));
    this.keys.showModal();
  }

  close() {
    this.rehearse.close();
    this.share.off();
    this.plans.off();
    this.editing.off();
    this.off.forEach((off) => off());
  }
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} page */
  render({ model, el: place }) {
    const screen = new Screen(model);
    place.classList.add("wbb-place");
    place.append(screen.root);
    const low = window.innerHeight <= 560 && screen.board.nodes.length > 0; // the chain fills a projector
    requestAnimationFrame(() => (low ? inside(screen.root, ".wbb-main") : screen.root).scrollIntoView({ block: "start" }));
    return () => screen.close();
  },
};
