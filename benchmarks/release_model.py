"""Train the released model on the starter corpus and the public pairs: ``make release-model``.

The public pairs are not part of the project. Say where they lie with ``COPYDESK_DATA``; by
default they are looked for in ``../shared/data`` beside the checkout.
"""

from __future__ import annotations

import sys

from data import fit_styles, pair_files, starter_folder

from copydesk.models import DEFAULT_MODEL
from copydesk.train.job import train_model
from copydesk.train.report import format_metrics


def main() -> int:
    """Train, save into ``models/default``, print what was measured."""
    corpora = [starter_folder(), *pair_files()]
    manifest = train_model(corpora, DEFAULT_MODEL, styles=fit_styles(), name="copydesk", n_jobs=-1)
    print(format_metrics(manifest.metrics))
    print(f"{DEFAULT_MODEL}: {manifest.model_id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
