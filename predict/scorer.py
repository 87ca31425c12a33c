"""From article to verdict: the one way that every caller takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Lock

from copydesk.errors import InvalidArticle
from copydesk.features import (
    Document,
    collect_evidence,
    compare,
    extract_features,
    load_encoder,
    read_document,
)
from copydesk.features.read.document import check_document
from copydesk.models import DEFAULT_MODEL, Model, load_model
from copydesk.models.conformal import label_set
from copydesk.predict.credits_rule import predict_alone
from copydesk.predict.matching import GIVEN_ID, Match, Sources, match_articles
from copydesk.predict.recent import RecentlyUsed
from copydesk.predict.source_verdict import is_spun, with_source_alone, with_warning
from copydesk.predict.validation import check_raw, find_warnings
from copydesk.seeds.search.fingerprint import Fingerprint, fingerprint
from copydesk.seeds.store import Store
from copydesk.types import LABELS, Article, Label, Rejected, Source, Verdict

_CACHED_DOCUMENTS = 256


class Scorer:
    """A loaded model that labels articles; threads may share it.

    Parameters
    ----------
    model : Model
        As ``copydesk.models.load_model`` gives it.

    Examples
    --------
    >>> scorer = Scorer.load()
    >>> text = ("The ferry ran aground off the island on Monday night, and all of the people on "
    ...         "board were taken to the shore by fishing boats, the coast guard said.")
    >>> [verdict.id for verdict in scorer.label([Article("a", text)])]
    ['a']
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._encoder = load_encoder(model.manifest.encoder)
        self._documents: RecentlyUsed[str, Document] = RecentlyUsed(_CACHED_DOCUMENTS)
        self._source_verdicts: RecentlyUsed[tuple[str, str | None], Verdict] = RecentlyUsed(
            _CACHED_DOCUMENTS
        )

    def __reduce__(self) -> tuple[type[Scorer], tuple[Model]]:
        return type(self), (self.model,)

    @classmethod
    def load(cls, path: str | Path = DEFAULT_MODEL) -> Scorer:
        """Load the released model, or the one in a folder.

        Raises
        ------
        InvalidModel
            The folder is missing, damaged, or made for other features.
        """
        return cls(load_model(Path(path)))

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
        sources : Store or iterable of Article, optional
            What the articles may derive from. By default the other articles; an empty list
            judges each article alone.

        Raises
        ------
        InvalidStore
            The store was made with another encoder than the model, or is outdated.

        Yields
        ------
        Verdict or Rejected
            One for each article.
        """
        for match in self.find_sources(articles, sources):
            yield self.label_match(match)

    def find_sources(self, articles: Iterable[Article], sources: Sources = None) -> Iterator[Match]:
        """Pair each article with what it is to be compared with, if anything.

        Parameters
        ----------
        articles, sources
            As for ``label``.
        """
        self.check_sources(sources)
        return match_articles(articles, sources, self._fingerprint)

    def check_sources(self, sources: Sources) -> None:
        """Refuse a store that cannot be searched with this model.

        Raises
        ------
        InvalidStore
            It was made with another encoder, or by another version of copydesk.
        """
        if isinstance(sources, Store):
            sources.check_encoder(self._encoder)

    def label_match(self, match: Match) -> Verdict | Rejected:
        """Label one article with what was found for it; what cannot be judged is rejected."""
        try:
            if match.is_found and match.source is not None:
                verdict = self._label_found(match.article, match.source, match.origin)
            else:
                verdict = self.label_pair(match.article, match.source)
        except InvalidArticle as error:
            return Rejected(match.article.id, str(error))
        if match.second_source is not None:
            verdict = _with_second_source(verdict, match.second_source)
        return verdict if match.story is None else replace(verdict, story=match.story)

    def label_pair(self, article: Article, source: Article | None) -> Verdict:
        """Label one article, with the source it is to be compared with or alone.

        A source that the article itself brings or names and that cannot be compared with is
        passed over with a warning.

        Raises
        ------
        InvalidArticle
            A text is empty, too short, not English, or no text.
        """
        document = self._read(article.text)
        if source is None:
            return self._judge(article, document, None, None)
        try:
            source_document = self._read(source.text)
        except InvalidArticle as error:
            reason = f"the source cannot be compared with: {error}"
            if source.text == article.source_text or source.id == article.source_id:
                return self._judge(article, document, None, None, reason)
            raise InvalidArticle(reason) from None
        similarity = float(document.vector @ source_document.vector)
        return self._judge(article, document, source_document, Source(source.id, similarity))

    def _label_found(self, article: Article, source: Article, origin: Article | None) -> Verdict:
        """Label an article beside the source found for it, or beside what that is spun from."""
        verdict = self.label_pair(article, source)
        if verdict.label is Label.ORIGINAL:
            return verdict
        of_source = self._label_source(source, origin)
        if origin is None:
            return with_source_alone(verdict, source.id, of_source)
        if is_spun(of_source):
            return with_warning(
                self.label_pair(article, origin),
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

    def _fingerprint(self, article: Article) -> Fingerprint | None:
        try:
            return fingerprint(article, self._read(article.text), self.model.style)
        except InvalidArticle:
            return None  # judging it gives the reason

    def _read(self, text: str) -> Document:
        document = self._documents.get(text)
        if document is not None:
            return document
        check_raw(text)
        document = read_document(text, self._encoder)
        check_document(document)
        self._documents.put(text, document)
        return document

    def _judge(
        self,
        article: Article,
        document: Document,
        source_document: Document | None,
        source: Source | None,
        why_alone: str | None = None,
    ) -> Verdict:
        manifest = self.model.manifest
        comparison = compare(document, source_document, self._encoder, self.model.style)
        features = extract_features(comparison)
        predict_proba = self.model.classifier.predict_proba
        if source is None:
            probabilities = predict_alone(predict_proba, features, article, document.credits)
        else:
            probabilities = predict_proba(features[None, :])[0]
        threshold = manifest.threshold_alone if source is None else manifest.threshold_with_source
        return Verdict(
            id=article.id,
            label=LABELS[int(probabilities.argmax())],
            probabilities=dict(zip(LABELS, probabilities.tolist(), strict=True)),
            label_set=label_set(probabilities, threshold),
            source=source,
            evidence=collect_evidence(comparison),
            model_id=manifest.model_id,
            warnings=find_warnings(article, document, source, source_document, why_alone),
        )


def _with_second_source(verdict: Verdict, source_id: str) -> Verdict:
    evidence = replace(verdict.evidence, second_source=source_id)
    return with_warning(
        replace(verdict, evidence=evidence),
        f"woven from two texts: what is not from the source is from {source_id}",
    )


_default_scorer: list[Scorer] = []
_loading = Lock()


def predict(text: str | Article, source: str | Article | None = None) -> Verdict:
    """Label one text with the released model.

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
        The text is empty, too short, not English, or no text.

    Examples
    --------
    >>> verdict = predict("The ferry ran aground off the island on Monday night, and all of the "
    ...     "people on board were taken to the shore by fishing boats, the coast guard said.")
    >>> round(sum(verdict.probabilities.values()), 6)
    1.0
    """
    with _loading:
        if not _default_scorer:
            _default_scorer.append(Scorer.load())
    article = Article("text", text) if isinstance(text, str) else text
    if source is None and article.source_text is not None:
        source = article.source_text
    given = Article(article.source_id or GIVEN_ID, source) if isinstance(source, str) else source
    return _default_scorer[0].label_pair(article, given)
