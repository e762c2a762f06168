/* Figures that are more than one number: an estimate (low, likely, high), a chance for each try,
   a list of milestones, a list of rows. */

import { framed, numberBox, numberField, withSlider } from "./fields.js";
import { el, fill, ownId } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { Box, BoxAt, Control, Field, FieldContext, Value } from "./types.js" */

/** @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function estimateField(field, ctx) {
  const group = el("div", { class: "wbb-estimate" });
  const frame = framed(field, ctx, group, { group: true });
  const range = Array.isArray(ctx.get());
  const factor = field.kind === "share" ? 100 : 1;
  const boxes = range ? rangeBoxes(field, ctx, factor) : [withSlider(field, ctx, factor, field.label)];
  const wide = button(range ? ctx.say("One number is enough") : ctx.say("Not sure? Give a range"), () => {
    const value = ctx.get() ?? 0;
    const most = field.kind === "share" ? 1 : Infinity;
    ctx.set(range ? value[1] : [value * 0.75, value, Math.min(most, value * 1.5)].map((v) => Number(v.toPrecision(4))));
  }, { class: "wbb-linkish" });
  group.append(el("div", { class: range ? "wbb-three" : "wbb-pair" }, boxes.map((box) => box.node)));
  const last = range && field.last && lastTime(field, ctx);
  frame.node.append(group, frame.line, last || "", wide, range && field.weekly ? weekly(ctx) : "");
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, shape: range ? "range" : "one",
    update(value) { boxes.forEach((box, n) => box.update(range ? value?.[n] : value)); } };
}

/** Whether a range is drawn once a life or again each week, as a button that makes it the other.
    @param {FieldContext} ctx */
function weekly(ctx) {
  const once = ctx.screen.plan.ranges?.[ctx.path] !== undefined;
  const text = once ? ctx.say("It differs from week to week") : ctx.say("It is the same in every week");
  return button(text, () => ctx.set(once ? { range: ctx.get(), each: "week" } : ctx.get()), { class: "wbb-linkish" });
}

/** A box under its own small label, in a row of several.
    @param {string} name @param {Field} field @param {FieldContext} ctx @param {BoxAt} options @returns {Box} */
export function smallBox(name, field, ctx, options) {
  const inner = numberBox(field, ctx, options);
  return { node: el("label", { class: "wbb-small" }, el("span", { text: name }), inner.node), update: inner.update };
}

/** @param {Field} field @param {FieldContext} ctx @param {number} factor */
function rangeBoxes(field, ctx, factor) {
  return [ctx.say("low"), ctx.say("likely"), ctx.say("high")].map((name, n) =>
    smallBox(name, { ...field, optional: false }, ctx, { label: `${field.label}: ${name}`, at: `.${n}`, factor, get: () => ctx.get()?.[n] }));
}

/** The question that mends most estimates.
    @param {Field} field @param {FieldContext} ctx */
function lastTime(field, ctx) {
  const inner = numberBox(field, ctx, { label: field.last, get: () => ctx.get()?.[1], last: true });
  inner.box.dataset.last = "";
  return el("div", { class: "wbb-lasttime" }, el("label", {}, el("span", { text: field.last }), inner.node));
}

