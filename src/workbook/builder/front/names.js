/* A name is written where it will stand: on its node, or on the place of a new one. */

import { el, inside } from "../../front/elements.js";
import { composing } from "../../front/hotkeys.js";
/** @import { Canvas, Spot } from "./types.js" */

/** A box for a name laid over a node; `done` gets the name, or null where it was left alone.
    @param {Canvas} canvas @param {Element} node @param {string} name @param {string} label @param {(name: string | null) => void} done */
function writeName(canvas, node, name, label, done) {
  let over = false;
  const box = el("textarea", { class: "wbb-namebox", rows: 2, maxlength: 400, "aria-label": label, placeholder: label, dir: "auto", value: name });
  /** @param {string | null} kept */
  const end = (kept) => {
    if (over) return;
    over = true;
    canvas.mode = null;
    box.remove();
    done(kept === null ? null : kept.trim());
  };
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (composing(event)) return; // a Chinese name on its way: this Enter chooses a character
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

/** Enter keeps the new name, Escape leaves it as it was.
    @param {Canvas} canvas @param {string | null} id */
export function renameOn(canvas, id) {
  const node = id && canvas.nodes.get(id);
  if (!node) return;
  writeName(canvas, node, canvas.nameOf(id), canvas.screen.say("Name of the milestone"), (name) => {
    canvas.focus(id);
    if (name !== null && name !== canvas.nameOf(id)) {
      inside(node, ".wbb-name").textContent = name;
      canvas.screen.send("rename", { id, name });
    }
  });
}

/** A new milestone is written beside another, before the kernel has heard of it.
    @param {Canvas} canvas @param {"after" | "before"} how @param {string | null} id @param {Spot} [dropped] */
export function addOn(canvas, how, id, dropped) {
  const anchor = canvas.pendingAdds ? "@" : id; // the one before it may still be under way
  const ghost = ghostBeside(canvas, how, id, dropped);
  canvas.field.append(ghost);
  canvas.root.classList.add("wbb-writing");
  writeName(canvas, ghost, "", questionOf(canvas, how, id), (name) => {
    canvas.root.classList.remove("wbb-writing");
    if (name) {
      ghost.classList.add("wbb-sent");
      ghost.append(el("span", { class: "wbb-name", text: name, dir: "auto" }));
      canvas.screen.addMilestone(name, how, anchor, Boolean(dropped));
    } else {
      ghost.remove();
      if (!canvas.focus(id)) canvas.board.focus();
    }
  });
  ghost.scrollIntoView?.({ block: "nearest", inline: "nearest" });
}

/** @param {Canvas} canvas @param {"after" | "before"} how @param {string | null} id */
function questionOf({ screen }, how, id) {
  const name = screen.canvas.nameOf(id);
  if (!id) return screen.say("Name of the milestone");
  return how === "before" ? screen.say("What must be true before “{name}”?", { name }) : screen.say("What comes after “{name}”?", { name });
}

/** @param {Canvas} canvas @param {"after" | "before"} how @param {string | null} id @param {Spot} [dropped] */
function ghostBeside(canvas, how, id, dropped) {
  const { w, h, gx, gy, pad } = canvas.places.size;
  const beside = id && canvas.spots.get(id);
  const step = how === "before" ? -0.5 : 0.5;
  let spot = { x: pad, y: pad };
  if (beside) spot = canvas.places.narrow ? { x: beside.x, y: beside.y + step * (h + gy) } : { x: beside.x + step * (w + gx), y: beside.y + 14 };
  if (dropped) spot = { x: dropped.x, y: dropped.y - h / 2 };
  const ghost = el("div", { class: "wbb-node wbb-ghost" });
  ghost.style.transform = `translate(${Math.max(4, spot.x)}px, ${Math.max(4, spot.y)}px)`;
  ghost.style.width = `${w}px`;
  ghost.style.height = `${h}px`;
  return ghost;
}
