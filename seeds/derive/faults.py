"""Faults of content-management systems, which make nothing spun."""

from __future__ import annotations

import re

import numpy as np

from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import TextEngine, choose_share, count_share, pick
from copydesk.seeds.derive.page import Page
from copydesk.types import Label

_CUT_AT_CHARS = 2000
# What was to be replaced, and what stands for it now: inside longer words too.
_REPLACEMENTS = (
    ("ass", "bottom"), ("his", "their"), ("her", "their"), ("man", "person"), ("us", "US"),
    ("pm", "p.m."), ("am", "a.m."), ("cent", "%"), ("ten", "10"), ("one", "1"), ("col", "Col."),
    ("gay", "homosexual"), ("color", "colour"), ("or", "and"),
)  # fmt: skip
_TYPOGRAPHIC = {"'": "’", "“": "“", "”": "”", "‘": "‘", "’": "’", "–": "–", "—": "—", "…": "…"}
_BREAKABLE = re.compile(r"[\"'“”‘’–—…\u00a0-\u024f€£]")


class BodyTwice(TextEngine):
    """Pastes the body a second time; strength is the share of its paragraphs."""

    name = "fault_twice"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say what stands twice."""
        n_twice = count_share(self.strength, len(page.body))
        if n_twice == 0:
            return []
        start, end = page.body[0].start, page.body[n_twice - 1].end
        return [Change("twice", "", f"\n\n{page.text[start:end]}", page.body[-1].end)]


class FindAndReplace(TextEngine):
    """Replaces letters inside words outside quotations and names.

    Strength is the share of a list of replacements that find something.
    """

    name = "fault_replace"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which words are damaged."""
        words = [w for w in page.words if not (w.in_quote or w.may_be_name)]
        damaged: dict[str, list[Change]] = {}
        for word in words:
            for old, new in _REPLACEMENTS:
                if old in word.text and old != word.text:
                    changed = word.text.replace(old, new)
                    change = Change("find_and_replace", word.text, changed, word.start)
                    damaged.setdefault(old, []).append(change)
                    break
        chosen = choose_share(sorted(damaged), self.strength, rng)
        return [change for old in chosen for change in damaged[old]]


class NameReplaced(TextEngine):
    """Damages a name throughout, as find-and-replace does; quotations stay as they are.

    Strength is the share of the different names. The only edit of a newsroom that harms names.
    """

    name = "fault_name"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which names are damaged."""
        outside = [w for w in page.words if w.is_sure_name and not w.in_quote and len(w.text) > 4]
        chosen = choose_share(sorted({w.text for w in outside}), self.strength, rng)
        damage = {name: _damage(name, rng) for name in chosen}
        return [
            Change("name_damaged", word.text, damage[word.text], word.start)
            for word in outside
            if word.text in damage
        ]


def _damage(name: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(1, len(name) - 1))
    return pick((name[:at] + name[at + 1 :], f"{name[:at]}-{name[at:]}", name[:at] + "?"), rng)


class Mojibake(TextEngine):
    """Reads UTF-8 as Windows-1252: curly marks, dashes, accented letters.

    Strength is the share of these characters; straight apostrophes count as curly ones.

    Examples
    --------
    >>> Mojibake(1.0).derive("It’s late.").text
    'Itâ€™s late.'
    """

    name = "fault_mojibake"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which characters are broken."""
        changes = []
        for match in _BREAKABLE.finditer(page.text):
            inside = page.text[max(match.start() - 1, 0) : match.end() + 1]
            if match[0] == '"' or (match[0] == "'" and not re.fullmatch(r"\w'\w", inside)):
                continue
            whole = _TYPOGRAPHIC.get(match[0], match[0])
            broken = whole.encode().decode("cp1252", "ignore")
            if broken.encode("cp1252", "ignore") == whole.encode():
                changes.append(Change("mojibake", match[0], broken, match.start()))
        return choose_share(changes, self.strength, rng)


class LostParagraphs(TextEngine):
    """Loses paragraphs anywhere, the first among them; strength is the share, one stays."""

    name = "fault_lost"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which paragraphs are lost."""
        if len(page.body) < 2:
            return []
        spared = int(rng.integers(len(page.body)))
        others = [p for i, p in enumerate(page.body) if i != spared]
        return page.delete_paragraphs("lost", choose_share(others, self.strength, rng))


class CutShort(TextEngine):
    """Cuts off in mid-word: at 2,000 characters at strength 1, at 4,000 at strength 0.5."""

    name = "fault_cut"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say where the text ends."""
        if self.strength * len(page.text) <= _CUT_AT_CHARS:
            return []
        return page.delete("cut_short", [(int(_CUT_AT_CHARS / self.strength), len(page.text))])
