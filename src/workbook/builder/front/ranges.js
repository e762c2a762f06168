/* Figures that are more than one number: an estimate (low, likely, high), a chance for each try,
   a list of milestones, a list of rows. */

function estimateField(field, ctx) {
  const group = el("div", { class: "wbb-estimate" });
  const frame = framed(field, ctx, group, { group: true });
  const range = Array.isArray(ctx.get());
  const common = { wrong: frame.wrong };
  const boxes = range ? rangeBoxes(field, ctx, common) : [singleBox(field, ctx, common)];
  const wide = button(range ? ctx.say("One number is enough") : ctx.say("Not sure? Give a range"), () => {
    const value = ctx.get() ?? 0;
    ctx.set(range ? value[1] : [value * 0.75, value, value * 1.5].map((v) => Number(v.toPrecision(4))));
  }, { class: "wbb-linkish" });
  group.append(el("div", { class: range ? "wbb-three" : "wbb-pair" }, boxes.map((box) => box.node)));
  const last = range && field.last && lastTime(field, ctx);
  frame.node.append(group, frame.line, last || "", wide);
  return { node: frame.node, wrong: frame.wrong, shape: range ? "range" : "one",
    update(value) { boxes.forEach((box, n) => box.update(range ? value?.[n] : value)); } };
}

function singleBox(field, ctx, { wrong }) {
  const pair = el("div", { class: "wbb-pair" });
  const slider = field.slide && rangeInput(field, ctx, 1, (value) => {
    inner.box.value = shown(value);
    wrong(null);
    ctx.set(value, true);
  });
  const inner = numberBox(field, ctx, { label: field.label, get: ctx.get, wrong, set: (value) => {
    ctx.set(value, true);
    if (slider && value !== null) slider.value = value;
  } });
  pair.append(inner.box, slider || "");
  return { node: pair, update(value) {
    inner.update(value);
    if (slider && document.activeElement !== slider) slider.value = value ?? 0;
    slider?.setAttribute("aria-valuetext", `${shown(value)} ${field.unit ? ctx.unit(field.unit) : ""}`);
  } };
}

function rangeBoxes(field, ctx, { wrong }) {
  const names = [ctx.say("low"), ctx.say("likely"), ctx.say("high")];
  return names.map((name, n) => {
    const inner = numberBox(field, ctx, {
      label: `${field.label}: ${name}`, get: () => ctx.get()?.[n], wrong,
      set: (value) => {
        const three = [...ctx.get()];
        three[n] = value;
        const ordered = three[0] <= three[1] && three[1] <= three[2];
        if (ordered) ctx.set(three, true);
        else wrong(ctx.say("Low, likely and high must not cross: {low} ≤ {likely} ≤ {high}?", { low: shown(three[0]), likely: shown(three[1]), high: shown(three[2]) }));
      },
    });
    return { node: el("label", { class: "wbb-small" }, el("span", { text: name }), inner.box), update: inner.update };
  });
}

/** The question that mends most estimates. */
function lastTime(field, ctx) {
  const box = el("input", { type: "text", inputmode: "decimal", class: "wbb-box", id: ownId("last") });
  box.addEventListener("change", () => {
    const found = numberIn(box.value);
    const [low, likely, high] = ctx.get();
    if (found && found.value > 0) ctx.set([Math.min(low, found.value), found.value, Math.max(high, found.value, likely)]);
  });
  return el("div", { class: "wbb-lasttime" }, el("label", { for: box.id, text: field.last }), box);
}

