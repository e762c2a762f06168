import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { wire } from "../../src/workbook/builder/front/wire.js";

/** A browser tab's store, and a kernel that hears when it is told to. */
function desk() {
  /** @type {Map<string, string>} */
  const store = new Map();
  Object.assign(globalThis, { sessionStorage: {
    getItem: (/** @type {string} */ key) => store.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => store.set(key, text),
    removeItem: (/** @type {string} */ key) => store.delete(key),
  } });
  return store;
}

function kernel() {
  /** @type {any[]} */
  const got = [];
  /** @type {Record<string, () => void>} */
  const hears = {};
  let heard = 0;
  return {
    got, comm_live: true,
    get: () => ({ view: heard }),
    send(/** @type {any} */ command) { got.push(command); },
    on(/** @type {string} */ name, /** @type {() => void} */ act) { hears[name] = act; },
    off() {},
    /** Carry out what has come. */
    answer() { heard = got.length; hears["change:heard"](); },
    /** The line to it is cut. */
    die() { this.comm_live = false; hears.comm_live_update(); },
  };
}

/** @type {boolean[]} */
let silences = [];
const line = (/** @type {any} */ model) => wire(model, "view", { settled() {}, silent: (silent) => silences.push(silent) });
const value = (/** @type {string} */ path, /** @type {string} */ text) => ({ do: "enter", path, text });

beforeEach(() => {
  silences = [];
  mock.timers.reset();
});

test("of several values in a row for one place only the first and the last go out", () => {
  desk();
  const model = kernel();
  const at = line(model);
  for (const text of ["1", "12", "123", "1234"]) at.value(value("cash", text));
  assert.deepEqual(model.got.map((command) => command.text), ["1"]);
  assert.ok(!at.settled);
  model.answer();
  assert.deepEqual(model.got.map((command) => command.text), ["1", "1234"]);
  model.answer();
  assert.ok(at.settled);
});

test("a command goes out after the values that were given before it", () => {
  desk();
  const model = kernel();
  const at = line(model);
  at.value(value("cash", "1"));
  at.value(value("cash", "12"));
  at.send("undo");
  assert.deepEqual(model.got.map(({ do: what, text, n }) => [what, text, n]), [["enter", "1", 1], ["enter", "12", 2], ["undo", undefined, 3]]);
});

test("what a dead kernel has not heard is kept, told, and delivered to the next in its order", () => {
  const store = desk();
  const [model, next] = [kernel(), kernel()];
  const at = line(model);
  at.deliver("plan.yaml");
  model.die();
  at.value(value("cash", "1"));
  at.value(value("cash", "12"));
  at.send("add", { name: "Shop" });
  assert.deepEqual(model.got, []);
  assert.equal(silences.at(-1), true);
  assert.deepEqual(at.unheard.map((command) => command.do), ["enter", "enter", "add"]);
  assert.equal(line(next).deliver("another.yaml"), 0);
  assert.equal(line(next).deliver("plan.yaml"), 3);
  assert.deepEqual(next.got.map((command) => command.text ?? command.name), ["1", "12", "Shop"]);
  next.answer();
  assert.equal(store.size, 0);
});

test("a kernel that says nothing for a while is told of, and forgotten again when it answers", () => {
  const store = desk();
  mock.timers.enable({ apis: ["setTimeout"] });
  const model = kernel();
  const at = line(model);
  at.deliver("plan.yaml");
  at.value(value("cash", "1"));
  assert.deepEqual(silences, []);
  mock.timers.tick(60_000);
  assert.deepEqual(silences, [true]);
  assert.equal(store.size, 1);
  model.answer();
  assert.equal(silences.at(-1), false);
  assert.equal(store.size, 0);
});

test("looking and selecting leave nothing behind to be done again", () => {
  desk();
  const model = kernel();
  const at = line(model);
  at.deliver("plan.yaml");
  model.die();
  at.send("select", { id: "shop" });
  at.send("look");
  assert.deepEqual(at.unheard, []);
});

test("a tab without a store of its own works all the same", () => {
  Object.assign(globalThis, { sessionStorage: new Proxy({}, { get() { throw new Error("denied"); } }) });
  const model = kernel();
  const at = line(model);
  assert.equal(at.deliver("plan.yaml"), 0);
  at.value(value("cash", "1"));
  model.answer();
  assert.ok(at.settled);
});
