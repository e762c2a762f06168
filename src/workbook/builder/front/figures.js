/* Figures as a box shows them. What is typed is read by the kernel alone; this is the way back. A
   figure that adds to another is a text in the plan, and keeps its sign: "+1700". */

/** @import { Figure } from "./types.js" */

/** How the reader of a language writes a currency, as the pictures do: ¥, US$, €.
    @param {string} currency @param {string} lang */
export function currencySign(currency, lang) {
  const currencyDisplay = currency === "CNY" ? "narrowSymbol" : "symbol";
  try {
    const parts = new Intl.NumberFormat(lang, { style: "currency", currency, currencyDisplay }).formatToParts(0);
    return parts.find((part) => part.type === "currency")?.value ?? currency;
  } catch {
    return String(currency); // no code of a currency yet
  }
}

/** A figure with its thousands separated. Three digits behind the point could be read as thousands,
    so a fourth is shown.
    @param {Figure | null | undefined} value @param {string} lang */
export function figureText(value, lang) {
  if (value === null || value === undefined) return "";
  const rounded = Number(Number(value).toPrecision(10));
  const decimals = (String(rounded).split(".")[1] || "").length;
  return new Intl.NumberFormat(lang, {
    maximumFractionDigits: 8,
    minimumFractionDigits: decimals === 3 && Math.abs(rounded) >= 1 ? 4 : 0,
    signDisplay: typeof value === "string" ? "always" : "auto",
  }).format(rounded);
}

/** A figure in another measure: a share as per cent, say; null where there is none.
    @param {Figure | null | undefined} value @param {number} factor @returns {Figure | null} */
export function scaled(value, factor) {
  if (value === null || value === undefined) return null;
  const times = Number((Number(value) * factor).toPrecision(10));
  return typeof value === "string" ? adding(times) : times;
}

/** A figure a step further up or down; only one that adds may go below nought.
    @param {Figure} value @param {number} step @returns {Figure} */
export function stepped(value, step) {
  const next = Number((Number(value) + step).toPrecision(10));
  return typeof value === "string" ? adding(next) : Math.max(0, next);
}

/** A change that adds or takes away, as the plan file writes it.
    @param {number} value */
function adding(value) {
  return `${value < 0 ? "-" : "+"}${Number(Math.abs(value).toFixed(9))}`;
}

/** The next round number above a value, for the end of a slider.
    @param {number} value */
export function roundUp(value) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return Math.ceil(value / unit) * unit;
}