/** A pass rate: one for every try, or one a try for whoever learns. */
function ratesField(field, ctx) {
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
    const inner = numberBox({ ...field, optional: false, step: 0.01 }, ctx, {
      label: `${field.label}: ${name}`, factor: 100, wrong: frame.wrong, get: () => ctx.get()?.[n],
      set: (rate) => ctx.set(ctx.get().map((old, place) => (place === n ? rate : old)), true),
    });
    return { node: el("label", { class: "wbb-small" }, el("span", { text: name }), inner.box), update: inner.update };
  });
  group.append(...boxes.map((box) => box.node));
  const another = button(ctx.say("One more try"), () => ctx.set([...ctx.get(), ctx.get().at(-1)]), { class: "wbb-linkish" });
  const fewer = button(ctx.say("One try fewer"), () => ctx.set(ctx.get().length > 2 ? ctx.get().slice(0, -1) : ctx.get()[0]), { class: "wbb-linkish" });
  frame.node.append(group, frame.line, another, fewer);
  return { node: frame.node, wrong: frame.wrong, shape: `list${value.length}`,
    update: (now) => boxes.forEach((box, n) => box.update(now?.[n])) };
}

/** Milestones: each can be taken out, others can be chosen. */
function milestonesField(field, ctx) {
  const list = el("div", { class: "wbb-chips" });
  const box = el("select", { class: "wbb-select", id: ownId("select") });
  const frame = framed(field, ctx, box);
  box.addEventListener("change", () => {
    const id = box.value;
    if (!id) return;
    if (field.path === "needs") ctx.screen.linkNodes(id, ctx.milestone);
    else ctx.set([...(ctx.get() || []), id]);
    box.value = "";
  });
  const drop = (id) => (field.path === "needs"
    ? ctx.screen.order("unlink", { first: id, then: ctx.milestone })
    : ctx.set(ctx.get().filter((one) => one !== id)));
  frame.node.append(list, box, frame.line);
  return { node: frame.node, wrong: frame.wrong, update(value) {
    const names = new Map(ctx.screen.board.nodes.map((node) => [node.id, node.name]));
    fill(list, (value || []).map((id) => el("span", { class: "wbb-chip" }, el("span", { text: names.get(id) || id, dir: "auto" }),
      button(ctx.say("Take out {name}", { name: names.get(id) || id }), () => drop(id), { bare: true, class: "wbb-x" }))));
    list.querySelectorAll(".wbb-x").forEach((x) => x.append("×"));
    const free = ctx.screen.board.nodes.filter((node) => node.id !== ctx.milestone && !(value || []).includes(node.id));
    fill(box, el("option", { value: "", text: ctx.say("add one …") }), free.map((node) => el("option", { value: node.id, text: node.name })));
    box.disabled = free.length === 0;
  } };
}

/** Rows of a list: each a few boxes and a way out. */
function rowsField(field, ctx) {
  const group = el("div", { class: "wbb-rows" });
  const frame = framed(field, ctx, group, { group: true });
  const rows = ctx.get() || [];
  const updates = [];
  rows.forEach((row, n) => {
    const cells = field.columns.map((column) => {
      const factor = column.kind === "share" ? 100 : 1;
      const inner = numberBox({ ...column, optional: false }, ctx, {
        label: `${column.label} ${n + 1}`, factor, wrong: frame.wrong, get: () => ctx.get()?.[n]?.[column.path],
        set: (value) => ctx.set(ctx.get().map((old, place) => (place === n ? { ...old, [column.path]: value } : old)), true),
      });
      updates.push((value) => inner.update(value?.[n]?.[column.path]));
      return el("label", { class: "wbb-small" }, el("span", { text: column.label }), inner.box);
    });
    const out = button(ctx.say("Take out row {n}", { n: n + 1 }), () => ctx.set(ctx.get().filter((_, place) => place !== n)), { bare: true, class: "wbb-x" });
    out.append("×");
    group.append(el("div", { class: "wbb-row" }, cells, out));
  });
  const more = button(ctx.say("Add a row"), () => ctx.set([...(ctx.get() || []), { ...field.row }]), { class: "wbb-linkish" });
  frame.node.append(group, frame.line, more);
  return { node: frame.node, wrong: frame.wrong, shape: `rows${rows.length}`, update: (value) => updates.forEach((update) => update(value)) };
}
