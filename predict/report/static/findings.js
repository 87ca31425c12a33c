import { el, inWords, marked } from "./elements.js";

// What was found in an article: proofs to quote, and tables that lead to the places in the texts.

const TABLES = [
  ["altered_quotes", "Altered quotations", "altered_quote"],
  ["corrupted_names", "Damaged names", "misspelled_name"],
  ["changed_numbers", "Changed numbers", "changed_number"], ["oddities", "Odd language"],
  ["credits", "Credits"], ["house_style", "House style", "house_style"],
  ["repeated_blocks", "Standing twice"],
];

// A button that leads to a place in the article's text.
function leading(text, [start], show, attributes = {}) {
  return el("button", { type: "button", class: "place", on: { click: () => show(start) }, ...attributes }, text);
}

function beside(own, theirs, show, place) {
  return [
    el("td", {}, marked(own), " ", leading("show", place, show, { "aria-label": `Show in the text: ${own.join("")}` })),
    el("td", {}, ...(theirs === null ? [] : [theirs.join("") === own.join("") ? "the same words" : marked(theirs)])),
  ];
}

export function proofTable(detail, show) {
  if (!detail.proofs.length) return null;
  const hasSource = detail.proofs.some((proof) => proof[3] !== null);
  return el("table", { class: "proofs" },
    el("caption", {}, hasSource ? "Proofs to quote" : "What shows it"),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "This article"),
      hasSource ? el("th", { scope: "col" }, detail.is_source ? "Its source" : "The other report") : null)),
    el("tbody", {}, ...detail.proofs.map(([says, own, place, theirs]) => {
      const [ours, its] = beside(own, theirs, show, place);
      ours.append(el("span", { class: "quiet below" }, says));
      return el("tr", {}, ours, hasSource ? its : null);
    })));
}

// Findings that stand beside something of the source: a row each.
function comparedRows(rows, usual, show) {
  return rows.filter((row) => row[3] !== null).map(([kind, own, place, theirs, , note]) => {
    const [ours, its] = beside(own, theirs, show, place);
    const said = [kind === usual ? null : inWords(kind), note].filter(Boolean).join(", ");
    if (said) ours.append(el("span", { class: "quiet below" }, said));
    return el("tr", {}, ours, its);
  });
}

// Findings of the article alone: all of a kind in one row, each leading to its place.
function plainRows(rows, columns, show) {
  const kinds = new Map();
  for (const row of rows.filter((one) => one[3] === null)) {
    kinds.set(row[0], [...(kinds.get(row[0]) ?? []), row]);
  }
  return [...kinds].map(([kind, found]) => el("tr", {}, el("td", { colspan: columns },
    el("span", { class: "quiet" }, `${inWords(kind)}: `),
    el("ul", { class: "places" }, ...found.map(([, own, place, , , note]) => el("li", {},
      leading(el("bdi", {}, own.join("")), place, show), note ? ` (${note})` : ""))))));
}

function findingTable(rows, title, usual, show) {
  const compared = comparedRows(rows, usual, show);
  const columns = compared.length ? 2 : 1;
  return el("table", { class: "findings" },
    el("caption", {}, `${title} (${rows.length})`),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "This article"),
      compared.length ? el("th", { scope: "col" }, "Other text") : null)),
    el("tbody", {}, ...compared, ...plainRows(rows, columns, show)));
}

export function findingTables(findings, show) {
  const tables = TABLES.filter(([group]) => findings[group])
    .map(([group, title, usual]) => findingTable(findings[group], title, usual, show));
  return tables.length ? tables : [el("p", {}, "Nothing of note.")];
}
