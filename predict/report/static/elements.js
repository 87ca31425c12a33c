// Elements made of text only: nothing that an article says is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

export function inWords(name) {
  return name.replaceAll("_", " ");
}

const LETTERS = {
  verbatim: "V", house_style: "H", tightened: "T", reworded: "R", merged: "M", split: "S",
  new: "N", padding: "P",
};

// What stands for a kind of sentence, so that none is told by its colour alone.
export function letterOf(kind) {
  return LETTERS[kind];
}

export function tag(label) {
  return el("span", { class: `tag ${label}` }, inWords(label));
}

export function labelTags(row) {
  if (!row.unsure.length) return tag(row.label);
  return el("span", {}, el("span", { class: "tag unsure" }, "unsure"),
    ` ${row.unsure.map(inWords).join(" or ")}`);
}

// Pieces of a text, in turn what both texts have and what only this one has.
export function marked(pieces) {
  return el("bdi", {}, ...pieces.map((piece, i) => (i % 2 ? el("mark", {}, piece) : piece)));
}
