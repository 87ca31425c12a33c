"""Two documents compared: alignment, edits, what became of quotations, names and numbers."""
