/* Fields of the inspector: a labelled box for each figure, a slider beside it, and one line that
   says what the term means. A field shows what the plan holds and sends what is typed; what makes
   no sense stays in its box, with the reason under it, and the plan stays as it was. */

const UNITS_OF_NUMBER = { "%": 0.01, k: 1e3, K: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/** How the reader of a language writes a currency, as the pictures do: ¥, US$, €. */
function currencySign(currency, lang) {
  const currencyDisplay = currency === "CNY" ? "narrowSymbol" : "symbol";
  const parts = new Intl.NumberFormat(lang, { style: "currency", currency, currencyDisplay }).formatToParts(0);
  return parts.find((part) => part.type === "currency").value;
}

/** A number as people type it: 60,000, 6万元, 30%, １２; null where it is none. */
function numberIn(text) {
  const plain = text.normalize("NFKC").replace(/[\s,_'¥$€£元]/g, "").replace("\u2212", "-");
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e\d{1,2})?)([%kK万萬亿億])?$/.exec(plain);
  if (!found) return null;
  return { value: Number(found[1]), sign: found[2] || "" };
}

/** A figure as its box shows it; one that adds is a text, and keeps its sign: +1700. */
function shown(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(8)));
}

/** What all fields have: a label, a line of help, a place for a fault. */
function framed(field, ctx, control, { group = false } = {}) {
  const [name, help, fault] = [ownId("name"), ownId("help"), ownId("fault")];
  control.id ||= ownId("box");
  const label = group
    ? el("span", { class: "wbb-label", id: name, text: field.label })
    : el("label", { class: "wbb-label", id: name, for: control.id, text: field.label });
  const described = [field.help && help, fault].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", described);
  const line = el("p", { class: "wbb-fault", id: fault, hidden: true });
  const node = el("div", { class: `wbb-fieldrow wbb-kind-${field.kind}`, "data-path": ctx.path },
    el("div", { class: "wbb-labelrow" }, label, field.unit && el("span", { class: "wbb-unit", text: ctx.unit(field.unit) })),
    field.help && el("p", { class: "wbb-help", id: help, text: field.help }));
  if (group) {
    control.setAttribute("role", "group");
    control.setAttribute("aria-labelledby", name);
  }
  const wrong = (reason) => {
    line.hidden = !reason;
    line.textContent = reason || "";
    const box = control.matches("input, textarea, select") ? control : control.querySelector("input");
    box?.setAttribute("aria-invalid", reason ? "true" : "false");
  };
  return { node, line, wrong, name };
}

/** A box for one number. `read` turns what stands in the plan into what is shown, and back. */
function numberBox(field, ctx, { label, get, set, factor = 1, wrong }) {
  const box = el("input", { type: "text", inputmode: "decimal", class: "wbb-box", autocomplete: "off", "aria-label": label, placeholder: field.empty });
  const step = field.step ? field.step * factor : 1;
  const take = (number) => {
    wrong(null);
    set(number, true);
  };
  const read = (final) => {
    if (box.value.trim() === "") {
      if (field.optional) take(null);
      else if (final) wrong(ctx.say("Write a number here; it stays at {value} until then.", { value: shown(scaled(get(), factor)) }));
      return;
    }
    const found = numberIn(box.value);
    if (!found) return wrong(ctx.say("“{text}” is no number; write one like 2,000.", { text: box.value.slice(0, 40) }));
    const value = (found.value * (UNITS_OF_NUMBER[found.sign] || 1)) / (found.sign === "%" ? 1 : factor);
    if (field.signed && /^\s*[+\u2212-]/.test(box.value)) return take(adding(value));
    if (factor === 100 && (value < 0 || value > 1)) {
      return wrong(ctx.say("“{text}” is no share of 100; write a number from 0 to 100.", { text: box.value.slice(0, 40) }));
    }
    take(value);
  };
  box.addEventListener("input", () => read(false));
  box.addEventListener("change", () => { read(true); ctx.settle(); });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const now = numberIn(box.value)?.value ?? 0;
    box.value = shown(Number(Math.max(0, now + (event.key === "ArrowUp" ? step : -step)).toPrecision(10)));
    read(false);
  });
  const update = (value) => {
    if (document.activeElement !== box || !box.value) box.value = shown(scaled(value, factor));
  };
  return { box, update };
}

function scaled(value, factor) {
  if (value === null || value === undefined) return null;
  const times = Number((value * factor).toPrecision(10));
  return typeof value === "string" ? adding(times) : times;
}

/** A change that adds or takes away, as the plan file writes it. */
function adding(value) {
  return `${value < 0 ? "-" : "+"}${Number(Math.abs(value).toFixed(9))}`;
}

/** A number with a slider: both hold the same value. */
function numberField(field, ctx) {
  const factor = field.kind === "share" ? 100 : 1;
  const pair = el("div", { class: "wbb-pair" });
  const hold = { wrong: () => {} };
  const { box, update } = numberBox(field, ctx, {
    get: ctx.get, factor, wrong: (reason) => hold.wrong(reason),
    set: (value) => { ctx.set(value, true); if (slider && value !== null) slider.value = value * factor; },
  });
  box.id = ownId("box");
  box.removeAttribute("aria-label");
  const frame = framed(field, ctx, box);
  hold.wrong = frame.wrong;
  const slider = field.slide && rangeInput(field, ctx, factor, (value) => {
    box.value = shown(value);
    frame.wrong(null);
    ctx.set(Number((value / factor).toPrecision(10)), true);
  });
  pair.append(box);
  if (slider) pair.append(slider);
  frame.node.append(pair, frame.line);
  return { node: frame.node, wrong: frame.wrong, update(value) {
    update(value);
    if (slider && document.activeElement !== slider) slider.value = (value ?? 0) * factor;
    slider?.setAttribute("aria-valuetext", `${shown(scaled(value ?? 0, factor))} ${field.unit ? ctx.unit(field.unit) : ""}`);
  } };
}

function rangeInput(field, ctx, factor, take) {
  const [low, high] = field.slide;
  const most = Math.max(high, 2 * (ctx.get() ?? 0)) * factor;
  const slider = el("input", {
    type: "range", class: "wbb-slider", min: low * factor, max: field.kind === "share" ? 100 : roundUp(most),
    step: field.kind === "share" ? 1 : (field.step || 1), "aria-label": ctx.say("{label}, slider", { label: field.label }),
  });
  slider.addEventListener("input", () => take(Number(slider.value)));
  slider.addEventListener("change", () => ctx.settle());
  return slider;
}

function roundUp(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return Math.ceil(value / unit) * unit;
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
  return { node: frame.node, wrong: frame.wrong, update(value) {
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
  return { node: frame.node, wrong: frame.wrong, update: (value) => { box.value = value ?? ""; } };
}

function flagField(field, ctx) {
  const box = el("input", { type: "checkbox", class: "wbb-check", id: ownId("check") });
  const help = field.help && el("p", { class: "wbb-help", id: ownId("help"), text: field.help });
  if (help) box.setAttribute("aria-describedby", help.id);
  box.addEventListener("change", () => ctx.set(field.part ? (box.checked ? field.part : null) : box.checked));
  const node = el("div", { class: "wbb-fieldrow", "data-path": ctx.path },
    el("div", { class: "wbb-checkrow" }, box, el("label", { for: box.id, text: field.label })), help);
  return { node, wrong: () => {}, update(value) { box.checked = field.part ? value !== null && value !== undefined : Boolean(value); } };
}