/** A pass rate: one for every try, or one for each.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function ratesField(field, ctx) {
  const value = ctx.get();
  if (!Array.isArray(value)) {
    const one = numberField({ ...field, kind: "share" }, ctx);
    const more = button(ctx.say("It changes with each try"), () => ctx.set([ctx.get() ?? 0.5, Math.min(1, (ctx.get() ?? 0.5) + 0.1)]), { class: "wbb-linkish" });
    one.node.append(more);
    return { ...one, shape: "one" };
  }
  const group = el("div", { class: "wbb-tries" });
  const frame = framed(field, ctx, group, { group: true });
  const boxes = value.map((_, n) => {
    const name = n === value.length - 1 ? ctx.say("try {n} and later", { n: n + 1 }) : ctx.say("try {n}", { n: n + 1 });
    return smallBox(name, { ...field, step: 0.01 }, ctx, { label: `${field.label}: ${name}`, at: `.${n}`, factor: 100, get: () => ctx.get()?.[n] });
  });
  group.append(...boxes.map((box) => box.node));
  const another = button(ctx.say("One more try"), () => ctx.set([...ctx.get(), ctx.get().at(-1)]), { class: "wbb-linkish" });
  const fewer = button(ctx.say("One try fewer"), () => ctx.set(ctx.get().length > 2 ? ctx.get().slice(0, -1) : ctx.get()[0]), { class: "wbb-linkish" });
  frame.node.append(group, frame.line, another, fewer);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, shape: `list${value.length}`,
    update: (now) => boxes.forEach((box, n) => box.update(now?.[n])) };
}

/** Milestones: each can be taken out, others can be chosen.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function milestonesField(field, ctx) {
  const list = el("div", { class: "wbb-chips" });
  const box = el("select", { class: "wbb-select", id: ownId("select") });
  const frame = framed(field, ctx, box);
  box.addEventListener("change", () => {
    const id = box.value;
    if (!id) return;
    if (field.path === "needs") ctx.screen.linkNodes(id, ctx.milestone ?? "");
    else ctx.set([...(ctx.get() || []), id]);
    box.value = "";
  });
  const drop = (/** @type {string} */ id) => (field.path === "needs"
    ? ctx.screen.send("unlink", { first: id, then: ctx.milestone })
    : ctx.set(ctx.get().filter((/** @type {string} */ one) => one !== id)));
  frame.node.append(list, box, frame.line);
  let shape = "";
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update(value) {
    const names = new Map(ctx.screen.board.nodes.map((node) => [node.id, node.name]));
    const now = JSON.stringify([value, [...names]]);
    if (now === shape) return;
    shape = now;
    fill(list, (value || []).map((/** @type {string} */ id) => el("span", { class: "wbb-chip" }, el("span", { text: names.get(id) || id, dir: "auto" }),
      button(ctx.say("Take out {name}", { name: names.get(id) || id }), () => drop(id), { bare: true, class: "wbb-x" }))));
    list.querySelectorAll(".wbb-x").forEach((x) => x.append("×"));
    const free = ctx.screen.board.nodes.filter((node) => node.id !== ctx.milestone && !(value || []).includes(node.id));
    fill(box, el("option", { value: "", text: ctx.say("add one …") }), free.map((node) => el("option", { value: node.id, text: node.name })));
    box.disabled = free.length === 0;
  } };
}

/** A new row; where rows have ids, one that none of the others has.
    @param {Value} row @param {Value[]} others @returns {Value} */
export function nextRow(row, others) {
  const plain = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  const taken = new Set(others.map((other) => other.id));
  for (let n = 2; plain.id && taken.has(plain.id); n += 1) plain.id = `${row.id}-${n}`;
  return plain;
}

/** A cell for a word under its own small label.
    @param {string} name @param {string} label @param {(text: string) => void} set @returns {Box} */
function wordBox(name, label, set) {
  const box = el("input", { type: "text", class: "wbb-box", dir: "auto", autocomplete: "off", "aria-label": label });
  box.addEventListener("change", () => set(box.value.trim()));
  return {
    node: el("label", { class: "wbb-small" }, el("span", { text: name }), box),
    update(value) { if (document.activeElement !== box) box.value = value ?? ""; },
  };
}

/** Rows of a list: each a few boxes and a way out.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function rowsField(field, ctx) {
  const group = el("div", { class: "wbb-rows" });
  const frame = framed(field, ctx, group, { group: true });
  const rows = ctx.get() || [];
  /** @type {((value: Value) => void)[]} */
  const updates = [];
  rows.forEach((/** @type {Value} */ _, /** @type {number} */ n) => {
    const cells = (field.columns ?? []).map((column) => {
      const factor = column.kind === "share" ? 100 : 1;
      const [at, label] = [`.${n}.${column.path}`, `${column.label} ${n + 1}`];
      const get = () => ctx.get()?.[n]?.[column.path];
      const set = (/** @type {string} */ text) => ctx.set(ctx.get().map((/** @type {Value} */ old, /** @type {number} */ place) => (place === n ? { ...old, [column.path]: text } : old)));
      const inner = column.kind === "line" ? wordBox(column.label, label, set) : smallBox(column.label, column, ctx, { label, at, factor, get });
      updates.push((value) => inner.update(value?.[n]?.[column.path]));
      return inner.node;
    });
    const out = button(ctx.say("Take out row {n}", { n: n + 1 }), () => ctx.set(ctx.get().filter((/** @type {Value} */ _row, /** @type {number} */ place) => place !== n)), { bare: true, class: "wbb-x" });
    out.append("×");
    group.append(el("div", { class: "wbb-row" }, cells, out));
  });
  const more = button(ctx.say("Add a row"), () => ctx.set([...(ctx.get() || []), nextRow(field.row, ctx.get() || [])]), { class: "wbb-linkish" });
  frame.node.append(group, frame.line, more);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, shape: `rows${rows.length}`, update: (value) => updates.forEach((update) => update(value)) };
}
