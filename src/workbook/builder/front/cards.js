/* Parts of the plan that have parts of their own: a list of cards (forks, options, bills, common
   causes), a part that may be there or not, figures by name, and the twelve months. */

import { framed } from "./fields.js";
import { el, fill, ownId } from "../../front/elements.js";
import { button } from "./buttons.js";
import { nextRow, smallBox } from "./ranges.js";
/** @import { Control, Field, FieldContext, Value } from "./types.js" */

/** What a card is called: its name, else the id it goes by.
    @param {FieldContext} ctx @param {Value} one @param {string} key */
function titleOf(ctx, one, key) {
  const { name, label } = one ?? {};
  const text = [name, label].map((found) => (found && typeof found === "object" ? found[ctx.lang] : found)).find(Boolean);
  return text || ctx.screen.board.nodes.find((node) => node.id === key)?.name || key;
}

/** The items with their keys: ids of a list, or the keys of a mapping.
    @param {Value} value @returns {[string, Value][]} */
export function itemsOf(value) {
  if (Array.isArray(value)) return value.map((one, n) => [one.id ?? String(n), one]);
  return Object.entries(value ?? {});
}

/** A card for each item: its fields, and a way out.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function cardsField(field, ctx) {
  const group = el("div", { class: "wbb-cards" });
  const frame = framed(field, ctx, group, { group: true });
  /** @type {((value: Value) => void)[]} */
  const updates = [];
  for (const [key, one] of itemsOf(ctx.get())) {
    const title = el("span", { dir: "auto", text: titleOf(ctx, one, key) });
    const out = button(ctx.say("Take out {name}", { name: titleOf(ctx, one, key) }), () => ctx.set(without(ctx.get(), key)), { class: "wbb-linkish" });
    const card = ctx.fold(`${ctx.path}.${key}`, title, () => [...ctx.inner(field.fields ?? [], key), out]);
    card.classList.add("wbb-card");
    group.append(card);
    updates.push((value) => { title.textContent = titleOf(ctx, new Map(itemsOf(value)).get(key), key); });
  }
  const more = field.keyed === "milestones" ? milestonePick(field, ctx) : adder(field, ctx);
  frame.node.append(group, frame.line, more);
  return { node: frame.node, wrong: frame.wrong, tell: ctx.own(frame), update: (value) => updates.forEach((update) => update(value)) };
}

