"""From labelled corpora to a model: pairs, features, fit, calibration, evaluation."""
