/* The debrief: the odds line, the decisions that mattered, the same luck played by others. */

import { el, picture } from "../../../front/elements.js";
import { diaryOf } from "./parts.js";
/** @import { Debrief, Decision, Labels } from "./types.d.ts" */

/** @param {Decision} decision @param {(to: number) => void} rewind */
function decisionOf(decision, rewind) {
  return el("li", { class: `wbr-card wbr-${decision.kind}` },
    el("h5", { text: decision.title, dir: "auto" }),
    el("p", { class: "wbr-verdict", text: decision.verdict }), el("p", { text: decision.text, dir: "auto" }),
    el("button", { type: "button", class: "wbr-button", text: decision.rewind_label, onclick: () => rewind(decision.rewind) }));
}

/** @param {{ head: string[], rows: string[][] }} table @param {string} caption */
function tableOf(table, caption) {
  return el("div", { class: "wbr-scroll" }, el("table", {}, el("caption", { text: caption }),
    el("thead", {}, el("tr", {}, table.head.map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, table.rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row", text: first, dir: "auto" }), rest.map((text) => el("td", { text, dir: "auto" })))))));
}

/** @param {Debrief} debrief @param {Labels} labels @param {(to: number) => void} rewind */
export function debriefOf(debrief, labels, rewind) {
  return el("section", { class: "wbr-debrief" },
    debrief.lines.map((text) => el("p", { class: "wbr-identity", text, dir: "auto" })),
    el("figure", { class: "wbr-figure" }, picture(debrief.picture)),
    debrief.decisions.length > 0 && [el("h4", { text: labels.mattered }), el("ol", { class: "wbr-cards" }, debrief.decisions.map((one) => decisionOf(one, rewind)))],
    debrief.same_luck && tableOf(debrief.same_luck, labels.same_luck),
    debrief.notes.map((text) => el("p", { class: "wbr-soft", text, dir: "auto" })),
    debrief.diary.length > 0 && el("details", {}, el("summary", { text: labels.diary }), diaryOf(debrief.diary)));
}
