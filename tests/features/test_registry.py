"""The registry: every feature named once, measured, in its range, and blind to a missing source."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from copydesk.features import (
    FEATURE_NAMES,
    FEATURES,
    NEEDS_SOURCE,
    Comparison,
    Document,
    Encoder,
    StyleModel,
    compare,
    extract_features,
)
from copydesk.features.registry import GROUPS as MODULES

CompareTexts = Callable[[str, str | None], Comparison]
Measure = Callable[[str, str | None], dict[str, float]]

GROUPS = {feature.name: feature.group for feature in FEATURES}
LOW = np.array([feature.low for feature in FEATURES], float)
HIGH = np.array([feature.high for feature in FEATURES], float)

# Sentences that meet in every way: copies, edits, opposites, oddities, quotations, numbers, noise.
SENTENCES = st.sampled_from(
    [
        "The ferry Astra ran aground near Velmar on Monday with 84 passengers.",
        "The boat Astra went ashore near Velmar on Monday with 48 passengers.",
        "Two tugs pulled the vessel free at high water.",
        "Two tugboats dragged the ship free at high tide.",
        '"We felt a heavy jolt and then it was quiet," said Anna Berg.',
        '"We felt a strong bump and then it was silent," opined Anna Burg.',
        "Sergei Ryabkov told reporters that nobody was hurt.",
        "Lyabkov, Riabkov, Liabkov, Rjabkov, Ljabkov.",
        "She is a high school educator in Tarnholm.",
        "She is a high school teacher in Tarnholm.",
        "In conclusion, the prime pastor met with committee.",
        "Prices of bread rose by 2.5 million crowns.",
        'He said: "We are',
        "Gas.",
        "Yes.",
        "He was.",
        "\n",
        "\n\nMore news",
        "1 2 3 4 5",
    ]
)
TEXTS = st.lists(SENTENCES, max_size=7).map(" ".join)


def assert_in_range(values: NDArray[np.float64]) -> None:
    measured = ~np.isnan(values)
    outside = measured & ((values < LOW) | (values > HIGH))
    assert {FEATURE_NAMES[i]: values[i] for i in np.flatnonzero(outside)} == {}


def test_names_are_unique_and_rows_are_whole() -> None:
    assert len(set(FEATURE_NAMES)) == len(FEATURE_NAMES) == len(FEATURES)
    assert tuple(feature.name for feature in FEATURES) == FEATURE_NAMES
    assert NEEDS_SOURCE.tolist() == [feature.needs_source for feature in FEATURES]
    for feature in FEATURES:
        assert feature.name.isidentifier()
        assert feature.name == feature.name.lower()
        assert feature.low < feature.high
        assert feature.group and feature.unit and feature.meaning


def test_the_vector_has_the_order_of_the_registry(
    compare_texts: CompareTexts, story: dict[str, str]
) -> None:
    comparison = compare_texts(story["spun"], story["source"])
    values = extract_features(comparison)
    assert values.shape == (len(FEATURES),)
    assert values.dtype == np.float64
    at = FEATURE_NAMES.index("numbers_changed")
    numbers = next(group for group in MODULES if group.FEATURES[0].group == "numbers")
    assert values[at] == numbers.measure(comparison)["numbers_changed"] > 0


def test_every_feature_is_measured_on_a_rich_pair(measure: Measure, story: dict[str, str]) -> None:
    values = measure(story["spun"], story["source"])
    assert [name for name, value in values.items() if math.isnan(value)] == []


def test_every_feature_tells_texts_apart(measure: Measure, story: dict[str, str]) -> None:
    extra = (
        "As an AI language model, the prime pastor met with committee members and with committee. "
        'He said: "We are\n\nTwo tugs pulled the vessel free at high water on Monday. '
        "Two tugs pulled the vessel free at high water on Monday. (Reuters) "
        "Nobody was hurt and\n\n© 2024 Nordlinje\n\nThe story came via AFP today."
    )
    source = story["source"]
    merged = source.replace("was hurt. Two", "was hurt and two")
    split = source.replace("water, shortly", "water. It was shortly")
    short_quote = 'Anna Berg said: "We felt a heavy jolt."'
    articles = [*story.values(), f"{story['spun']} {extra}"]
    own = "You told us yesterday, Monday, that nobody was hurt! Why? Nobody says so now."
    rows = [measure(article, source) for article in [*articles, merged, split, short_quote]]
    rows += [measure(article, None) for article in (source, own)]
    constant = [
        name
        for name in FEATURE_NAMES
        if len({row[name] for row in rows if row[name] == row[name]}) < 2
    ]
    assert constant == []


def test_each_group_measures_the_rows_beside_it(
    compare_texts: CompareTexts, story: dict[str, str]
) -> None:
    alone = compare_texts(story["spun"], None)
    paired = compare_texts(story["spun"], story["source"])
    for module in MODULES:
        (group,) = {feature.group for feature in module.FEATURES}
        assert module.__name__.endswith(f".{group}")
        every = {feature.name for feature in module.FEATURES}
        without = {feature.name for feature in module.FEATURES if not feature.needs_source}
        assert set(module.measure(paired)) == every, group
        assert set(module.measure(alone)) == without, group


@given(TEXTS, TEXTS)
def test_values_stay_in_their_ranges(
    read: Callable[[str], Document],
    encoder: Encoder,
    style: StyleModel,
    article: str,
    source: str,
) -> None:
    one, other = read(article), read(source)
    assert_in_range(extract_features(compare(one, other, encoder, style)))
    assert_in_range(extract_features(compare(one, one, encoder, style)))
    assert_in_range(extract_features(compare(one, None, encoder, style)))


def test_story_values_stay_in_their_ranges(
    compare_texts: CompareTexts, story_texts: tuple[str, ...]
) -> None:
    for article in story_texts:
        for source in (*story_texts, None):
            assert_in_range(extract_features(compare_texts(article, source)))


def test_many_spellings_of_one_name_stay_in_range(compare_texts: CompareTexts) -> None:
    text = "We saw Ryabkov, Lyabkov, Riabkov, Liabkov, Rjabkov, Ljabkov."
    assert_in_range(extract_features(compare_texts(text, None)))


@given(TEXTS, TEXTS)
def test_a_source_changes_only_what_needs_one(
    read: Callable[[str], Document],
    encoder: Encoder,
    style: StyleModel,
    article: str,
    source: str,
) -> None:
    document = read(article)
    alone = extract_features(compare(document, None, encoder, style))
    paired = extract_features(compare(document, read(source), encoder, style))
    assert np.isnan(alone[NEEDS_SOURCE]).all()
    np.testing.assert_array_equal(alone[~NEEDS_SOURCE], paired[~NEEDS_SOURCE])


def test_article_features_are_measured_without_source(
    measure: Measure, story: dict[str, str]
) -> None:
    values = measure(story["spun"], None)
    for feature in FEATURES:
        assert math.isnan(values[feature.name]) is feature.needs_source, feature.name


def test_a_copy_has_no_drift_and_all_the_wording(
    measure: Measure, read: Callable[[str], Document], story: dict[str, str]
) -> None:
    source = story["source"]
    values = measure(source, source)
    for name, value in values.items():
        if name.startswith("drift_") or name in {"gap_mean", "gap_p75"}:
            assert value == pytest.approx(0, abs=1e-6), name
        elif "containment" in name or name.startswith("run_share"):
            assert value == 1, name
        elif name.startswith("changed_"):
            assert math.isnan(value), name
        elif name.endswith("_gain") or (name.endswith("_rate") and GROUPS[name] == "reuse"):
            assert value == 0, name
    ones = "verbatim_share aligned_share source_coverage order_tau quotes_verbatim quote_ratio"
    ones += " names_in_source source_names_kept numbers_in_source source_numbers_kept"
    ones += " rare_words_in_source source_rare_words_kept source_quotes_kept fact_order_tau"
    assert {name: values[name] for name in ones.split()} == dict.fromkeys(ones.split(), 1)
    zeros = "reworded_share tightened_share own_share quotes_altered quotes_new"
    zeros += " names_corrupted new_names numbers_changed new_numbers new_rare_words length_ratio"
    zeros += " isolated_swap_rate isolated_swap_share"
    zeros += " broken_source_terms transliterated_names quote_gap inconsistent_names"
    assert {name: values[name] for name in zeros.split()} == dict.fromkeys(zeros.split(), 0)
    assert values["document_similarity"] == pytest.approx(1, abs=1e-6)
    assert values["longest_run"] == pytest.approx(math.log1p(len(read(source).words)))


def test_classes_of_articles_are_ordered(measure: Measure, story: dict[str, str]) -> None:
    copy, trimmed, spun, other = (measure(text, story["source"]) for text in story.values())
    for name in ("containment_3", "aligned_share", "names_in_source", "run_share_8"):
        assert copy[name] >= trimmed[name] >= spun[name] > other[name], name
    assert copy["drift_mean"] <= trimmed["drift_mean"] < spun["drift_mean"]
    assert copy["own_share"] <= trimmed["own_share"] <= spun["own_share"] < other["own_share"]
    assert spun["gap_mean"] > max(copy["gap_mean"], trimmed["gap_mean"]) + 0.1
    for name in ("names_corrupted", "quotes_altered", "numbers_changed", "broken_source_terms"):
        assert spun[name] > 0 == copy[name] == trimmed[name] == other[name], name


def test_values_by_hand(measure: Measure) -> None:
    source = (
        'The ferry Astra carried 84 passengers to Velmar. "We are all well today," said Berg. '
        "Nobody was hurt in the accident."
    )
    article = (
        'The ferry Astra carried 48 passengers to Velmar. "We are all well," said Lind. '
        "Prices of bread rose in Norway."
    )
    values = measure(article, source)
    by_hand = {
        # 8 + 6 + 6 words; the first two sentences are taken over.
        "aligned_share": 14 / 20,
        "source_coverage": 2 / 3,
        # Norway is a name of its own.
        "reporting_share": 6 / 20,
        "padding_share": 0,
        "own_share": 6 / 20,
        # the ferry astra carried passengers to velmar we are all well said, and "in" of 20 words
        "containment_1": 13 / 20,
        # to Velmar | We are all well, said: (passengers to velmar we are all well) is one run
        "run_share_5": 7 / 20,
        "run_share_8": 0,
        "longest_run": math.log1p(7),
        "order_tau": 1,
        "quote_share": 4 / 20,
        "quotes_verbatim": 1,
        "source_quotes_kept": 1,
        # Astra, Velmar, Lind, Norway against Astra, Velmar, Berg
        "names_in_source": 2 / 4,
        "source_names_kept": 2 / 3,
        "new_names": 100 * 2 / 20,
        "name_share": 4 / 20,
        "numbers_in_source": 0,
        "source_numbers_kept": 0,
        "numbers_changed": 1,
        "new_numbers": 100 / 20,
        "number_rate": 100 / 20,
        "length_ratio": math.log(20 / 21),
        "sentence_words": math.log(20 / 3),
        "sentence_words_gain": math.log(20 / 21),
        "sentence_words_spread": np.std([8, 6, 6]) / np.mean([8, 6, 6]),
        "repeated_share": 0,
        "unbalanced_quotes": 0,
    }
    assert {name: values[name] for name in by_hand} == pytest.approx(by_hand)


def test_drift_of_quotations_is_told_from_that_of_the_telling(
    compare_texts: CompareTexts, measure: Measure
) -> None:
    source = (
        "The ferry Astra ran aground near Velmar on Monday with 84 passengers. "
        '"We felt a heavy jolt and then everything was very quiet," said Berg. '
        "Two tugs pulled the vessel free at high water."
    )
    article = (
        "The boat Astra went ashore close to Velmar on Monday carrying 84 people. "
        '"We felt a strong bump and then all was extremely silent," said Berg. '
        "Two tugs pulled the vessel free at high water."
    )
    pair = compare_texts(article, source).with_source
    assert pair is not None
    told, quoted, verbatim = pair.alignment.links
    assert [link.is_aligned for link in pair.alignment.links] == [True] * 3
    assert verbatim.similarity > max(told.similarity, quoted.similarity)
    expected = told.similarity - quoted.similarity
    assert measure(article, source)["quoted_drift"] == pytest.approx(expected)
    assert math.isnan(measure(source, source)["quoted_drift"])


def test_shares_of_the_article_are_told_from_shares_of_the_source(measure: Measure) -> None:
    source = (
        'Two tugs pulled the vessel free at high water. "We are all well today," said Berg. '
        '"They are fine now," said Lind, 61. It cost 84 crowns.'
    )
    article = 'Two tugs pulled the vessel. "We are all well today," said Berg. It cost 84 crowns.'
    values = measure(article, source)
    by_hand = {
        "aligned_share": 1,
        "source_coverage": 3 / 4,
        # two tug pulled vessel today said berg cost 84 crown; free high water fine lind 61
        "content_containment": 1,
        "source_content_containment": 10 / 16,
        # runs of 5, 7 and 4 words
        "run_share_5": 12 / 16,
        "run_share_8": 0,
        "numbers_in_source": 1,
        "source_numbers_kept": 2 / 3,
        "quotes_verbatim": 1,
        "source_quotes_kept": 1 / 2,
    }
    assert {name: values[name] for name in by_hand} == pytest.approx(by_hand)


def test_a_paraphrase_is_close_in_meaning_only(measure: Measure) -> None:
    source = "The doctor was seriously hurt in the crash."
    values = measure("The physician was badly injured in the collision.", source)
    assert values["gap_reworded_share"] == 1
    assert values["own_share"] == 0
    assert values["content_containment"] == 0


def test_mean_drift_is_weighted_by_words(compare_texts: CompareTexts) -> None:
    source = "Nobody was hurt. Two tugs pulled the vessel free at high water on Monday morning."
    article = "Nobody was hurt. Two tugs dragged the ship free at high tide on Monday morning."
    comparison = compare_texts(article, source)
    assert comparison.with_source is not None
    copied, reworded = comparison.with_source.alignment.links
    values = dict(zip(FEATURE_NAMES, extract_features(comparison), strict=True))
    drift = 1 - reworded.similarity
    assert copied.similarity == pytest.approx(1, abs=1e-6)
    assert drift > 0.05
    assert values["drift_mean"] == pytest.approx(12 / 15 * drift, abs=1e-6)
    assert values["drift_p50"] == pytest.approx(drift / 2, abs=1e-6)
    assert values["gap_mean"] == pytest.approx(
        12 / 15 * (reworded.similarity - reworded.recall), abs=1e-6
    )


def test_credits_by_hand(measure: Measure) -> None:
    text = "VELMAR (MNA) - The ferry sank. (AP)\n\nNobody was hurt, its owner told AFP."
    values = measure(f"{text}\n\n© 2024 Nordlinje Media", None)
    assert values["dateline"] == pytest.approx(math.log1p(1))
    assert values["agency"] == pytest.approx(math.log1p(2))
    assert values["credit_line"] == pytest.approx(math.log1p(1))
    quoted = measure("Nobody was hurt, Reuters reported. AFP contributed to this report.", None)
    assert quoted["republication"] == pytest.approx(math.log1p(1))
    assert quoted["agency"] == 0
    alone = measure("The ferry sank.", None)
    assert alone["dateline"] == alone["agency"] == alone["credit_line"] == 0


def test_repeated_share_by_hand(measure: Measure) -> None:
    sentence = "Two tugs pulled the vessel free at high water."
    values = measure(f"{sentence} Nobody was hurt. {sentence}", None)
    kept, again = len(sentence) + len("Nobody was hurt."), len(sentence)
    assert values["repeated_share"] == pytest.approx(again / (kept + again))


def test_order_moves_the_order_and_nothing_of_the_drift(measure: Measure) -> None:
    sentences = [
        "The ferry ran aground on Monday.",
        "Nobody was hurt in the accident.",
        "Two tugs dragged the vessel free at high tide.",
        "It sailed back to its berth.",
    ]
    source = " ".join(sentences).replace("dragged", "pulled").replace("tide", "water")
    forth, back = (measure(" ".join(order), source) for order in (sentences, sentences[::-1]))
    assert (forth["order_tau"], back["order_tau"]) == (1, -1)
    unmoved = [
        name
        for name in FEATURE_NAMES
        if GROUPS[name] in {"drift", "quotes", "names"} and name != "order_tau"
    ]
    unmoved += ["containment_1", "content_containment", "verbatim_share", "substituted_rate"]
    for name in unmoved:
        assert forth[name] == pytest.approx(back[name], abs=1e-6, nan_ok=True), name


@pytest.mark.parametrize(("article", "source"), [("", ""), ("", "The ferry sank."), ("Gas.", "")])
def test_texts_with_nothing_to_measure_give_no_infinities(
    measure: Measure, article: str, source: str
) -> None:
    values = np.array(list(measure(article, source).values()))
    assert not np.isinf(values).any()
