"""Stories: which texts of a batch belong together, and which derives from which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from copydesk.seeds.corpus.groups import join_groups
from copydesk.seeds.search.candidates import (
    Candidate,
    Candidates,
    FingerprintList,
    choose_sources,
    compare,
)
from copydesk.seeds.search.closeness import cannot_be_source, find_second
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.forest import Edge, Forest, find_forest
from copydesk.seeds.search.vectors import VectorIndex

# Of two certain answers nothing is more certain.
_LEAST = 1e-6
# A copy of a copy leads to what that was made from, where it derives from it nearly as surely.
_LIKELY = 0.5

Prints = Mapping[str, Fingerprint]


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """What a model says of a text and a candidate that it may derive from.

    Parameters
    ----------
    derives : float
        Probability that it does, or the other from it.
    first : float
        Probability that the candidate came first, in that case.
    """

    derives: float
    first: float


AskPairs = Callable[[Iterable[Edge]], Iterator[PairAnswer]]
"""Asks a model of texts and a candidate of each, by their ids; answers come in their order."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A pair to ask of, and whether the answer tells of the pair turned round too."""

    edge: Edge
    answers_back: bool


@dataclass(frozen=True, slots=True)
class _Story:
    """Texts of one story, and what has to be asked of them."""

    texts: tuple[str, ...]
    questions: tuple[_Question, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in its batch.

    Parameters
    ----------
    sources : tuple of Candidate
        What it derives from in the most probable forest of its story, or else the nearest report
        of the event, or two that it was woven from; none where none is near.
    story : str or None
        Id of the text of its story that most others come from; None where it has no relative.
    derives : float or None
        Probability, over all forests, that it derives from any, below a half where it is the first
        in the most probable one; None where none is near.
    """

    sources: tuple[Candidate, ...]
    story: str | None
    derives: float | None = None


def find_places(
    items: Sequence[Fingerprint], index: VectorIndex | None, ask: AskPairs
) -> dict[str, Place]:
    """Find for each text of a batch what it derives from, and its story; by id.

    Rewrites of one text are close to each other too, so texts are not judged pair by pair: in each
    story the most probable forest says what derives from what. Dates and named sources decide
    where there are any; else how surely a text derives from another, and which came first. What
    was made from a text that was itself made from another leads to that one, if it derives from it
    as well. Time and memory grow about linearly with the number of texts.

    Parameters
    ----------
    items : sequence of Fingerprint
        Of the batch.
    index : VectorIndex or None
        As ``index_fingerprints`` makes it of them.
    ask : callable
        Asks the model of pairs: of all stories, one story after the other.
    """
    candidates = Candidates(index, FingerprintList(items), are_canonical=False)
    prints = {item.id: item for item in items}
    near = {item.id: [one.id for one, _ in candidates.find(item)] for item in items}
    links = {_sorted(key, one) for key, ones in near.items() for one in ones}
    links |= {_sorted(i.id, i.source_id) for i in items if i.source_id and _names(i, prints)}
    members = defaultdict(list)
    groups = join_groups(sorted(links))
    for key in prints:
        if key in groups:
            members[groups[key]].append(key)
    edges: dict[str, set[Edge]] = defaultdict(set)
    for one, other in links:
        edges[groups[one]].update(((one, other), (other, one)))
    places = {key: Place((), None) for key in prints}
    stories = [
        # The order of the batch changes nothing.
        _Story(tuple(sorted(texts)), tuple(_questions(sorted(edges[group]), prints)))
        for group, texts in members.items()
    ]
    answered = iter(ask(question.edge for story in stories for question in story.questions))
    for story in stories:
        texts, answers = story.texts, _answers(story.questions, answered)
        odds = {edge: _odds(edge, answers, prints) for edge in answers}
        forest = find_forest(texts, odds)
        head = _find_head(texts, forest)
        for key in texts:
            sources = _find_sources(key, forest, answers, prints, candidates)
            places[key] = Place(sources, head, _derives_at_all(key, forest) if sources else None)
    return places


def _sorted(one: str, other: str) -> Edge:
    return min(one, other), max(one, other)


def _names(item: Fingerprint, prints: Prints) -> bool:
    return item.source_id in prints and item.source_id != item.id


def _is_possible(text: str, candidate: str, prints: Prints) -> bool:
    """Say whether dates and what texts name as their sources allow an edge."""
    article, source = prints[text], prints[candidate]
    if _names(article, prints):
        return article.source_id == candidate
    return not cannot_be_source(source, article)


def _questions(edges: Iterable[Edge], prints: Prints) -> Iterator[_Question]:
    """Say what to ask of the possible edges; of two texts that may derive from each other, once.

    Then it is asked of the one that looks less like a source, and the other's answer follows.
    """
    possible = {edge for edge in edges if _is_possible(*edge, prints)}
    asked: set[Edge] = set()
    for text, candidate in sorted(possible):
        back = candidate, text
        if back not in possible:
            yield _Question((text, candidate), answers_back=False)
        elif back not in asked:
            one, other = sorted((text, candidate), key=lambda key: prints[key].source_likeness)
            asked.add((text, candidate))
            yield _Question((one, other), answers_back=True)


def _answers(
    questions: Iterable[_Question], answered: Iterator[PairAnswer]
) -> dict[Edge, PairAnswer]:
    """Take as many answers as there are questions, and give each edge its own."""
    answers: dict[Edge, PairAnswer] = {}
    for question in questions:
        (one, other), answer = question.edge, next(answered)
        answers[one, other] = answer
        if question.answers_back:
            answers[other, one] = PairAnswer(answer.derives, 1 - answer.first)
    return answers


def _odds(edge: Edge, answers: Mapping[Edge, PairAnswer], prints: Prints) -> float:
    """Give the odds that a text derives from just a candidate, against from none."""
    answer, (text, candidate) = answers[edge], edge
    if _names(prints[text], prints):
        return 1 / _LEAST
    other = answers.get((candidate, text))
    if other is None:
        first = 1.0
    else:
        first = max(answer.first, _LEAST)
        first /= first + max(other.first, _LEAST)
        if first < _LIKELY and _is_woven_from(text, candidate, answers, prints):
            return 0.0
    return answer.derives / max(1 - answer.derives, _LEAST) * first


def _is_woven_from(
    text: str, candidate: str, answers: Mapping[Edge, PairAnswer], prints: Prints
) -> bool:
    """Say whether a candidate was made from a text and from another that is far from it."""
    apart = [
        prints[other]
        for one, other in answers
        if one == candidate and other != text and (text, other) not in answers
    ]
    article, first = prints[candidate], prints[text]
    return bool(apart) and find_second(article, first, apart, names_tell=False) is not None


def _derives_at_all(key: str, forest: Forest) -> float:
    """Give the probability that a text derives from any, no more than its place allows.

    Of several copies each may be the first: a text that is, in the most probable forest, does not
    derive from what was made from it.
    """
    probability = forest.derives[key]
    if forest.parent[key] is None:
        return min(probability, _LIKELY - _LEAST)
    return max(probability, _LIKELY)


def _find_head(texts: Sequence[str], forest: Forest) -> str:
    """Find the text of a story that most others come from, the first of several."""
    roots = Counter(_ancestors(text, forest)[-1] for text in texts)
    return max(texts, key=lambda text: roots[text])


def _ancestors(text: str, forest: Forest) -> list[str]:
    """Give a text, what it derives from, what that derives from, and so on."""
    found = [text]
    while (above := forest.parent[found[-1]]) is not None:
        found.append(above)
    return found


def _find_sources(
    key: str,
    forest: Forest,
    answers: Mapping[Edge, PairAnswer],
    prints: Prints,
    candidates: Candidates,
) -> tuple[Candidate, ...]:
    """Name what a text derives from, or else the nearest text that it may be compared with."""
    asked = [candidate for text, candidate in answers if text == key]
    _, *above = _ancestors(key, forest)
    if not above:
        near = max(asked, key=lambda other: answers[key, other].derives, default=None)
        return () if near is None else (compare(prints[key], prints[near]),)
    depth = 0
    while depth + 1 < len(above) and _derives(key, above[depth + 1], answers):
        depth += 1
    first = compare(prints[key], prints[above[depth]])
    if depth + 1 < len(above):
        first = replace(first, origin=above[depth + 1])
    own = set(_ancestors(key, forest))
    apart = [
        (compare(prints[key], prints[other]), prints[other])
        for other in asked
        if own.isdisjoint(_ancestors(other, forest))
    ]
    rest = [
        other
        for other in candidates.find_for_rest(prints[key], prints[first.id])
        if other.id in forest.parent and own.isdisjoint(_ancestors(other.id, forest))
    ]
    return choose_sources(prints[key], [(first, prints[first.id]), *apart], rest)


def _derives(text: str, candidate: str, answers: Mapping[Edge, PairAnswer]) -> bool:
    answer = answers.get((text, candidate))
    return answer is not None and answer.derives >= _LIKELY
