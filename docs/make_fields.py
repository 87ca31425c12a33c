"""Writes ``docs/fields.md`` from the table of fields; with ``--check``, says whether it is current.

``python docs/make_fields.py`` after a change of ``predict/fields.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from copydesk.predict.fields import DEFAULT_KEEP, EVIDENCE_FIELDS, OUTPUT_FIELDS, Kind
from copydesk.predict.tables import arrow_schema

PAGE = Path(__file__).with_name("fields.md")
_JSON = {
    Kind.TEXT: "string",
    Kind.NUMBER: "number",
    Kind.TEXTS: "list of strings",
    Kind.OBJECT: "object",
}
_CSV = {
    Kind.TEXT: "text",
    Kind.NUMBER: "number",
    Kind.TEXTS: "texts with `\\|` between",
    Kind.OBJECT: "JSON in a cell",
}


def lines() -> Iterator[str]:
    """Give the page's lines."""
    kept = ", ".join(f"`{name}`" for name in DEFAULT_KEEP)
    yield "# The fields of an output record"
    yield ""
    yield "Made by `python docs/make_fields.py` from `predict/fields.py`; a test holds it current."
    yield ""
    yield "| field | JSON Lines | CSV | Parquet (Arrow) | may be empty | what it is |"
    yield "|---|---|---|---|---|---|"
    schema = arrow_schema()
    for field in OUTPUT_FIELDS:
        arrow = str(schema.field(field.name).type)
        empty = "yes" if field.may_be_null else "no"
        cells = (_JSON[field.kind], _CSV[field.kind], arrow, empty, field.meaning)
        yield f"| `{field.name}` | {' | '.join(cells)} |"
    yield ""
    yield (
        f"Then the fields of the input that `--keep` names, by default {kept}: in JSON Lines as "
        "they were, in CSV and Parquet as text, what is no text as JSON."
    )
    yield ""
    yield (
        "In JSON Lines and Parquet a field that may be empty is then null, in CSV an empty cell. "
        "In CSV a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an "
        "apostrophe before it, so that no spreadsheet takes it for a formula: take it away again "
        "where a program reads the file, or read JSON Lines or Parquet."
    )
    yield ""
    yield (
        "In Python `Verdict.to_dict()` gives these fields as JSON Lines have them, without those "
        "that `--keep` names; `Scorer.label_frame` gives them as columns of a pandas DataFrame, "
        "texts that may be empty as `<NA>`, and `rejected` at their end: why a row was not judged."
    )
    yield ""
    yield "## Evidence"
    yield ""
    yield (
        "An object; in CSV and Parquet its JSON. A finding has a `kind`, an `article` span and a "
        "`source` span or `null`, maybe a `detail`; a span has `text`, `start` and `end`, offsets "
        "in characters into the text as it was read. `--texts FILE` writes these texts out."
    )
    yield ""
    yield "| field | what it is |"
    yield "|---|---|"
    for name, meaning in EVIDENCE_FIELDS.items():
        yield f"| `{name}` | {meaning} |"
    yield ""
    yield "## Rejects and texts"
    yield ""
    yield (
        "`<out>.rejected.jsonl` has `id` and `reason` of each record that could not be judged; the "
        "file that `--texts` names has `id` and `text` of each that was."
    )


def main() -> None:
    """Write the page, or check it."""
    page = "\n".join(lines()) + "\n"
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page:
        sys.exit(f"{PAGE} is not current: run python docs/make_fields.py")


if __name__ == "__main__":
    main()