/** @param {Value} value @param {string} key @returns {Value} */
function without(value, key) {
  if (Array.isArray(value)) return value.filter((one, n) => (one.id ?? String(n)) !== key);
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** @param {Field} field @param {FieldContext} ctx */
function adder(field, ctx) {
  const { say, screen } = ctx;
  return button(say("Add: {what}", { what: field.label }), () => {
    const value = ctx.get();
    const row = { ...field.row };
    for (const inner of field.fields ?? []) if (inner.kind === "milestones" && row[inner.path] === "") row[inner.path] = screen.board.nodes.slice(0, 1).map((node) => node.id);
    if (field.keyed) {
      const { id } = nextRow({ id: "measure" }, Object.keys(value ?? {}).map((one) => ({ id: one })));
      screen.inspector.open.add(`${ctx.path}.${id}`);
      ctx.set({ ...value, [id]: row });
    } else {
      const made = nextRow(row, value ?? []);
      screen.inspector.open.add(`${ctx.path}.${made.id}`);
      ctx.set([...(value ?? []), made]);
    }
  }, { class: "wbb-linkish" });
}

/** Which milestone an option changes.
    @param {Field} field @param {FieldContext} ctx */
function milestonePick(field, ctx) {
  const have = Object.keys(ctx.get() ?? {});
  const free = ctx.screen.board.nodes.filter((node) => !have.includes(node.id));
  const box = el("select", { class: "wbb-select", "aria-label": field.label, disabled: free.length === 0 },
    el("option", { value: "", text: ctx.say("add one …") }), free.map((node) => el("option", { value: node.id, text: node.name })));
  box.addEventListener("change", () => {
    ctx.screen.inspector.open.add(`${ctx.path}.${box.value}`);
    if (box.value) ctx.set({ ...ctx.get(), [box.value]: {} });
  });
  return box;
}

/** A part with keys of its own, folded; with a tick where it may be missing.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function partField(field, ctx) {
  const there = ctx.get() !== null;
  const fold = ctx.fold(ctx.path, el("span", { text: field.label }), () => (field.part && !there ? [] : ctx.inner(field.fields ?? [])));
  const help = field.help && el("p", { class: "wbb-help", text: field.help });
  const node = el("div", { class: "wbb-fieldrow", "data-path": ctx.path });
  if (!field.part) {
    node.append(fold);
    return { node, wrong: () => {}, tell: () => {}, update: () => {} };
  }
  const box = el("input", { type: "checkbox", class: "wbb-check", id: ownId("check"), checked: there });
  box.addEventListener("change", () => {
    ctx.screen.inspector.open.add(ctx.path);
    ctx.set(box.checked ? field.part : null);
  });
  node.append(el("div", { class: "wbb-checkrow" }, box, el("label", { for: box.id, text: field.label })), help || "", there ? fold : "");
  return { node, wrong: () => {}, tell: () => {}, update: (value) => { box.checked = value !== null; } };
}

/** New values of figures that the plan has by name: its bills, its measures.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function entriesField(field, ctx) {
  const group = el("div", { class: "wbb-rows" });
  const frame = framed(field, ctx, group, { group: true });
  const boxes = itemsOf(ctx.screen.plan[field.keyed ?? ""]).map(([key, one]) => {
    const name = titleOf(ctx, one, key);
    const unit = field.keyed === "bills" ? "{currency}" : "";
    const inner = smallBox(name, { ...field, kind: "number", unit }, ctx, { label: name, at: `.${key}`, get: () => ctx.get()?.[key] });
    const out = button(ctx.say("Take out {name}", { name }), () => ctx.setAt(`.${key}`, null), { bare: true, class: "wbb-x" });
    out.append("×");
    group.append(el("div", { class: "wbb-row" }, inner.node, out));
    return (/** @type {Value} */ value) => {
      inner.update(value?.[key]);
      out.hidden = value?.[key] === undefined;
    };
  });
  frame.node.append(group, frame.line);
  frame.node.hidden = boxes.length === 0;
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update: (value) => boxes.forEach((update) => update(value)) };
}

/** A factor for each month; none of them is in the plan until the first is written.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function monthsField(field, ctx) {
  const group = el("div", { class: "wbb-months" });
  const frame = framed(field, ctx, group, { group: true });
  const there = ctx.get() !== null;
  const name = (/** @type {number} */ n) => new Date(2001, n, 15).toLocaleDateString(ctx.htmlLang, { month: "short" });
  const boxes = there ? [...Array(12).keys()].map((n) => {
    const inner = smallBox(name(n), field, ctx, { label: `${field.label}: ${name(n)}`, at: `.${n}`, get: () => ctx.get()?.[n] });
    group.append(inner.node);
    return inner;
  }) : [];
  const turn = button(there ? ctx.say("Take out {name}", { name: field.label }) : ctx.say("Add: {what}", { what: field.label }), () => ctx.set(there ? null : Array(12).fill(1)), { class: "wbb-linkish" });
  frame.node.append(group, frame.line, turn);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update: (value) => boxes.forEach((box, n) => box.update(value?.[n])) };
}

/** One milestone, or none.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function oneMilestoneField(field, ctx) {
  const box = el("select", { class: "wbb-select" });
  const frame = framed(field, ctx, box);
  box.addEventListener("change", () => ctx.set(box.value || null));
  frame.node.append(box, frame.line);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update(value) {
    fill(box, el("option", { value: "", text: "–" }), ctx.screen.board.nodes.map((node) => el("option", { value: node.id, text: node.name })));
    box.value = value ?? "";
  } };
}
