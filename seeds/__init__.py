"""Canonical sources: labelled corpora, the starter corpus, candidates for an article."""
