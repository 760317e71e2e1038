// Lets readers sort a table by its columns and look for rows. Without script the table stands as
// it is printed; sorted or searched, what stood once for several rows stands in each of them.
(function () {
  "use strict";
  const NUMBER = /^[+-]?\d+(\.\d+)?/;
  const order = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });

  // What a reader compares: a cell's own text, without the mark of its status.
  function said(cell) {
    const mark = [...cell.children].filter((child) => child.tagName === "SUP");
    return mark.reduce((text, one) => text.slice(0, -one.textContent.length), cell.textContent);
  }

  function number(text) {
    const found = NUMBER.exec(text.replace(/−/g, "-").replace(/,/g, "").trim());
    return found ? +found[0] : NaN;
  }

  // Rows with all their cells: a cell that reaches down over a row is one of that row's, too.
  function read(table) {
    return [...table.tBodies].map((body) => {
      const above = [];
      const rows = [...body.rows].map((row) => {
        const own = [...row.cells];
        const cells = [];
        for (let at = 0; own.length || above[at]?.left > 0; at++) {
          if (above[at]?.left > 0) above[at].left--;
          else above[at] = { cell: own[0], left: own.shift().rowSpan - 1 };
          cells.push(above[at].cell);
        }
        return { row, cells };
      });
      return { body, rows };
    });
  }

  function setUp(table) {
    const bodies = read(table);
    const isLine = ({ cells }) => cells.length === 1 && cells[0].colSpan > 1;
    const lines = bodies.flatMap(({ rows }) => rows.filter(isLine));
    const all = bodies.flatMap(({ rows }) => rows).filter((one) => !isLine(one));
    const isTotal = ({ row }) => row.parentNode.classList.contains("totals");
    const totals = new Set(all.filter(isTotal));
    const spans = new Map(all.flatMap(({ cells }) => cells.map((cell) => [cell, cell.rowSpan])));
    const scopes = new Map([...spans.keys()].map((cell) => [cell, cell.scope]));
    let copies = [];

    // As it was: rows in their bodies, spans over them.
    function together() {
      copies.forEach((copy) => copy.remove());
      copies = [];
      for (const { body, rows } of bodies) {
        body.append(...rows.map(({ row }) => row));
        table.append(body);
      }
      for (const [cell, span] of spans) cell.rowSpan = span;
      for (const [cell, scope] of scopes) if (scope) cell.scope = scope;
    }

    // Every row says all that it is about.
    function apart() {
      for (const { row, cells } of all) {
        cells.forEach((cell, at) => {
          if (cell.rowSpan > 1) cell.rowSpan = 1;
          if (cell.scope === "rowgroup" && cell.parentNode === row) cell.scope = "row";
          if (cell.parentNode === row) return;
          const copy = cell.cloneNode(true);
          copy.rowSpan = 1;
          copy.scope = "row";
          copies.push(copy);
          row.insertBefore(copy, row.cells[at] || null);
        });
      }
    }

    // What has no value stands last, whichever way; so do the sums.
    function sorted(column, way) {
      const texts = new Map(all.map((one) => [one, said(one.cells[column]).trim()]));
      const isNumber = table.tHead.rows[0].cells[column].classList.contains("num");
      const compare = (one, other) => {
        if (totals.has(one) || totals.has(other)) return totals.has(one) - totals.has(other);
        const [a, b] = [texts.get(one), texts.get(other)];
        if (!isNumber) return way * order.compare(a, b);
        const [x, y] = [number(a), number(b)];
        if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
        return way * (x - y);
      };
      return [...all].sort(compare);
    }

    const state = { column: -1, way: 0, wanted: "" };

    function show() {
      together();
      if (!state.way && !state.wanted) {
        for (const { row } of [...all, ...lines]) row.hidden = false;
        return all.length;
      }
      apart();
      if (state.way) {
        const first = bodies[0].body;
        first.append(...sorted(state.column, state.way).map(({ row }) => row));
        for (const { body } of bodies) if (body !== first) body.remove();
      }
      for (const { row, cells } of all) {
        row.hidden = !plain(cells.map(said).join(" ")).includes(state.wanted);
      }
      for (const { row } of lines) {
        const own = bodies.find(({ body }) => body === row.parentNode).rows;
        row.hidden = own.every((one) => one.row === row || one.row.hidden);
      }
      return all.filter(({ row }) => !row.hidden).length;
    }
    return { state, show, all };
  }

  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/−/g, "-").replace(/\s+/g, " ");
  }

  function sortable(table, { state, show }) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // Up, down, and as it was.
        state.way = state.column === column ? { 0: 1, 1: -1, "-1": 0 }[state.way] : 1;
        state.column = column;
        for (const one of heads) one.removeAttribute("aria-sort");
        if (state.way) head.setAttribute("aria-sort", state.way > 0 ? "ascending" : "descending");
        show();
      });
    });
  }

  function filtered(field, { state, show, all }) {
    const input = field.querySelector("input");
    const output = field.querySelector("output");
    field.hidden = false;
    input.addEventListener("input", () => {
      state.wanted = plain(input.value.trim());
      const shown = show();
      const words = output.dataset.said.replace("{shown}", shown).replace("{all}", all.length);
      output.textContent = state.wanted ? words : "";
    });
  }

  // A head stays in sight: with the page where the table fits its box, else in a box that scrolls.
  function fitted(table) {
    const box = table.parentElement;
    const fits = table.scrollWidth <= box.clientWidth + 1;
    box.classList.toggle("fits", fits);
    box.classList.toggle("scrolls", !fits);
  }

  function start() {
    for (const table of document.querySelectorAll(".exhibit table.exhibit-rows")) {
      const field = table.closest(".exhibit").querySelector(".table-filter");
      const made = setUp(table);
      if (table.classList.contains("sortable")) sortable(table, made);
      if (field) filtered(field, made);
      new ResizeObserver(() => fitted(table)).observe(table.parentElement);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
