/* The keyboard on the canvas: everything that the mouse does. L and U ask for a second milestone:
   arrows lead to it, Enter takes it, Escape lets it be. */

import { composing } from "../../front/hotkeys.js";
/** @import { Canvas, KeyPress, Spot } from "./types.js" */

const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock"]);
/** Letters that are commands of the canvas with Ctrl. */
const COMMANDS = ["a", "d", "k"];

/** Whether a key undoes or does again what was done last.
    @param {KeyboardEvent} event */
export function isStep({ key, ctrlKey, metaKey }) {
  return (ctrlKey || metaKey) && ["z", "y"].includes(key.toLowerCase());
}

/** A key on the canvas; one that leans on what the kernel has not said yet waits for its turn.
    @param {Canvas} canvas @param {KeyPress} event */
export function keyOnCanvas(canvas, event) {
  if (canvas.mode === "name" || composing(event)) return;
  if (event.key === "Tab" || MODIFIERS.has(event.key)) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && !COMMANDS.includes(event.key.toLowerCase())) return;
  const adds = canvas.pendingAdds > 0 && !command && ["n", "b"].includes(event.key.toLowerCase());
  if (canvas.screen.waiting(!adds)) {
    event.preventDefault?.();
    const { key, altKey, shiftKey, ctrlKey, metaKey, target } = event;
    const later = { key, altKey, shiftKey, ctrlKey, metaKey, target, preventDefault() {} };
    canvas.screen.inTurn(() => (canvas.mode === "name" ? keyInName(later) : act(canvas, later)));
  } else act(canvas, event);
}

/** @param {Canvas} canvas @param {KeyPress} event */
function act(canvas, event) {
  if (event.ctrlKey || event.metaKey) {
    /** @type {Record<string, () => void>} */
    const acts = { a: () => canvas.selectAll(), d: () => canvas.duplicate(), k: () => canvas.screen.palette.open() };
    const command = event.shiftKey || event.altKey ? undefined : acts[event.key.toLowerCase()];
    if (command) event.preventDefault();
    command?.();
    return;
  }
  const done = canvas.mode ? keyWhilePicking(canvas, event) : keyOnNode(canvas, event);
  if (done) event.preventDefault();
}

/** A key that was pressed before the box for a name could open.
    @param {KeyPress} event */
