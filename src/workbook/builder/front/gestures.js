/* Mouse, pen and finger on the canvas. A node is dragged to another place in the order, with all that
   are selected beside it; its handle is dragged to what comes after. Until the pointer lets go, the
   kernel hears nothing. */

import { endPick, finishPick } from "./keys.js";
import { curve } from "./lines.js";
import { el } from "../../front/elements.js";
/** @import { Canvas, Gesture, Spot, Target } from "./types.js" */

const STILL = 5;

/** @param {Canvas} canvas @param {PointerEvent} event */
export function pressOnCanvas(canvas, event) {
  if (event.button !== 0 || canvas.mode === "name") return;
  const target = /** @type {Element} */ (event.target);
  const node = /** @type {HTMLElement | null} */ (target.closest(".wbb-node"));
  if (!node || node.classList.contains("wbb-ghost")) {
    if (!target.closest(".wbb-cut, .wbb-touch")) canvas.lines.chosen = null;
    if ([canvas.board, canvas.field, canvas.lines.root].some((one) => one === target)) {
      endPick(canvas);
      if (!event.shiftKey) canvas.select(null);
      canvas.lines.draw();
      if (event.pointerType !== "touch") follow(canvas, event, event.shiftKey ? new Lasso(canvas) : new Pan(canvas, event));
    }
    return;
  }
  const id = node.dataset.id ?? "";
  if (canvas.mode === "link" || canvas.mode === "unlink") {
    event.preventDefault();
    finishPick(canvas, id);
    return;
  }
  if ((event.shiftKey || event.ctrlKey || event.metaKey) && !target.closest(".wbb-handle")) {
    event.preventDefault();
    canvas.toggling = true;
    setTimeout(() => { canvas.toggling = false; });
    canvas.toggle(id);
    return;
  }
  if (target.closest(".wbb-handle")) follow(canvas, event, new Rubber(canvas, id));
  else if (event.pointerType !== "touch" || canvas.selected === id) follow(canvas, event, new Drag(canvas, id));
}

/** Lead a gesture from here to where the pointer lets go.
    @param {Canvas} canvas @param {PointerEvent} event @param {Gesture} gesture */
function follow(canvas, event, gesture) {
  /** @param {PointerEvent} e */
  const at = (e) => {
    const box = canvas.field.getBoundingClientRect();
    return { x: (e.clientX - box.left) / canvas.zoom.factor, y: (e.clientY - box.top) / canvas.zoom.factor };
  };
  const owner = canvas.board;
  const origin = at(event);
  let moved = false;
  /** @param {PointerEvent} e */
  const move = (e) => {
    if (e.pointerId !== event.pointerId) return;
    const spot = at(e);
    if (!moved && Math.hypot(spot.x - origin.x, spot.y - origin.y) < STILL) return;
    if (!moved) owner.setPointerCapture(event.pointerId);
    moved = true;
    e.preventDefault();
    document.body.classList.add("wbb-dragging"); // no text of the page is selected meanwhile
    gesture.move(spot, origin, e);
  };
  /** @param {PointerEvent} e */
  const end = (e) => {
    if (e.pointerId !== event.pointerId) return;
    owner.removeEventListener("pointermove", move);
    owner.removeEventListener("pointerup", end);
    owner.removeEventListener("pointercancel", end);
    document.body.classList.remove("wbb-dragging");
    if (moved && e.type === "pointerup") gesture.drop(at(e));
    else gesture.leave(moved);
  };
  owner.addEventListener("pointermove", move);
  owner.addEventListener("pointerup", end);
  owner.addEventListener("pointercancel", end);
}

/** @param {Canvas} canvas @param {Spot} spot @param {string | null} [but] */
function nodeAt(canvas, spot, but = null) {
  const { w, h } = canvas.places.size;
  for (const [id, place] of canvas.spots) {
    const inside = spot.x >= place.x - 8 && spot.x <= place.x + w + 8 && spot.y >= place.y - 8 && spot.y <= place.y + h + 8;
    if (inside && id !== but) return id;
  }
  return null;
}

/** The chain moved under the hand. */
class Pan {
  /** @param {Canvas} canvas @param {PointerEvent} event */
  constructor({ board }, event) {
    this.board = board;
    this.from = { x: board.scrollLeft + event.clientX, y: board.scrollTop + event.clientY };
  }

  /** @param {Spot} _ @param {Spot} __ @param {PointerEvent} event */
  move(_, __, event) {
    this.board.scrollTo({ left: this.from.x - event.clientX, top: this.from.y - event.clientY });
  }

  drop() {}

  leave() {}
}

