/* Fields of the inspector: a labelled box for each figure, a slider beside it, and one line that
   says what the term means. A box sends what is typed as text: the kernel reads it, says at the box
   how it was understood, and the box then shows the plan's figure. What cannot be read stays in its
   box with the reason under it, what can mean several things is asked, and the plan stays as it was. */

import { dayOf } from "./dates.js";
import { figureText, roundUp, scaled, stepped } from "./figures.js";
import { el, fill, ownId } from "../../front/elements.js";
import { button } from "./buttons.js";
/** @import { BoxAt, Children, Control, Entry, Field, FieldContext, Figure, NumberBox, Value } from "./types.js" */

/** Figures that are a week of the plan, which has its date. */
const POINTS = new Set(["week", "from_week", "by_week", "until_week"]);

/** What all fields have: a label, a line of help, a place for a fault and for what was understood.
    @param {Field} field @param {FieldContext} ctx @param {HTMLElement} control @param {{ group?: boolean }} [how] */
export function framed(field, ctx, control, { group = false } = {}) {
  const [name, help, fault] = [ownId("name"), ownId("help"), ownId("fault")];
  control.id ||= ownId("box");
  const label = group
    ? el("span", { class: "wbb-label", id: name, title: field.help, text: field.label })
    : el("label", { class: "wbb-label", id: name, title: field.help, for: control.id, text: field.label });
  const described = [field.help && help, fault].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", described);
  const line = el("div", { class: "wbb-entry", id: fault, hidden: true });
  const node = el("div", { class: `wbb-fieldrow wbb-kind-${field.kind}`, "data-path": ctx.path },
    el("div", { class: "wbb-labelrow" }, label),
    field.help && el("p", { class: "wbb-help", id: help, text: field.help }));
  if (group) {
    control.setAttribute("role", "group");
    control.setAttribute("aria-labelledby", name);
  }
  /** @returns {HTMLElement[]} */
  const boxesHere = () => (control.matches("input, textarea, select") ? [control] : [...node.querySelectorAll("input")]);
  /** @param {Children[]} children @param {{ path?: string } | null} bad */
  const show = (children, bad) => {
    const before = line.textContent;
    line.hidden = children.length === 0;
    fill(line, children);
    if (bad && line.textContent !== before) line.scrollIntoView({ block: "nearest" });
    boxesHere().forEach((box) => box.setAttribute("aria-invalid", bad && (!bad.path || (box.dataset.at ?? "") === bad.path) ? "true" : "false"));
  };
  /** One of several readings: as if it had been typed.
      @param {string} path @param {string} text */
  const choose = (path, text) => {
    const box = [...node.querySelectorAll("input")].find((one) => one.dataset.at === path);
    if (!box) return;
    box.value = text;
    box.dispatchEvent(new Event("change"));
    box.focus();
  };
  /** @param {string | null} reason */
  const wrong = (reason) => show(reason ? [el("p", { class: "wbb-fault", text: reason })] : [], reason ? {} : null);
  /** What the kernel made of what was typed here.
      @param {Entry[]} entries */
  const tell = (entries) => {
    const refused = entries.find((entry) => entry.problem);
    show(entries.flatMap(notesOf), refused ? { path: refused.path } : null);
  };
  /** @param {Entry} entry @returns {Children[]} */
  const notesOf = (entry) => {
    if (!entry.problem) return entry.notes.map((text) => el("p", { class: "wbb-read", text }));
    const choices = entry.choices.map((text) => button(text, () => choose(entry.path, text), { class: "wbb-small-button" }));
    return [el("p", { class: "wbb-fault", text: entry.problem }), choices.length > 0 && el("div", { class: "wbb-actions" }, choices)];
  };
  return { node, line, wrong, tell, name };
}

/** A box for one number, at its own place in the plan, with its unit inside.
    @param {Field} field @param {FieldContext} ctx @param {BoxAt} options @returns {NumberBox} */
