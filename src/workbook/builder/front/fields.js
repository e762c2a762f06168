/* Fields of the inspector: a labelled box for each figure, a slider beside it, and one line that
   says what the term means. A box sends what is typed as text: the kernel reads it, says at the box
   how it was understood, and the box then shows the plan's figure. What cannot be read stays in its
   box with the reason under it, what can mean several things is asked, and the plan stays as it was. */

/** What all fields have: a label, a line of help, a place for a fault and for what was understood. */
function framed(field, ctx, control, { group = false } = {}) {
  const [name, help, fault] = [ownId("name"), ownId("help"), ownId("fault")];
  control.id ||= ownId("box");
  const label = group
    ? el("span", { class: "wbb-label", id: name, text: field.label })
    : el("label", { class: "wbb-label", id: name, for: control.id, text: field.label });
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
  const boxesHere = () => (control.matches("input, textarea, select") ? [control] : [...node.querySelectorAll("input")]);
  const show = (children, bad) => {
    line.hidden = children.length === 0;
    fill(line, children);
    boxesHere().forEach((box) => box.setAttribute("aria-invalid", bad && (!bad.path || (box.dataset.at ?? "") === bad.path) ? "true" : "false"));
  };
  /** One of several readings: as if it had been typed. */
  const choose = (path, text) => {
    const box = boxesHere().find((one) => one.dataset.at === path);
    box.value = text;
    box.dispatchEvent(new Event("change"));
    box.focus();
  };
  const wrong = (reason) => show(reason ? [el("p", { class: "wbb-fault", text: reason })] : [], reason ? {} : null);
  /** What the kernel made of the last entry here; null where it was made elsewhere. */
  const tell = (entry) => {
    if (!entry) return show([], null);
    if (!entry.trouble) return show(entry.notes.map((text) => el("p", { class: "wbb-read", text })), null);
    const choices = entry.choices.map((text) => button(text, () => choose(entry.path, text), { class: "wbb-small-button" }));
    show([el("p", { class: "wbb-fault", text: entry.trouble }), choices.length ? el("div", { class: "wbb-actions" }, choices) : null], { path: entry.path });
  };
  return { node, line, wrong, tell, name };
}

/** A box for one number, at its own place in the plan, with its unit inside. */
function numberBox(field, ctx, { label, at = "", get, factor = 1, last = false }) {
  const path = ctx.path + at;
  const box = el("input", { type: "text", inputmode: "decimal", class: "wbb-box", autocomplete: "off", spellcheck: "false", "aria-label": label, placeholder: field.empty, "data-at": path });
  const step = field.step ? field.step * factor : 1;
  let typed = null; // what stands in the box until the kernel has understood it
  let left = false;
  const send = (now) => {
    [typed, left] = [box.value, now];
    ctx.enter(path, typed, now, last);
  };
  const update = (value) => {
    const { entry } = ctx.screen.board;
    const here = entry?.path === path;
    if (typed !== null && left && here && entry.text === typed && !entry.trouble) typed = null;
    else if (typed !== null && !here && document.activeElement !== box && ctx.screen.wire.settled) typed = null;
    const text = figureText(scaled(value, factor), ctx.htmlLang);
    if (typed === null && box.value !== text) box.value = text;
  };
  box.addEventListener("input", () => send(false));
  box.addEventListener("change", () => { send(true); ctx.settle(); });
  box.addEventListener("keydown", (event) => {
    if (last || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const now = stepped(scaled(get() ?? 0, factor), event.key === "ArrowUp" ? step : -step);
    typed = null;
    ctx.setAt(at, scaled(now, 1 / factor));
    box.value = figureText(now, ctx.htmlLang);
  });
  const sign = field.unit && field.unit.includes("{currency}");
  const unit = field.unit ? ctx.unit(field.unit) : "";
  const wide = [...unit].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
  const node = el("span", { class: `wbb-boxed ${sign ? "wbb-signed" : ""}`, style: unit && `--unit: ${wide}ch` }, box,
    unit && el("span", { class: "wbb-unit", "aria-hidden": "true", text: unit }));
  const show = (value) => {
    typed = null;
    update(value);
  };
  return { box, node, update, show };
}

/** A number with a slider: both hold the same value. */
function numberField(field, ctx) {
  const factor = field.kind === "share" ? 100 : 1;
  const one = withSlider(field, ctx, factor, null);
  one.box.id = ownId("box");
  one.box.removeAttribute("aria-label");
  const frame = framed(field, ctx, one.box);
  frame.node.append(one.node, frame.line);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update: one.update };
}

function withSlider(field, ctx, factor, label) {
  const inner = numberBox(field, ctx, { label, get: ctx.get, factor });
  const slider = field.slide && rangeInput(field, ctx, factor, (value) => {
    ctx.set(Number((value / factor).toPrecision(10)), true);
    inner.show(value / factor);
  });
  const node = el("div", { class: "wbb-pair" }, inner.node, slider || "");
  return { node, box: inner.box, update(value) {
    inner.update(value);
    if (slider && document.activeElement !== slider) slider.value = Number(value ?? 0) * factor;
    slider?.setAttribute("aria-valuetext", `${figureText(scaled(value ?? 0, factor), ctx.htmlLang)} ${field.unit ? ctx.unit(field.unit) : ""}`);
  } };
}

function rangeInput(field, ctx, factor, take) {
  const [low, high] = field.slide;
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

/** Words: one line, or several. A text in two languages keeps its other half. */
function textField(field, ctx) {
  const box = field.kind === "long"
    ? el("textarea", { class: "wbb-text", rows: 2, dir: "auto" })
    : el("input", { type: "text", class: "wbb-text", dir: "auto", autocomplete: "off" });
  const frame = framed(field, ctx, box);
  const mine = (value) => (value && typeof value === "object" ? value[ctx.lang] : value) ?? "";
  box.addEventListener("change", () => {
    const old = ctx.get();
    if (box.value === mine(old)) return;
    ctx.set(old && typeof old === "object" ? { ...old, [ctx.lang]: box.value } : box.value);
  });
  frame.node.append(box, frame.line);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update(value) {
    if (document.activeElement !== box) box.value = mine(value);
  } };
}

function choiceField(field, ctx) {
  const box = el("select", { class: "wbb-select" },
    field.optional && el("option", { value: "", text: "–" }),
    field.choices.map(([value, text]) => el("option", { value, text })));
  const frame = framed(field, ctx, box);
  box.addEventListener("change", () => ctx.set(box.value || null));
  frame.node.append(box, frame.line);
  return { node: frame.node, wrong: frame.wrong, tell: frame.tell, update: (value) => { box.value = value ?? ""; } };
}

function flagField(field, ctx) {
  const box = el("input", { type: "checkbox", class: "wbb-check", id: ownId("check") });
  const help = field.help && el("p", { class: "wbb-help", id: ownId("help"), text: field.help });
  if (help) box.setAttribute("aria-describedby", help.id);
  box.addEventListener("change", () => ctx.set(field.part ? (box.checked ? field.part : null) : box.checked));
  const node = el("div", { class: "wbb-fieldrow", "data-path": ctx.path },
    el("div", { class: "wbb-checkrow" }, box, el("label", { for: box.id, text: field.label })), help);
  return { node, wrong: () => {}, tell: () => {}, update(value) { box.checked = field.part ? value !== null && value !== undefined : Boolean(value); } };
}
