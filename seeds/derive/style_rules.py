"""House style: what desks on the two sides of the Atlantic write differently."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A pattern and what a desk puts in its place.

    Rules of one ``group`` are applied together; one that ``respells`` words spares names.
    """

    group: str
    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]
    respells: bool = True


# American, British.
_SPELLINGS = """
labor labour; color colour; harbor harbour; neighbor neighbour; neighborhood neighbourhood;
honor honour; favor favour; favorite favourite; behavior behaviour; rumor rumour; humor humour;
center centre; theater theatre; meter metre; meters metres; kilometer kilometre;
kilometers kilometres; liter litre; liters litres; fiber fibre; defense defence; offense offence;
license licence; traveled travelled; traveling travelling; traveler traveller; travelers travellers;
canceled cancelled; canceling cancelling; labeled labelled; fueled fuelled; modeling modelling;
signaled signalled; totaled totalled; counselor counsellor; jewelry jewellery; organize organise;
organized organised; organization organisation; organizations organisations; recognize recognise;
recognized recognised; criticize criticise; criticized criticised; emphasize emphasise;
emphasized emphasised; apologize apologise; apologized apologised; authorize authorise;
authorized authorised; realize realise; realized realised; analyze analyse; analyzed analysed;
mobilize mobilise; mobilized mobilised; stabilize stabilise; paralyzed paralysed;
hospitalized hospitalised; legalize legalise; legalized legalised; maximize maximise;
minimize minimise; finalize finalise; finalized finalised; prioritize prioritise;
program programme; programs programmes; gray grey; plow plough; skeptical sceptical;
airplane aeroplane; aluminum aluminium; pajamas pyjamas; tire tyre; tires tyres; curb kerb;
check cheque; fulfill fulfil; enroll enrol; skillful skilful; maneuver manoeuvre; pediatric
paediatric; anesthetic anaesthetic; toward towards; afterward afterwards; percent per_cent;
gasoline petrol; truck lorry; trucks lorries; sidewalk pavement; elevator lift; attorney lawyer;
attorneys lawyers; soccer football; apartment flat; apartments flats; cell_phone mobile_phone
"""
# Only one way round: the other word has other meanings on the other side.
_ONLY_TO_BRITISH = {"check", "tire", "tires", "curb", "elevator", "attorney", "attorneys", "soccer"}
_ONLY_TO_BRITISH |= {"apartment", "apartments", "sidewalk", "program", "license"}
_MONTHS = {
    "January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.",
    "October": "Oct.", "November": "Nov.", "December": "Dec.",
}  # fmt: skip
_WEEKDAYS = dict(zip(calendar.day_name, calendar.day_abbr, strict=True))
_DIGITS = dict(enumerate("zero one two three four five six seven eight nine".split()))
_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_UNITS = {
    "mile": ("kilometre", 1.609), "foot": ("metre", 0.3048), "pound": ("kilogram", 0.4536),
    "acre": ("hectare", 0.4047), "inch": ("centimetre", 2.54), "gallon": ("litre", 3.785),
}  # fmt: skip
_SINGULAR = {"miles": "mile", "feet": "foot", "pounds": "pound", "acres": "acre"}
_SINGULAR |= {"inches": "inch", "gallons": "gallon"}
_PLURAL = {singular: plural for plural, singular in _SINGULAR.items()}
_BACK = {metric: (imperial, factor) for imperial, (metric, factor) in _UNITS.items()}


def _word_rules(group: str, pairs: dict[str, str]) -> StyleRule:
    """Make one pattern of many words; a class for the first letter lets the search skip ahead."""
    endings: dict[str, list[str]] = {}
    for word in sorted(pairs, key=len, reverse=True):
        endings.setdefault(word[0], []).append(word[1:])
    words = (f"[{c}{c.upper()}](?i:{'|'.join(rest)})" for c, rest in endings.items())
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b")
    return StyleRule(group, pattern, lambda match: _like(match[0], pairs[match[0].lower()]))


def _like(model: str, word: str) -> str:
    return word[0].upper() + word[1:] if model[0].isupper() else word


def _spelling_pairs() -> dict[str, str]:
    rows = (row.split() for row in _SPELLINGS.split(";"))
    return {a.replace("_", " "): b.replace("_", " ") for a, b in rows}


