/* Everything that can be done, in one table: the menu of a milestone, the list of commands, the
   window of keys. A command says what it is, its key on the canvas, and when there is one. */

import { moveInOrder, startPick } from "./keys.js";
/** @import { Action, Screen } from "./types.js" */

/** What can be done with the milestones that are selected.
    @param {Screen} screen @returns {Action[]} */
export function onMilestones(screen) {
  const { canvas, say } = screen;
  const ids = canvas.several;
  const [id] = ids;
  const one = ids.length < 2;
  const out = ids.length > 0 && ids.every((each) => screen.plan.skips?.includes(each));
  /** @type {(Action | false)[]} */
  const actions = [
    one && { label: say("Add a milestone after it"), keys: "N", act: () => canvas.add("after") },
    one && { label: say("What must be true before it?"), keys: "B", act: () => canvas.add("before") },
    one && { label: say("Rename"), keys: "Enter", act: () => canvas.rename(id) },
    one && { label: say("Link it to what comes after"), keys: "L", act: () => startPick(canvas, "link") },
    one && { label: say("Take a link away"), keys: "U", act: () => startPick(canvas, "unlink") },
    one && { label: say("Make it the goal"), keys: "G", act: () => screen.send("goal", { id }) },
    { label: say("Earlier in the order"), keys: "Alt ↑", act: () => moveInOrder(canvas, false) },
    { label: say("Later in the order"), keys: "Alt ↓", act: () => moveInOrder(canvas, true) },
    { label: out ? say("Take it up again") : say("Leave it out"), keys: "O", act: () => screen.send("leave_out", { ids, out: !out }) },
    { label: say("Copy"), keys: "Ctrl C", act: () => canvas.copy() },
    { label: say("Duplicate"), keys: "Ctrl D", act: () => canvas.duplicate() },
    one && { label: say("What if this turns out not to be true?"), keys: "", act: () => screen.send("doubt", { id }) },
    one && { label: say("What if …: another way, should it come to that"), keys: "", act: () => screen.inspector.forks.whatIf() },
    one && { label: say("Write a note"), keys: "M", act: () => screen.inspector.toField(`milestones.${id}.note`) },
    one && { label: say("Write down what happened"), keys: "W", act: () => screen.inspector.openLog() },
    one && { label: say("To its figures"), keys: "I", act: () => screen.inspector.focusFirst() },
    { label: say("Delete"), keys: "Delete", act: () => canvas.delete() },
  ];
  return actions.filter((action) => action !== false);
}

/** What can be done whatever is selected.
    @param {Screen} screen @returns {Action[]} */
export function onChain(screen) {
  const { canvas, say } = screen;
  return [
    { label: say("Add a milestone"), keys: "N", act: () => canvas.add("after", null) },
    { label: say("Paste"), keys: "Ctrl V", act: () => canvas.pasteCopied() },
    { label: say("Select all"), keys: "Ctrl A", act: () => canvas.selectAll() },
    { label: say("Undo"), keys: "Ctrl Z", act: () => screen.takeStep("undo") },
    { label: say("Redo"), keys: "Ctrl ⇧ Z", act: () => screen.takeStep("redo") },
    { label: say("Fit to the width (0)"), keys: "0", act: () => canvas.zoom.set(null) },
    { label: say("Larger (+)"), keys: "+", act: () => canvas.zoom.by(1.2) },
    { label: say("Smaller (−)"), keys: "−", act: () => canvas.zoom.by(1 / 1.2) },
    { label: say("to the resources, or leave what was begun"), keys: "Esc", act: () => { canvas.select(null); screen.inspector.focusFirst(); } },
    { label: say("The milestones as a table"), keys: "T", act: () => screen.show("table") },
    { label: say("The milestones on a calendar"), keys: "C", act: () => screen.show("calendar") },
    { label: say("The chain"), keys: "", act: () => screen.show("chain") },
    { label: say("All commands"), keys: "/", act: () => screen.palette.open() },
    { label: say("All keys"), keys: "?", act: () => screen.showKeys() },
  ];
}

/** Everything, for the list of commands: also where one can go.
    @param {Screen} screen @returns {Action[]} */
export function everything(screen) {
  const { canvas, say } = screen;
  const selected = canvas.several.length ? onMilestones(screen) : [];
  const tops = [
    { label: say("Rehearse my plan"), keys: "", act: () => screen.rehearse.open() },
    { label: say("Plans"), keys: "", act: () => screen.plans.open() },
    { label: say("Share"), keys: "", act: () => screen.share.open() },
    { label: say("Start from …"), keys: "", act: () => screen.start.open() },
    { label: say("Clear"), keys: "", act: () => screen.send("clear") },
    { label: say("Make breaking even the goal"), keys: "", act: () => screen.send("goal", { id: "breakeven" }) },
  ];
  const pages = screen.answersView.pages.map((page) => ({ label: say("Show: {what}", { what: page.title }), keys: "", act: () => screen.answersView.open(page.id, true) }));
  const nodes = canvas.drawn.nodes.map((node) => ({ label: say("Go to “{name}”", { name: node.name }), keys: "", act: () => screen.jump(node.id) }));
  const all = [...selected, ...onChain(screen), ...tops, ...pages, ...nodes];
  return all.filter((action, n) => all.findIndex((other) => other.label === action.label) === n);
}
