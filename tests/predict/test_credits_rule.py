"""What credits say of a text alone: whose they are, how sure they are, what they weigh."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.features.read.credits import Credit, CreditKind
from copydesk.models.judgement import PRIORS, UNCREDITED, Shares, Situation, weigh_text
from copydesk.predict import Scorer
from copydesk.predict.credits_rule import (
    OWN_SITE_RATES,
    RATES,
    find_credit_rates,
    find_strongest_kind,
    is_own_site,
)
from copydesk.types import LABELS, Article, Label

ALONE = Article("a", "")

BODY = (
    "Divers in the port of Velmar searched the wreck of the ferry Astra on Tuesday for two sailors "
    "who have been missing since she ran aground, the coastguard said.\n\n"
    "The ferry, built in 1987, left Tarn with 214 people and 60 cars on board. Fishing boats took "
    "nearly all of them off within two hours, harbour master Ines Calder said.\n\n"
    '"We have never seen the bar so high at this time of the year," Calder said. She added that '
    "an inquiry would begin once the hull had been moved, which may take until Friday.\n\n"
    "The owner, Nordlinje, has cancelled its crossings for the rest of the week and offered those "
    "who had booked their money back."
)

ELSEWHERE = (
    "Prices of bread rose sharply again in the capital this winter, grocers said on Friday, and "
    "bakers expect that flour will be dearer still in spring, when the old stocks are used up."
)


def credit(kind: CreditKind, agency: str | None = None) -> Credit:
    return Credit(kind, 0, 5, agency)


@pytest.mark.parametrize(
    ("agency", "outlet", "url", "own"),
    [
        ("Reuters", "Reuters", None, True),
        ("Reuters", "reuters.com", None, True),
        ("Reuters", None, "https://www.reuters.com/world/a-b", True),
        ("Press Trust of India", "PTI", None, True),
        ("Meridian News Agency", "Meridian (MNA)", None, True),
        ("Tarn Valley News Agency", "Tarn Valley News Agency (TVN)", None, True),
        ("Reuters", "Tarn Courier", "https://tarncourier.example/reuters.com", False),
        ("Reuters", "Reuters via Tarn Courier", None, False),
        ("Reuters", "AFP", "https://www.afp.com/", False),
        ("Reuters", None, "https://notreuters.com/a", False),
        ("Reuters", None, "http://[bad", False),
        ("Reuters", None, None, False),
        (None, "Reuters", "https://www.reuters.com/", False),
    ],
)
def test_an_agency_is_known_by_its_own_site(
    agency: str | None, outlet: str | None, url: str | None, own: bool
) -> None:
    assert is_own_site(agency, Article("a", "", outlet=outlet, url=url)) is own


def test_the_strongest_credit_counts() -> None:
    told = credit(CreditKind.TOLD_AGENCY, "Reuters")
    signed = credit(CreditKind.AGENCY, "Reuters")
    assert find_strongest_kind(ALONE, [told, signed]) is CreditKind.AGENCY
    assert find_credit_rates(ALONE, [told]) == RATES[CreditKind.TOLD_AGENCY]


@pytest.mark.parametrize(
    "credits",
    [
        [],
        [credit(CreditKind.DATELINE)],
        [credit(CreditKind.MENTION, "Reuters")],
        [credit(CreditKind.CONTRIBUTION, "Reuters")],
        [credit(CreditKind.BYLINE)],
        [credit(CreditKind.TOLD_AGENCY, "Reuters"), credit(CreditKind.MENTION, "Reuters")],
    ],
)
def test_what_is_not_certain_weighs_nothing(credits: list[Credit]) -> None:
    assert find_credit_rates(ALONE, credits) == UNCREDITED


def test_on_its_own_site_an_agency_credits_itself() -> None:
    own = Article("a", "", outlet="Reuters")
    reuters, afp = credit(CreditKind.DATELINE, "Reuters"), credit(CreditKind.AGENCY, "AFP")
    assert find_credit_rates(own, [reuters]) == OWN_SITE_RATES
    assert find_credit_rates(own, [reuters, afp]) == RATES[CreditKind.AGENCY]
    assert find_credit_rates(own, []) == UNCREDITED


def test_rates_are_those_measured() -> None:
    results = Path(__file__).parents[2] / "benchmarks" / "results" / "credit_rates.json"
    measured = json.loads(results.read_text(encoding="utf-8"))["rates"]
    for kind, rates in RATES.items():
        assert rates == pytest.approx(measured[str(kind)], abs=5.1e-5)
    assert OWN_SITE_RATES[:2] == pytest.approx(measured["own site"][:2], abs=5.1e-5)


def weighed(machine: float, rates: Shares) -> dict[Label, float]:
    """What a text alone says whose source nobody looked for."""
    found = weigh_text(np.array([machine]), PRIORS[Situation.UNSEARCHED], rates)[0]
    return dict(zip(LABELS, found.tolist(), strict=True))


@pytest.mark.parametrize("kind", RATES)
def test_a_text_by_hand_that_bears_a_credit_is_a_copy(kind: CreditKind) -> None:
    assert weighed(0.2, RATES[kind])[Label.EDITED_WIRE] > 0.5
    assert weighed(0.2, UNCREDITED)[Label.EDITED_WIRE] < 0.5


@pytest.mark.parametrize("kind", RATES)
@settings(deadline=None, derandomize=True)
@given(machine=st.floats(0.01, 0.99))
def test_a_credit_speaks_for_a_copy_against_an_original(kind: CreditKind, machine: float) -> None:
    signed, plain = weighed(machine, RATES[kind]), weighed(machine, UNCREDITED)
    assert signed[Label.EDITED_WIRE] > plain[Label.EDITED_WIRE]
    assert signed[Label.ORIGINAL] < plain[Label.ORIGINAL]


def test_on_its_own_site_a_machine_is_as_likely_as_before() -> None:
    without = weighed(0.5, (1.0, 1.0, 1.0))
    own = weighed(0.5, OWN_SITE_RATES)
    assert own[Label.SPUN] == pytest.approx(without[Label.SPUN])
    assert own[Label.ORIGINAL] > 0.75


@pytest.mark.parametrize("kind", RATES)
def test_what_reads_like_a_machine_stays_spun(kind: CreditKind) -> None:
    found = weighed(0.97, RATES[kind])
    assert max(found, key=found.__getitem__) is Label.SPUN


@pytest.mark.parametrize(
    ("text", "outlet", "label"),
    [
        (f"VELMAR, Sept 5 (Reuters) - {BODY}", None, Label.EDITED_WIRE),
        (f"{BODY} (AFP)", "Tarn Courier", Label.EDITED_WIRE),
        (f"{BODY}\n\n(With inputs from agencies)", "Tarn Courier", Label.EDITED_WIRE),
        (f"{BODY}\n\nPress Trust of India", None, Label.EDITED_WIRE),
        (f"VELMAR, Sept 5 (Reuters) - {BODY}", "Reuters", Label.ORIGINAL),
    ],
)
def test_alone_a_credit_makes_a_copy_but_on_its_own_site(
    scorer: Scorer, text: str, outlet: str | None, label: Label
) -> None:
    verdict = scorer.label_pair(Article("a", text, outlet=outlet), None)
    assert verdict.label is label
    assert label in verdict.label_set
    assert sum(verdict.probabilities.values()) == pytest.approx(1.0)


def test_beside_a_source_a_credit_counts_as_much_as_the_text_alone(scorer: Scorer) -> None:
    # Of a copy nothing is left to the text; beside another text nearly everything is.
    signed, own = Article("a", f"{BODY} (AFP)"), Article("b", f"{BODY} (AFP)", outlet="AFP")
    for source in (Article("s", BODY), Article("x", ELSEWHERE)):
        one, other = (scorer.label_pair(article, source) for article in (signed, own))
        assert one.answers is not None and one.answers == other.answers
        assert one.answers.derives is not None
        for label in LABELS:
            moved = abs(one.probabilities[label] - other.probabilities[label])
            assert moved <= 1 - one.answers.derives + 1e-9
    assert one.probabilities[Label.EDITED_WIRE] > other.probabilities[Label.EDITED_WIRE]
