"""Whether enough of a corpus is left to measure, without what a model has learned of it."""

from __future__ import annotations

from copydesk.errors import InvalidInput
from copydesk.train.learned import Unseen

MIN_LEFT = 20
"""Where texts were left out, fewer than so many say nothing."""


def check_unseen(unseen: Unseen, model_id: str) -> None:
    """Check that enough is left to measure.

    Raises
    ------
    InvalidInput
        Texts were left out, and hardly any remain; or all are of one story.
    """
    n_left = len(unseen.records)
    n_stories = len({unseen.groups[record.article.id] for record in unseen.records})
    if unseen.n_left_out and (n_left < MIN_LEFT or n_stories < 2):
        raise InvalidInput(
            f"{model_id} learned {unseen.n_known} of {n_left + unseen.n_left_out} texts, and "
            f"{unseen.n_of_known_stories} more are of their stories: {n_left} texts are left, "
            f"expected at least {MIN_LEFT} of two stories; what was learned measures nothing: "
            "evaluate on texts that the model never saw"
        )
    if n_stories < 2:
        raise InvalidInput(
            "all texts are of one story: a corpus needs at least two stories, so that texts meet "
            "strangers"
        )
