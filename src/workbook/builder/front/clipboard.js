/* Cells as a spreadsheet puts them on the clipboard: tabs between them, a line for each row. A cell
   that holds a tab, a line break or a quotation mark is written in quotation marks, with its own
   doubled. */

/** The rows of a text, each as its cells; a line break within a cell is a space.
    @param {string} text @returns {string[][]} */
export function cellsOf(text) {
  /** @type {string[][]} */
  const rows = [];
  const part = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)|([^\t\r\n]*))(\t|\r?\n|\r|$)/gy;
  /** @type {string[]} */
  let row = [];
  while (part.lastIndex <= text.length) {
    const [, quoted, plain, end] = /** @type {RegExpExecArray} */ (part.exec(text));
    row.push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).replace(/\s+/g, " ").trim());
    if (end === "\t") continue;
    rows.push(row);
    row = [];
    if (end === "") break;
  }
  while (rows.length && rows[rows.length - 1].every((cell) => cell === "")) rows.pop();
  return rows;
}

/** @param {string[][]} rows */
export function textOfCells(rows) {
  const cell = (/** @type {string} */ text) => (/["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}