/** A frame drawn around several milestones, which are selected then. */
class Lasso {
  /** @param {Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.frame = el("div", { class: "wbb-lasso" });
    canvas.field.append(this.frame);
    /** @type {string[]} */
    this.inside = [];
  }

  /** @param {Spot} spot @param {Spot} origin */
  move(spot, origin) {
    const [x, y] = [Math.min(spot.x, origin.x), Math.min(spot.y, origin.y)];
    const [right, bottom] = [Math.max(spot.x, origin.x), Math.max(spot.y, origin.y)];
    Object.assign(this.frame.style, { transform: `translate(${x}px, ${y}px)`, width: `${right - x}px`, height: `${bottom - y}px` });
    const { w, h } = this.canvas.places.size;
    this.inside = [...this.canvas.spots].filter(([, at]) => at.x < right && at.x + w > x && at.y < bottom && at.y + h > y).map(([id]) => id);
    for (const [id, node] of this.canvas.nodes) node.classList.toggle("wbb-target", this.inside.includes(id));
  }

  drop() {
    this.leave();
    if (this.inside.length) this.canvas.selectMany(this.inside);
    this.canvas.board.focus();
  }

  leave() {
    this.frame.remove();
    for (const node of this.canvas.nodes.values()) node.classList.remove("wbb-target");
  }
}

class Drag {
  /** @param {Canvas} canvas @param {string} id */
  constructor(canvas, id) {
    this.canvas = canvas;
    this.id = id;
    /** All that move, in the order of the plan, and where each stood.
        @type {Map<string, Spot>} */
    this.homes = new Map((canvas.several.includes(id) ? canvas.several : [id]).map((one) => [one, { .../** @type {Spot} */ (canvas.spots.get(one)) }]));
    /** @type {Target | null} */
    this.target = null;
    this.mark = el("div", { class: "wbb-mark", hidden: true });
    canvas.field.append(this.mark);
  }

  /** @param {Spot} spot @param {Spot} origin */
  move(spot, origin) {
    for (const [id, home] of this.homes) {
      const place = { x: home.x + spot.x - origin.x, y: home.y + spot.y - origin.y };
      this.canvas.spots.set(id, place);
      const node = /** @type {HTMLElement} */ (this.canvas.nodes.get(id));
      node.classList.add("wbb-dragged");
      node.style.transform = `translate(${place.x}px, ${place.y}px)`;
    }
    this.canvas.lines.draw();
    const before = this.target;
    this.target = this.nearest(/** @type {Spot} */ (this.canvas.spots.get(this.id)));
    this.showMark();
    const same = before?.id === this.target?.id && before?.forward === this.target?.forward;
    if (this.target && !same) this.tell(this.target);
  }

  /** The milestone beside which it would stand, and on which side of it.
      @param {Spot} place @returns {Target | null} */
  nearest(place) {
    /** @type {{ id: string, far: number, spot: Spot } | null} */
    let best = null;
    for (const milestone of this.canvas.drawn.nodes) {
      if (this.homes.has(milestone.id)) continue;
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

  /** What letting go will do, while there is time to think better of it.
      @param {Target} target */
  tell(target) {
    const { screen } = this.canvas;
    const n = this.homes.size;
    const values = { name: this.canvas.nameOf(this.id), other: this.canvas.nameOf(target.id), n };
    if (n > 1) {
      screen.announce(target.forward ? screen.say("Let go: {n} milestones are tried after “{other}”.", values) : screen.say("Let go: {n} milestones are tried before “{other}”.", values));
      return;
    }
    screen.announce(target.forward
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
    const order = this.canvas.drawn.nodes.map((node) => node.id).filter((id) => !this.homes.has(id));
    this.leave(true);
    if (!this.target) return;
    const place = order.indexOf(this.target.id) + (this.target.forward ? 1 : 0);
    this.canvas.screen.send("move", { ids: [...this.homes.keys()], before: order[place] ?? null });
  }

  /** @param {boolean} moved */
  leave(moved) {
    this.mark.remove();
    for (const id of this.homes.keys()) this.canvas.nodes.get(id)?.classList.remove("wbb-dragged");
    if (moved) this.canvas.place();
    this.canvas.focus(this.id);
    if (!moved || this.homes.size === 1) this.canvas.select(this.id);
  }
}

class Rubber {
  /** @param {Canvas} canvas @param {string} id */
  constructor(canvas, id) {
    this.canvas = canvas;
    this.id = id;
    this.line = el("svg:path", { class: "wbb-line wbb-rubber" });
    canvas.lines.root.append(this.line);
  }

  /** @param {Spot} spot */
  move(spot) {
    const { w, h } = this.canvas.places.size;
    const from = /** @type {Spot} */ (this.canvas.spots.get(this.id));
    const to = { x: spot.x, y: spot.y - h / 2 };
    const end = this.canvas.places.narrow ? { x: spot.x - w / 2, y: spot.y } : to;
    this.line.setAttribute("d", curve(from, end, this.canvas.places.size, this.canvas.places.narrow));
    const over = nodeAt(this.canvas, spot, this.id);
    for (const [id, node] of this.canvas.nodes) node.classList.toggle("wbb-target", id === over);
  }

  /** @param {Spot} spot */
  drop(spot) {
    const over = nodeAt(this.canvas, spot, this.id);
    this.leave();
    if (over) this.canvas.screen.linkNodes(this.id, over);
    else if (nodeAt(this.canvas, spot) === null) this.canvas.branch(this.id, spot);
  }

  leave() {
    this.line.remove();
    for (const node of this.canvas.nodes.values()) node.classList.remove("wbb-target");
  }
}
