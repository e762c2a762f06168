/* What the canvas is drawn with: arrow heads, the way of a line, the box for a name on a node. */

function arrowHeads(id) {
  return el("svg:defs", {}, el("svg:marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
    el("svg:path", { d: "M0 0.6 7.4 4 0 7.4z", class: "wbb-head" })));
}

/** From the end of one node to the start of another; back over the top where it must. */
function curve(a, b, { w, h, gx, gy }, narrow, way = "") {
  const [from, to] = narrow
    ? [{ x: a.x + w / 2, y: a.y + h }, { x: b.x + w / 2, y: b.y }]
    : [{ x: a.x + w, y: a.y + h / 2 }, { x: b.x, y: b.y + h / 2 }];
  const bend = Math.max(28, Math.abs(narrow ? to.y - from.y : to.x - from.x) / 2);
  const bow = (x, y, u, v) => `C${(x + u) / 2} ${y} ${(x + u) / 2} ${v} ${u} ${v}`;
  const [out, into] = [from.x + gx, to.x - gx];
  if (way === "late") return `M${from.x} ${from.y}H${into}${bow(into, from.y, to.x, to.y)}`;
  if (way === "early") return `M${from.x} ${from.y}${bow(from.x, from.y, out, to.y)}H${to.x}`;
  if (way === "between") {
    const lane = from.y + h / 2 + gy / 2;
    return `M${from.x} ${from.y}${bow(from.x, from.y, out, lane)}H${into}${bow(into, lane, to.x, to.y)}`;
  }
  return narrow
    ? `M${from.x} ${from.y}C${from.x} ${from.y + bend} ${to.x} ${to.y - bend} ${to.x} ${to.y}`
    : `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

/** A box for a name laid over a node; `done` gets the name, or null where it was left alone. */
function writeName(canvas, node, name, label, done) {
  let over = false;
  const box = el("textarea", { class: "wbb-namebox", rows: 2, maxlength: 400, "aria-label": label, placeholder: label, dir: "auto", value: name });
  const end = (kept) => {
    if (over) return;
    over = true;
    canvas.mode = null;
    box.remove();
    done(kept === null ? null : kept.trim());
  };
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return; // a Chinese name on its way: this Enter chooses a character
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      end(event.key === "Enter" && box.value.trim() ? box.value.replace(/\s+/g, " ") : null);
    }
  });
  box.addEventListener("blur", () => end(box.value.trim() ? box.value.replace(/\s+/g, " ") : null));
  canvas.mode = "name";
  node.append(box);
  box.focus();
  box.select();
}
