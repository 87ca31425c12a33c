"""Train the released model on the starter corpus, public pairs and engine-made text.

``make release-model`` runs it. The rows are those that ``make gate`` measures on: what is released
is what was measured, with nothing left out.

The public pairs are not part of the project. Say where they lie with ``COPYDESK_DATA``; by
default they are looked for in ``../shared/data`` beside the checkout.
"""

from __future__ import annotations

import sys

from data import derived_corpus, fit_styles, pair_files, starter_folder, training_pairs

from copydesk.models import DEFAULT_MODEL
from copydesk.train.dataset import build_dataset, concatenate
from copydesk.train.fit import is_learned
from copydesk.train.job import describe_data, fit_and_save, read_corpora
from copydesk.train.report import format_metrics


def main() -> int:
    """Train, save into ``models/default``, print what was measured."""
    parts = [read_corpora([starter_folder(), *pair_files()]), read_corpora([derived_corpus()])]
    styles = fit_styles()
    pairs = [[p for p in training_pairs(records) if is_learned(p)] for records in parts]
    manifest = fit_and_save(
        concatenate([build_dataset(part, "static", styles, n_jobs=-1) for part in pairs]),
        DEFAULT_MODEL,
        encoder="static",
        styles=styles,
        name="copydesk",
        data=describe_data([record for records in parts for record in records]),
        n_jobs=-1,
    )
    print(format_metrics(manifest.metrics))
    print(f"{DEFAULT_MODEL}: {manifest.model_id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
