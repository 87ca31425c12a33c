"""One pass over an article and its source: quotations, names and numbers in their sentences."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from copydesk.features import (
    Comparison,
    Document,
    Encoder,
    StyleModel,
    compare,
    extract_features,
    with_style,
)
from copydesk.features.compare.comparison import SourceComparison
from copydesk.features.compare.quotes import QuoteFate

CompareTexts = Callable[[str, str | None], Comparison]
Read = Callable[[str], Document]

SOURCE = (
    "The ferry carried 84 passengers and 12 crew members on Monday. Two tugs pulled it free. "
    'President Volodymyr Berg said: "We will rebuild the old harbour within three years." '
    "It cost 1.5 million crowns."
)


@pytest.fixture(scope="module")
def pair_of(compare_texts: CompareTexts) -> Callable[[str, str], SourceComparison]:
    def compare_pair(article: str, source: str) -> SourceComparison:
        pair = compare_texts(article, source).with_source
        assert pair is not None
        return pair

    return compare_pair


PairOf = Callable[[str, str], SourceComparison]


def test_alone_there_is_no_pair(compare_texts: CompareTexts) -> None:
    comparison = compare_texts(SOURCE, None)
    assert comparison.with_source is None
    assert comparison.inconsistent_names == ()


def test_names_spelled_in_two_ways_need_no_source(compare_texts: CompareTexts) -> None:
    comparison = compare_texts("We saw Ryabkov. Then Ryabkov met Lyabkov.", None)
    (found,) = comparison.inconsistent_names
    assert (found.mention.word, found.source_mention.word) == ("lyabkov", "ryabkov")


def test_padding_is_what_neither_derives_nor_brings_anything(pair_of: PairOf) -> None:
    own = [
        "Everyone agrees that such moments matter deeply.",  # padding
        "Bread became dearer in Tarnholm this winter.",  # a name of its own
        "Bread costs 17 coins in many shops now.",  # a number of its own
        'Bakers say "we have never sold so little of it".',  # a quotation of its own
        "Everyone agrees that Berg matters deeply to bread.",  # a name, but the source's
    ]
    pair = pair_of(" ".join([*own, "Two tugs pulled it free."]), SOURCE)
    assert [link.is_aligned for link in pair.alignment.links] == [False] * 5 + [True]
    assert pair.padding == (0, 4)


def test_style_of_what_the_other_lacks(
    read: Read, style: StyleModel, compare_texts: CompareTexts
) -> None:
    article, source = "Two tugs pulled it free at noon.", "Two tugs pulled it free at high water."
    places, of_source = (style.find(read(text).style_terms).places for text in (article, source))
    own = places[~np.isin(places, of_source)]
    assert 0 < len(own) < len(places)
    there, back = compare_texts(article, source).style, compare_texts(source, article).style
    assert there.added == pytest.approx(style.mean_coef(own))
    assert back.removed == pytest.approx(there.added)
    same = compare_texts(source, source).style
    assert np.isnan([same.added, same.removed]).all()


def test_style_of_changed_sentences_and_of_those_they_come_from(
    read: Read, style: StyleModel, compare_texts: CompareTexts
) -> None:
    kept, changed = (
        "Nobody on board was hurt at all.",
        "Two tugs dragged the ship free at high tide.",
    )
    source = "Two tugs pulled the vessel free at high water."
    found = compare_texts(f"{kept} {changed}", f"{source} {kept}").style
    for value, sentence in ((found.changed, changed), (found.unchanged, source)):
        assert value == pytest.approx(style.score(read(sentence).style_terms).document)
    copied = compare_texts(f"{kept} {source}", f"{source} {kept}").style
    assert np.isnan([copied.changed, copied.unchanged]).all()


def test_style_of_both_texts_is_as_they_were_written(
    read: Read, style: StyleModel, compare_texts: CompareTexts
) -> None:
    # The source spells labour so; its spelling is looked for in what was added, not in the score.
    article, source = "The labor minister said so at noon.", "The labour minister said so."
    found = compare_texts(article, source)
    assert found.with_source is not None and found.with_source.house_style
    assert found.style.article.document == style.score(read(article).style_terms).document
    assert found.style.source is not None
    assert found.style.source.document == style.score(read(source).style_terms).document
    added = style.find(read("The labour minister said so at noon.").style_terms).places
    own = added[~np.isin(added, style.find(read(source).style_terms).places)]
    assert found.style.added == pytest.approx(style.mean_coef(own))


def test_alone_there_is_the_style_of_the_article_only(
    style: StyleModel, read: Read, compare_texts: CompareTexts
) -> None:
    alone = compare_texts(SOURCE, None).style
    assert alone.source is None
    assert alone.article.document == style.score(read(SOURCE).style_terms).document
    assert np.isnan([alone.added, alone.removed, alone.changed, alone.unchanged]).all()


@pytest.mark.parametrize("source", [SOURCE, None])
def test_another_style_model_changes_the_style_only(
    source: str | None, style: StyleModel, read: Read, encoder: Encoder
) -> None:
    article = read(SOURCE.replace("pulled", "dragged"))
    document = None if source is None else read(source)
    other = replace(style, coef=-style.coef, intercept=np.asarray(0.75, np.float32))
    first = compare(article, document, encoder, style)
    found, expected = with_style(first, other), compare(article, document, encoder, other)
    assert found.with_source is first.with_source
    assert found.inconsistent_names == first.inconsistent_names
    assert found.style.article.document == expected.style.article.document
    assert found.style.article.document != first.style.article.document
    np.testing.assert_array_equal(extract_features(found), extract_features(expected))


def test_a_copy_differs_in_nothing(pair_of: PairOf) -> None:
    pair = pair_of(SOURCE, SOURCE)
    assert pair.padding == ()
    assert pair.runs.tolist() == [len(pair.source.words)] * len(pair.source.words)
    assert [match.fate for match in pair.quote_matches] == [QuoteFate.VERBATIM]
    assert pair.kept_quotes == pair.source.quote_scan.quotes
    assert pair.reported_quotes == pair.corrupted_names == pair.changed_numbers == ()
    assert pair.broken_terms == pair.swapped_words == pair.edits.synonyms == ()


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("The ferry carried 48 passengers and 12 crew members on Monday.", [(48, 84)]),
        ("The ferry carried 48 passengers and 21 crew members.", [(48, 84), (21, 12)]),
        ("The ferry carried eighty-four passengers and 12 crew members.", []),
        ("The ferry carried 48 travellers and 12 crew members on Monday.", []),
        ("The ferry carried 84 passengers, not 48 passengers, on Monday.", []),
        ("The ferry carried 12 passengers and 84 crew members on Monday.", []),
        ("Prices of bread rose in Norway, 48 passengers found.", []),
        ("The ferry carried 12 passengers on Monday.", []),
        ("It cost 15 million crowns.", [(15e6, 1.5e6)]),
    ],
)
def test_changed_numbers_by_hand(
    pair_of: PairOf, article: str, expected: list[tuple[float, float]]
) -> None:
    changed = pair_of(article, SOURCE).changed_numbers
    assert [(one.number.value, one.source_number.value) for one in changed] == expected


def test_a_number_that_ends_the_text_counts_nothing(pair_of: PairOf) -> None:
    pair = pair_of("Two tugs pulled it free in 48", "Two tugs pulled it free in 84")
    assert pair.alignment.aligned == (0,)
    assert pair.changed_numbers == ()


def test_a_spelling_far_off_counts_in_aligned_sentences_only(pair_of: PairOf) -> None:
    aligned = 'President Vladimir Berg said: "We will rebuild the old harbour within three years."'
    (found,) = pair_of(aligned, SOURCE).corrupted_names
    assert (found.mention.word, found.source_mention.word) == ("vladimir", "volodymyr")
    elsewhere = "Prices of bread rose in Norway, the grocer Vladimir Lind found."
    assert pair_of(elsewhere, SOURCE).corrupted_names == ()


@pytest.mark.parametrize(
    ("article", "fates", "n_kept", "n_reported"),
    [
        ('Berg said: "We will rebuild the old harbour."', [QuoteFate.SHORTENED], 1, 0),
        (
            'Berg said: "We will restore the old harbour within three years."',
            [QuoteFate.ALTERED],
            1,
            0,
        ),
        (
            'Berg said: "We shall restore that whole harbour in three years."',
            [QuoteFate.ALTERED],
            0,
            0,
        ),
        ("Volodymyr Berg said that they will rebuild the old harbour in three years.", [], 0, 1),
        # Five of the nine stems of the quotation's sentence, and four.
        ("Berg promised to rebuild the old harbour, but it took years.", [], 0, 1),
        ("Berg promised to rebuild the old harbour soon.", [], 0, 0),
        (
            '"Bread is dearer than ever before," said a grocer in Norway.',
            [QuoteFate.UNMATCHED],
            0,
            0,
        ),
        ("Two tugs pulled it free.", [], 0, 0),
    ],
)
def test_what_became_of_the_quotations(
    pair_of: PairOf, article: str, fates: list[QuoteFate], n_kept: int, n_reported: int
) -> None:
    pair = pair_of(article, SOURCE)
    assert [match.fate for match in pair.quote_matches] == fates
    assert (len(pair.kept_quotes), len(pair.reported_quotes)) == (n_kept, n_reported)


def test_an_altered_quotation_points_at_the_sources(pair_of: PairOf) -> None:
    pair = pair_of('Berg said: "We will restore the old harbour within three years."', SOURCE)
    (match,) = pair.quote_matches
    held = pair.source.text[match.source_start : match.source_end]
    assert held == "We will rebuild the old harbour within three years"


@pytest.mark.parametrize(("article", "source"), [("", SOURCE), (SOURCE, ""), ("", "")])
def test_empty_texts_share_nothing(pair_of: PairOf, article: str, source: str) -> None:
    pair = pair_of(article, source)
    assert not pair.runs.any()
    assert pair.kept_quotes == pair.reported_quotes == pair.corrupted_names == ()
    assert pair.alignment.aligned == ()


def test_quotations_without_a_source_to_look_in_are_unmatched(pair_of: PairOf) -> None:
    (match,) = pair_of(SOURCE, "").quote_matches
    assert match.fate is QuoteFate.UNMATCHED
