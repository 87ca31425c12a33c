"""``copydesk explain``: one article, and why it is what it is."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.errors import InvalidInput
from copydesk.model_option import ModelOption, load_scorer
from copydesk.terminal import json_line
from copydesk.texts_at_hand import (
    GetText,
    look_up,
    only_article,
    open_stores,
    read_sources,
    read_texts,
)
from copydesk.types import Article, Verdict

if TYPE_CHECKING:
    from copydesk.predict.scorer import Scorer
    from copydesk.seeds.store import Store


def explain(
    article_file: Annotated[
        str, typer.Argument(metavar="INPUT", help="A file with one article, or with many and --id.")
    ],
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            help="A file with the text it may derive from, a file of many, or a store: then its "
            "source is found as label finds it.",
        ),
    ] = None,
    article_id: Annotated[
        str | None,
        typer.Option(
            "--id",
            help="The article to explain; the others of INPUT may be its source, as in label.",
        ),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Every sentence, all evidence, the whole account.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    model: ModelOption = None,
) -> None:
    """Show one article's verdict in words, what speaks for it, and both texts side by side."""
    from copydesk.predict.explain_page import explain_page
    from copydesk.predict.explain_record import explanation_record
    from copydesk.predict.explanation import explain_verdict

    scorer = load_scorer(model)
    articles, rejects = read_texts([article_file])
    for reject in rejects:
        if len(articles) == 0 or reject.id == article_id:
            raise InvalidInput(f"{article_file}: {reject.reason}")
    article = only_article(articles, article_id, article_file)
    with ExitStack() as stack:
        verdict, get = _judge(scorer, article, articles, source or [], stack)
        near = verdict.source or verdict.related
        explanation = explain_verdict(
            scorer, verdict, article, None if near is None else get(near.id)
        )
    if as_json:
        print(json_line(explanation_record(explanation)))
        return
    from rich.console import Console

    Console().print(explain_page(explanation, is_whole=whole))


def _judge(
    scorer: Scorer,
    article: Article,
    articles: dict[str, Article],
    sources: list[str],
    stack: ExitStack,
) -> tuple[Verdict, GetText]:
    """Label an article as ``label`` would, and give what looks up its source."""
    from copydesk.predict.matching import GIVEN_ID
    from copydesk.seeds.store import is_store

    given = None
    if article.source_text is not None:
        given = Article(article.source_id or GIVEN_ID, article.source_text)
    stores = open_stores(sources, stack)
    files = [path for path in sources if not is_store(path)]
    read = read_sources(files) if files else {}
    if sources and not stores and not read:
        raise InvalidInput("no source could be read")
    if stores and (files or len(stores) > 1):
        raise InvalidInput("--source names a store and more: give the store alone")
    if len(read) == 1:
        (given,) = read.values()
    at_hand = {**articles, **read, **({given.id: given} if given else {})}
    get = look_up(at_hand, stores)
    if given is not None or (not sources and len(articles) == 1):
        return scorer.label_pair(article, given), get
    return _find_and_label(scorer, article, articles, stores[0] if stores else read), get


def _find_and_label(
    scorer: Scorer,
    article: Article,
    articles: dict[str, Article],
    sources: Store | dict[str, Article],
) -> Verdict:
    """Find the source of an article among sources, or else among the others of its input."""
    from copydesk.seeds.store import Store

    if isinstance(sources, Store):
        items = scorer.label([article], sources)
    elif sources:
        items = scorer.label([article], sources.values())
    else:
        items = scorer.label(articles.values())
    for item in items:
        if item.id == article.id:
            if isinstance(item, Verdict):
                return item
            raise InvalidInput(f"{item.id}: {item.reason}")
    raise InvalidInput(f"{article.id} was not labelled")