export function numberBox(field, ctx, { label, at = "", get, factor = 1, last = false }) {
  const path = ctx.path + at;
  const box = el("input", { type: "text", inputmode: "decimal", class: "wbb-box", autocomplete: "off", spellcheck: "false", "aria-label": label, placeholder: field.empty, "data-at": path });
  const step = field.step ? field.step * factor : 1;
  /** @type {string | null} */
  let typed = null; // what stands in the box until the kernel has understood it
  let left = false;
  /** @param {boolean} now */
  const send = (now) => {
    [typed, left] = [box.value, now];
    ctx.enter(path, box.value, now, last);
  };
  /** @param {Value} value */
  const update = (value) => {
    const { screen } = ctx;
    const entry = screen.board.entries?.find((one) => one.path === path);
    const understood = left && entry && entry.text === typed && !entry.problem;
    const elsewhere = !entry && document.activeElement !== box && screen.typing?.path !== path && screen.wire.settled;
    if (understood || elsewhere) typed = null;
    const text = figureText(scaled(value, factor), ctx.htmlLang);
    if (typed === null && box.value !== text) box.value = text;
    if (dated) dated.textContent = value === null || value === undefined ? "" : dayOf(screen.plan.starts, Number(value), ctx.htmlLang);
  };
  box.addEventListener("input", () => send(false));
  box.addEventListener("change", () => { send(true); ctx.settle(); });
  box.addEventListener("keydown", (event) => {
    if (last || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const now = stepped(scaled(get() ?? 0, factor) ?? 0, event.key === "ArrowUp" ? step : -step);
    typed = null;
    ctx.setAt(at, scaled(now, 1 / factor));
    box.value = figureText(now, ctx.htmlLang);
  });
  const sign = field.unit && field.unit.includes("{currency}");
  const unit = field.unit ? ctx.unit(field.unit) : "";
  const wide = [...unit].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
  const dated = POINTS.has(field.path) ? el("span", { class: "wbb-dated" }) : null;
  const boxed = el("span", { class: `wbb-boxed ${sign ? "wbb-signed" : ""}`, style: unit && `--unit: ${wide}ch` }, box,
    unit && el("span", { class: "wbb-unit", "aria-hidden": "true", text: unit }));
  const node = dated ? el("span", { class: "wbb-boxes" }, boxed, dated) : boxed;
  /** @param {Figure | null} value */
  const show = (value) => {
    typed = null;
    update(value);
  };
  return { box, node, update, show };
}

/** A number with a slider: both hold the same value.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function numberField(field, ctx) {
  const factor = field.kind === "share" ? 100 : 1;
  const one = withSlider(field, ctx, factor, null);
  one.box.id = ownId("box");
  one.box.removeAttribute("aria-label");
  const frame = framed(field, ctx, one.box);
  frame.node.append(one.node, frame.line);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update: one.update };
}

/** @param {Field} field @param {FieldContext} ctx @param {number} factor @param {string | null} label */
export function withSlider(field, ctx, factor, label) {
  const inner = numberBox(field, ctx, { label, get: ctx.get, factor });
  const slider = field.slide && rangeInput(field, ctx, factor, (value) => {
    ctx.set(Number((value / factor).toPrecision(10)), true);
    inner.show(value / factor);
  });
  const node = el("div", { class: "wbb-pair" }, inner.node, slider || "");
  return { node, box: inner.box, update: (/** @type {Value} */ value) => {
    inner.update(value);
    if (slider && document.activeElement !== slider) slider.value = String(Number(value ?? 0) * factor);
    slider?.setAttribute("aria-valuetext", `${figureText(scaled(value ?? 0, factor), ctx.htmlLang)} ${field.unit ? ctx.unit(field.unit) : ""}`);
  } };
}

/** @param {Field} field @param {FieldContext} ctx @param {number} factor @param {(value: number) => void} take */
function rangeInput(field, ctx, factor, take) {
  const [low, high] = field.slide ?? [0, 1];
  const now = ctx.get();
  const most = Math.max(high, 2 * (Array.isArray(now) ? now[1] : now ?? 0)) * factor;
  const slider = el("input", {
    type: "range", class: "wbb-slider", min: low * factor, max: field.kind === "share" ? 100 : roundUp(most),
    step: field.kind === "share" ? 1 : (field.step || 1), "aria-label": ctx.say("{label}, slider", { label: field.label }),
  });
  slider.addEventListener("input", () => take(Number(slider.value)));
  slider.addEventListener("change", () => ctx.settle());
  return slider;
}

/** Words: one line, or several. A text in two languages keeps its other half.
    @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function textField(field, ctx) {
  const box = field.kind === "long"
    ? el("textarea", { class: "wbb-text", rows: 2, dir: "auto" })
    : el("input", { type: "text", class: "wbb-text", dir: "auto", autocomplete: "off" });
  const frame = framed(field, ctx, box);
  /** @param {Value} value */
  const mine = (value) => (value && typeof value === "object" ? value[ctx.lang] : value) ?? "";
  /** @type {string | null} */
  let sent = null; // what the kernel has still to hear, or has refused
  box.addEventListener("change", () => {
    const old = ctx.get();
    if (box.value === mine(old)) return;
    sent = box.value;
    ctx.set(old && typeof old === "object" ? { ...old, [ctx.lang]: box.value } : box.value);
  });
  frame.node.append(box, frame.line);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update(value) {
    const { wire, board } = ctx.screen;
    const refused = board.said?.kind === "fault" && board.said.path === ctx.path;
    if (document.activeElement === box || (box.value === sent && (refused || !wire.settled))) return;
    sent = null;
    if (box.value !== mine(value)) box.value = mine(value);
  } };
}

/** @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function choiceField(field, ctx) {
  const box = el("select", { class: "wbb-select" },
    field.optional && el("option", { value: "", text: "–" }),
    (field.choices ?? []).map(([value, text]) => el("option", { value, text })));
  const frame = framed(field, ctx, box);
  box.addEventListener("change", () => ctx.set(box.value || null));
  frame.node.append(box, frame.line);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update: (value) => { box.value = value ?? ""; } };
}

/** @param {Field} field @param {FieldContext} ctx @returns {Control} */
export function flagField(field, ctx) {
  const box = el("input", { type: "checkbox", class: "wbb-check", id: ownId("check") });
  const help = field.help && el("p", { class: "wbb-help", id: ownId("help"), text: field.help });
  if (help) box.setAttribute("aria-describedby", help.id);
  box.addEventListener("change", () => ctx.set(field.part ? (box.checked ? field.part : null) : box.checked));
  const node = el("div", { class: "wbb-fieldrow", "data-path": ctx.path },
    el("div", { class: "wbb-checkrow" }, box, el("label", { for: box.id, text: field.label })), help);
  return { node, wrong: () => {}, tell: () => {}, update(value) { box.checked = field.part ? value !== null && value !== undefined : Boolean(value); } };
}
