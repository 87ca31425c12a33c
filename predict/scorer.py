"""From article to verdict: the one way that every caller takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import starmap
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from copydesk.errors import InvalidArticle
from copydesk.features import Comparison
from copydesk.models import Model, find_model, load_model
from copydesk.models.judgement import Situation
from copydesk.predict.arguments import as_article, check_article, check_articles
from copydesk.predict.classifier import ArticleClassifier
from copydesk.predict.document_folder import DocumentFolder
from copydesk.predict.frame import is_frame, label_rows, read_sources
from copydesk.predict.matching import GIVEN_ID, Match, Searched, Sources, match_articles
from copydesk.predict.recent import RecentlyUsed
from copydesk.predict.source_verdict import is_spun, with_source_alone, with_warning
from copydesk.seeds.search.fingerprint import Fingerprint, fingerprint
from copydesk.seeds.search.pool import ArticlePair, AskArticles, TakeFingerprint
from copydesk.seeds.search.stories import PairAnswer
from copydesk.seeds.store import Store
from copydesk.seeds.store.stores import StoreGroup
from copydesk.types import Article, Label, Rejected, Verdict

if TYPE_CHECKING:
    import pandas as pd

_CACHED_VERDICTS = 256


class Scorer:
    """A loaded model that labels articles; threads may share it.

    Parameters
    ----------
    model : Model
        As ``copydesk.models.load_model`` gives it.
    kept : DocumentFolder, optional
        Where documents are kept that were read, for whoever meets the same texts again.

    Examples
    --------
    >>> scorer = Scorer.load()
    >>> text = ("The ferry ran aground off the island on Monday night, and all of the people on "
    ...         "board were taken to the shore by fishing boats, the coast guard said.")
    >>> [verdict.id for verdict in scorer.label([Article("a", text)])]
    ['a']
    """

    def __init__(self, model: Model, kept: DocumentFolder | None = None) -> None:
        self.model = model
        self._classifier = ArticleClassifier(model, kept)
        self._source_verdicts: RecentlyUsed[tuple[str, str | None], Verdict] = RecentlyUsed(
            _CACHED_VERDICTS
        )

    def __reduce__(self) -> tuple[type[Scorer], tuple[Model]]:
        return type(self), (self.model,)

    @classmethod
    def load(cls, path: str | Path | None = None) -> Scorer:
        """Load the model in a folder, or the one in use.

        Parameters
        ----------
        path : str or Path, optional
            The folder. By default what the environment variable ``COPYDESK_MODEL`` names; else the
            current model of the models folder that ``COPYDESK_MODELS`` names; else the released
            model. A scorer keeps what it loaded, whatever becomes current later.

        Raises
        ------
        InvalidModel
            The folder is missing, damaged, or made for other features.
        """
        return cls(load_model(find_model() if path is None else Path(path)))

    def label(
        self, articles: Iterable[Article], sources: Sources = None
    ) -> Iterator[Verdict | Rejected]:
        """Label articles, in their order.

        An article that brings its ``source_text``, or a ``source_id`` that is among the
        sources, is compared with that. Any other is compared with the source it most likely
        derives from, if one is close, and judged alone if none is.

        Parameters
        ----------
        articles : iterable of Article
            Any number.
        sources : Store, StoreGroup or iterable of Article, optional
            What the articles may derive from. By default the other articles; an empty list
            judges each article alone.

        Returns
        -------
        iterator of Verdict or Rejected
            One for each article.

        Raises
        ------
        InvalidArticle
            Something else than articles was handed over.
        InvalidStore
            The store was made with another encoder than the model, or is outdated.
        """
        return map(self.label_match, self.find_sources(articles, sources))

    def label_frame(
        self,
        frame: pd.DataFrame,
        sources: Sources | pd.DataFrame = None,
        *,
        columns: Mapping[str, str] | None = None,
        source_columns: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        """Label the rows of a pandas DataFrame.

        Parameters
        ----------
        frame : DataFrame
            A row an article, with the fields of an input record as columns: ``text``, maybe
            ``id`` and others. A row without an id gets one of its content.
        sources : DataFrame, Store, StoreGroup or iterable of Article, optional
            As for ``label``.
        columns, source_columns : mapping of str to str, optional
            For fields of an input record, what ``frame`` and a DataFrame of sources call them,
            as ``--text-field`` and so on say it: ``{"text": "body"}``.

        Returns
        -------
        DataFrame
            As many rows with the same index. Its columns are the fields of the output record
            (``docs/fields.md``) and ``rejected``: why a row was not judged, whose label is then
            missing. ``frame.join(labels.add_prefix("copydesk_"))`` puts both side by side.

        Raises
        ------
        MissingPackage
            pandas is not installed: it is the extra ``pandas``.
        InvalidInput
            ``frame`` is no DataFrame, or lacks a column.

        Examples
        --------
        >>> import pandas as pd
        >>> text = ("The ferry ran aground off the island on Monday night, and all of the people "
        ...         "on board were taken to the shore by fishing boats, the coast guard said.")
        >>> frame = pd.DataFrame({"body": [text, None]}, index=["one", "two"])
        >>> labels = Scorer.load().label_frame(frame, columns={"text": "body"})
        >>> labels["label"].notna().to_dict()
        {'one': True, 'two': False}
        >>> labels["rejected"]["two"]
        'frame row 1: field text is missing, expected a string'
        """
        found = read_sources(sources, source_columns) if is_frame(sources) else sources
        return label_rows(lambda articles: self.label(articles, found), frame, columns)

    def find_sources(
        self,
        articles: Iterable[Article],
        sources: Sources = None,
        take: TakeFingerprint | None = None,
        ask: AskArticles | None = None,
    ) -> Iterator[Match]:
        """Pair each article with what it is to be compared with, if anything.

        Parameters
        ----------
        articles, sources
            As for ``label``.
        take : callable, optional
            Gives an article's fingerprint as ``fingerprint`` does, where it is known already.
        ask : callable, optional
            Answers as ``answer_pairs`` does, where others do it.

        Raises
        ------
        InvalidArticle, InvalidStore
            As for ``label``.
        """
        self.check_sources(sources)
        if sources is not None and not isinstance(sources, Searched):
            sources = check_articles(sources, "sources")
        articles = check_articles(articles)
        return match_articles(articles, sources, take or self.fingerprint, ask or self.answer_pairs)

    def check_sources(self, sources: Sources) -> None:
        """Refuse a store that cannot be searched with this model.

        Raises
        ------
        InvalidStore
            It was made with another encoder, or by another version of copydesk.
        """
        if isinstance(sources, Store | StoreGroup):
            sources.check_encoder(self._classifier.encoder)

    def label_match(self, match: Match) -> Verdict | Rejected:
        """Label one article with what was found for it; what cannot be judged is rejected."""
        try:
            if match.situation is Situation.RELATED and match.source is not None:
                verdict = self._label_found(match, match.source)
            else:
                verdict = self.label_pair(match.article, match.source, match.situation)
        except InvalidArticle as error:
            return Rejected(match.article.id, str(error))
        if match.second_source is not None and verdict.source is not None:
            verdict = _with_second_source(verdict, match.second_source)
        return verdict if match.story is None else replace(verdict, story=match.story)

    def label_pair(
        self,
        article: Article,
        source: Article | None,
        situation: Situation | None = None,
        derives: float | None = None,
    ) -> Verdict:
        """Label one article, with the source it is to be compared with or alone.

        A source that the article itself brings or names and that cannot be compared with is
        passed over with a warning.

        Parameters
        ----------
        article : Article
            To be labelled.
        source : Article or None
            What it may derive from.
        situation : Situation, optional
            What else is known; by default that nobody searched.
        derives : float, optional
            Probability that it derives from any text at hand; by default from this one, as the
            model says.

        Raises
        ------
        InvalidArticle
            A text is empty, too short, not English, or no text; or no article was handed over.
        """
        article = check_article(article, "article")
        read = self._classifier.read_article(article)
        if source is None:
            return self._classifier.judge(read, None, situation or Situation.UNSEARCHED)
        source = check_article(source, "source")
        try:
            candidate = self._classifier.read_article(source)
        except InvalidArticle as error:
            reason = f"the source cannot be compared with: {error}"
            is_brought = isinstance(source.text, str) and source.text == article.source_text
            if is_brought or source.id == article.source_id:
                return self._classifier.judge(read, None, Situation.UNSEARCHED, why_alone=reason)
            raise InvalidArticle(reason) from None
        return self._classifier.judge(read, candidate, situation or Situation.COMPARED, derives)

    def compare_texts(self, text: str, source_text: str | None) -> Comparison:
        """Compare two texts as they are compared for a verdict, or look at one alone.

        Raises
        ------
        InvalidArticle
            A text is empty, too short, not English, or no text.
        """
        classifier = self._classifier
        source = None if source_text is None else classifier.read(source_text)
        return classifier.compare(classifier.read(text), source)

    def _label_found(self, match: Match, source: Article) -> Verdict:
        """Label an article beside the source found for it, or beside what that is spun from."""
        article, origin = match.article, match.origin
        verdict = self.label_pair(article, source, match.situation, match.derives)
        if verdict.source is None:
            return verdict
        of_source = self._label_source(source, origin)
        if origin is None:
            return with_source_alone(verdict, source.id, of_source)
        if is_spun(of_source):
            return with_warning(
                self.label_pair(article, origin, match.situation, match.derives),
                f"closer to {source.id}, which is itself spun from {origin.id}",
            )
        if of_source.label is Label.EDITED_WIRE:
            return with_warning(verdict, f"its source {source.id} looks edited from {origin.id}")
        return verdict

    def _label_source(self, source: Article, origin: Article | None) -> Verdict:
        key = source.text, None if origin is None else origin.text
        verdict = self._source_verdicts.get(key)
        if verdict is None:
            verdict = self.label_pair(source, origin)
            self._source_verdicts.put(key, verdict)
        return verdict

    def fingerprint(self, article: Article) -> Fingerprint | None:
        """Take an article's fingerprint; None where it cannot be judged, and so is no source."""
        try:
            return fingerprint(article, self._classifier.read(article.text), self.model.style)
        except InvalidArticle:
            return None  # judging it gives the reason

    def answer_pairs(self, pairs: Iterable[ArticlePair]) -> Iterator[PairAnswer]:
        """Ask of pairs of articles, in their order; all of them can be judged."""
        return starmap(self._classifier.ask, pairs)


