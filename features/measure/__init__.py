"""Features: one file a group, its rows of the registry beside the function that fills them."""