def _convert(match: re.Match[str]) -> str:
    """Convert a measure, rounded as its figure is: 31 miles to 50 kilometres."""
    unit = match["unit"]
    value = float(match["n"].replace(",", ""))
    singular = _SINGULAR.get(unit) or unit.removesuffix("s").replace("meter", "metre")
    if singular in _UNITS:
        other, factor = _UNITS[singular]
        plural = f"{other}s"
    else:
        imperial, ratio = _BACK[singular.replace("liter", "litre")]
        other, factor, plural = imperial, 1 / ratio, _PLURAL[imperial]
    converted = value * factor
    shown = f"{converted:,.1f}" if converted < 10 and not converted.is_integer() else ""
    shown = shown.removesuffix(".0") or f"{converted:,.0f}"
    return f"{shown} {other if shown == '1' else plural}"


def _short_month(match: re.Match[str]) -> str:
    return f"{_MONTHS[match['m']]} {match['d']}"


def _build_rules() -> tuple[StyleRule, ...]:
    to_british = _spelling_pairs()
    to_american = {b: a for a, b in to_british.items() if a not in _ONLY_TO_BRITISH}
    full_months = "|".join(calendar.month_name[1:])
    imperial, metric = "|".join(_SINGULAR), r"kilomet(?:re|er)s|met(?:re|er)s|kilograms|hectares"
    titles = "Mr|Mrs|Ms|Dr|Prof"
    rows: tuple[tuple[str, str, Callable[[re.Match[str]], str]], ...] = (
        ("titles_plain", rf"\b({titles})\.(?= [A-Z])", lambda m: m[1]),
        ("titles_dotted", rf"\b({titles})(?= [A-Z])", lambda m: f"{m[1]}."),
        ("titles_dropped", r"\b(?:Mr|Mrs|Ms)\.? (?=[A-Z])", lambda m: ""),
        ("per_cent_sign", r"(?<=\d) ?per ?cent\b", lambda m: "%"),
        ("per_cent_word", r"(?<=\d)%", lambda m: " percent"),
        ("units_metric", rf"\b{_NUMBER} (?P<unit>{imperial})\b", _convert),
        ("units_imperial", rf"\b{_NUMBER} (?P<unit>{metric})\b", _convert),
        ("date_day_first", rf"\b(?P<m>{full_months}) (?P<d>\d{{1,2}})(?!\d|,? \d{{4}})\b",
         lambda m: f"{m['d']} {m['m']}"),
        ("date_month_first", rf"\b(?P<d>\d{{1,2}}) (?P<m>{full_months})\b",
         lambda m: f"{m['m']} {m['d']}"),
        ("date_short", rf"\b(?P<m>{'|'.join(_MONTHS)}) (?P<d>\d{{1,2}})(?!\d)\b", _short_month),
        ("said_says", r"(?<=\w )said\b(?! (?:to|of))", lambda m: "says"),
        ("said_added", r"(?<=, (?:he) )said\b|(?<=, (?:she) )said\b|(?<=, (?:they) )said\b",
         lambda m: "added"),
        ("said_that", r"\bsaid (?=the\b|it\b|he\b|she\b|they\b)", lambda m: "said that "),
        ("numbers_words", r"(?<![\d.,$€£-])\b([2-9])(?= [a-z])", lambda m: _DIGITS[int(m[1])]),
        ("numbers_short", r"(?<=\d) (million|billion)\b",
         lambda m: {"million": "m", "billion": "bn"}[m[1]]),
        ("marks_curly", r"(?<=\w)'(?=\w)", lambda m: "’"),
        ("marks_straight", r"(?<=\w)’(?=\w)", lambda m: "'"),
        ("acronyms", r"\b(?:[A-Z]\.){2,}(?=\W)", lambda m: m[0].replace(".", "")),
    )  # fmt: skip
    return (
        _word_rules("british", to_british),
        _word_rules("american", to_american),
        *(
            StyleRule(group, re.compile(pattern), replace, False)
            for group, pattern, replace in rows
        ),
    )


STYLE_RULES = _build_rules()
# Of each of these, a desk keeps one.
ALTERNATIVES = (
    ("british", "american"),
    ("titles_plain", "titles_dotted", "titles_dropped"),
    ("per_cent_sign", "per_cent_word", "british", "american"),
    ("units_metric", "units_imperial"),
    ("date_day_first", "date_month_first", "date_short"),
    ("said_says", "said_added", "said_that"),
    ("marks_curly", "marks_straight"),
)
