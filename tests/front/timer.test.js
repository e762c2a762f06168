import assert from "node:assert/strict";
import { test } from "node:test";

import { clock } from "../../src/workbook/workshop/timer.js";

test("the clock of a workshop counts whole seconds, and is never below nought", () => {
  assert.equal(clock(0), "0:00");
  assert.equal(clock(59.2), "1:00");
  assert.equal(clock(3599), "59:59");
  assert.equal(clock(-3), "0:00");
});
