"""What a text's own credit says of it where no source is at hand.

By the rules of the labels, a text alone that bears an agency's credit, dateline or "told <agency>"
is ``edited_wire``, unless it stands on that agency's own site. A copy without a credit reads like
any original, so the model cannot learn the difference from texts alone: it tells a human hand from
a machine's. What of the human share is copy, the credit says, by Bayes' rule: how often texts of
each label bear such a credit is measured by ``benchmarks/credit_rates.py``. A text that reads like
a machine's and kept its dateline stays ``spun``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import numpy as np

from copydesk.features.read.agencies import find_agency
from copydesk.features.read.credits import Credit, CreditKind
from copydesk.models.judgement import PRIORS, UNCREDITED, Shares, Situation
from copydesk.types import Article

# Shares of the texts of each label, in the order of the labels, that bear a credit of a kind and no
# stronger one; strongest first. Each is the mean of several data sets.
RATES: Mapping[CreditKind, Shares] = {
    CreditKind.REPUBLICATION: (0.0004, 0.0131, 0.0132),
    CreditKind.AGENCY: (0.0032, 0.0470, 0.0057),
    CreditKind.DATELINE: (0.0041, 0.1727, 0.0783),
    CreditKind.TOLD_AGENCY: (0.0231, 0.0777, 0.0228),
}
# The same for texts on the site of the agency that they credit. Of machines' work there nothing is
# known: as much as the mean of the others leaves its probability as it was.
_OWN_SITE = (0.0182, 0.0009)
OWN_SITE_RATES: Shares = (
    *_OWN_SITE,
    float(np.average(_OWN_SITE, weights=PRIORS[Situation.UNSEARCHED][:2])),
)

# Of texts and their sources, shares of those where machines and desks lost a certain credit, and
# where they added one (four data sets that have credits, 2,000 pairs; of 1,300 spins none added
# any).
_LOST = (0.35, 0.19)
_ADDED = (0.002, 0.12)


def find_credit_rates(article: Article, credits: Sequence[Credit]) -> Shares:
    """Find how often texts of each label bear a credit like an article's.

    Returns
    -------
    tuple of float
        Only ratios between the labels mean anything. Those of texts without a credit where none is
        certain: a dateline without an agency, a contribution to somebody's own report, or an
        agency that is quoted as others quote it.

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
    return OWN_SITE_RATES if is_own else UNCREDITED


def is_credited(credits: Sequence[Credit]) -> bool:
    """Say whether a text bears a certain credit, to whomever."""
    return any(map(is_certain, credits))


def weigh_lost_credit(
    reworded: float, article: Sequence[Credit], source: Sequence[Credit]
) -> float:
    """Give the odds that credits add to a source having come before an article.

    A desk loses a credit a little oftener than it adds one, a machine never adds any.

    Parameters
    ----------
    reworded : float
        Probability that a machine made the one from the other.
    article, source : sequence of Credit
        What each bears.

    Returns
    -------
    float
        1 where both bear a certain credit or neither does.

    Examples
    --------
    >>> signed = [Credit(CreditKind.AGENCY, 90, 95, "Agence France-Presse")]
    >>> round(weigh_lost_credit(0.0, [], signed), 2), weigh_lost_credit(1.0, [], signed) > 100
    (1.58, True)
    """
    source_is_credited = is_credited(source)
    if is_credited(article) == source_is_credited:
        return 1.0
    lost, added = (
        reworded * by_machine + (1 - reworded) * by_desk for by_machine, by_desk in (_LOST, _ADDED)
    )
    return lost / added if source_is_credited else added / lost


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
