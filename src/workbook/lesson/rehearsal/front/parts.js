/* The parts of one screen, each made from what the kernel sends: state, chain, diary, choices. */

import { el } from "../../../front/elements.js";
/** @import { Board, Choice, Labels, Line, Rounds, Step, Tile } from "./types.d.ts" */

const MOST_DOTS = 12;

/** @param {Tile} tile */
function tileOf(tile) {
  return el("div", { class: `wbr-tile wbr-${tile.kind}` },
    el("dt", { text: tile.label }),
    el("dd", {}, el("strong", { text: tile.value, dir: "auto" }), tile.note && el("span", { class: "wbr-soft", text: tile.note, dir: "auto" })));
}

/** @param {Rounds} rounds */
function roundsOf(rounds) {
  const dots = Array.from({ length: Math.min(rounds.count, MOST_DOTS) }, () => el("i", {}));
  return el("li", {}, el("span", { class: "wbr-dots", "aria-hidden": "true" }, dots, rounds.count > MOST_DOTS && el("b", { text: "+" })),
    el("span", { text: rounds.said, dir: "auto" }));
}

/** Week, cash, runway, and the rounds that can still be paid for.
    @param {Board} board @param {Labels} labels */
export function stateOf(board, labels) {
  const week = el("strong", { class: "wbr-week", text: board.when });
  const part = board.horizon ? Math.min(1, board.week / board.horizon) : 0;
  const bar = el("span", { class: "wbr-bar", "aria-hidden": "true" }, el("span", { style: `inline-size:${(100 * part).toFixed(1)}%` }));
  const time = el("div", { class: "wbr-tile" }, el("dt", { text: labels.time }), el("dd", {}, week, bar));
  const rounds = board.rounds.length > 0 && el("div", { class: "wbr-tile wbr-rounds" }, el("dt", { text: labels.rounds }),
    el("dd", {}, el("ul", {}, board.rounds.map(roundsOf))));
  return el("dl", { class: "wbr-state" }, time, board.tiles.map(tileOf), rounds);
}

/** @param {Step} step */
function stepOf(step) {
  return el("li", { class: `wbr-step wbr-is-${step.state} ${step.goal ? "wbr-goal" : ""}`, "aria-current": step.state === "here" ? "step" : null },
    el("span", { class: "wbr-sign", "aria-hidden": "true" }), el("span", { text: step.name, dir: "auto" }),
    el("span", { class: "wbr-step-said", text: step.said }));
}

/** The chain, and where in it one is.
    @param {Board} board @param {Labels} labels */
export function chainOf(board, labels) {
  return el("ol", { class: "wbr-chain", "aria-label": labels.chain, tabindex: 0 }, board.chain.map(stepOf));
}

/** Lines of the diary.
    @param {Line[]} lines */
export function diaryOf(lines) {
  return el("ol", { class: "wbr-diary" }, lines.map((line) => el("li", { class: `wbr-${line.kind}`, "data-week": line.week },
    el("span", { class: "wbr-when", text: line.when }), el("span", { text: line.text, dir: "auto" }), line.left && el("span", { class: "wbr-soft wbr-left", text: line.left }))));
}

/** @param {string} title @param {string[]} lines */
function listOf(title, lines) {
  return lines.length > 0 && el("section", {}, el("h4", { text: title }), el("ul", { class: "wbr-known" }, lines.map((text) => el("li", { text, dir: "auto" }))));
}

/** What happened since, what is known, what falls due.
    @param {Board} board @param {Labels} labels */
export function pastOf(board, labels) {
  return el("div", { class: "wbr-past" },
    el("section", {}, el("h4", { text: labels.since }), board.since.length ? diaryOf(board.since) : el("p", { class: "wbr-soft", text: labels.nothing })),
    listOf(labels.due, board.due), listOf(labels.known, board.known));
}

/** One choice: a button with its key, its name and all of its terms.
    @param {Choice} choice @param {(choice: Choice) => void} take */
export function choiceOf(choice, take) {
  return el("button", { type: "button", class: `wbr-choice wbr-${choice.kind} ${choice.best ? "wbr-best" : ""}`, "data-id": choice.id, "aria-keyshortcuts": choice.key || null, onclick: () => take(choice) },
    el("kbd", { text: choice.key || "·", "aria-hidden": "true" }),
    el("span", { class: "wbr-what" }, choice.group && el("span", { class: "wbr-of", text: choice.group, dir: "auto" }), el("strong", { text: choice.title, dir: "auto" }),
      choice.terms.map((text) => el("span", { class: "wbr-term", text, dir: "auto" })),
      choice.coach && el("span", { class: "wbr-coached", text: choice.coach })));
}
