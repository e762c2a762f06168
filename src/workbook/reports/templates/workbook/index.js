"use strict";
// Search and sort the table of reports. Text is only ever read and moved, never made into markup.
(() => {
  const table = document.getElementById("reports");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => ({
    row,
    text: row.dataset.find.normalize("NFKC").toLowerCase(),
    keys: Array.from(row.cells, (cell) => cell.dataset.v),
  }));
  const language = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const tell = (shown) => {
    found.textContent = found.dataset.say.replace("{n}", shown).replace("{all}", rows.length);
  };
  find.addEventListener("input", () => {
    const asked = find.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !asked.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    tell(shown);
  });

  const heads = Array.from(table.tHead.rows[0].cells);
  const sort = (column, down) => {
    const number = heads[column].dataset.sort === "number";
    const compare = number
      ? (a, b) => a.keys[column] - b.keys[column]
      : (a, b) => language.compare(a.keys[column], b.keys[column]);
    rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
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
    button.title = table.dataset.say.replace("{column}", head.textContent);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? now === "ascending" : head.dataset.first === "down");
    });
    head.replaceChildren(button);
  });
  tell(rows.length);
  document.getElementById("search").hidden = false;
})();
