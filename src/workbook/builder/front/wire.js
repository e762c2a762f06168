/* Between the page and the kernel: commands go out with a number, and the kernel says which it has
   heard. While a command is under way, further values of a field wait here and only the last of
   each goes on: a slider never queues up work. What a kernel that is gone has not heard is kept in
   this tab, and delivered to the next one that opens the same plan. */

/** @import { Model, Command } from "./types.js" */

const PATIENCE = 6000;
const LASTING = new Set(["set", "enter", "rows", "block", "rename", "add", "link", "unlink", "delete", "move", "begin", "paste", "doubt", "goal", "choose", "what_if", "leave_out", "log", "decide"]);
/** Commands after which the milestones and the selection are what they were. */
const IN_PLACE = new Set(["set", "enter", "settle", "select", "look", "size", "open", "compare", "sides", "keep_as", "rehearse", "share", "preview"]);
const STORE = "workbook-unheard:";

/** The line to the kernel of one view.
    @param {Model} model @param {string} view
    @param {{ settled: () => void, silent: (silent: boolean) => void }} shown */
export function wire(model, view, { settled, silent }) {
  let sent = 0;
  let shaped = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let file = "";
  let gone = false;
  /** @type {Map<string, Command>} */
  const held = new Map();
  /** @type {{ n: number, command: Command }[]} */
  const underway = [];
  /** @returns {number} */
  const heard = () => (model.get("heard") || {})[view] || 0;

  /** @param {Command} command @param {ArrayBuffer[]} [buffers] */
  function go(command, buffers) {
    sent += 1;
    if (!IN_PLACE.has(command.do)) shaped = sent;
    clearTimeout(timer);
    timer = setTimeout(lost, PATIENCE);
    if (LASTING.has(command.do)) underway.push({ n: sent, command });
    try {
      if (gone) lost();
      else model.send({ ...command, n: sent, view }, undefined, buffers);
    } catch {
      lost(); // the kernel is gone, and the line to it
    }
  }

  function flush() {
    const waiting = [...held.values()];
    held.clear();
    waiting.forEach((command) => go(command));
  }

  /** Nobody answers: keep what was not heard where the next kernel's page finds it. */
  function lost() {
    clearTimeout(timer);
    shaped = 0; // nothing waits for a kernel that is silent
    keep([...underway.map(({ command }) => command), ...held.values()]);
    silent(true);
  }

  /** @param {Command[]} commands */
  function keep(commands) {
    try {
      if (commands.length) sessionStorage.setItem(STORE + file, JSON.stringify(commands));
      else sessionStorage.removeItem(STORE + file);
    } catch { /* a browser without a store of its own: what is said is all that can be done */ }
  }

  model.on("comm_live_update", () => {
    if (model.comm_live !== false) return;
    gone = true;
    if (underway.length || held.size) lost();
    else silent(true);
  });

  model.on("change:heard", () => {
    const upTo = heard();
    while (underway.length && underway[0].n <= upTo) underway.shift();
    if (upTo < sent) return;
    clearTimeout(timer);
    if (file) keep([]);
    silent(false);
    if (held.size) flush();
    else settled();
  });

  return {
    /** Send a command at once, after the values that still wait.
        @param {string} name @param {object} [detail] @param {ArrayBuffer[]} [buffers] */
    send(name, detail = {}, buffers = undefined) {
      flush();
      go({ do: name, ...detail }, buffers);
    },
    /** Send a value; of several in a row for one place the last.
        @param {Command & { path: string }} command */
    value(command) {
      if (heard() < sent && !gone) held.set(command.path, command);
      else go(command);
    },
    /** Send what a kernel before this one has not heard of the plan in a file; how many there were.
        @param {string} name */
    deliver(name) {
      file = name;
      /** @type {Command[]} */
      let commands = [];
      try {
        commands = JSON.parse(sessionStorage.getItem(STORE + file) || "[]");
      } catch { /* nothing that can be read */ }
      keep([]);
      commands.forEach((command) => go(command));
      return commands.length;
    },
    /** From now on it is that plan's file of which the kernel may not hear.
        @param {string} name */
    keepFor(name) {
      if (file) file = name;
    },
    /** Whether the kernel has still to say which milestones there are, or which is selected. */
    get shaping() {
      return heard() < shaped;
    },
    /** The places of values that have not been heard. */
    get unheard() {
      return [...underway.map(({ command }) => command), ...held.values()];
    },
    /** Whether the kernel has heard all of it. */
    get settled() {
      return heard() >= sent && held.size === 0;
    },
  };
}