function keyInName({ key }) {
  const box = document.activeElement;
  if (!(box instanceof HTMLTextAreaElement)) return;
  if (key.length === 1) box.setRangeText(key, box.selectionStart, box.selectionEnd, "end");
  else box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

/** @type {Record<string, [dx: number, dy: number]>} */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** @param {Canvas} canvas @param {KeyPress} event */
function keyOnNode(canvas, event) {
  const { screen, selected } = canvas;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (ARROWS[key] && event.altKey) return moveInOrder(canvas, key === "ArrowRight" || key === "ArrowDown");
  if (ARROWS[key]) return step(canvas, ARROWS[key], canvas.selected, event.shiftKey);
  /** @type {Record<string, () => unknown>} */
  const acts = {
    n: () => canvas.add("after"),
    b: () => canvas.add(selected || canvas.pendingAdds ? "before" : "after"),
    Enter: () => canvas.rename(selected),
    F2: () => canvas.rename(selected),
    l: () => startPick(canvas, "link"),
    u: () => startPick(canvas, "unlink"),
    g: () => selected && screen.send("goal", { id: selected }),
    Delete: () => canvas.delete(),
    Backspace: () => canvas.delete(),
    Home: () => canvas.focus(canvas.drawn.nodes[0]?.id),
    End: () => canvas.focus(canvas.drawn.nodes.at(-1)?.id),
    i: () => screen.inspector.focusFirst(),
    Escape: () => { canvas.select(null); canvas.board.focus(); },
    w: () => screen.inspector.openLog(),
    m: () => selected && screen.inspector.toField(`milestones.${selected}.note`),
    o: () => selected && screen.send("leave_out", { ids: canvas.several, out: !canvas.several.every((id) => screen.plan.skips?.includes(id)) }),
    t: () => screen.show("table"),
    c: () => screen.show("calendar"),
    "+": () => canvas.zoom.by(1.2),
    "=": () => canvas.zoom.by(1.2),
    "-": () => canvas.zoom.by(1 / 1.2),
    0: () => canvas.zoom.set(null),
    "/": () => screen.palette.open(),
    "?": () => screen.showKeys(),
  };
  if (event.target === canvas.lines.cut && (key === "Enter" || key === " ")) return false;
  if (event.target === canvas.lines.cut && (key === "Delete" || key === "Backspace")) { canvas.lines.unlinkChosen(); return true; }
  if (!acts[key]) return false;
  acts[key]();
  return true;
}

/** To the nearest milestone in that direction; one on the same line wins over one aside.
    @param {Canvas} canvas @param {[dx: number, dy: number]} way @param {string | null} from
    @param {boolean} [more] select it besides */
function step(canvas, [dx, dy], from, more = false) {
  const here = from && canvas.spots.get(from);
  if (!here) return canvas.focus(canvas.drawn.nodes[0]?.id);
  let best = null;
  for (const [id, spot] of canvas.spots) {
    const [ahead, aside] = dx ? [(spot.x - here.x) * dx, spot.y - here.y] : [(spot.y - here.y) * dy, spot.x - here.x];
    if (id === from || ahead < 10) continue;
    const linked = canvas.drawn.links.some(([a, b]) => (a === from && b === id) || (b === from && a === id));
    const far = ahead + 2 * Math.abs(aside) - (linked ? 60 : 0);
    if (!best || far < best.far) best = { id, far };
  }
  const to = best?.id || alongLink(canvas, from, dx);
  if (!to) return true;
  if (canvas.mode) markPick(canvas, to);
  else if (more) canvas.extend(to);
  else canvas.focus(to);
  return true;
}

/** Where nothing stands further that way, a line of the chain may have been folded: follow a link.
    @param {Canvas} canvas @param {string} from @param {number} dx */
function alongLink(canvas, from, dx) {
  const link = canvas.drawn.links.find(([a, b]) => (dx > 0 ? a : dx < 0 ? b : "") === from);
  return link && link[dx > 0 ? 1 : 0];
}

/** @param {Canvas} canvas @param {boolean} later */
export function moveInOrder(canvas, later) {
  const ids = canvas.several;
  const order = canvas.drawn.nodes.map((node) => node.id);
  const [first, last] = [order.indexOf(ids[0] ?? ""), order.indexOf(ids.at(-1) ?? "")];
  if (first < 0) return true;
  const before = later ? order[last + 2] ?? null : order[first - 1];
  if (later ? last < order.length - 1 : first > 0) canvas.screen.send("move", { ids, before });
  return true;
}

/** @param {Canvas} canvas @param {"link" | "unlink"} mode */
export function startPick(canvas, mode) {
  const { say } = canvas.screen;
  const { selected } = canvas;
  if (!selected) return;
  const around = mode === "unlink"
    ? canvas.drawn.links.filter((link) => link.includes(selected)).map(([a, b]) => (a === selected ? b : a))
    : canvas.drawn.nodes.map((node) => node.id).filter((id) => id !== selected);
  if (!around.length) {
    canvas.screen.announce(mode === "unlink" ? say("Nothing is linked to it.") : say("There is no other milestone yet. Press N to add one."), true);
    return;
  }
  canvas.mode = mode;
  canvas.around = around;
  canvas.root.classList.add("wbb-picking");
  const name = canvas.nameOf(selected);
  canvas.screen.announce(mode === "link"
    ? say("What comes after “{name}”? Choose with the arrows and Enter, or click it; Escape stops.", { name })
    : say("Which link of “{name}” goes? Choose with the arrows and Enter, or click it; Escape stops.", { name }), true);
  const here = /** @type {Spot} */ (canvas.spots.get(selected));
  const near = [...around].sort((a, b) => away(canvas, here, a) - away(canvas, here, b));
  markPick(canvas, near[0]);
  canvas.focus(selected);
}

/** How far off a target is; what lies ahead counts as nearer.
    @param {Canvas} canvas @param {Spot} here @param {string} id */
function away(canvas, here, id) {
  const spot = /** @type {Spot} */ (canvas.spots.get(id));
  const ahead = canvas.places.narrow ? spot.y - here.y : spot.x - here.x;
  return Math.hypot(spot.x - here.x, spot.y - here.y) + (ahead > 0 ? 0 : 500);
}

/** @param {Canvas} canvas @param {string} id */
function markPick(canvas, id) {
  canvas.pick = id;
  for (const [one, node] of canvas.nodes) node.classList.toggle("wbb-target", one === id);
  canvas.reveal(id);
  canvas.screen.whisper(canvas.nameOf(id));
}

/** @param {Canvas} canvas @param {KeyPress} event */
function keyWhilePicking(canvas, event) {
  if (ARROWS[event.key]) return step(canvas, ARROWS[event.key], canvas.pick);
  if (event.key === "Enter" || event.key === " ") {
    finishPick(canvas, canvas.pick);
    return true;
  }
  if (event.key === "Escape" || event.key === "Tab") {
    endPick(canvas);
    canvas.screen.announce("");
    return event.key === "Escape";
  }
  return true;
}

/** @param {Canvas} canvas @param {string | null} id */
export function finishPick(canvas, id) {
  const { mode, selected } = canvas;
  endPick(canvas);
  canvas.focus(selected);
  if (!selected || !id || id === selected) return;
  if (mode === "link") canvas.screen.linkNodes(selected, id);
  else {
    const [first, then] = canvas.drawn.links.find(([a, b]) => (a === selected && b === id) || (b === selected && a === id)) || [];
    if (first) canvas.screen.send("unlink", { first, then });
    else canvas.screen.announce(canvas.screen.say("They are not linked."), true);
  }
}

/** @param {Canvas} canvas */
export function endPick(canvas) {
  canvas.mode = null;
  canvas.pick = null;
  canvas.root.classList.remove("wbb-picking");
  for (const node of canvas.nodes.values()) node.classList.remove("wbb-target");
}
