import { loadDetail } from "./data.js";
import { el, inWords, labelTags, letterOf } from "./elements.js";
import { findingTables, proofTable } from "./findings.js";
import { driftStrip } from "./strip.js";
import { lightPair, lightPlace, linkPanes, textPane } from "./texts.js";

// The view of one article: verdict, reasons, both texts, tables of what was found.

const KINDS = [
  ["verbatim", "word for word"], ["house_style", "another house’s spelling"],
  ["tightened", "words left out"], ["reworded", "in other words"],
  ["merged", "two made one"], ["split", "one made several"],
  ["new", "not in the other text"], ["padding", "words but no fact"],
];

function reasonList(title, reasons, ordered) {
  if (!reasons.length) return null;
  const list = reasons.map(([text, speaksFor, weight]) => el("li", {}, text, " ",
    el("span", { class: "quiet" }, `(speaks for: ${speaksFor}; weight ${Math.abs(weight).toFixed(1)})`)));
  return el("div", {}, el("h2", {}, title), el(ordered ? "ol" : "ul", { class: "reasons" }, ...list),
    ordered ? el("p", { class: "quiet" }, "A weight of 1 makes the odds of what it speaks for about three times as high.") : null);
}

function pairTable(detail) {
  const cut = (text, places) => places.map(([start, end]) => text.slice(start, end)).join(" … ");
  const rows = detail.pairs.map(([kind, own, drift, theirs], index) => el("tr", {},
    el("th", { scope: "row" }, `${index + 1} ${inWords(kind)}`,
      drift === null ? null : el("span", { class: "quiet below" }, `drift ${drift.toFixed(2)}`)),
    el("td", { dir: "auto" }, cut(detail.text, [own])), el("td", { dir: "auto" }, cut(detail.other, theirs))));
  return el("details", {}, el("summary", {}, "Sentence by sentence, as a table"),
    el("table", { class: "pairs" },
      el("thead", {}, el("tr", {}, ...["Sentence", "This article", "Other text"].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, ...rows)));
}

function legend(pairs) {
  const used = new Set(pairs.map(([kind]) => kind));
  return el("ul", { class: "legend", "aria-label": "Kinds of sentence" },
    ...KINDS.filter(([kind]) => used.has(kind)).map(([kind, meaning]) => {
      const count = pairs.filter((pair) => pair[0] === kind).length;
      return el("li", {}, el("span", { class: `sentence k-${kind}` }, el("span", { class: "chip" }, letterOf(kind)),
        ` ${count} ${inWords(kind)}`), el("span", { class: "quiet" }, ` ${meaning}`));
    }),
    el("li", { class: "quiet" }, "Marked: ", el("span", { class: "in-changed" }, "changed words"), ", ",
      el("span", { class: "in-quote" }, "altered quotation"), ", ",
      el("span", { class: "in-name" }, "damaged name"), ", ",
      el("span", { class: "in-number" }, "changed number"), ", ",
      el("span", { class: "in-odd" }, "odd language")));
}

async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = el("textarea", { class: "hidden", "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  status.textContent = "Copied: paste it into an e-mail.";
}

function strip(detail, root) {
  const key = (shape, name) => el("li", {}, el("span", { class: `key-${name}`, "aria-hidden": "true" }, shape), ` ${inWords(name)}`);
  return [
    el("h2", {}, "Drift along the article"),
    driftStrip(detail, (index) => lightPair(root, index)),
    el("p", { class: "quiet" }, "A bar a sentence, from the article’s beginning to its end: the higher, the further its meaning is "
      + "from the other text’s. The letters are those of the kinds below; a sentence without a bar is not in the other text."),
    el("ul", { class: "legend" }, key("▼", "altered_quotation"), key("●", "damaged_name"), key("■", "changed_number")),
  ];
}

function texts(detail, row, root) {
  if (detail.text === null) return [];
  if (detail.other === null) {
    return [el("h2", {}, "The text"), el("div", { class: "sides" }, textPane(detail, "article", `This article: ${row.title}`))];
  }
  const together = el("input", { type: "checkbox", checked: true });
  const name = detail.is_source ? "Its source" : "Another report";
  const sides = [textPane(detail, "article", `This article: ${row.title}`), textPane(detail, "other", `${name}: ${detail.other_name}`)];
  return [
    ...strip(detail, root), el("h2", {}, "Both texts"), legend(detail.pairs),
    el("label", { class: "together" }, together, " scroll together"),
    el("div", { class: "sides two" }, ...sides), pairTable(detail),
    { link: () => linkPanes(root, () => together.checked) },
  ];
}

function verdict(detail, row, other) {
  return el("div", { class: `verdict ${row.unsure.length ? "unsure" : row.label}` },
    el("p", {}, labelTags(row)),
    ...detail.headline.map((line) => el("p", { class: "said" }, line)),
    other,
    ...[...detail.order, ...detail.warnings, ...detail.left_out].map((line) => el("p", { class: "note" }, line)),
    el("dl", { class: "answers" }, ...detail.answers.flatMap(([asked, p, words]) =>
      [el("dt", {}, asked), el("dd", {}, `${p.toFixed(2)}, ${words}`)])),
    detail.shares ? el("p", {}, detail.shares) : null);
}

// What it was compared with, as a link where that is in the report too.
function comparedWith(detail, addressOfId) {
  if (detail.other === null) return null;
  const address = addressOfId(detail.other_id);
  return el("p", {}, detail.is_source ? "Its source: " : "Compared with another report: ",
    address ? el("a", { href: address }, el("bdi", {}, detail.other_name)) : el("bdi", {}, detail.other_name),
    detail.other_name === detail.other_id ? "" : el("span", { class: "quiet" }, " (", el("bdi", {}, detail.other_id), ")"));
}

function tools(detail, neighbours) {
  const status = el("span", { role: "status" });
  const button = (name, click) => el("button", { type: "button", on: { click } }, name);
  return el("p", { class: "tools" }, el("a", { href: "#/articles" }, "All articles"), neighbours,
    button("Copy a summary", () => copy(detail.summary, status)), button("Print", () => window.print()), status);
}

export async function showArticle(root, row, neighbours, addressOfId) {
  const detail = await loadDetail(row);
  const about = [row.outlet, row.day, row.title === row.id ? null : row.id].filter(Boolean);
  const show = (start) => lightPlace(root, start);
  const blocks = texts(detail, row, root);
  const parts = [
    tools(detail, neighbours),
    el("h1", { id: "article-title", dir: "auto" }, row.title),
    about.length ? el("p", { class: "quiet" }, ...about.flatMap((part, i) => [i ? " · " : "", el("bdi", {}, part)])) : null,
    verdict(detail, row, comparedWith(detail, addressOfId)),
    proofTable(detail, show),
    el("div", { class: "columns" }, reasonList("Why", detail.reasons, true), reasonList("What speaks against it", detail.against, false)),
    ...blocks.filter((block) => !block.link),
    el("h2", {}, "What was found"),
    el("div", { class: "tables" }, ...findingTables(detail.findings, show)),
    el("details", {}, el("summary", {}, "The summary as plain text"), el("pre", { dir: "auto" }, detail.summary)),
  ];
  return () => {
    root.replaceChildren(...parts.filter(Boolean));
    for (const block of blocks) block.link?.();
  };
}
