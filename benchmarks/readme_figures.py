"""Write the README's figures from committed results: ``python benchmarks/readme_figures.py``."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from data import RESULTS, ROOT

from copydesk.train.recipe import STARTER
from copydesk.types import LABELS

_README = ROOT / "README.md"
GIVEN = (
    ("given, stories left out", "public", "all public data, stories left out"),
    ("given, data sets left out", "public", "all public data, each data set left out whole"),
    ("given, stories left out", "gn25", "real pages of 2025, events left out"),
    ("given, domains left out", "gn25", "real pages of 2025, domains left out"),
    ("given, stories left out", "farm", "spins and edits as of a farm, events left out"),
    ("given, stories left out", "wmt_roundtrip", "neural round trips, years left out"),
    ("given, stories left out", STARTER, "starter corpus, stories left out"),
)
FOLDERS = (
    ("gn25 folder", "real pages of an event as a folder"),
    ("farm folder", "a farm's pages of an event as a folder"),
    ("gn25 in a pool", "real pages, sources in a pool of 1,300"),
    ("farm in a pool", "a farm's pages, sources in a pool"),
)
_ALONE = (
    ("wmt_roundtrip", "neural round trips"),
    ("farm", "a farm's"),
    ("gn25", "real pages of 2025"),
    ("language models", "rewrites by language models"),
)


def gate_table(measured: dict[str, Any]) -> str:
    """Lay out the gate's figures by situation."""
    lines = [
        "| source given | texts | macro-F1 (95 %) | original | edited_wire | spun "
        "| honest called spun | sure and wrong |",
        "|---|---|---|---|---|---|---|---|",
        *(_given_row(measured[section][view], name) for section, view, name in GIVEN),
        "",
        "| source found | texts | macro-F1 | original | edited_wire | spun | source right |",
        "|---|---|---|---|---|---|---|",
        *(_folder_row(measured["folders"][view], name) for view, name in FOLDERS),
        "",
        "| text alone, against real texts by hand: spins of | AUC, stories left out "
        "| recall at 5 % false alarms | AUC, data set left out |",
        "|---|---|---|---|",
        *(_alone_row(measured, view, name) for view, name in _ALONE),
    ]
    missing = measured["source missing, stories left out"]
    related = "; ".join(
        f"{name} {missing[f'{view} related']['spun_recall_at_5']:.0%}"
        for view, name in (("gn25", "real pages"), ("farm", "a farm's"))
    )
    lines += [
        "",
        "Spins whose source is missing, beside another report of the event, found at 5 % false "
        f"alarms: {related}.",
    ]
    light = ", ".join(
        f"{name} ({m['words_changed']:.0%} of the words) {m['recall']:.0%}, "
        f"{m['recall_never_seen_a_thesaurus']:.0%}"
        for name, m in measured["light thesaurus spin"].items()
    )
    lines += ["", f"Light thesaurus spins found, with and without thesauri learned: {light}."]
    engines = sorted(measured["left-out engines"].items(), key=lambda e: (-e[1]["recall"], e[0]))
    shown = ", ".join(f"{name} {figures['recall']:.0%}" for name, figures in engines)
    lines += ["", f"Spins found of engines that the model never met, on wires never seen: {shown}."]
    sets = "; ".join(
        f"{name}, "
        + ", ".join(f"{s:.0%} of {label}" for label, s in figures["covered_by_threshold"].items())
        for name, figures in measured["conformal"].items()
    )
    lines += ["", f"Of label sets that promise 90 % for each label, the true one is in: {sets}."]
    return "\n".join([*lines, "", measured["note"]])


def _given_row(m: dict[str, Any], name: str) -> str:
    shown = "-"
    if m["macro_f1"] is not None:
        low, high = m["macro_f1_95"]
        shown = f"{m['macro_f1']:.2f} ({low:.2f}-{high:.2f})"
    honest = m.get("honest_called_spun")
    return (
        f"| {name} | {m['n']:,} | {shown} | {_recalls(m)} "
        f"| {'-' if honest is None else f'{honest:.1%}'} | {m['sure_and_wrong']:.1%} |"
    )


