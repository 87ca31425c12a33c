"""Train the released model on the starter corpus, public pairs and engine-made text.

``make release-model`` runs it.

The public pairs are not part of the project. Say where they lie with ``COPYDESK_DATA``; by
default they are looked for in ``../shared/data`` beside the checkout.
"""

from __future__ import annotations

import sys

from data import derived_corpus, fit_styles, pair_files, starter_folder

from copydesk.models import DEFAULT_MODEL
from copydesk.train.job import train_model
from copydesk.train.report import format_metrics


def main() -> int:
    """Train, save into ``models/default``, print what was measured."""
    corpora = [starter_folder(), *pair_files(), derived_corpus()]
    manifest = train_model(corpora, DEFAULT_MODEL, styles=fit_styles(), name="copydesk", n_jobs=-1)
    print(format_metrics(manifest.metrics))
    print(f"{DEFAULT_MODEL}: {manifest.model_id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
