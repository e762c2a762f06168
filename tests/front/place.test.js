import assert from "node:assert/strict";
import { test } from "node:test";

import { curve } from "../../src/workbook/builder/front/lines.js";
import { Places } from "../../src/workbook/builder/front/place.js";

/** A row of milestones. */
const row = (/** @type {number} */ n) => Array.from({ length: n }, (_, column) => ({ column, row: 0 }));
/** A board of that size. */
const board = (/** @type {number} */ clientWidth, clientHeight = 400) => ({ clientWidth, clientHeight });

test("no two milestones lie on each other, whatever the screen", () => {
  for (const width of [320, 560, 800, 1366, 1920]) {
    for (const n of [1, 5, 12, 30]) {
      const nodes = row(n).flatMap((one) => [one, { ...one, row: 1 }]);
      const places = new Places(nodes, board(width), width, n > 9);
      const spots = nodes.map((node) => places.at(node));
      for (const [i, a] of spots.entries()) {
        for (const b of spots.slice(i + 1)) {
          const apart = Math.abs(a.x - b.x) >= places.size.w || Math.abs(a.y - b.y) >= places.size.h;
          assert.ok(apart, `${width}px, ${n} columns`);
        }
      }
    }
  }
});

test("five milestones stand in one line on a laptop, and within the board", () => {
  const places = new Places(row(5), board(856), 1200);
  const last = places.at({ column: 4, row: 0 });
  assert.ok(last.x + places.size.w <= 856);
  assert.equal(last.y, places.at({ column: 0, row: 0 }).y);
});

test("a long row is folded where its folds fit, and stays one row where they do not", () => {
  const tall = new Places(row(12), board(856, 800), 1200);
  const flat = new Places(row(12), board(856, 200), 1200);
  assert.ok(tall.at({ column: 11, row: 0 }).y > tall.at({ column: 0, row: 0 }).y);
  assert.equal(flat.at({ column: 11, row: 0 }).y, flat.at({ column: 0, row: 0 }).y);
});

test("on a low board the first row ends above the goal's chip, however many rows there are", () => {
  const nodes = row(9).flatMap((one) => [one, { ...one, row: 1 }]);
  for (const height of [140, 150, 400]) {
    const places = new Places(nodes, board(460, height), 700, true);
    assert.ok(places.at({ column: 0, row: 0 }).y + places.size.h <= Math.max(height - 32, 102));
    assert.ok(places.at({ column: 0, row: 1 }).y >= places.at({ column: 0, row: 0 }).y + places.size.h);
  }
});

test("a folded chain ends above what lies over the foot of its board", () => {
  for (const height of [292, 309, 500]) {
    const places = new Places(row(10), board(895, height), 1198);
    const last = places.at({ column: 9, row: 0 });
    assert.ok(places.each < 10);
    assert.ok(last.y + places.size.h <= height - 32, String(height));
  }
});

test("on a phone the chain goes downwards", () => {
  const places = new Places(row(3), board(360), 360);
  const [a, b] = [0, 1].map((column) => places.at({ column, row: 0 }));
  assert.equal(a.x, b.x);
  assert.ok(b.y > a.y);
});

test("a line goes from the end of one milestone to the start of the other, each way round", () => {
  const size = { w: 100, h: 50, gx: 40, gy: 20, pad: 10 };
  for (const way of ["", "late", "early", "between", "fold"]) {
    const path = curve({ x: 0, y: 0 }, { x: 300, y: 120 }, size, false, way);
    assert.ok(path.startsWith("M100 25"), path);
    assert.match(path, /(300 145|H300)$/);
    assert.ok(!path.includes("NaN"));
  }
});

test("nine milestones stand in one line on a laptop where they are drawn small", () => {
  const zoom = 0.8; // its text is 11 pixels there
  const places = new Places(row(9), board(892 / zoom, 250 / zoom), 1196, true);
  const last = places.at({ column: 8, row: 0 });
  assert.ok(last.x + places.size.w <= 892 / zoom);
  assert.ok(places.size.w * zoom >= 84);
});
