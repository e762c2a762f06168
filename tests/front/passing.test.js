/* Weeks that pass by themselves in a rehearsal: quick, in order, and never past the next decision. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { duration, pass, weekAt } from "../../src/workbook/lesson/rehearsal/front/passing.js";

test("the weeks count up without a gap backwards and end at the decision", () => {
  let before = 12;
  for (let passed = 0; passed <= 3000; passed += 16) {
    const week = weekAt(12, 47, passed);
    assert.ok(week >= before && week <= 47);
    before = week;
  }
  assert.equal(before, 47);
});

test("no wait takes longer than two seconds, and none that passes no week takes any time", () => {
  assert.equal(duration(0), 0);
  for (const weeks of [1, 8, 52, 520]) assert.ok(duration(weeks) > 0 && duration(weeks) <= 2000);
});

test("with reduced motion the next decision is there at once", () => {
  Object.assign(globalThis, { window: { matchMedia: () => ({ matches: true }) }, document: { hidden: false } });
  /** @type {number[]} */
  const shown = [];
  let done = 0;
  pass(3, 30, (week) => shown.push(week), () => { done += 1; });
  assert.deepEqual([shown, done], [[30], 1]);
});
