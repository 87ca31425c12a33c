"""Tune the classifier of edits and spins on your own labelled texts: ``python tune.py FOLDER``.

FOLDER holds labelled JSON Lines, as for ``copydesk train``. No story is on both sides of a split.
"""

import sys
from pathlib import Path

import pandas as pd
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.pipeline import make_pipeline

from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.models.pair_features import PairFeatures
from copydesk.seeds.corpus.labelled import read_corpus
from copydesk.train.pairs import PairKind, build_pairs

GRID = {"C": [0.01, 0.05, 0.25], "max_iter": [50, 150]}

# Texts beside their sources; their groups are the stories, joined where these share a text.
pairs = [
    pair for pair in build_pairs(read_corpus([Path(sys.argv[1])])) if pair.kind is PairKind.SOURCE
]
texts = pd.DataFrame({"text": [p.text for p in pairs], "source": [p.source_text for p in pairs]})
labels = [str(pair.label) for pair in pairs]
stories = [pair.group for pair in pairs]

# Features learn nothing of your labels, so they are taken once, before rows are split.
features = PairFeatures(n_jobs=-1).set_output(transform="pandas")
X = features.fit_transform(texts)
search = GridSearchCV(
    LinearAndTreesClassifier(random_state=0),
    GRID,
    scoring="neg_log_loss",
    cv=GroupKFold(n_splits=min(5, len(set(stories)))),
)
search.fit(X, labels, groups=stories)

table = pd.DataFrame(search.cv_results_["params"])
table["log-loss"] = -search.cv_results_["mean_test_score"]
table["± between folds"] = search.cv_results_["std_test_score"]
print(f"{len(pairs)} texts beside their sources, of {len(set(stories))} stories")
print(table.sort_values("log-loss").round(3).to_string(index=False))
chosen = ", ".join(f"{name} {value}" for name, value in sorted(search.best_params_.items()))
print(f"chosen: {chosen}; log-loss {-search.best_score_:.3f} on stories left out")

# What to go on with: texts in, probabilities out.
tuned = make_pipeline(features, search.best_estimator_)
