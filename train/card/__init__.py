"""What is written of a model for people who are to use it: a card, figures, plots."""