def _folder_row(m: dict[str, Any], name: str) -> str:
    return (
        f"| {name} | {m['n']:,} | {m['macro_f1']:.2f} | {_recalls(m)} | {m['parent_right']:.0%} |"
    )


def _recalls(m: dict[str, Any]) -> str:
    found = (m["recall"].get(label) for label in LABELS)
    return " | ".join("-" if r is None else f"{r:.2f}" for r in found)


def _alone_row(measured: dict[str, Any], view: str, name: str) -> str:
    stories = measured["text alone, stories left out"][view]
    whole = measured["text alone, data sets left out"][view]
    return (
        f"| {name} | {stories['spun_auc']:.2f} | {stories['spun_recall_at_5']:.0%} "
        f"| {whole['spun_auc']:.2f} |"
    )


def speed_table(measured: dict[str, Any]) -> str:
    """Lay out the speed measurements, each beside what copydesk takes for the same."""
    pair, search, cold = measured["pair_ms"], measured["search"], measured["cold"]
    own_pair, own_search = pair["copydesk"], search["copydesk"]["ms"]
    others = {name: ms for name, ms in pair.items() if not name.startswith("copydesk")}
    lengths, sizes = measured["text_ms_by_chars"], measured["batch_ms_by_articles"]
    *_, longest = lengths
    lines = [
        f"An article of {measured['mean_words']:.0f} words beside its source of "
        f"{measured['mean_source_words']:.0f}: {own_pair:.3g} ms, "
        f"{pair['copydesk, source read before']:.3g} where the source was read before. Others give "
        "one number for a pair, in "
        + ", ".join(f"{name} {_times(ms / own_pair)}" for name, ms in others.items())
        + " the time.",
        "",
        f"| one article against {measured['n_sources']:,} sources | of copydesk's time "
        "| source found | preparing a source |",
        "|---|---|---|---|",
        *(
            f"| {name} | {_times(m['ms'] / own_search)} | {m['source_found']:.0%} "
            f"| {_times(m['index_ms_per_source'] / search['copydesk']['index_ms_per_source'])} |"
            for name, m in search.items()
        ),
        "",
        f"copydesk takes {own_search:.3g} ms there, with the verdict on the article and on its "
        f"source, and {search['copydesk']['index_ms_per_source']:.3g} ms to add a source. Alone an "
        "article takes "
        + ", ".join(f"{ms:.3g} ms in a batch of {int(size):,}" for size, ms in sizes.items())
        + "; beside a source of its length "
        + ", ".join(
            f"{ms:.3g} ms at {int(chars):,} characters"
            for chars, ms in lengths.items()
            if int(chars) in {2_000, 8_000, 32_000}
        )
        + f", {lengths[longest] / 1000:.2g} s at {int(longest):,} (a sample is read). "
        f"`copydesk label` of one article from a cold start: {cold['label, seconds']:.2g} s; "
        f"memory at most {cold['a batch beside a store, peak MB']:.0f} MB.",
    ]
    return "\n".join(lines)


def training_line(measured: dict[str, Any]) -> str:
    """Say how long training takes."""
    first, again = measured["corrections, seconds"], measured["again, of the first"]
    return (
        f"{measured['n_corrections']:,} corrections beside the released model's rows take "
        f"{first / 60:.2g} minutes on {measured['n_cores']} cores, the same again {again:.0%} of "
        f"that; the released recipe takes {measured['released recipe, seconds'] / 60:.0f} minutes."
    )


def _times(ratio: float) -> str:
    return f"{ratio:.0f}x" if ratio >= 10 else f"{ratio:.2g}x"


def fill(text: str) -> str:
    """Put the figures between their marks."""
    lay_out = {"gate": gate_table, "speed": speed_table, "training": training_line}
    for name, lay in lay_out.items():
        table = lay(json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8")))
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
