import { svg } from "./elements.js";

// Drift along the article: a bar a sentence, as wide as it is long and as high as it drifted.

const WIDTH = 1000;
const HEIGHT = 90;
const TOP = 26;
// So much drift fills the strip: two sentences that far apart hardly say the same.
const FULL_DRIFT = 0.6;

function marksOf(findings, group, place, shape) {
  return (findings[group] ?? []).map(([, , [start]]) => shape(place(start)));
}

export function driftStrip(detail, onPick) {
  const { pairs, findings } = detail;
  const length = Math.max(detail.text.length, 1);
  const place = (offset) => (WIDTH * offset) / length;
  const bars = pairs.map(([kind, [start, end], drift], index) => {
    const height = drift === null ? 6 : 6 + Math.min(drift / FULL_DRIFT, 1) * (HEIGHT - TOP - 6);
    const said = drift === null ? "" : `, drift ${drift.toFixed(2)}`;
    return svg("rect", {
      class: `strip-${kind}`, x: place(start), width: Math.max(place(end) - place(start) - 1, 1),
      y: HEIGHT - height, height, on: { click: () => onPick(index) },
    }, svg("title", {}, `Sentence ${index + 1}: ${kind.replaceAll("_", " ")}${said}`));
  });
  const quote = (x) => svg("path", { class: "mark-quote", d: `M${x} 14 l5 -10 h-10 z` });
  const name = (x) => svg("circle", { class: "mark-name", cx: x, cy: 9, r: 4.5 });
  const number = (x) => svg("rect", { class: "mark-number", x: x - 4, y: 5, width: 8, height: 8 });
  const changed = pairs.filter(([, , drift]) => drift !== null && drift > 0.1).length;
  return svg("svg", {
    class: "strip", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img",
    "aria-label": `Drift along the article: ${changed} of ${pairs.length} sentences drifted by `
      + "more than 0.1. The table below says the same sentence by sentence.",
  },
  ...bars,
  ...marksOf(findings, "altered_quotes", place, quote),
  ...marksOf(findings, "corrupted_names", place, name),
  ...marksOf(findings, "changed_numbers", place, number));
}
