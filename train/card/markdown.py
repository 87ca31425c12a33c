"""The text of a model card: what a model is, is for and is not for, and how good it was found.

Sections are those of Model Cards (Mitchell et al. 2019); the header is what model hubs read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from copydesk.models import Manifest
from copydesk.models.parts import CONFUSION, RELIABILITY
from copydesk.train.card.limits import find_limits
from copydesk.train.evaluation.table import with_interval
from copydesk.types import LABELS, Label

_MEANINGS = {
    Label.ORIGINAL: "independently reported or written",
    Label.EDITED_WIRE: "agency copy, republished or edited by a newsroom; quotes and names intact",
    Label.SPUN: "somebody's article put through a machine so that it looks new",
}
_FOR = (
    "Labelling English news articles, one by one or in batches, with evidence for a person to "
    "read: media monitoring and licensing, ad and search quality, research on content farms."
)
_NOT_FOR = (
    "Deciding by itself that somebody stole a text: a label says how a text came to be, not who is "
    "to blame; the evidence is there to be read.",
    "Saying whether news is true or a site is good.",
    "Telling whether a language model wrote a text that derives from no other.",
    "Texts that are not English, not news, or under 20 words.",
)
_COLUMNS = (
    *("situation", "texts", "stories", "macro-F1 (95 %)"),
    *(f"recall {label}" for label in LABELS),
    *("honest called spun", "log-loss", "Brier", "calibration error", "sets hold it"),
)


def card_text(
    manifest: Manifest,
    metrics: Mapping[str, Any],
    *,
    plots: Sequence[str],
    retrain: str,
    licence: str = "other",
) -> str:
    """Write a card as Markdown with a YAML header.

    Parameters
    ----------
    manifest : Manifest
        The model's.
    metrics : mapping of str to Any
        ``how`` figures were measured, in a sentence; ``views``: figures by situation; ``data``: a
        mapping for each data set that was learned, all with the same keys; maybe ``measured_on``,
        the same of the texts measured, ``slices``, and ``notes``: limits that no figure tells.
    plots : sequence of str
        Names of the files with plots that lie beside the card.
    retrain : str
        Markdown: how to train such a model again.
    licence : str
        As model hubs name it; ``other`` where it is not known.
    """
    lines = [
        *_header(manifest, metrics, licence),
        f"# {manifest.model_id}",
        "",
        "A model of copydesk: it labels news articles `original`, `edited_wire` or `spun`.",
        "",
        "## What it is for",
        "",
        _FOR,
        "",
        "Not for:",
        *(f"- {one}" for one in _NOT_FOR),
        "",
        "## Labels",
        "",
        *_table([("label", "the text is"), *((f"`{n}`", m) for n, m in _MEANINGS.items())]),
        "",
        "## What it learned from",
        "",
        *_data_table(metrics["data"]),
        "",
        "## How good it is",
        "",
        metrics["how"],
        "",
        *_table([_COLUMNS, *(_row(name, view) for name, view in metrics["views"].items())]),
    ]
    if metrics.get("measured_on"):
        lines += ["", "Measured on:", "", *_data_table(metrics["measured_on"])]
    alt = {RELIABILITY: "How often it is right by its confidence", CONFUSION: "Who was called what"}
    lines += [line for plot in plots for line in ("", f"![{alt[plot]}]({plot})")]
    limits = [*find_limits(metrics, manifest.coverage), *metrics.get("notes", ())]
    nothing = "No figure above is below what is asked here; what was not measured is not known."
    lines += [
        "",
        "## Limits",
        "",
        *(f"- {sentence}" for sentence in limits or [nothing]),
        "",
        "## Train it again",
        "",
        retrain,
        "",
        "## Versions",
        "",
        f"Format {manifest.format}, encoder `{manifest.encoder}`, {len(manifest.features)} "
        + "features; "
        + ", ".join(f"{name} {version}" for name, version in sorted(manifest.versions.items()))
        + ".",
        "",
    ]
    return "\n".join(lines)


def _header(manifest: Manifest, metrics: Mapping[str, Any], licence: str) -> list[str]:
    """Give the YAML header; strings are quoted as JSON quotes them, which YAML reads."""
    found = [
        "---",
        "language: en",
        f"license: {licence}",
        "library_name: copydesk",
        "pipeline_tag: text-classification",
        "tags: [news, text-reuse, paraphrase, calibrated]",
        "model-index:",
        f"- name: {json.dumps(manifest.model_id)}",
        "  results:",
    ]
    for name, view in metrics["views"].items():
        kind, value = ("f1", view.get("macro_f1"))
        if value is None:
            kind, value = ("accuracy", view.get("accuracy"))
        if value is not None:
            found += [
                "  - task: {type: text-classification}",
                f"    dataset: {{name: {json.dumps(name)}, type: labelled-news}}",
                f"    metrics: [{{type: {kind}, value: {value}}}]",
            ]
    return [*found, "---", ""]


def _row(name: str, figures: Mapping[str, Any]) -> tuple[str, ...]:
    covered = [share for share in (figures.get("covered") or {}).values() if share is not None]
    recalls = (figures["recall"].get(str(label)) for label in LABELS)
    return (
        name,
        f"{figures['n']:,}",
        _shown(figures.get("n_stories"), ","),
        "-" if figures.get("macro_f1") is None else with_interval(figures, "macro_f1", ".2f"),
        *(_shown(recall, ".2f") for recall in recalls),
        _shown(figures.get("honest_called_spun"), ".1%"),
        *(
            _shown(figures.get(figure), ".2f")
            for figure in ("log_loss", "brier", "calibration_error")
        ),
        f"{min(covered):.0%} or more" if covered else "-",
    )


def _data_table(data: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Lay out what is known of data sets; of digests the beginning, the manifest has the rest."""
    keys = list(dict.fromkeys(key for of_set in data.values() for key in of_set))
    rows = [
        (
            name,
            *(
                f"`{of_set[key][:16]}`" if key == "sha256" else _shown(of_set.get(key), ",")
                for key in keys
            ),
        )
        for name, of_set in data.items()
    ]
    return _table([("data set", *(key.replace("_", " ") for key in keys)), *rows])


def _shown(value: object, form: str) -> str:
    if value is None:
        return "-"
    return format(value, form) if isinstance(value, int | float) else str(value)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    heading, *others = ("| " + " | ".join(_cell(c) for c in row) + " |" for row in rows)
    return [heading, "|" + "---|" * len(rows[0]), *others]


def _cell(text: str) -> str:
    """Let nothing of a corpus break out of its cell."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
