import assert from "node:assert/strict";
import { test } from "node:test";

import { cellsOf, textOfCells } from "../../src/workbook/builder/front/clipboard.js";

test("cells with tabs, quotation marks and line breaks are cells, not rows", () => {
  const copied = 'name\tcost\r\n"Fit-out ""A""\r\n(first floor)"\t1,5\r\n"a\tb"\t2\r\n';
  assert.deepEqual(cellsOf(copied), [["name", "cost"], ['Fit-out "A" (first floor)', "1,5"], ["a b", "2"]]);
});

test("a quotation mark that opens no cell is itself, and a lone one ends nothing", () => {
  assert.deepEqual(cellsOf('"5 inch" screen\t3\n12" pipe\t"open'), [['"5 inch" screen', "3"], ['12" pipe', '"open']]);
});

test("empty cells keep their places; empty rows at the end are none", () => {
  assert.deepEqual(cellsOf("a\t\t1\n\t2\t\n\n"), [["a", "", "1"], ["", "2", ""]]);
  assert.deepEqual(cellsOf(""), []);
});

test("what is copied is pasted as it was, five hundred rows of it", () => {
  const nasty = ['say "hi"', '"', "", "=1+1", "<b>", "１２", "a,b", "שלום"];
  const rows = Array.from({ length: 500 }, (_, n) => [`row ${n}`, nasty[n % nasty.length], "x"]);
  assert.deepEqual(cellsOf(textOfCells(rows)), rows);
});
