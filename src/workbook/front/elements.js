/* Small pieces of a page. Text is only ever text: nothing that a founder types is read as HTML,
   and a picture from the kernel is taken apart and put together again without anything that runs. */

const SVG_NS = "http://www.w3.org/2000/svg";
const DRAWN = new Set(
  ("svg g defs title desc path rect circle ellipse line polyline polygon text tspan use symbol " +
    "clipPath linearGradient radialGradient stop pattern marker mask").split(" "),
);

/** @import { Children, El, Props } from "./types.d.ts" */

/** A new element with its attributes, its listeners (`onclick`) and what stands in it.
    @param {string} tag @param {Props} [props] @param {...Children} children @returns {any} */
function element(tag, props = {}, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS(SVG_NS, tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = String(value);
    else if (name === "value") /** @type {HTMLInputElement} */ (node).value = String(value);
    else if (typeof value === "function") node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...shown(children));
  return node;
}

/** `element`, with the type of what it makes. */
export const el = /** @type {El} */ (element);

/** A picture as nodes of this page; null where it is none.
    @param {string | undefined} source */
export function picture(source) {
  const parsed = new DOMParser().parseFromString(source || "", "image/svg+xml");
  const root = parsed.documentElement;
  if (!root || root.localName !== "svg" || parsed.querySelector("parsererror")) return null;
  for (const node of [...root.querySelectorAll("*")]) {
    if (!DRAWN.has(node.localName)) node.remove();
  }
  for (const node of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of [...node.attributes]) {
      const outside = /href$/i.test(name) && !value.startsWith("#");
      if (/^on/i.test(name) || outside || /url\(\s*['"]?(?!#)/i.test(value)) node.removeAttribute(name);
    }
  }
  return document.importNode(root, true);
}

/** Put children in place of what stands there. A child that stays is left where it is if the keyboard
    is in it: what is being typed there is not disturbed.
    @template {Element} Kind @param {Kind} node @param {...Children} children @returns {Kind} */
export function fill(node, ...children) {
  const next = shown(children);
  const old = [...node.childNodes];
  if (next.length === old.length && next.every((child, n) => child === old[n])) return node;
  const stays = old.find((child) => child.contains(document.activeElement) && next.includes(child));
  if (!(stays instanceof Element)) {
    node.replaceChildren(...next);
    return node;
  }
  const at = next.indexOf(stays);
  old.forEach((child) => child === stays || child.remove());
  stays.before(...next.slice(0, at));
  stays.after(...next.slice(at + 1));
  return node;
}

/** What is there of several things that may not be.
    @param {Children[]} children @returns {(Node | string)[]} */
function shown(children) {
  return /** @type {(Node | string)[]} */ (children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
}

/** A part that stands in a node: one that is always there.
    @param {Element} node @param {string} selector @returns {HTMLElement} */
export function inside(node, selector) {
  return /** @type {HTMLElement} */ (node.querySelector(selector));
}

let named = 0;
/** An id of its own, for labels.
    @param {string} stem */
export function ownId(stem) {
  named += 1;
  return `wb-${stem}-${named}`;
}
