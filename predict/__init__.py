"""Label articles: one at a time, or by the million."""

from copydesk.predict.scorer import Scorer, predict

__all__ = ["Scorer", "predict"]
