"""Corrections: labels that a person gave to what was scored, as a corpus to learn from."""
