"use strict";
(() => {
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const collator = new Intl.Collator("en", { numeric: true });

  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort;
  };
  const sort = (heading, column) => {
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sorted = rows
      .map((row) => [key(row, column), row])
      .sort(([a], [b]) => {
        if (a === "" || b === "") return (a === "") - (b === "");
        return collator.compare(a, b) * (down ? -1 : 1);
      });
    body.append(...sorted.map(([, row]) => row));
  };
  Array.from(table.tHead.rows[0].cells).forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(heading, column));
    heading.append(button);
  });

  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const narrow = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      left += row.hidden ? 0 : 1;
    });
    shown.textContent = `${left} of ${rows.length} claims`;
  };
  filter.addEventListener("input", narrow);
  filter.closest("p").hidden = false;
  narrow();

  const follow = () => {
    const row = document.getElementById(location.hash.slice(1));
    if (!row || !row.hidden) return;
    filter.value = "";
    narrow();
    row.scrollIntoView();
  };
  addEventListener("hashchange", follow);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
