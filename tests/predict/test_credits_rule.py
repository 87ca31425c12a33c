"""What credits say of a text alone: whose they are, how sure they are, what they weigh."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features import FEATURE_NAMES
from copydesk.features.read.credits import Credit, CreditKind
from copydesk.predict import Scorer
from copydesk.predict.credits_rule import (
    OWN_SITE_RATES,
    RATES,
    find_credit_rates,
    find_strongest_kind,
    is_own_site,
    weigh_credit,
    without_credits,
)
from copydesk.types import LABELS, Article, Label

ALONE = Article("a", "")
SHARES = st.floats(0.001, 1.0)

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
    assert find_credit_rates(ALONE, credits) is None


def test_on_its_own_site_an_agency_credits_itself() -> None:
    own = Article("a", "", outlet="Reuters")
    reuters, afp = credit(CreditKind.DATELINE, "Reuters"), credit(CreditKind.AGENCY, "AFP")
    assert find_credit_rates(own, [reuters]) == OWN_SITE_RATES
    assert find_credit_rates(own, [reuters, afp]) == RATES[CreditKind.AGENCY]
    assert find_credit_rates(own, []) is None


def test_features_without_credits_are_those_of_the_same_text() -> None:
    features = np.arange(1.0, len(FEATURE_NAMES) + 1)
    changed = {
        name
        for name, one, other in zip(FEATURE_NAMES, features, without_credits(features), strict=True)
        if one != other
    }
    assert changed == {"republication", "dateline", "agency"}
    assert features.min() == 1.0


def test_rates_are_those_measured() -> None:
    results = Path(__file__).parents[2] / "benchmarks" / "results" / "credit_rates.json"
    measured = json.loads(results.read_text(encoding="utf-8"))["rates"]
    for kind, rates in RATES.items():
        assert rates == pytest.approx(measured[str(kind)], abs=5.1e-5)
    assert OWN_SITE_RATES[:2] == pytest.approx(measured["own site"][:2], abs=5.1e-5)


def test_weighing_by_hand() -> None:
    # Human 0.6, half of it copy: 0.3 x 0.01, 0.3 x 0.2, 0.4 x 0.05, over their sum 0.083.
    weighed = weigh_credit(np.array([0.5, 0.1, 0.4]), (0.01, 0.2, 0.05))
    assert weighed == pytest.approx([0.003 / 0.083, 0.06 / 0.083, 0.02 / 0.083])


def test_on_its_own_site_a_machine_is_as_likely_as_before() -> None:
    weighed = weigh_credit(np.array([0.2, 0.5, 0.3]), OWN_SITE_RATES)
    assert weighed[2] == pytest.approx(0.3)
    assert weighed[0] > 0.65


@given(st.tuples(SHARES, SHARES, SHARES), st.sampled_from([*RATES.values(), OWN_SITE_RATES]))
def test_weighed_probabilities_sum_to_one(
    shares: tuple[float, float, float], rates: tuple[float, float, float]
) -> None:
    probabilities = np.array(shares) / sum(shares)
    weighed = weigh_credit(probabilities, rates)
    assert weighed.sum() == pytest.approx(1.0)
    assert (weighed > 0).all()


@pytest.mark.parametrize("kind", RATES)
def test_what_reads_like_a_machine_stays_spun(kind: CreditKind) -> None:
    weighed = weigh_credit(np.array([0.08, 0.01, 0.91]), RATES[kind])
    assert LABELS[int(weighed.argmax())] is Label.SPUN


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


def test_beside_a_source_credits_are_left_to_the_model(scorer: Scorer) -> None:
    source = Article("s", BODY)
    signed, plain = Article("a", f"{BODY} (AFP)"), Article("b", f"{BODY} (AFP)", outlet="AFP")
    one, other = scorer.label_pair(signed, source), scorer.label_pair(plain, source)
    assert one.probabilities == other.probabilities
