"""``copydesk seeds``: the store of canonical articles at the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from copydesk.errors import InvalidInput
from copydesk.terminal import json_line, say, say_skipped, visible
from copydesk.types import Article, Rejected

EXIT_SOME_REJECTED = 1
EXIT_USAGE = 2

seeds_app = typer.Typer(
    no_args_is_help=True, help="Keeps canonical articles in a folder and searches them."
)

StoreArgument = Annotated[Path, typer.Argument(metavar="STORE", help="The store's folder.")]
InputsArgument = Annotated[
    list[str], typer.Argument(metavar="INPUT...", help="As for label, or another store.")
]


@seeds_app.command()
def add(
    store: StoreArgument,
    inputs: InputsArgument,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put articles in the place of others with their id.")
    ] = False,
    encoder: Annotated[
        str | None, typer.Option("--encoder", help="Of a new store; default static.")
    ] = None,
) -> None:
    """Add articles; makes the store where there is none."""
    from copydesk.seeds.store import Store

    unread: list[Rejected] = []
    with Store.write(store, encoder) as opened:
        done = opened.add(_articles(inputs, unread), replace=replace)
        n_held = len(opened)
    rejected = (*unread, *done.rejected)
    for item in rejected:
        say(f"copydesk: {item.id} rejected: {item.reason}")
    say(
        f"{store}: {done.n_added} added, {done.n_replaced} replaced, {done.n_unchanged} there "
        f"already, {len(rejected)} rejected; {n_held} articles"
    )
    n_in = done.n_added + done.n_replaced + done.n_unchanged
    if n_in == 0:
        raise typer.Exit(EXIT_USAGE)
    if rejected:
        raise typer.Exit(EXIT_SOME_REJECTED)


@seeds_app.command()
def search(
    store: StoreArgument,
    inputs: InputsArgument,
) -> None:
    """Find the sources of articles; writes JSON Lines: id, sources with similarity, closeness."""
    from copydesk.errors import InvalidArticle
    from copydesk.features import load_encoder
    from copydesk.seeds.search.fingerprint import read_fingerprint
    from copydesk.seeds.store import Store

    rejected: list[Rejected] = []
    n_searched = 0
    with Store.read(store) as opened:
        encoder = load_encoder(opened.encoder_name)
        opened.check_encoder(encoder)
        for article in _articles(inputs, rejected):
            try:
                found = opened.find(read_fingerprint(article, encoder))
            except InvalidArticle as error:
                rejected.append(Rejected(article.id, str(error)))
                continue
            n_searched += 1
            sources = [
                {
                    "id": one.id,
                    "similarity": round(one.similarity, 4),
                    "closeness": round(one.closeness, 4),
                }
                for one in found
            ]
            print(json_line({"id": article.id, "sources": sources}))
    for item in rejected:
        say(f"copydesk: {item.id} rejected: {item.reason}")
    if n_searched == 0:
        raise typer.Exit(EXIT_USAGE)
    if rejected:
        raise typer.Exit(EXIT_SOME_REJECTED)


@seeds_app.command("list")
def list_articles(store: StoreArgument) -> None:
    """List the articles as JSON Lines: id, headline, outlet, published, url, words."""
    from copydesk.seeds.store import Store

    with Store.read(store) as opened:
        n_listed = 0
        for article in opened.articles():
            n_listed += 1
            row = {
                "id": article.id,
                "headline": article.headline,
                "outlet": article.outlet,
                "published": article.published.isoformat() if article.published else None,
                "url": article.url,
                "n_words": len(article.text.split()),
            }
            print(json_line(row))
    if n_listed == 0:
        raise InvalidInput(f"{store} is empty; copydesk seeds add {store} INPUT fills it")


@seeds_app.command()
def remove(
    store: StoreArgument,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of articles.")],
) -> None:
    """Remove articles by id."""
    from copydesk.seeds.store import Store, is_store

    if not is_store(store):
        raise InvalidInput(f"{store} is no store: there is nothing to remove from")
    wanted = dict.fromkeys(ids)
    with Store.write(store) as opened:
        missing = opened.remove(wanted)
        n_held = len(opened)
    for article_id in missing:
        say(f"copydesk: {article_id!r} is not in {store}")
    n_removed = len(wanted) - len(missing)
    say(f"{store}: {n_removed} removed; {n_held} articles")
    if n_removed == 0:
        raise typer.Exit(EXIT_USAGE)
    if missing:
        raise typer.Exit(EXIT_SOME_REJECTED)


@seeds_app.command()
def verify(store: StoreArgument) -> None:
    """Check every article and the index; an index that is missing or damaged is made again."""
    from copydesk.seeds.store import Store, is_store

    if not is_store(store):
        raise InvalidInput(f"{store} is no store; copydesk seeds add {store} INPUT makes one")
    with Store.read(store) as opened:
        check, outdated = opened.verify(), opened.find_outdated()
    for problem in check.problems:
        say(f"copydesk: {problem}")
    print(
        f"{visible(str(store))}: {check.n_articles} articles are whole, "
        f"{len(check.problems)} problems"
    )
    if check.problems and outdated is None:
        Store.write(store).close()
    if check.problems:
        raise typer.Exit(EXIT_SOME_REJECTED)


def _articles(inputs: list[str], rejected: list[Rejected]) -> Iterator[Article]:
    """Read articles from files, folders and stores; keep what cannot be read."""
    from copydesk.seeds.corpus.files import list_files
    from copydesk.seeds.corpus.readers import read_articles
    from copydesk.seeds.store import Store, is_store

    for path in filter(is_store, inputs):
        with Store.read(path) as other:
            yield from other.articles()
    files = [path for path in inputs if not is_store(path)]
    say_skipped(list_files(files).skipped)
    for item in read_articles(files):
        if isinstance(item, Rejected):
            rejected.append(item)
        else:
            yield item
