"""No class of the starter corpus can be told by its form."""

import re

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from copydesk.seeds.corpus.labelled import CorpusRecord, read_starter


def form_of(text: str) -> list[float]:
    """Quote style, spaces, length, non-ASCII share, markdown and casing; no words."""
    n_chars = len(text)
    quotes = max(len(re.findall(r"[\"“”„'‘’]", text)), 1)
    return [
        len(re.findall(r"[“”‘’]", text)) / quotes,
        len(re.findall(r"['‘’]", text)) / quotes,
        100 * len(re.findall(r"[ \u00a0]{2,}|\u00a0", text)) / n_chars,
        100 * text.count("\n") / n_chars,
        100 * len(re.findall(r" [-\u2013\u2014] |\u2014", text)) / n_chars,
        np.log(n_chars),
        100 * sum(ord(character) > 127 for character in text) / n_chars,
        len(re.findall(r"(?m)^#|\*\*|^[-*•] |^\d+\. ", text)),
        100 * sum(character.isupper() for character in text) / n_chars,
    ]


def accuracy_of_form(records: tuple[CorpusRecord, ...]) -> float:
    """Balanced accuracy of a classifier that sees nothing but form, on stories left out."""
    forms: NDArray[np.float64] = np.array([form_of(record.article.text) for record in records])
    labels = np.array([str(record.label) for record in records])
    probe = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    stories = [record.story for record in records]
    predicted = cross_val_predict(probe, forms, labels, groups=stories, cv=GroupKFold(5))
    return float(balanced_accuracy_score(labels, predicted))


def test_form_tells_classes_no_better_than_chance() -> None:
    assert accuracy_of_form(read_starter()) <= 1 / 3 + 0.1


def test_the_probe_sees_form_where_there_is_some() -> None:
    quoted = [("original", '"'), ("edited_wire", "“"), ("spun", "'")]
    records = tuple(
        CorpusRecord(record.article.__class__(f"{i}", mark * 9 + "text"), record.label, f"s{i}")
        for i, record in enumerate(read_starter()[:120])
        for label, mark in quoted
        if record.label == label
    )
    assert accuracy_of_form(records) > 0.9
