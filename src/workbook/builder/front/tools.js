/* The buttons above the chain, and a notice where the page is opened elsewhere than in Lab. */

import { el } from "../../front/elements.js";
import { button } from "./buttons.js";
import { moveInOrder, startPick } from "./keys.js";
/** @import { Say, Screen } from "./types.js" */

/** @param {Screen} screen */
export function toolbar(screen) {
  const { say, canvas } = screen;
  /** @param {() => void} act */
  const inTurn = (act) => () => screen.inTurn(act);
  /** @param {(id: string) => void} act */
  const onNode = (act) => inTurn(() => (canvas.selected ? act(canvas.selected) : screen.announce(say("Choose a milestone first."), true)));
  return el("div", { class: "wbb-tools", role: "group", "aria-label": say("Change the chain") },
    button(say("Add"), () => canvas.add("after"), { sign: "add", "aria-keyshortcuts": "N", title: say("Add a milestone after the selected one (N)") }),
    button(say("Before"), () => canvas.add(canvas.selected ? "before" : "after"), { sign: "before", "aria-keyshortcuts": "B", title: say("What must be true before it? (B)") }),
    button(say("Link"), onNode(() => startPick(canvas, "link")), { sign: "link", "aria-keyshortcuts": "L", title: say("Link it to what comes after (L)") }),
    button(say("What happened"), () => screen.inspector.openLog(), { sign: "log", "aria-keyshortcuts": "W", title: say("Write down an attempt or the cash that you counted (W)") }),
    button(say("Rename"), onNode(inTurn(() => canvas.rename(canvas.selected))), { bare: true, sign: "rename" }),
    button(say("Earlier in the order"), onNode(inTurn(() => moveInOrder(canvas, false))), { bare: true, sign: "earlier" }),
    button(say("Later in the order"), onNode(inTurn(() => moveInOrder(canvas, true))), { bare: true, sign: "later" }),
    button(say("Make it the goal"), onNode(inTurn(() => screen.send("goal", { id: canvas.selected }))), { bare: true, sign: "goal" }),
    button(say("Delete the milestone"), onNode(inTurn(() => canvas.delete())), { bare: true, sign: "delete" }),
    button(say("Table"), () => screen.show("table"), { sign: "table", class: "wbb-totable", "aria-pressed": "false", title: say("The milestones as a table (T)") }),
    button(say("Calendar"), () => screen.show("calendar"), { sign: "calendar", class: "wbb-tocalendar", "aria-pressed": "false", title: say("The milestones on a calendar (C)") }),
    button(say("All commands"), () => screen.palette.open(), { bare: true, sign: "commands", "aria-keyshortcuts": "/" }),
    button(say("All keys"), () => screen.showKeys(), { bare: true, sign: "keys" }));
}

/** The name of another editor than Lab. */
function otherEditor() {
  if (location.protocol.startsWith("vscode") || document.body?.className.includes("vscode")) return "VS Code";
  return document.body?.dataset.notebook === "notebooks" ? "Notebook 7" : "";
}

/** Other editors show widgets too, and keep some keys to themselves: say so.
    @param {Say} say */
export function elsewhere(say) {
  const name = otherEditor();
  return name && el("p", { class: "wbb-note wbb-elsewhere", text: say("This screen is made for JupyterLab. In {name} it works too, but some keys may belong to the editor: use the buttons.", { name }) });
}
