import { el, inWords, letterOf } from "./elements.js";

// The two texts side by side: sentences of a pair are linked, scrolled and lit together.

const MARKS = {
  altered_quotes: "quote", corrupted_names: "name", changed_numbers: "number",
  oddities: "odd", credits: "credit",
};

// Cut text[start:end] where a mark begins or ends; each piece bears the marks that cover it.
function pieces(text, start, end, inside) {
  const cuts = new Set([start, end]);
  for (const [from, to] of inside) {
    cuts.add(Math.max(from, start));
    cuts.add(Math.min(to, end));
  }
  const places = [...cuts].sort((one, other) => one - other);
  const found = [];
  for (let i = 0; i + 1 < places.length; i += 1) {
    const [from, to] = [places[i], places[i + 1]];
    const covering = inside.filter(([a, b]) => a <= from && b >= to).map(([, , name]) => name);
    const shown = text.slice(from, to);
    const classes = [...new Set(covering)].map((name) => `in-${name}`).join(" ");
    found.push(covering.length ? el("span", { class: classes, "data-start": from }, shown) : shown);
  }
  return found;
}

function findingMarks(findings, side) {
  const marks = [];
  for (const [group, name] of Object.entries(MARKS)) {
    for (const finding of findings[group] ?? []) {
      const place = side === "article" ? finding[2] : finding[4];
      if (place) marks.push([...place, name]);
    }
  }
  return marks;
}

// Sentences of one side: where each stands, its kind, and the pairs that it belongs to.
function sentencesOf(detail, side) {
  if (side === "article") {
    return detail.pairs.map(([kind, [start, end]], index) => ({ start, end, kind, pairs: [index] }));
  }
  const found = new Map();
  detail.pairs.forEach(([kind, , , places], index) => {
    for (const [start, end] of places) {
      const known = found.get(start) ?? { start, end, kind, pairs: [] };
      known.pairs.push(index);
      found.set(start, known);
    }
  });
  return [...found.values()].sort((one, other) => one.start - other.start);
}

function marksOf(detail, side) {
  const changes = detail.pairs.filter(([kind]) => kind !== "verbatim")
    .flatMap((pair) => pair[side === "article" ? 4 : 5]);
  return [...findingMarks(detail.findings, side), ...changes.map((place) => [...place, "changed"])];
}

// Give the marks of one stretch after another: a long text has thousands of either.
function marksInTurn(marks) {
  const waiting = marks.toSorted(([one], [other]) => other - one);
  let open = [];
  return (start, end) => {
    while (waiting.length && waiting.at(-1)[0] < end) open.push(waiting.pop());
    open = open.filter(([, to]) => to > start);
    return open;
  };
}

function paneText(text, sentences, marks) {
  const inside = marksInTurn(marks);
  const shown = (from, to) => (from < to ? pieces(text, from, to, inside(from, to)) : []);
  const nodes = [];
  let place = 0;
  for (const { start, end, kind, pairs } of sentences) {
    if (start < place) continue;
    nodes.push(...shown(place, start));
    const name = `${letterOf(kind)}${pairs[0] + 1}`;
    const said = `${name}: sentence ${pairs.map((i) => i + 1).join(", ")}, ${inWords(kind)}`;
    nodes.push(el("span", { class: `sentence k-${kind}`, "data-pairs": pairs.join(" ") },
      el("button", { type: "button", class: "chip", tabindex: "-1", "aria-label": said, title: said }, name),
      ...shown(start, end)));
    place = end;
  }
  nodes.push(...shown(place, text.length));
  return nodes;
}

export function textPane(detail, side, title) {
  const text = side === "article" ? detail.text : detail.other;
  const nodes = paneText(text, sentencesOf(detail, side), marksOf(detail, side));
  const pane = el("div", {
    class: "pane", tabindex: "0", role: "region", "aria-label": title, dir: "auto", "data-side": side,
  }, ...nodes);
  const first = pane.querySelector(".chip");
  if (first) first.tabIndex = 0;
  return el("div", { class: "side" }, el("h3", {}, el("bdi", {}, title)), pane);
}

// Light a pair in both panes and bring it into sight.
export function lightPair(root, index, from = null) {
  for (const lit of root.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const pane of root.querySelectorAll(".pane")) {
    const partners = [...pane.querySelectorAll(".sentence")]
      .filter((sentence) => sentence.dataset.pairs.split(" ").includes(String(index)));
    for (const sentence of partners) sentence.classList.add("lit");
    if (partners.length && pane !== from) scrollTo(pane, partners[0]);
  }
}

// Light a place of the article, and the pair of the sentence that it stands in.
export function lightPlace(root, start) {
  const pane = root.querySelector('.pane[data-side="article"]');
  const place = pane?.querySelector(`[data-start="${start}"]`);
  if (!place) return;
  const sentence = place.closest(".sentence");
  if (sentence) lightPair(root, sentence.dataset.pairs.split(" ")[0]);
  for (const lit of root.querySelectorAll(".found")) lit.classList.remove("found");
  place.classList.add("found");
  pane.scrollIntoView({ block: "nearest" });
  scrollTo(pane, place);
  (sentence?.querySelector(".chip") ?? pane).focus({ preventScroll: true });
}

function scrollTo(pane, sentence) {
  const offset = sentence.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += offset - pane.clientHeight / 4;
}

function firstVisible(pane) {
  const top = pane.getBoundingClientRect().top;
  return [...pane.querySelectorAll(".sentence")]
    .find((sentence) => sentence.getBoundingClientRect().bottom > top + 4);
}

export function linkPanes(root, isTogether) {
  const panes = [...root.querySelectorAll(".pane")];
  let leading = null;
  for (const pane of panes) {
    for (const event of ["pointerenter", "focusin", "wheel", "touchstart"]) {
      pane.addEventListener(event, () => { leading = pane; }, { passive: true });
    }
    pane.addEventListener("scroll", () => {
      if (leading !== pane || !isTogether()) return;
      const sentence = firstVisible(pane);
      const pair = sentence?.dataset.pairs.split(" ")[0];
      for (const other of panes) {
        const partner = other !== pane && pair !== undefined
          && [...other.querySelectorAll(".sentence")].find((s) => s.dataset.pairs.split(" ").includes(pair));
        if (partner) other.scrollTop += partner.getBoundingClientRect().top - other.getBoundingClientRect().top;
      }
    }, { passive: true });
    pane.addEventListener("click", (event) => {
      const sentence = event.target.closest(".sentence");
      if (sentence) lightPair(root, sentence.dataset.pairs.split(" ")[0], pane);
    });
    pane.addEventListener("keydown", (event) => moveAmongChips(pane, event));
  }
}

// The arrow keys go from sentence to sentence; Enter, as for any button, lights its partner.
function moveAmongChips(pane, event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step || !event.target.classList.contains("chip")) return;
  const chips = [...pane.querySelectorAll(".chip")];
  const next = chips[chips.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
