"""Batch jobs: an input cut into chunks, each labelled somewhere, written once, and put together."""