def _with_second_source(verdict: Verdict, source_id: str) -> Verdict:
    evidence = replace(verdict.evidence, second_source=source_id)
    return with_warning(
        replace(verdict, evidence=evidence),
        f"woven from two texts: what is not from the source is from {source_id}",
    )


_default_scorer: list[Scorer] = []
_loading = Lock()


def predict(text: str | Article, source: str | Article | None = None) -> Verdict:
    """Label one text with the model in use, as ``Scorer.load`` finds it at the first call.

    Parameters
    ----------
    text : str or Article
        The text to be labelled, at least 20 words of English. An Article that brings its
        ``source_text`` is compared with that, if it can be.
    source : str or Article, optional
        The text that it may derive from.

    Returns
    -------
    Verdict
        Label, calibrated probabilities, evidence.

    Raises
    ------
    InvalidArticle
        The text is empty, too short, not English, or no text; the sentence says what to pass.

    Examples
    --------
    >>> verdict = predict("The ferry ran aground off the island on Monday night, and all of the "
    ...     "people on board were taken to the shore by fishing boats, the coast guard said.")
    >>> round(sum(verdict.probabilities.values()), 6)
    1.0
    """
    article = as_article(text, "text", "text")
    if source is None:
        source = article.source_text
    given = None
    if source is not None:
        given = as_article(source, "source", article.source_id or GIVEN_ID, is_source=True)
    with _loading:
        if not _default_scorer:
            _default_scorer.append(Scorer.load())
    return _default_scorer[0].label_pair(article, given)
