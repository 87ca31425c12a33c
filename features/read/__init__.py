"""A text read once: from raw text to a document, every file one kind of thing found in it."""
