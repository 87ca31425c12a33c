"""What a text's own credit says of it where no source is at hand.

By the rules of the labels, a text alone that bears an agency's credit, dateline or "told <agency>"
is ``edited_wire``, unless it stands on that agency's own site. A copy without a credit reads like
any original, so the model cannot learn the difference from texts alone: it tells a human hand from
a machine's. What of the human share is copy, the credit says, by Bayes' rule: how often texts of
each label bear such a credit is measured by ``benchmarks/credit_rates.py``. A text that reads like
a machine's and kept its dateline stays ``spun``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from copydesk.features import FEATURE_NAMES
from copydesk.features.read.agencies import find_agency
from copydesk.features.read.credits import Credit, CreditKind
from copydesk.types import LABELS, Article, Label

# Shares of the texts of each label, in the order of the labels, that bear a credit of a kind and no
# stronger one; strongest first. Each is the mean of several data sets.
RATES: Mapping[CreditKind, tuple[float, float, float]] = {
    CreditKind.REPUBLICATION: (0.0004, 0.0131, 0.0132),
    CreditKind.AGENCY: (0.0032, 0.0470, 0.0057),
    CreditKind.DATELINE: (0.0041, 0.1727, 0.0783),
    CreditKind.TOLD_AGENCY: (0.0231, 0.0777, 0.0228),
}
# The same for texts on the site of the agency that they credit. Of machines' work there nothing is
# known: as much as the mean of the others leaves its probability as it was.
OWN_SITE_RATES = (0.0182, 0.0009, (0.0182 + 0.0009) / 2)
# Of human texts alone, those that are copies: in two sets of all that was published about an event
# three in five are, and for some of these the source is at hand.
COPY_SHARE = 0.5

_CREDIT_FEATURES = [FEATURE_NAMES.index(n) for n in ("republication", "dateline", "agency")]
_ORIGINAL, _EDITED_WIRE, _SPUN = (
    LABELS.index(label) for label in (Label.ORIGINAL, Label.EDITED_WIRE, Label.SPUN)
)
FloatArray = NDArray[np.float64]


def predict_alone(
    predict_proba: Callable[[FloatArray], FloatArray],
    features: FloatArray,
    article: Article,
    credits: Sequence[Credit],
) -> FloatArray:
    """Predict the labels of a text alone, its credits weighed.

    Parameters
    ----------
    predict_proba : callable
        The model's.
    features : ndarray of float64, shape (n_features,)
        The text's.
    article, credits
        Where it stands, and what it credits.

    Returns
    -------
    ndarray of float64, shape (3,)
        In the order of the labels, summing to 1.
    """
    rates = find_credit_rates(article, credits)
    if rates is None:
        return np.asarray(predict_proba(features[None, :])[0])
    if rates != OWN_SITE_RATES:
        features = without_credits(features)
    return weigh_credit(predict_proba(features[None, :])[0], rates)


def find_credit_rates(
    article: Article, credits: Sequence[Credit]
) -> tuple[float, float, float] | None:
    """Find how often texts of each label bear a credit like an article's.

    Returns
    -------
    tuple of float or None
        Only ratios between the labels mean anything. None where no credit is certain: a dateline
        without an agency, a contribution to somebody's own report, or an agency that is quoted
        as others quote it.

    Examples
    --------
    >>> signed = [Credit(CreditKind.AGENCY, 90, 95, "Agence France-Presse")]
    >>> find_credit_rates(Article("a", "", url="https://www.afp.com/en"), signed) == OWN_SITE_RATES
    True
    """
    kind = find_strongest_kind(article, credits)
    if kind is not None:
        return RATES[kind]
    is_own = any(is_certain(c) and is_own_site(c.agency, article) for c in credits)
    return OWN_SITE_RATES if is_own else None


def find_strongest_kind(article: Article, credits: Sequence[Credit]) -> CreditKind | None:
    """Find the kind of the strongest certain credit to anybody but the site's own agency."""
    kinds = {c.kind for c in credits if is_certain(c) and not is_own_site(c.agency, article)}
    if any(credit.kind is CreditKind.MENTION for credit in credits):
        kinds.discard(CreditKind.TOLD_AGENCY)
    return next((kind for kind in RATES if kind in kinds), None)


def is_certain(credit: Credit) -> bool:
    """Say whether a credit is of a kind that tells, a dateline with an agency among them."""
    return credit.kind in RATES and (
        credit.kind is not CreditKind.DATELINE or credit.agency is not None
    )


def is_own_site(agency_name: str | None, article: Article) -> bool:
    """Say whether an article stands on the site of an agency, by its ``outlet`` and ``url``.

    Examples
    --------
    >>> is_own_site("Associated Press", Article("a", "", outlet="AP"))
    True
    >>> is_own_site("Associated Press", Article("a", "", outlet="AP via Tarn Valley Courier"))
    False
    """
    if agency_name is None:
        return False
    agency, outlet = find_agency(agency_name), article.outlet or ""
    if agency is None:
        return outlet.casefold().startswith(agency_name.casefold())
    if find_agency(outlet) == agency:
        return True
    hosts = (_host(article.url or ""), _host(outlet))
    return any(
        host == d or host.endswith(f".{d}") for host in hosts if host for d in agency.domains
    )


def _host(address: str) -> str:
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def without_credits(features: FloatArray) -> FloatArray:
    """Give features as of the same text without its credits, so that none counts twice."""
    features = features.copy()
    features[_CREDIT_FEATURES] = 0.0
    return features


def weigh_credit(probabilities: FloatArray, rates: tuple[float, float, float]) -> FloatArray:
    """Weigh what a model says of a text alone, credits apart, with what its credit says.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (3,)
        In the order of the labels.
    rates : tuple of float
        As ``find_credit_rates`` gives them.

    Returns
    -------
    ndarray of float64, shape (3,)
        Summing to 1.

    Examples
    --------
    >>> weigh_credit(np.array([0.7, 0.1, 0.2]), (0.01, 0.1, 0.05)).round(2).tolist()
    [0.07, 0.74, 0.19]
    """
    human = probabilities[_ORIGINAL] + probabilities[_EDITED_WIRE]
    prior = np.array(probabilities, np.float64)
    prior[_ORIGINAL], prior[_EDITED_WIRE] = (1 - COPY_SHARE) * human, COPY_SHARE * human
    weighed = prior * np.array(rates)
    return np.asarray(weighed / weighed.sum())
