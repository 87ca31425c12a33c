"""The page of ``copydesk monitor``: one file that needs no network and no script."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from copydesk.train.monitor.figures import Figure
    from copydesk.train.monitor.monitor import Monitored

WIDTH, HEIGHT = 320, 120
_MAX_PLOTS = 60
_GAP = 0.15


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot, in pixels, and what it says when pointed at."""

    x: float
    y: float
    width: float
    height: float
    is_now: bool
    said: str


def bars_of(figure: Figure) -> tuple[Bar, ...]:
    """Draw the bins of a figure as pairs of bars: what was, and what is.

    Parameters
    ----------
    figure : Figure
        Of a distribution; one without bins has no bars.

    Returns
    -------
    tuple of Bar
        Within ``WIDTH`` by ``HEIGHT`` pixels, the highest as high as that.
    """
    highest = max((max(one.before, one.now) for one in figure.bins), default=0.0)
    if not highest:
        return ()
    step = WIDTH / len(figure.bins)
    width = step * (1 - _GAP) / 2
    bars = []
    for i, one in enumerate(figure.bins):
        for is_now, share in ((False, one.before), (True, one.now)):
            height = HEIGHT * share / highest
            x = i * step + step * _GAP / 2 + (width if is_now else 0)
            said = f"{one.name}: {share:.1%} {'now' if is_now else 'before'}"
            bars.append(Bar(x, HEIGHT - height, width, height, is_now, said))
    return tuple(bars)


def render_page(found: Monitored, *, title: str) -> str:
    """Write what was monitored as a page.

    Parameters
    ----------
    found : Monitored
        What came of monitoring.
    title : str
        Of the page.

    Returns
    -------
    str
        HTML; nothing of a record is read as markup.
    """
    environment = Environment(
        loader=PackageLoader("copydesk", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    report = files("copydesk.predict.report") / "static" / "report.css"
    own = files("copydesk") / "templates" / "monitor.css"
    style = report.read_text(encoding="utf-8") + own.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    moved = [figure for figure in found.moved if figure.bins]
    return environment.get_template("monitor.html.j2").render(
        title=title,
        style=Markup(style),
        style_hash=f"sha256-{digest}",
        found=found,
        shares=[figure for figure in found.figures if figure.now is not None],
        distributions=[figure for figure in found.figures if figure.now is None],
        plots=[(figure, bars_of(figure)) for figure in moved[:_MAX_PLOTS]],
        n_moved=len(moved),
        width=WIDTH,
        height=HEIGHT,
    )
