import { addressOf, loadRows } from "./data.js";
import { el } from "./elements.js";
import { showArticle } from "./article.js";
import { neighboursOf, prepareTable, showTable } from "./table.js";

// Which view the address asks for: #/, #/articles?label=spun, #/article/ID.

const views = ["overview", "articles", "article"].map((id) => document.getElementById(id));
const title = document.title;
const rows = await loadRows();
const byId = new Map(rows.map((row) => [row.id, row]));
let isFirst = true;

function reveal(view) {
  for (const other of views) other.hidden = other !== view;
  document.body.dataset.view = view.id;
  if (!isFirst) {
    document.getElementById("main").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
  isFirst = false;
}

function steps(row) {
  const [before, after] = neighboursOf(row);
  const link = (other, name) => (other ? el("a", { href: addressOf(other) }, name) : null);
  return [link(before, "Previous article"), link(after, "Next article")].filter(Boolean);
}

function addressOfId(id) {
  const row = byId.get(id);
  return row ? addressOf(row) : null;
}

// An address that somebody mistyped may be no encoded text.
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

let asked = 0;

async function route() {
  const turn = asked += 1;
  const [, view = "", rest = ""] = location.hash.match(/^#\/([a-z]*)[/?]?(.*)$/) ?? [];
  const [overview, articles, article] = views;
  if (location.hash && !location.hash.startsWith("#/")) return;
  document.title = title;
  if (view === "articles") {
    showTable(new URLSearchParams(rest));
    reveal(articles);
    return;
  }
  const row = view === "article" ? byId.get(decoded(rest)) : undefined;
  if (row && row.at[0] !== Number(document.body.dataset.page)) {
    location.replace(addressOf(row));
  } else if (row) {
    const place = await showArticle(article, row, steps(row), addressOfId);
    // Another view may have been asked for while this one was unpacked.
    if (turn !== asked) return;
    place();
    document.title = `${row.title} – ${title}`;
    reveal(article);
  } else if (view === "article") {
    article.replaceChildren(el("h1", { id: "article-title" }, "Not here"),
      el("p", {}, "This report has no article of that id: it may be a source that was not labelled."));
    reveal(article);
  } else {
    reveal(overview);
  }
}

prepareTable(rows);
window.addEventListener("hashchange", route);
await route();
