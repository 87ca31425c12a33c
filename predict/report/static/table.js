import { addressOf } from "./data.js";
import { el, labelTags } from "./elements.js";

// The table: searched, filtered and sorted in memory, a page of rows in the document.

const ROWS = 50;
const COLUMNS = [
  ["label", "Label", (row) => (row.unsure.length ? `~${row.label}` : row.label)],
  ["title", "Article", (row) => row.title],
  ["outlet", "Outlet", (row) => row.outlet ?? ""],
  ["day", "Day", (row) => row.day ?? ""],
  ["original", "Orig.", (row) => row.p[0]],
  ["wire", "Wire", (row) => row.p[1]],
  ["spun", "Spun", (row) => row.p[2]],
  ["source", "Source", (row) => row.source ?? ""],
];
const state = { label: "", outlet: "", q: "", sort: "", down: false, page: 0 };
let rows = [];
let found = [];
let rowOf = new Map();

function matches(row) {
  if (state.label === "unsure" && !row.unsure.length) return false;
  if (state.label === "no-source" && row.source !== null) return false;
  if (!["", "unsure", "no-source"].includes(state.label) && row.label !== state.label) return false;
  if (state.outlet && row.outlet !== state.outlet) return false;
  return !state.q || row.haystack.includes(state.q.toLowerCase());
}

function compare(one, other) {
  if (typeof one === "number") return one - other;
  return one < other ? -1 : Number(one > other);
}

function cells(row) {
  // Roles are said, because narrow screens show rows as blocks, which are no table to a reader.
  const cell = (attributes, ...children) => el("td", { role: "cell", ...attributes }, ...children);
  const number = (p) => cell({ class: "number" }, p.toFixed(2));
  const title = (id) => rowOf.get(id)?.title ?? id;
  const source = row.source ? title(row.source) : "none" + (row.related ? `; near ${title(row.related)}` : "");
  return el("tr", { role: "row" }, cell({}, labelTags(row)),
    el("th", { scope: "row", role: "rowheader" }, el("a", { href: addressOf(row) }, el("bdi", {}, row.title)),
      el("span", { class: "quiet below" }, el("bdi", {}, row.evidence))),
    cell({ class: "outlet" }, ...(row.outlet ? [el("bdi", {}, row.outlet)] : [])), cell({ class: "day" }, row.day ?? ""),
    ...row.p.map(number), cell({}, el("span", { class: "quiet narrow" }, "Source: "), el("bdi", {}, source)));
}

function show() {
  const last = Math.max(Math.ceil(found.length / ROWS) - 1, 0);
  state.page = Math.min(Math.max(state.page, 0), last);
  const first = state.page * ROWS;
  const shown = found.slice(first, first + ROWS);
  document.getElementById("rows-shown").replaceChildren(...shown.map(cells));
  const n = found.length;
  document.getElementById("n-found").textContent = `${n} of ${rows.length} articles`;
  document.getElementById("pager-place").textContent = n ? `${first + 1} to ${first + shown.length} of ${n}` : "none";
  document.getElementById("earlier").disabled = state.page === 0;
  document.getElementById("later").disabled = state.page === last;
  for (const heading of document.querySelectorAll("#headings th")) {
    const isSorted = heading.dataset.name === state.sort;
    const order = state.down ? "descending" : "ascending";
    if (isSorted) heading.setAttribute("aria-sort", order);
    else heading.removeAttribute("aria-sort");
  }
}

function search() {
  found = rows.filter(matches);
  const column = COLUMNS.find(([name]) => name === state.sort);
  if (column) {
    const sign = state.down ? -1 : 1;
    found.sort((one, other) => sign * compare(column[2](one), column[2](other)));
  }
  show();
}

function sortBy(name) {
  state.down = state.sort === name ? !state.down : ["original", "wire", "spun"].includes(name);
  state.sort = name;
  search();
}

export function prepareTable(allRows) {
  rows = allRows;
  rowOf = new Map(rows.map((row) => [row.id, row]));
  for (const row of rows) {
    row.haystack = [row.id, row.title, row.outlet, row.source, row.evidence].join("\n").toLowerCase();
  }
  const outlets = [...new Set(rows.map((row) => row.outlet).filter(Boolean))].sort();
  document.getElementById("by-outlet").append(...outlets.map((name) => el("option", { value: name }, name)));
  document.getElementById("headings").append(...COLUMNS.map(([name, title]) =>
    el("th", { scope: "col", role: "columnheader", "data-name": name },
      el("button", { type: "button", on: { click: () => sortBy(name) } }, title))));
  const on = (id, event, change) => document.getElementById(id).addEventListener(event, change);
  on("query", "input", (event) => { Object.assign(state, { q: event.target.value, page: 0 }); search(); });
  on("by-label", "change", (event) => { Object.assign(state, { label: event.target.value, page: 0 }); search(); });
  on("by-outlet", "change", (event) => { Object.assign(state, { outlet: event.target.value, page: 0 }); search(); });
  on("filters", "submit", (event) => event.preventDefault());
  on("earlier", "click", () => { state.page -= 1; show(); });
  on("later", "click", () => { state.page += 1; show(); });
}

export function showTable(wanted) {
  for (const [name, id] of [["label", "by-label"], ["outlet", "by-outlet"], ["q", "query"]]) {
    if (wanted.has(name)) {
      state[name] = wanted.get(name);
      document.getElementById(id).value = state[name];
      state.page = 0;
    }
  }
  search();
}

// The rows before and after one, in the order of the table.
export function neighboursOf(row) {
  const order = found.includes(row) ? found : rows;
  const place = order.indexOf(row);
  return [order[place - 1], order[place + 1]];
}
