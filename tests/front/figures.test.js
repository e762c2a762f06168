import assert from "node:assert/strict";
import { test } from "node:test";

import { currencySign, figureText, roundUp, scaled, stepped } from "../../src/workbook/builder/front/figures.js";

test("a box shows thousands apart, in either language", () => {
  for (const lang of ["en", "zh-Hans"]) {
    assert.equal(figureText(1234567, lang), "1,234,567");
    assert.equal(figureText(12, lang), "12");
    assert.equal(figureText(0.125, lang), "0.125");
  }
});

test("three digits behind the point are never shown alone: they could be thousands", () => {
  assert.equal(figureText(1.234, "en"), "1.2340");
  assert.equal(figureText(1.25, "en"), "1.25");
  assert.equal(figureText(1.2345, "en"), "1.2345");
});

test("no rounding error of the machine is shown", () => {
  assert.equal(figureText(0.1 + 0.2, "en"), "0.3");
  assert.equal(scaled(0.07, 100), 7);
  assert.equal(scaled(0.29, 100), 29);
});

test("what is not there is an empty box", () => {
  assert.equal(figureText(null, "en"), "");
  assert.equal(figureText(undefined, "en"), "");
  assert.equal(scaled(null, 100), null);
});

test("a figure that adds keeps its sign through every step", () => {
  assert.equal(figureText("+1700", "en"), "+1,700");
  assert.equal(figureText("-0.5", "en"), "-0.5");
  assert.equal(scaled("+0.05", 100), "+5");
  assert.equal(stepped("+5", -10), "-5");
  assert.equal(stepped(scaled("-0.02", 100) ?? 0, 1), "-1");
});

test("a figure that stands for itself does not fall below nought", () => {
  assert.equal(stepped(3, -5), 0);
  assert.equal(stepped(0.1, 0.2), 0.3);
});

test("a currency is written as the pictures write it, and any text is borne", () => {
  assert.equal(currencySign("CNY", "en"), "¥");
  assert.equal(currencySign("EUR", "en"), "€");
  assert.equal(currencySign("USD", "zh-Hans"), "US$");
  assert.equal(currencySign("nonsense", "en"), "nonsense");
});

test("a slider ends at a round number", () => {
  assert.equal(roundUp(61000), 70000);
  assert.equal(roundUp(26), 30);
  assert.equal(roundUp(0), 0);
});
