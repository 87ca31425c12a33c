"""A verdict as a small card of HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from copydesk.predict.headline import LABEL_WORDS, answer_lines, headline
from copydesk.predict.summary import shares_line
from copydesk.terminal import one_line, visible
from copydesk.types import LABELS, Evidence, Finding, Label, Verdict

_SHOWN = 3
_SHOWN_CHARS = 120
_GROUPS = (
    ("altered_quotes", "Altered quotations"),
    ("corrupted_names", "Damaged names"),
    ("changed_numbers", "Changed numbers"),
    ("oddities", "Odd language"),
    ("credits", "Credits"),
)
# Seen on black and on white; all other colours are the notebook's own, light or dark.
_COLOURS = {Label.ORIGINAL: "#2e8b57", Label.EDITED_WIRE: "#3a87c8", Label.SPUN: "#d0453a"}
_EDGE = "rgba(128,128,128,.5)"

# Styles stand in the elements: where notebooks are shown, style sheets are often taken out.
_CARD = """\
<div style="border:1px solid {{ edge }};border-left:6px solid {{ colour }};border-radius:6px;
margin:.3em 0;padding:.6em 1em;max-width:46em;color:inherit;background:transparent">
<div><b>{{ id }}</b></div>
{% for sentence in headline %}<div>{{ sentence }}</div>
{% endfor %}\
<table style="border-collapse:collapse;margin:.5em 0;color:inherit;background:transparent">
{% for words, share, bar in probabilities %}\
<tr style="background:transparent"><td style="text-align:left;padding-right:1em">{{ words }}</td>
<td style="width:10em"><div style="border:1px solid {{ edge }}">
<div style="width:{{ (100 * share) | round | int }}%;height:.7em;background:{{ bar }}"></div>
</div></td><td>{{ "%.2f" | format(share) }}</td></tr>
{% endfor %}</table>
{% for line in lines %}<div>{{ line }}</div>
{% endfor %}\
{% for title, findings in found %}<div><b>{{ title }}</b>: \
{% for article, source in findings %}{% if loop.index0 %}; {% endif %}<q>{{ article }}</q>\
{% if source %} for <q>{{ source }}</q>{% endif %}{% endfor %}</div>
{% endfor %}\
{% for warning in warnings %}<div><i>Note: {{ warning }}</i></div>
{% endfor %}\
<div style="opacity:.7"><small>model {{ model_id }}</small></div>
</div>"""


def verdict_card(verdict: Verdict) -> str:
    """Lay a verdict out as HTML: in words, how sure it is, its source, what was found.

    Nothing of a text is read as markup. The card has no script and takes the colours of the page
    around it. Reasons need the texts: ``explain_verdict`` of ``copydesk.predict.explanation``
    gives them.

    Parameters
    ----------
    verdict : Verdict
        Any.

    Examples
    --------
    >>> thirds = dict.fromkeys(LABELS, 1 / 3)
    >>> verdict = Verdict("<a>", Label.SPUN, thirds, (), None, Evidence(), "m")
    >>> "<b>&lt;a&gt;</b>" in verdict_card(verdict)
    True
    """
    template = Environment(autoescape=True).from_string(_CARD)
    return template.render(
        id=visible(verdict.id),
        edge=_EDGE,
        colour=_COLOURS[verdict.label],
        headline=[visible(sentence) for sentence in headline(verdict)],
        probabilities=[
            (LABEL_WORDS[label], verdict.probabilities[label], _COLOURS[label]) for label in LABELS
        ],
        lines=[visible(line) for line in _lines(verdict)],
        found=list(_found(verdict.evidence)),
        warnings=[visible(warning) for warning in verdict.warnings],
        model_id=visible(verdict.model_id),
    )


def _lines(verdict: Verdict) -> Iterator[str]:
    if verdict.source is not None:
        yield f"Source: {verdict.source.id}, similarity {verdict.source.similarity:.2f}"
    yield from (f"{asked}: {p:.2f}, {words}" for asked, p, words in answer_lines(verdict))
    shares = shares_line(verdict)
    if shares is not None:
        yield shares


def _found(evidence: Evidence) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for name, title in _GROUPS:
        found: tuple[Finding, ...] = getattr(evidence, name)
        # Two renderings of one utterance are no alteration.
        told = [finding for finding in found if finding.kind != "rendered_differently"]
        if told:
            shown = [_texts(finding) for finding in told[:_SHOWN]]
            more = f" ({len(told)}, {_SHOWN} shown)" if len(told) > _SHOWN else f" ({len(told)})"
            yield title + more, shown


def _texts(finding: Finding) -> tuple[str, str]:
    source = "" if finding.source is None else finding.source.text
    return _line(finding.article.text), _line(source)


def _line(text: str) -> str:
    return visible(one_line(text, _SHOWN_CHARS))
