/* Buttons with their signs. */

import { el } from "../../front/elements.js";

/** @param {string} name */
function icon(name) {
  const svg = el("svg:svg", { viewBox: "0 0 16 16", class: "wbb-icon", "aria-hidden": "true" });
  svg.append(el("svg:path", { d: ICONS[name] || "" }));
  return svg;
}

/** @type {Record<string, string>} */
const ICONS = {
  add: "M8 2.5v11M2.5 8h11",
  link: "M2 8h9M8 4.5 11.5 8 8 11.5M14 3v10",
  before: "M13.5 8h-9M8 4.5 4.5 8 8 11.5M2 3v10",
  rename: "M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2L3 13zM9.4 4.4l2.2 2.2",
  delete: "M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4",
  undo: "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H7",
  redo: "M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H9",
  rehearse: "M4 2.5v11l9-5.5z",
  share: "M8 9.5v-7M5 5l3-3 3 3M3 8.5v5h10v-5",
  earlier: "M8 13V3M4 7l4-4 4 4",
  later: "M8 3v10M4 9l4 4 4-4",
  start: "M3 2.5h6l4 4v7H3zM9 2.5v4h4",
  keys: "M1.5 4.5h13v7h-13zM4 7h.5M7 7h.5M10 7h.5M5 9.5h6",
  goal: "M4 14V2.5M4 3h8l-2 2.75L12 8.5H4",
  log: "M3.5 2.5h9v11h-9zM6 5.5h4M6 8h4M6 10.5h2.5",
  table: "M2 3h12v10H2zM2 6.5h12M2 9.75h12M6.5 3v10",
  calendar: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3M5 10h4",
  commands: "M3 4.5h10M3 8h10M3 11.5h6",
  smaller: "M3.5 8h9",
  larger: "M3.5 8h9M8 3.5v9",
  fit: "M2 8h12M5 5 2 8l3 3M11 5l3 3-3 3",
  resources: "M2.5 5h11v8h-11zM5 5V3h6v2M8 7.5v3",
};

/** @param {string} label @param {() => void} act @param {Record<string, any>} [options] */
export function button(label, act, options = {}) {
  const { sign, bare, class: kind = "", ...props } = options;
  const node = el("button", { type: "button", class: `wbb-button ${bare ? "wbb-bare" : ""} ${kind}`, onclick: act, ...props });
  if (sign) node.append(icon(sign));
  if (bare) {
    node.setAttribute("aria-label", label);
    node.title = label;
  } else node.append(el("span", { text: label }));
  return node;
}
