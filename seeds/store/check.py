"""The check of a store: which articles are whole, and what is wrong."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from copydesk.seeds.store.index import StoreIndex
from copydesk.seeds.store.rows import is_whole


@dataclass(frozen=True, slots=True)
class Check:
    """What a check of a store found: how many articles are whole, and what is wrong."""

    n_articles: int
    problems: tuple[str, ...]


def check_store(connection: sqlite3.Connection, index: StoreIndex, outdated: str | None) -> Check:
    """Check every article, every fingerprint and the index; nothing is changed.

    Parameters
    ----------
    connection : sqlite3.Connection
        To the store's database.
    index : StoreIndex
        The store's.
    outdated : str or None
        What to do where all fingerprints are of another version.
    """
    found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    problems = [] if found == ["ok"] else [f"SQLite: {line}" for line in found]
    if outdated is not None:
        problems.append(outdated)
    n_whole = 0
    for article_id, digest, record in connection.execute("SELECT id, sha256, record FROM articles"):
        if is_whole(digest, record):
            n_whole += 1
        else:
            problems.append(f"article {article_id!r} is damaged: add it again")
    for (article_id,) in connection.execute(
        "SELECT id FROM articles WHERE key NOT IN (SELECT key FROM fingerprints)"
    ):
        problems.append(f"article {article_id!r} has no fingerprint: add it again")
    trouble = index.open_file().trouble
    if trouble is not None:
        problems.append(f"{trouble}; it is made again from the articles")
    return Check(n_whole, tuple(problems))
