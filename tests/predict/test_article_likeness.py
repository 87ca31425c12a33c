"""Pages that are no articles are told from articles."""

import pytest

from copydesk.features import load_encoder, read_document
from copydesk.predict.article_likeness import why_hardly_an_article
from copydesk.types import Article

HEADLINES = (
    "Ferry runs aground off Velmar with 84 on board",
    "Minister resigns over the bridge at Harlow",
    "Why the price of bread will not fall this year",
    "Tarnholm win the cup after a late goal by Lind",
    "Fog slows the strait for a third day in a row",
    "Five things to know about the new school law",
    "Old master of the harbour dies at the age of 91",
    "Council votes to close the swimming baths in May",
    "Nordlinje orders two ships from the yard at Orr",
)
TEASER = "The coastguard said that all of the passengers had been taken to the shore by tugs."
SENTENCE = (
    "The company said on Tuesday that all sailings of the ferry would resume on Wednesday at the "
    "latest if the weather in the strait was good enough."
)
STUB = (
    "The minister of transport resigned on Monday, a day after a report on the bridge at Harlow "
    "was published by the paper of that town."
)


def why(text: str) -> str | None:
    return why_hardly_an_article(read_document(text, load_encoder()))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n".join(HEADLINES), "9 of its 9 lines look like headlines"),
        ("\n\n".join(f"{line}\n{i} hours ago" for i, line in enumerate(HEADLINES)), "headlines"),
        ("\n".join(f"{line}\n{TEASER[:-1]} at {i}." for i, line in enumerate(HEADLINES)), "headl"),
        (
            f"{STUB}\nSubscribe to continue reading. Already a subscriber? Sign in.",
            "Subscribe to continue",
        ),
        (f"{STUB} To read the full story, create an account for the price of a cup.", "To read"),
        (f"We use cookies to make the site better for you.\n{STUB}\nAccept all", "We use cookies"),
        (f"Please enable JavaScript and disable any ad blocker. {STUB}", "enable JavaScript"),
        (
            "\n".join(f"{n} 4 2 1 0 in the first of the 2" for n in "Berg Lind Orr Tal".split()),
            "num",
        ),
        ("Team and points after the games: " + "Orr 12 9 3 in 4, " * 12 + "the end.", "numbers"),
        (f"{SENTENCE} " * 1000, "the same sentences over and over"),
        (f"{SENTENCE} {TEASER} " * 4, "the same sentences over and over"),
        ("Buy it now in the shop. " * 40, "the same sentences over and over"),
    ],
)
def test_other_kinds_of_pages(text: str, reason: str) -> None:
    assert reason in (why(text) or "")


def test_articles_are_articles(bridge: dict[str, Article]) -> None:
    assert {why(article.text) for article in bridge.values()} == {None}


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCE} {TEASER} {STUB}\n\n" * 2,
        f"{SENTENCE} {TEASER}\n\n" + "\n".join(HEADLINES[:7]),
        f"{SENTENCE} {TEASER} {STUB} " * 2 + "\n" + "\n".join(HEADLINES),
        f"Subscribe to continue reading.\n{SENTENCE} {TEASER} {STUB} "
        + " ".join(
            f"On day {i} the {w} of the crew went on." for i, w in enumerate("abcdefghijklm")
        )
        + " ".join(f"In week {i} the {w} of the town came." for i, w in enumerate("abcdefghij")),
        "The share rose 2.5 percent to 31.20 on Monday, the most since 2019, after the bank said "
        "that profit for the quarter had been 4.1 million, up from 3.9 million a year ago.",
    ],
)
def test_faults_and_figures_make_no_other_page(text: str) -> None:
    assert why(text) is None
