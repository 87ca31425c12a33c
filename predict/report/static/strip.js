import { inWords, letterOf, svg } from "./elements.js";

// Drift along the article: a bar a sentence, as wide as it is long and as high as it drifted.

const BASE = 96;
const TOP = 24;
const LOWEST = 4;
// So much drift fills the strip: two sentences that far apart hardly say the same.
const FULL_DRIFT = 0.6;
// A letter needs so large a share of the width.
const LETTER_SHARE = 0.018;
const SHAPES = {
  altered_quotes: () => svg("path", { class: "mark-quote", d: "M0 15 l5.5 -10 h-11 z" }),
  corrupted_names: () => svg("circle", { class: "mark-name", cx: 0, cy: 10, r: 4.5 }),
  changed_numbers: () => svg("rect", { class: "mark-number", x: -4, y: 6, width: 8, height: 8 }),
};

// Places are shares of the width, so that shapes keep theirs however wide the strip is.
const share = (part) => `${(100 * part).toFixed(3)}%`;

function bar([kind, [start, end], drift], index, length, onPick) {
  const height = drift === null ? 0 : LOWEST + Math.min(drift / FULL_DRIFT, 1) * (BASE - TOP - LOWEST);
  const said = drift === null ? "" : `, drift ${drift.toFixed(2)}`;
  const width = (end - start) / length;
  return svg("g", { class: "bar", on: { click: () => onPick(index) } },
    svg("title", {}, `Sentence ${index + 1}: ${inWords(kind)}${said}`),
    svg("rect", { class: "room", x: share(start / length), y: TOP, width: share(width), height: BASE - TOP + 18 }),
    svg("rect", { class: `strip-${kind}`, x: share(start / length), y: BASE - height, width: share(width), height }),
    width < LETTER_SHARE ? null
      : svg("text", { x: share((start + end) / 2 / length), y: BASE + 14, "text-anchor": "middle" }, letterOf(kind)));
}

export function driftStrip(detail, onPick) {
  const { pairs, findings } = detail;
  const length = Math.max(detail.text.length, 1);
  const marks = Object.entries(SHAPES).flatMap(([group, shape]) => (findings[group] ?? []).map(([, , [start]]) =>
    svg("svg", { class: "mark", x: share(start / length), y: 0, width: 1, height: 1, overflow: "visible" }, shape())));
  const changed = pairs.filter(([, , drift]) => drift !== null && drift > 0.1).length;
  return svg("svg", {
    class: "strip", role: "img",
    "aria-label": `Drift along the article: ${changed} of ${pairs.length} sentences drifted by `
      + "more than 0.1. The table below both texts says the same sentence by sentence.",
  },
  svg("line", { class: "base", x1: 0, x2: "100%", y1: BASE, y2: BASE }),
  ...pairs.map((pair, index) => bar(pair, index, length, onPick)), ...marks);
}
