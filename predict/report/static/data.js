// What the page carries: rows of the table, and chunks of details unpacked when they are asked for.

async function unpack(id) {
  const packed = document.getElementById(id).textContent;
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const unpacked = new Map();

export const pageNumber = Number(document.body.dataset.page);
export const pageNames = document.getElementById("pages").textContent.split("|");

export async function loadRows() {
  return unpack("rows");
}

// The details of a row and both texts; the last few chunks stay unpacked.
export async function loadDetail(row) {
  const [, chunk, place] = row.at;
  if (!unpacked.has(chunk)) {
    if (unpacked.size > 3) unpacked.delete(unpacked.keys().next().value);
    unpacked.set(chunk, await unpack(`chunk-${chunk}`));
  }
  const { texts, details } = unpacked.get(chunk);
  const detail = details[place];
  const textOf = (number) => (number === null ? null : texts[number]);
  return { ...detail, text: textOf(detail.text), other: textOf(detail.other) };
}

export function addressOf(row) {
  const page = row.at[0] === pageNumber ? "" : pageNames[row.at[0]];
  return `${page}#/article/${encodeURIComponent(row.id)}`;
}
