import { loadDetail } from "./data.js";
import { el, inWords, labelTags } from "./elements.js";
import { driftStrip } from "./strip.js";
import { lightPair, linkPanes, textPane } from "./texts.js";

// The view of one article: verdict, reasons, both texts, tables of what was found.

const TABLES = [
  ["altered_quotes", "Altered quotations"], ["corrupted_names", "Damaged names"],
  ["changed_numbers", "Changed numbers"], ["oddities", "Odd language"], ["credits", "Credits"],
  ["house_style", "House style"], ["repeated_blocks", "Standing twice"],
];
const KINDS = [
  ["verbatim", "V", "word for word"], ["house_style", "H", "another house’s spelling"],
  ["tightened", "T", "words left out"], ["reworded", "R", "in other words"],
  ["merged", "M", "two made one"], ["split", "S", "one made several"],
  ["new", "N", "not in the other text"], ["padding", "P", "words but no fact"],
];

function reasonList(title, reasons, ordered) {
  if (!reasons.length) return null;
  return el("div", {}, el("h2", {}, title),
    el(ordered ? "ol" : "ul", { class: "reasons" }, ...reasons.map(([text, speaksFor, weight]) =>
      el("li", {}, text, " ", el("span", { class: "quiet" },
        `(${weight > 0 ? "+" : "−"}${Math.abs(weight).toFixed(1)}: ${speaksFor})`)))));
}

function findingTable(findings, group, title) {
  const rows = findings[group];
  if (!rows) return null;
  const hasSource = rows.some((row) => row[3] !== null);
  const cell = (text) => el("td", { dir: "auto" }, text ?? "");
  return el("table", { class: "plain findings" },
    el("caption", {}, `${title} (${rows.length})`),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Kind"),
      el("th", { scope: "col" }, "Article"),
      hasSource ? el("th", { scope: "col" }, "Source") : null)),
    el("tbody", {}, ...rows.map(([kind, own, , theirs, , note]) => el("tr", {},
      el("td", {}, inWords(kind) + (note ? ` (${note})` : "")), cell(own),
      hasSource ? cell(theirs) : null))));
}

function pairTable(detail) {
  const cut = (text, places) => places.map(([start, end]) => text.slice(start, end)).join(" … ");
  return el("details", {}, el("summary", {}, "Sentence by sentence, as a table"),
    el("table", { class: "plain findings" },
      el("thead", {}, el("tr", {}, ...["No.", "Kind", "Drift", "Article", "Other text"]
        .map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, ...detail.pairs.map(([kind, own, drift, theirs], index) => el("tr", {},
        el("td", { class: "number" }, String(index + 1)), el("td", {}, inWords(kind)),
        el("td", { class: "number" }, drift === null ? "" : drift.toFixed(2)),
        el("td", { dir: "auto" }, cut(detail.text, [own])),
        el("td", { dir: "auto" }, cut(detail.other, theirs)))))));
}

function legend(pairs) {
  const used = new Set(pairs.map(([kind]) => kind));
  return el("ul", { class: "legend", "aria-label": "Kinds of sentence" },
    ...KINDS.filter(([kind]) => used.has(kind)).map(([kind, letter, meaning]) => {
      const count = pairs.filter((pair) => pair[0] === kind).length;
      return el("li", {}, el("span", { class: `sentence k-${kind}` }, el("span", { class: "chip" }, letter),
        ` ${count} ${inWords(kind)}`), el("span", { class: "quiet" }, ` ${meaning}`));
    }),
    el("li", { class: "quiet" }, "Marked: ", el("span", { class: "in-changed" }, "changed words"), ", ",
      el("span", { class: "in-quote" }, "altered quotation"), ", ",
      el("span", { class: "in-name" }, "damaged name"), ", ",
      el("span", { class: "in-number" }, "changed number"), ", ",
      el("span", { class: "in-odd" }, "odd language")));
}

async function copy(text, button) {
  const box = el("textarea", { class: "hidden", "aria-hidden": "true" });
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy a summary"; }, 2000);
}

function texts(detail, root) {
  if (detail.text === null) {
    return [el("p", { class: "note" }, "The text is not at hand: give it with --articles.")];
  }
  const together = el("input", { type: "checkbox", checked: true });
  const name = detail.is_source ? "Source" : "Another report";
  const sides = [textPane(detail, "article", "Article")];
  if (detail.other !== null) sides.push(textPane(detail, "other", `${name}: ${detail.other_id}`));
  const blocks = [];
  if (detail.other !== null) {
    blocks.push(el("h2", {}, "Drift along the article"),
      driftStrip(detail, (index) => lightPair(root, index)),
      el("p", { class: "quiet" },
        "Each bar is a sentence, the higher the further from the other text’s meaning. Above: "
        + "triangles for altered quotations, dots for damaged names, squares for changed numbers."));
  }
  blocks.push(el("h2", {}, detail.other === null ? "The text" : "Both texts"));
  if (detail.other !== null) {
    blocks.push(legend(detail.pairs), el("label", { class: "together" }, together, " scroll together"));
  }
  blocks.push(el("div", { class: `sides${sides.length > 1 ? " two" : ""}` }, ...sides));
  if (detail.other !== null) blocks.push(pairTable(detail));
  return [...blocks, { link: () => linkPanes(root, () => together.checked) }];
}

export async function showArticle(root, row, neighbours) {
  const detail = await loadDetail(row);
  const button = el("button", { type: "button", on: { click: () => copy(detail.summary, button) } }, "Copy a summary");
  const print = el("button", { type: "button", on: { click: () => window.print() } }, "Print");
  const about = [row.outlet, row.day, row.title === row.id ? null : row.id].filter(Boolean);
  const blocks = texts(detail, root);
  const linking = blocks.filter((block) => block.link);
  root.replaceChildren(
    el("p", { class: "tools" }, el("a", { href: "#/articles" }, "All articles"), neighbours, button, print),
    el("h1", { id: "article-title", dir: "auto" }, row.title),
    about.length ? el("p", { class: "quiet" }, ...about.flatMap((part, i) => [i ? " · " : "", el("bdi", {}, part)])) : "",
    el("div", { class: "verdict" }, el("p", {}, labelTags(row)),
      ...detail.headline.map((line) => el("p", { class: "said" }, line)),
      ...detail.order.map((line) => el("p", { class: "note" }, line)),
      el("dl", { class: "answers" }, ...detail.answers.flatMap(([asked, p, words]) =>
        [el("dt", {}, asked), el("dd", {}, `${p.toFixed(2)}, ${words}`)])),
      detail.shares ? el("p", {}, detail.shares) : ""),
    el("div", { class: "columns" }, ...[reasonList("Why", detail.reasons, true),
      reasonList("What speaks against it", detail.against, false)].filter(Boolean)),
    ...detail.warnings.map((line) => el("p", { class: "note" }, line)),
    ...blocks.filter((block) => !block.link),
    el("h2", {}, "What was found"),
    el("div", { class: "tables" }, ...TABLES.map(([group, title]) => findingTable(detail.findings, group, title)).filter(Boolean)),
    Object.keys(detail.findings).length ? "" : el("p", {}, "Nothing of note."),
    el("details", {}, el("summary", {}, "The summary as plain text"), el("pre", { dir: "auto" }, detail.summary)));
  for (const block of linking) block.link();
}
