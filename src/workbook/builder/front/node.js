/* One milestone on the canvas: its name, its tags, its odds, the handle for a link. It is drawn again
   only when what it says has changed: with sixty of them every stroke counts. */

import { el, fill, inside } from "../../front/elements.js";
/** @import { BoardNode, Canvas, Odds, Screen } from "./types.js" */

/** @type {("goal" | "origin" | "kernel" | "skipped")[]} */
const KINDS_OF_NODE = ["goal", "origin", "kernel", "skipped"];
/** What each node says already.
    @type {WeakMap<HTMLElement, string>} */
const DRAWN_AS = new WeakMap();

/** @param {Canvas} canvas @param {string} id */
export function newNode(canvas, id) {
  const { say } = canvas.screen;
  const face = el("button", { type: "button", class: "wbb-face", tabindex: "-1", "data-id": id },
    el("span", { class: "wbb-facetop" }, el("span", { class: "wbb-order" }), el("span", { class: "wbb-tags" })),
    el("span", { class: "wbb-name", dir: "auto" }),
    el("span", { class: "wbb-bar" }, el("i"), el("b")),
    el("span", { class: "wbb-odds" }, el("span", { class: "wbb-reached" }), el("span", { class: "wbb-lost" }), el("span", { class: "wbb-runway" })));
  face.addEventListener("focus", () => canvas.mode || canvas.toggling || canvas.several.includes(id) || canvas.select(id));
  face.addEventListener("dblclick", () => canvas.rename(id));
  const handle = el("span", { class: "wbb-handle", title: say("Drag to what comes after"), "aria-hidden": "true" });
  return el("div", { class: "wbb-node", "data-id": id }, face, handle);
}

/** Put what the board says of a milestone on its node.
    @param {Canvas} canvas @param {HTMLElement} node @param {BoardNode} milestone */
export function drawNode(canvas, node, milestone) {
  const odds = (canvas.screen.answers.nodes || {})[milestone.id];
  const after = canvas.needs(milestone.id).map((need) => canvas.nameOf(need));
  const shape = JSON.stringify([milestone, odds, after]);
  if (DRAWN_AS.get(node) === shape) return;
  DRAWN_AS.set(node, shape);
  inside(node, ".wbb-name").textContent = milestone.name;
  inside(node, ".wbb-order").textContent = milestone.skipped || !milestone.order ? "–" : String(milestone.order);
  const tags = tagsOf(canvas.screen, milestone);
  fill(inside(node, ".wbb-tags"), tags.map(([kind, text]) => el("span", { class: `wbb-tag wbb-tag-${kind}`, text })));
  for (const kind of KINDS_OF_NODE) node.classList.toggle(`wbb-is-${kind}`, Boolean(milestone[kind]));
  drawOdds(node, odds);
  const { say, words, lang } = canvas.screen;
  const said = [
    milestone.name,
    ...tags.filter(([kind]) => kind !== "leans").map(([, text]) => text),
    odds && odds.said,
    after.length ? say("after {names}", { names: new Intl.ListFormat(words.html_lang).format(after.map((name) => `“${name}”`)) }) : "",
    milestone.leans && `◇ ${milestone.leans}`,
  ].filter(Boolean).join(lang === "zh" ? "。" : ". ");
  const face = inside(node, ".wbb-face");
  face.setAttribute("aria-label", said);
  face.title = said;
}

/** The tags of a milestone: their kind and their text.
    @param {Screen} screen @param {BoardNode} milestone @returns {[kind: string, text: string][]} */
function tagsOf({ board, say }, milestone) {
  const fork = board.forks?.find((one) => one.milestone === milestone.id);
  /** @type {([string, string] | "" | false | undefined)[]} */
  const tags = [
    milestone.leans && ["leans", "◇"],
    milestone.goal && ["goal", say("Goal")],
    milestone.origin && ["origin", say("origin")],
    milestone.kernel && ["kernel", say("kernel")],
    milestone.skipped && ["skipped", say("left out")],
    fork && ["fork", say("fork")],
    milestone.state && ["log", `${milestone.state === "passed" ? "✓" : "✕"} ${milestone.state_said}`],
  ];
  return tags.filter((tag) => tag !== "" && tag !== false && tag !== undefined);
}

/** @param {HTMLElement} node @param {Odds | undefined} odds */
function drawOdds(node, odds) {
  inside(node, ".wbb-bar i").style.width = odds ? `${Math.round(odds.share * 100)}%` : "0";
  inside(node, ".wbb-bar b").style.width = odds ? `${Math.round(odds.lost_share * 100)}%` : "0";
  inside(node, ".wbb-lost").textContent = odds?.lost && !odds.gap ? `✕ ${odds.lost}` : "";
  inside(node, ".wbb-reached").textContent = odds ? odds.reached : "…";
  inside(node, ".wbb-runway").textContent = odds && !odds.gap && !odds.lost ? odds.runway : "";
  node.classList.toggle("wbb-gap", Boolean(odds && odds.gap));
}
