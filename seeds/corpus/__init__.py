"""Corpora: records and the files that hold them, labelled or not."""
