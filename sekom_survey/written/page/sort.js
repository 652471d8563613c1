// Every table gets a button in each heading that sorts its rows; without this the tables are read as they stand.
const value = (row, column) => {
  const text = row.cells[column].textContent.trim().replace(/\u00a0/g, "");
  const number = parseFloat(text.replace("\u2212", "-").replace("+", "").replace(",", "."));
  return [Number.isNaN(number) ? Infinity : number, text];
};
const sort = (table, heading, column) => {
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows].sort((one, other) => {
    const [a, b] = [value(one, column), value(other, column)];
    return (a[0] === b[0] ? a[1].localeCompare(b[1], "sv") : a[0] < b[0] ? -1 : 1) * (down ? -1 : 1);
  });
  table.tBodies[0].append(...rows);
};
for (const table of document.querySelectorAll("table")) {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading, column));
    heading.append(button);
  });
}
