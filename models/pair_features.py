"""The features of pairs of texts as a scikit-learn transformer, for pipelines of one's own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from copydesk.features import (
    FEATURE_NAMES,
    PairReader,
    StyleModel,
    extract_features,
    load_encoder,
)
from copydesk.models.artifact import DEFAULT_MODEL, load_model
from copydesk.models.design import FloatArray
from copydesk.types import Article

TextPair = tuple[str, str | None]

_N_COLUMNS = 2
_CHUNK = 100


class PairFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Measures how articles differ from the texts that they may derive from.

    Rows go through the functions that training and scoring go through. Nothing is learned of them:
    a fit loads the style score, so features may be taken once, before rows are split.

    Parameters
    ----------
    encoder : str
        As ``copydesk.features.load_encoder`` takes it; that of ``model`` for its features.
    model : str or Path, optional
        Folder of the model whose style score is used; by default the released one's.
    n_jobs : int, optional
        Processes, as joblib counts them; one by default.

    Attributes
    ----------
    style_ : StyleModel
        The style score.
    n_features_in_ : int
        2: an article's text, and its candidate's.
    feature_names_in_ : ndarray of str, shape (2,)
        The columns' names, where a DataFrame was fitted.

    Examples
    --------
    >>> wire = ("The ferry ran aground off the island on Monday night, and all of the people on "
    ...         "board were taken to the shore by fishing boats, the coast guard said.")
    >>> features = PairFeatures().set_output(transform="pandas")
    >>> frame = features.fit_transform([(wire, wire), (wire, None)])
    >>> frame["containment_5"].tolist()
    [1.0, nan]
    """

    def __init__(
        self,
        encoder: str = "static",
        model: str | Path | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.encoder = encoder
        self.model = model
        self.n_jobs = n_jobs

    def fit(self, X: ArrayLike | Sequence[Sequence[object]], y: object = None) -> Self:
        """Check the pairs and load the style score.

        Parameters
        ----------
        X : array-like or DataFrame, shape (n_samples, 2)
            Each row an article and the text that it may derive from, both as text or ``Article``;
            None, NaN or NA where there is no such text.
        y : object
            Not looked at.

        Raises
        ------
        ValueError
            There are not two columns, or an article is missing.
        TypeError
            A row holds something else than texts and articles.
        InvalidModel
            The model's folder is missing, damaged, or made for other features.
        """
        self._validate(X, reset=True)
        folder = DEFAULT_MODEL if self.model is None else Path(self.model)
        self.style_: StyleModel = load_model(folder).style
        return self

    def transform(self, X: ArrayLike | Sequence[Sequence[object]]) -> FloatArray:
        """Measure pairs.

        Parameters
        ----------
        X : array-like or DataFrame, shape (n_samples, 2)
            As for ``fit``.

        Returns
        -------
        ndarray of float64, shape (n_samples, n_features)
            In the order of the registry; NaN for what needs a source and has none, or has nothing
            to measure.
        """
        check_is_fitted(self)
        pairs = self._validate(X, reset=False)
        chunks = [pairs[i : i + _CHUNK] for i in range(0, len(pairs), _CHUNK)]
        rows = Parallel(n_jobs=self.n_jobs)(
            delayed(_feature_rows)(chunk, self.encoder, self.style_) for chunk in chunks
        )
        return np.vstack(rows)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Give the names of the features, as the registry has them.

        Parameters
        ----------
        input_features : object
            Not looked at: features are of both columns.
        """
        check_is_fitted(self)
        return np.array(FEATURE_NAMES, dtype=object)

    def _validate(self, X: Any, *, reset: bool) -> list[TextPair]:
        rows = validate_data(
            self,
            X,
            dtype=object,
            ensure_all_finite=False,
            ensure_min_features=_N_COLUMNS,
            reset=reset,
        )
        if rows.shape[1] != _N_COLUMNS:
            raise ValueError(
                f"X has {rows.shape[1]} columns, expected 2: an article, and the text that it may "
                "derive from or None"
            )
        return [_as_pair(i, row) for i, row in enumerate(rows)]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.allow_nan = True
        return tags


def _as_pair(row: int, values: Sequence[object]) -> TextPair:
    text, source = (_as_text(row, value) for value in values)
    if text is None:
        raise ValueError(f"row {row} of X has no article, expected a text or an Article")
    return text, source


def _as_text(row: int, value: object) -> str | None:
    if isinstance(value, Article):
        return value.text
    if isinstance(value, str):
        return str(value)
    is_nan = isinstance(value, float) and math.isnan(value)
    if value is None or is_nan or type(value).__name__ == "NAType":
        return None
    raise TypeError(
        f"row {row} of X holds {type(value).__name__}: argument must be a string or an Article, "
        "not a number or anything else"
    )


def _feature_rows(pairs: Sequence[TextPair], encoder: str, style: StyleModel) -> FloatArray:
    reader = PairReader(load_encoder(encoder))
    return np.array(
        [extract_features(reader.compare(text, source, style)) for text, source in pairs]
    )
