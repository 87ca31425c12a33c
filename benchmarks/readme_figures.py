"""Write the README's figures from committed results: ``python benchmarks/readme_figures.py``."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from data import RESULTS, ROOT

_README = ROOT / "README.md"
_VIEWS = (
    ("starter, with source", "starter corpus, source given"),
    ("public data left out, with source", "public data, source given"),
    ("starter, source withheld", "starter corpus, source withheld"),
    ("public data left out, source withheld", "public data, source withheld"),
)
_IN_PART = (
    ("starter, reworded in part", "starter corpus"),
    ("public data left out, reworded in part", "public data"),
)


def gate_table(measured: dict[str, Any]) -> str:
    """Lay out the gate's views."""
    lines = [
        "| measured on | texts | macro-F1 (95 %) | recall original | edited_wire | spun "
        "| calibration error |",
        "|---|---|---|---|---|---|---|",
    ]
    for view, name in _VIEWS:
        m = measured["views"][view]
        low, high = m["macro_f1_95"]
        recalls = " | ".join(f"{r:.2f}" for r in m["recall"].values())
        lines.append(
            f"| {name} | {m['n']:,} | {m['macro_f1']:.2f} ({low:.2f}-{high:.2f}) | {recalls} "
            f"| {m['calibration_error']:.2f} |"
        )
    alarms = ", ".join(f"{name} {s:.1%}" for name, s in measured["false_alarms"].items())
    light = ", ".join(
        f"{name} ({m['words_changed']:.0%} of the words) {m['recall']:.0%}, "
        f"{m['recall_never_seen_a_thesaurus']:.0%}"
        for name, m in measured["light_thesaurus_spin"].items()
    )
    lines += ["", f"Called `spun` wrongly: {alarms}."]
    lines += ["", f"Light thesaurus spins found, with and without thesauri learned: {light}."]
    in_part = "; ".join(_in_part(measured["views"][view], name) for view, name in _IN_PART)
    lines += ["", f"Texts reworded in part told right: {in_part}."]
    engines = sorted(measured["left_out_engines"].items(), key=lambda e: (-e[1]["recall"], e[0]))
    shown = ", ".join(f"{name} {figures['recall']:.0%}" for name, figures in engines)
    lines += ["", f"Spins found of engines that the model never met, on wires never seen: {shown}."]
    sets = "; ".join(
        f"{name}, {figures['covered_by_threshold']:.1%} by the threshold and "
        f"{figures['covered']:.1%} with the likeliest label always in"
        for name, figures in measured["conformal"].items()
    )
    lines += ["", f"Of label sets that promise 90 %, the true label is in: {sets}."]
    return "\n".join([*lines, "", measured["note"]])


def _in_part(figures: dict[str, Any], name: str) -> str:
    recalls = [f"{r:.0%} of {label}" for label, r in figures["recall"].items() if r is not None]
    return f"{name}, {figures['n']:,} texts, {' and '.join(recalls)}"


def speed_table(measured: dict[str, Any]) -> str:
    """Lay out the speed measurements."""
    ratio = measured["minilm_encode_over_whole_prediction"]
    return "\n".join(
        [
            f"- one `predict()` with a source, warm: {measured['predict_with_source_warm_ms']} ms",
            f"- `copydesk label` of one article from a cold start: "
            f"{measured['label_one_article_cold_s']} s",
            f"- a batch whose articles are each other's candidates: "
            f"{measured['batch_ms_per_article']} ms an article",
            f"- encoding one article's sentences with MiniLM alone takes {ratio} times as long as "
            "the whole prediction",
        ]
    )


def fill(text: str) -> str:
    """Put the figures between their marks."""
    tables = {
        "gate": gate_table(json.loads((RESULTS / "gate.json").read_text(encoding="utf-8"))),
        "speed": speed_table(json.loads((RESULTS / "speed.json").read_text(encoding="utf-8"))),
    }
    for name, table in tables.items():
        mark = rf"(<!-- figures: {name} -->\n).*?(<!-- end of figures -->)"
        text = re.sub(mark, lambda m, t=table: f"{m[1]}{t}\n{m[2]}", text, flags=re.DOTALL)
    return text


def main() -> int:
    """Write the README; with ``--check``, only say whether it is up to date."""
    text = _README.read_text(encoding="utf-8")
    filled = fill(text)
    if "--check" in sys.argv:
        return int(filled != text)
    _README.write_text(filled, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
