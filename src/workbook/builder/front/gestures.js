/* Mouse, pen and finger on the canvas. A node is dragged to another place in the order; its handle
   is dragged to what comes after. Until the pointer lets go, the kernel hears nothing. */

const STILL = 5;

function pressOnCanvas(canvas, event) {
  if (event.button !== 0 || canvas.mode === "name") return;
  const node = event.target.closest(".wbb-node");
  if (!node || node.classList.contains("wbb-ghost")) {
    if (!event.target.closest(".wbb-cut, .wbb-touch")) canvas.lines.chosen = null;
    if (event.target === canvas.board || event.target === canvas.field || event.target === canvas.lines.root) {
      endPick(canvas);
      canvas.select(null);
      canvas.lines.draw();
    }
    return;
  }
  const id = node.dataset.id;
  if (canvas.mode === "link" || canvas.mode === "unlink") {
    event.preventDefault();
    finishPick(canvas, id);
    return;
  }
  if (event.target.closest(".wbb-handle")) follow(canvas, event, new Rubber(canvas, id));
  else if (event.pointerType !== "touch" || canvas.selected === id) follow(canvas, event, new Drag(canvas, id, event));
}

/** Lead a gesture from here to where the pointer lets go. */
function follow(canvas, event, gesture) {
  const at = (e) => {
    const box = canvas.field.getBoundingClientRect();
    return { x: e.clientX - box.left, y: e.clientY - box.top };
  };
  const owner = canvas.board;
  const origin = at(event);
  let moved = false;
  const move = (e) => {
    if (e.pointerId !== event.pointerId) return;
    const spot = at(e);
    if (!moved && Math.hypot(spot.x - origin.x, spot.y - origin.y) < STILL) return;
    if (!moved) owner.setPointerCapture(event.pointerId);
    moved = true;
    e.preventDefault();
    gesture.move(spot, origin);
  };
  const end = (e) => {
    if (e.pointerId !== event.pointerId) return;
    owner.removeEventListener("pointermove", move);
    owner.removeEventListener("pointerup", end);
    owner.removeEventListener("pointercancel", end);
    if (moved && e.type === "pointerup") gesture.drop(at(e));
    else gesture.leave(moved);
  };
  owner.addEventListener("pointermove", move);
  owner.addEventListener("pointerup", end);
  owner.addEventListener("pointercancel", end);
}

function nodeAt(canvas, spot, but = null) {
  const { w, h } = canvas.places.size;
  for (const [id, place] of canvas.spots) {
    const inside = spot.x >= place.x - 8 && spot.x <= place.x + w + 8 && spot.y >= place.y - 8 && spot.y <= place.y + h + 8;
    if (inside && id !== but) return id;
  }
  return null;
}

class Drag {
  constructor(canvas, id, event) {
    this.canvas = canvas;
    this.id = id;
    this.node = canvas.nodes.get(id);
    this.home = { ...canvas.spots.get(id) };
    this.mark = el("div", { class: "wbb-mark", hidden: true });
    canvas.field.append(this.mark);
  }

  move(spot, origin) {
    const place = { x: this.home.x + spot.x - origin.x, y: this.home.y + spot.y - origin.y };
    this.canvas.spots.set(this.id, place);
    this.node.classList.add("wbb-dragged");
    this.node.style.transform = `translate(${place.x}px, ${place.y}px)`;
    this.canvas.lines.draw();
    const before = this.target?.id + this.target?.forward;
    this.target = this.nearest(place);
    this.showMark();
    if (this.target && before !== this.target.id + this.target.forward) this.tell();
  }

  /** The milestone beside which it would stand, and on which side of it. */
  nearest(place) {
    let best = null;
    for (const milestone of this.canvas.drawn.nodes) {
      if (milestone.id === this.id) continue;
      const spot = this.canvas.places.at(milestone);
      const far = Math.hypot(spot.x - place.x, spot.y - place.y);
      if (!best || far < best.far) best = { id: milestone.id, far, spot };
    }
    if (!best) return null;
    const { w, h } = this.canvas.places.size;
    const [dx, dy] = [(place.x - best.spot.x) / w, (place.y - best.spot.y) / h];
    const forward = Math.abs(dx) > Math.abs(dy) ? dx > 0 : dy > 0;
    return { ...best, forward, sideways: Math.abs(dx) > Math.abs(dy) };
  }

  /** What letting go will do, while there is time to think better of it. */
  tell() {
    const { screen } = this.canvas;
    const values = { name: this.canvas.nameOf(this.id), other: this.canvas.nameOf(this.target.id) };
    screen.announce(this.target.forward
      ? screen.say("Let go: “{name}” is tried after “{other}”. Where it stands on the canvas follows from its links.", values)
      : screen.say("Let go: “{name}” is tried before “{other}”. Where it stands on the canvas follows from its links.", values));
  }

  showMark() {
    this.mark.hidden = !this.target;
    if (!this.target) return;
    const { w, h, gx, gy } = this.canvas.places.size;
    const { spot, forward, sideways } = this.target;
    const at = sideways
      ? { x: forward ? spot.x + w + gx / 4 : spot.x - gx / 4, y: spot.y, w: 3, h }
      : { x: spot.x, y: forward ? spot.y + h + gy / 3 : spot.y - gy / 2, w, h: 3 };
    Object.assign(this.mark.style, { transform: `translate(${at.x}px, ${at.y}px)`, width: `${at.w}px`, height: `${at.h}px` });
  }

  drop() {
    const order = this.canvas.drawn.nodes.map((node) => node.id).filter((id) => id !== this.id);
    this.leave(true);
    if (!this.target) return;
    const place = order.indexOf(this.target.id) + (this.target.forward ? 1 : 0);
    this.canvas.screen.order("move", { id: this.id, before: order[place] ?? null });
  }

  leave(moved) {
    this.mark.remove();
    this.node.classList.remove("wbb-dragged");
    if (moved) this.canvas.place();
    this.canvas.focus(this.id);
    this.canvas.select(this.id);
  }
}

class Rubber {
  constructor(canvas, id) {
    this.canvas = canvas;
    this.id = id;
    this.line = el("svg:path", { class: "wbb-line wbb-rubber" });
    canvas.lines.root.append(this.line);
  }

  move(spot) {
    const { w, h } = this.canvas.places.size;
    const from = this.canvas.spots.get(this.id);
    const to = { x: spot.x, y: spot.y - h / 2 };
    const end = this.canvas.places.narrow ? { x: spot.x - w / 2, y: spot.y } : to;
    this.line.setAttribute("d", curve(from, end, this.canvas.places.size, this.canvas.places.narrow));
    const over = nodeAt(this.canvas, spot, this.id);
    for (const [id, node] of this.canvas.nodes) node.classList.toggle("wbb-target", id === over);
  }

  drop(spot) {
    const over = nodeAt(this.canvas, spot, this.id);
    this.leave();
    if (over) this.canvas.screen.linkNodes(this.id, over);
    else if (nodeAt(this.canvas, spot) === null) this.canvas.add("after", this.id);
  }

  leave() {
    this.line.remove();
    for (const node of this.canvas.nodes.values()) node.classList.remove("wbb-target");
  }
}
