"use strict";
// Search and sort the table of reports. Text is only ever read and moved, never made into markup.
(() => {
  const [table, find, found] = ["reports", "find", "found"].map((id) => document.getElementById(id));
  if (!(table instanceof HTMLTableElement && find instanceof HTMLInputElement && found)) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => ({
    row,
    text: (row.dataset.find ?? "").normalize("NFKC").toLowerCase(),
    keys: Array.from(row.cells, (cell) => cell.dataset.v ?? ""),
  }));
  const language = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const tell = (/** @type {number} */ shown) => {
    const say = found.dataset.say ?? "";
    found.textContent = say.replace("{n}", String(shown)).replace("{all}", String(rows.length));
  };
  find.addEventListener("input", () => {
    const asked = find.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !asked.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    tell(shown);
  });

  const heads = Array.from(table.tHead?.rows[0].cells ?? []);
  const sort = (/** @type {number} */ column, /** @type {boolean} */ down) => {
    const number = heads[column].dataset.sort === "number";
    rows.sort((one, other) => {
      const [a, b] = (down ? [other, one] : [one, other]).map((row) => row.keys[column]);
      return number ? Number(a) - Number(b) : language.compare(a, b);
    });
    body.append(...rows.map(({ row }) => row));
    heads.forEach((head, n) => {
      if (n === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  heads.forEach((head, column) => {
    if (!head.dataset.sort) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = (table.dataset.say ?? "").replace("{column}", head.textContent ?? "");
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? now === "ascending" : head.dataset.first === "down");
    });
    head.replaceChildren(button);
  });
  tell(rows.length);
  document.getElementById("search")?.removeAttribute("hidden");
})();
