"""Newsroom edits of style: spelling, titles, units, dates, datelines, credits."""

from __future__ import annotations

import re

import numpy as np

from copydesk.features.read.credits import CreditKind
from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import TextEngine, choose_share, pick
from copydesk.seeds.derive.page import Page
from copydesk.seeds.derive.style_rules import ALTERNATIVES, STYLE_RULES, StyleRule
from copydesk.types import Label

_CREDIT_LINES = (
    "With reporting by agencies",
    "(With inputs from agencies)",
    "Source: agencies",
    "From wire reports",
    "This story was published from a wire agency feed without changes to the text",
)


class HouseStyle(TextEngine):
    """Puts a text into another desk's style, outside quotations and names.

    Strength is the share of the rules that find something, each applied throughout.

    Examples
    --------
    >>> HouseStyle(1.0).derive("Mr. Orth said 40 percent of the harbor was closed.").text[:2]
    'Mr'
    """

    name = "house_style"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say what the style changes."""
        found = {}
        for rule in STYLE_RULES:
            changes = _apply(rule, page)
            if changes:
                found[rule.group] = changes
        for groups in ALTERNATIVES:
            present = [group for group in groups if group in found]
            kept = pick(present, rng) if present else None
            for group in present:
                if group != kept:
                    del found[group]
        taken: set[int] = set()
        changes = []
        for group in choose_share(sorted(found), self.strength, rng):
            for change in found[group]:
                place = set(range(change.start, change.end))
                if not place & taken:
                    taken |= place
                    changes.append(change)
        return changes


def _apply(rule: StyleRule, page: Page) -> list[Change]:
    return [
        Change(f"style_{rule.group}", match[0], rule.replace(match), match.start())
        for paragraph in page.body
        for match in rule.pattern.finditer(page.text, paragraph.start, paragraph.end)
        if _may_change(page, rule, match)
    ]


def _may_change(page: Page, rule: StyleRule, match: re.Match[str]) -> bool:
    """Whether a match is outside quotations and, where a rule respells words, no part of a name."""
    if page.touches_quote(*match.span()):
        return False
    followed = re.match(r" [A-Z]", page.text[match.end() : match.end() + 2])
    capital = match[0][0].isupper()
    return not rule.respells or not (
        page.named[match.start() : match.end()].any() or (capital and followed)
    )


class Credits(TextEngine):
    """Drops or moves datelines and credits; gives a text without any a credit of its own.

    Strength is the share of the credits that are touched; the others are kept.
    """

    name = "credits"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which credits go and where to."""
        end = len(page.text.rstrip())
        spans = [
            (span.start, span.end, credit.kind)
            for credit, span in page.credits
            if credit.kind is not CreditKind.AGENCY or span.text.startswith("(")
        ]
        if not spans:
            return [Change("credit_added", "", f"\n\n{pick(_CREDIT_LINES, rng)}", end)] * (
                self.strength > 0
            )
        changes: list[Change] = []
        lines: list[str] = []
        for start, stop, kind in choose_share(spans, self.strength, rng):
            text = page.text[start:stop]
            moved = rng.random() < 0.5
            changes.append(Change("credit_moved" if moved else "credit_dropped", text, "", start))
            if moved:
                lines.append(_as_line(text, kind))
        if lines:
            changes.append(Change("credit_moved", "", "\n\n" + "\n\n".join(lines), end))
        return changes


def _as_line(credit: str, kind: CreditKind) -> str:
    line = credit.strip().rstrip("-–— ").strip()
    if kind in {CreditKind.CREDIT_LINE, CreditKind.BYLINE}:
        return line
    agency = re.search(r"\(([^()]+)\)", line)
    return f"Source: {agency[1] if agency else line}"
