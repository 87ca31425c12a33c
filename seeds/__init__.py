"""Canonical sources: corpora, the search for an article's source, stores, derivatives."""
