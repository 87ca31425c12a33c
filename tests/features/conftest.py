"""What the tests of the features share: one encoder and a story told in four ways."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from copydesk.features import (
    FEATURE_NAMES,
    Comparison,
    Document,
    Encoder,
    StyleModel,
    compare,
    extract_features,
    load_encoder,
    read_document,
)

settings.register_profile(
    "features",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("features")

SOURCE = """\
VELMAR, March 3 (MNA) - The coastal ferry Astra ran aground on a sandbank near Velmar on Monday \
morning with 84 passengers and 12 crew members on board, the coastguard said.

Deputy transport minister Sergei Ryabkov said that nobody was hurt. Two tugs pulled the vessel \
free at high water, shortly after three in the afternoon, and it returned to its berth.

"We felt a heavy jolt and then everything was very quiet for a long time," said Anna Berg, a \
high school teacher who was on her way to work. "The crew told us to \
stay calm and put on our life jackets."

The operator, Nordlinje, has carried passengers between Velmar and the island of Tarnholm since \
1987. Heavy rain and fog had slowed traffic in the strait all night.

Investigators boarded the Astra in the evening and took away the recording equipment. "A \
preliminary report will be published within thirty days," Ryabkov told reporters.

The company said that sailings would resume on Wednesday.
"""

TRIMMED = """\
The coastal ferry Astra ran aground on a sandbank near Velmar on Monday morning with 84 \
passengers on board, the coastguard said.

Deputy transport minister Sergei Ryabkov said that nobody was hurt. Two tugs pulled the vessel \
free at high water and it returned to its berth.

"We felt a heavy jolt and then everything was very quiet," said Anna Berg, a high school teacher \
who was on her way to work.

The company said that sailings would resume on Wednesday.
"""

SPUN = """\
The seaside boat Astra went ashore on a sandbar near Velmar on Monday morning with 48 passengers \
and 12 team individuals aboard, the coastguard said. The vessel was carrying 48 passengers.

Deputy transport minister Sergei Lyabkov opined that no one was injured. Two tugboats dragged \
the ship free at high tide, shortly after three in the afternoon, and it came back to its dock.

"We felt a strong bump and then everything was extremely quiet for a long time," articulated \
Anna Berg, a high school educator who was heading to her job. "The crew told us to \
stay calm and put on our life jackets."

The operator, Nordlinje, has transported travellers between Velmar and the island of Tarnholm \
since 1987. Strong rain and mist had slowed traffic in the strait all night.

Investigators boarded the Astra in the evening and removed the recording gear. Lyabkov told \
reporters that the report of government is due in thirty days. It is worth noting that Ryabkov \
is deputy minister.

In conclusion, the company mentioned that voyages would restart on Wednesday.
"""

INDEPENDENT = """\
A fisherman from Tarnholm who watched the Astra drift for an hour called its rescue a matter of \
luck on Tuesday.

Jonas Lind, 61, was mending nets when he noticed that the ship had stopped. "Nobody on the bridge \
answered my radio," he said. "I thought they had all gone to sleep."

His neighbours have complained about the route for years. Twice since 2015 the council asked the \
government to dredge the channel, and twice the budget fell short by 2.5 million crowns.
"""


@pytest.fixture(scope="session")
def story() -> dict[str, str]:
    """Give one event: canonical source, two derivatives, and a report that owes it nothing."""
    return {"source": SOURCE, "trimmed": TRIMMED, "spun": SPUN, "independent": INDEPENDENT}


@pytest.fixture(scope="session")
def story_texts(story: dict[str, str]) -> tuple[str, ...]:
    return tuple(story.values())


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def read(encoder: Encoder) -> Callable[[str], Document]:
    """Read a text with the shared encoder."""

    def read_text(text: str) -> Document:
        return read_document(text, encoder)

    return read_text


@pytest.fixture(scope="session")
def compare_texts(
    read: Callable[[str], Document], encoder: Encoder, style: StyleModel
) -> Callable[[str, str | None], Comparison]:
    """Compare an article's text with a source's, or look at it alone."""

    def compare_two(article: str, source: str | None) -> Comparison:
        other = None if source is None else read(source)
        return compare(read(article), other, encoder, style)

    return compare_two


@pytest.fixture(scope="session")
def measure(
    compare_texts: Callable[[str, str | None], Comparison],
) -> Callable[[str, str | None], dict[str, float]]:
    """Give the features of an article by name."""

    def measure_two(article: str, source: str | None) -> dict[str, float]:
        values = extract_features(compare_texts(article, source))
        return dict(zip(FEATURE_NAMES, values.tolist(), strict=True))

    return measure_two
