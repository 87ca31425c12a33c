"""From article to verdict: the one way that every caller takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from copydesk.errors import InvalidArticle
from copydesk.features import (
    Comparison,
    Derivation,
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
from copydesk.models.design import expit, logit
from copydesk.models.judgement import (
    LIKELY,
    PRIOR_FIRST,
    PRIORS,
    QuestionProbabilities,
    Situation,
    derives_from,
    reworded_by_machine,
    weigh,
    weigh_text,
)
from copydesk.predict.arguments import as_article, check_article, check_articles, check_text
from copydesk.predict.credits_rule import find_credit_rates, weigh_lost_credit
from copydesk.predict.frame import is_frame, label_rows, read_sources
from copydesk.predict.matching import GIVEN_ID, Match, Searched, Sources, match_articles
from copydesk.predict.recent import RecentlyUsed
from copydesk.predict.source_verdict import is_spun, with_source_alone, with_warning
from copydesk.predict.validation import check_raw, find_contradiction, find_warnings
from copydesk.seeds.search.dates import find_interval, is_later
from copydesk.seeds.search.fingerprint import Fingerprint, fingerprint
from copydesk.seeds.search.pool import ArticlePair, AskArticles, TakeFingerprint
from copydesk.seeds.search.stories import PairAnswer
from copydesk.seeds.store import Store
from copydesk.seeds.store.stores import StoreGroup
from copydesk.types import LABELS, Answers, Article, Label, Rejected, Source, Verdict

if TYPE_CHECKING:
    import pandas as pd

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
            sources.check_encoder(self._encoder)

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
        document = self._read(article.text)
        if source is None:
            return self._judge(article, document, None, situation or Situation.UNSEARCHED)
        source = check_article(source, "source")
        try:
            source_document = self._read(source.text)
        except InvalidArticle as error:
            reason = f"the source cannot be compared with: {error}"
            is_brought = isinstance(source.text, str) and source.text == article.source_text
            if is_brought or source.id == article.source_id:
                return self._judge(article, document, None, Situation.UNSEARCHED, why_alone=reason)
            raise InvalidArticle(reason) from None
        compared = _Candidate(source, source_document)
        return self._judge(article, document, compared, situation or Situation.COMPARED, derives)

    def compare_texts(self, text: str, source_text: str | None) -> Comparison:
        """Compare two texts as they are compared for a verdict, or look at one alone.

        Raises
        ------
        InvalidArticle
            A text is empty, too short, not English, or no text.
        """
        source = None if source_text is None else self._read(source_text)
        return self._compare(self._read(text), source)

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
            return fingerprint(article, self._read(article.text), self.model.style)
        except InvalidArticle:
            return None  # judging it gives the reason

    def _read(self, text: str) -> Document:
        check_text(text)
        document = self._documents.get(text)
        if document is not None:
            return document
        check_raw(text)
        document = read_document(text, self._encoder)
        check_document(document)
        self._documents.put(text, document)
        return document

    def answer_pairs(self, pairs: Iterable[ArticlePair]) -> Iterator[PairAnswer]:
        """Ask of pairs of articles, in their order; all of them can be judged."""
        return (self._ask(article, candidate) for article, candidate in pairs)

    def _ask(self, article: Article, candidate: Article) -> PairAnswer:
        """Ask whether an article derives from a candidate, and which came first."""
        document, other = self._read(article.text), self._read(candidate.text)
        answers = self._answer(self._compare(document, other))
        reworded = float(reworded_by_machine(answers)[0])
        odds = weigh_lost_credit(reworded, document.credits, other.credits)
        first = expit(logit(answers.first) + np.log(odds))
        return PairAnswer(float(answers.derives[0]), float(first[0]))

    def _compare(self, document: Document, source_document: Document | None) -> Comparison:
        return compare(document, source_document, self._encoder, self.model.style)

    def _answer(self, comparison: Comparison) -> QuestionProbabilities:
        row = extract_features(comparison)[None, :]
        return self.model.judge.answer(row, has_candidate=comparison.with_source is not None)

    def _judge(
        self,
        article: Article,
        document: Document,
        candidate: _Candidate | None,
        situation: Situation,
        derives: float | None = None,
        why_alone: str | None = None,
    ) -> Verdict:
        manifest = self.model.manifest
        other = None if candidate is None else candidate.document
        comparison = self._compare(document, other)
        answers = self._answer(comparison)
        reworded = reworded_by_machine(answers)
        derived = np.zeros(1)
        if derives is not None:
            derived = np.array([derives])
        elif candidate is not None:
            prior = _find_prior_first(article, document, candidate, float(reworded[0]))
            derived = derives_from(answers, prior)
        rates = find_credit_rates(article, document.credits)
        of_text = weigh_text(answers.machine, PRIORS[situation], rates)
        probabilities = weigh(derived, reworded, of_text)[0]
        label = LABELS[int(probabilities.argmax())]
        derivation = _derivation(label, float(derived[0]))
        is_shown = derivation is not Derivation.NONE or situation is Situation.COMPARED
        near = None
        if candidate is not None:
            similarity = float(document.vector @ candidate.document.vector)
            near = Source(candidate.article.id, similarity)
            if not is_shown:
                comparison = self._compare(document, None)
        source, source_document = (near, other) if is_shown else (None, None)
        evidence = collect_evidence(comparison, derivation)
        warnings = find_warnings(article, document, source, source_document, why_alone)
        contradiction = find_contradiction(label, evidence)
        return Verdict(
            id=article.id,
            label=label,
            probabilities=dict(zip(LABELS, probabilities.tolist(), strict=True)),
            label_set=label_set(probabilities, manifest.thresholds[situation]),
            source=source,
            evidence=evidence,
            model_id=manifest.model_id,
            warnings=(*warnings, contradiction) if contradiction else warnings,
            related=None if is_shown else near,
            answers=Answers(
                situation=str(situation),
                machine=float(answers.machine[0]),
                derives=None if candidate is None else float(derived[0]),
                reworded=None if candidate is None else float(reworded[0]),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What an article may derive from, read."""

    article: Article
    document: Document


def _find_prior_first(
    article: Article, document: Document, candidate: _Candidate, reworded: float
) -> float:
    """Give the probability that a candidate came first, by dates where these tell, and credits."""
    of_source = find_interval(candidate.article.published)
    of_article = find_interval(article.published)
    if is_later(of_article, of_source):
        return 1.0
    if is_later(of_source, of_article):
        return 0.0
    credit_odds = weigh_lost_credit(reworded, document.credits, candidate.document.credits)
    odds = PRIOR_FIRST / (1 - PRIOR_FIRST) * credit_odds
    return odds / (1 + odds)


def _derivation(label: Label, derives: float) -> Derivation:
    """Say what the evidence has to show: a label never contradicts it."""
    if label is Label.ORIGINAL or derives < LIKELY:
        return Derivation.NONE
    return Derivation.MACHINE if label is Label.SPUN else Derivation.DESK


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
