"""The classifier: what a model makes of an article alone or beside a candidate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
from copydesk.models import Model, check_encoder
from copydesk.models.conformal import label_set
from copydesk.models.design import FloatArray, expit, logit
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
from copydesk.predict.arguments import check_text
from copydesk.predict.credits_rule import find_credit_rates, weigh_lost_credit
from copydesk.predict.document_folder import DocumentFolder
from copydesk.predict.recent import RecentlyUsed
from copydesk.predict.validation import check_raw, find_contradiction, find_warnings
from copydesk.seeds.search.dates import find_interval, is_later
from copydesk.seeds.search.stories import PairAnswer
from copydesk.types import LABELS, Answers, Article, Label, Source, Verdict

_CACHED_DOCUMENTS = 256


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article and what was read of its text."""

    article: Article
    document: Document


class ArticleClassifier:
    """Reads articles, each once, and judges them by a model; threads may share it.

    Parameters
    ----------
    model : Model
        As ``copydesk.models.load_model`` gives it.
    kept : DocumentFolder, optional
        Keeps what was read beyond the last 256 texts, for others too.
    """

    def __init__(self, model: Model, kept: DocumentFolder | None = None) -> None:
        self.encoder = load_encoder(model.manifest.encoder)
        check_encoder(model.manifest, self.encoder)
        self._model = model
        self._documents: RecentlyUsed[str, Document] = RecentlyUsed(_CACHED_DOCUMENTS)
        self._kept = kept

    def read(self, text: str) -> Document:
        """Read a text that is to be judged or compared with.

        Raises
        ------
        InvalidArticle
            It is empty, too short, not English, or no text.
        """
        check_text(text)
        document = self._documents.get(text)
        if document is not None:
            return document
        document = None if self._kept is None else self._kept.get(text)
        if document is None:
            check_raw(text)
            document = read_document(text, self.encoder)
            check_document(document)
            if self._kept is not None:
                self._kept.put(text, document)
        self._documents.put(text, document)
        return document

    def read_article(self, article: Article) -> ReadArticle:
        """Read an article; raises as ``read`` does."""
        return ReadArticle(article, self.read(article.text))

    def compare(self, document: Document, source: Document | None) -> Comparison:
        """Compare a text with a source, or look at it alone."""
        return compare(document, source, self.encoder, self._model.style)

    def ask(self, article: Article, candidate: Article) -> PairAnswer:
        """Ask whether an article derives from a candidate, and which came first."""
        document, other = self.read(article.text), self.read(candidate.text)
        answers = self._answer(self.compare(document, other))
        reworded = float(reworded_by_machine(answers)[0])
        odds = weigh_lost_credit(reworded, document.credits, other.credits)
        first = expit(logit(answers.first) + np.log(odds))
        return PairAnswer(float(answers.derives[0]), float(first[0]))

    def judge(
        self,
        article: ReadArticle,
        candidate: ReadArticle | None,
        situation: Situation,
        derives: float | None = None,
        why_alone: str | None = None,
    ) -> Verdict:
        """Give the verdict on an article.

        Parameters
        ----------
        article : ReadArticle
            To be labelled.
        candidate : ReadArticle or None
            What it may derive from.
        situation : Situation
            What is known of its source.
        derives : float, optional
            Probability that it derives from any text at hand; by default from the candidate, as
            the model says.
        why_alone : str, optional
            Why a source that it brings or names was passed over.
        """
        document, other = article.document, None if candidate is None else candidate.document
        comparison = self.compare(document, other)
        answers = self._answer(comparison)
        reworded = reworded_by_machine(answers)
        derived = _derived(article, candidate, answers, float(reworded[0]), derives)
        rates = find_credit_rates(article.article, document.credits)
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
                comparison = self.compare(document, None)
        source, shown = (near, other) if is_shown else (None, None)
        evidence = collect_evidence(comparison, derivation)
        warnings = find_warnings(article.article, document, source, shown, why_alone)
        contradiction = find_contradiction(label, evidence)
        manifest = self._model.manifest
        return Verdict(
            id=article.article.id,
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

    def _answer(self, comparison: Comparison) -> QuestionProbabilities:
        row = extract_features(comparison)[None, :]
        return self._model.judge.answer(row, has_candidate=comparison.with_source is not None)


def _derived(
    article: ReadArticle,
    candidate: ReadArticle | None,
    answers: QuestionProbabilities,
    reworded: float,
    known: float | None,
) -> FloatArray:
    """Give the probability that an article derives from a text at hand, shape (1,)."""
    if known is not None:
        return np.array([known])
    if candidate is None:
        return np.zeros(1)
    return derives_from(answers, _find_prior_first(article, candidate, reworded))


def _find_prior_first(article: ReadArticle, candidate: ReadArticle, reworded: float) -> float:
    """Give the probability that a candidate came first, by dates where these tell, and credits."""
    of_source = find_interval(candidate.article.published)
    of_article = find_interval(article.article.published)
    if is_later(of_article, of_source):
        return 1.0
    if is_later(of_source, of_article):
        return 0.0
    credit_odds = weigh_lost_credit(reworded, article.document.credits, candidate.document.credits)
    odds = PRIOR_FIRST / (1 - PRIOR_FIRST) * credit_odds
    return odds / (1 + odds)


def _derivation(label: Label, derives: float) -> Derivation:
    """Say what the evidence has to show: a label never contradicts it."""
    if label is Label.ORIGINAL or derives < LIKELY:
        return Derivation.NONE
    return Derivation.MACHINE if label is Label.SPUN else Derivation.DESK
