"""How good a model is on labelled texts that it never saw, and how sure that is."""
