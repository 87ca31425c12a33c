"""A stand-in for Apertium, ``apertium -u MODE``: swaps words by the table of its modes' folder."""

import re
import sys
from pathlib import Path


def read_table(modes: Path, mode: str) -> dict[str, str]:
    """Give what becomes of a word on the way out of English, back into it, or in between."""
    lines = (modes / "translation.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    start, _, end = mode.partition("-")
    if start in {"en", "eng"}:
        return {english: abroad for english, abroad, _ in rows}
    if end in {"en", "eng"}:
        return {abroad: back for _, abroad, back in rows}
    return {abroad: abroad for _, abroad, _ in rows}


def main() -> None:
    """Translate standard input."""
    mode = sys.argv[2]
    modes = Path(__file__).parents[1] / "share" / "apertium" / "modes"
    if sys.argv[1] != "-u" or not (modes / f"{mode}.mode").exists():
        sys.exit(f"mode {mode} does not exist")
    table = read_table(modes, mode)
    known = re.compile(rf"\b({'|'.join(table)})\b", re.IGNORECASE)
    text = sys.stdin.buffer.read().decode("utf-8")
    translated = known.sub(lambda found: table[found[0].lower()], text)
    sys.stdout.buffer.write(translated.encode("utf-8"))


if __name__ == "__main__":
    main()
