"""The store: canonical articles in a folder, to be added to and searched."""

from copydesk.seeds.store.store import Added, Store, is_store

__all__ = ["Added", "Store", "is_store"]
