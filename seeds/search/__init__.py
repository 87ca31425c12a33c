"""Finding sources: fingerprints, candidates, and the stories of a batch."""
