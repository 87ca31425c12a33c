"""``copydesk evaluate``: how good a model is on labelled texts that it never saw."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.errors import InvalidInput, InvalidModel
from copydesk.label_command import check_jobs
from copydesk.targets import check_target
from copydesk.terminal import one_line, say, visible

if TYPE_CHECKING:
    from copydesk.models import Model
    from copydesk.train.evaluation.asked import View
    from copydesk.train.evaluation.outcomes import Gathered
    from copydesk.train.learned import Unseen

_REASON_CHARS = 100


def evaluate(
    model: Annotated[Path, typer.Option("--model", help="Folder of a trained model.")],
    corpus: Annotated[
        list[Path],
        typer.Option("--corpus", help="Labelled JSON Lines, or a folder of them; again for more."),
    ],
    against: Annotated[
        Path | None,
        typer.Option("--against", help="Another model's folder: both on the same texts."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the figures as JSON.")] = None,
    worst: Annotated[
        Path | None,
        typer.Option("--worst", help="Write the thirty texts it is most wrong about, .jsonl."),
    ] = None,
    card: Annotated[
        Path | None,
        typer.Option("--card", help="Folder for a model card, its figures and plots."),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Seed of wrong candidates and of intervals.")
    ] = 0,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = -1,
) -> None:
    """Measure a model on labelled corpora; what it learned is left out.

    Every text is judged as users have it: beside its source, in a folder with all others, without
    its source but beside another report of the event, beside a wrong candidate, alone.
    """
    from copydesk.train.card.write import write_evaluation_card
    from copydesk.train.evaluation.asked import View
    from copydesk.train.evaluation.result import compare_models, measure_corpus
    from copydesk.train.evaluation.worst import find_worst

    check_jobs(jobs)
    for path, option in ((out, "--out"), (worst, "--worst"), (card, "--card")):
        if path is not None:
            check_target(path, option)
    models = [_load(model), *([_load(against)] if against is not None else [])]
    unseen = _read_unseen(models, corpus)
    asked = [_ask(one.model, unseen, seed, jobs) for one in models]
    first = asked[0]
    manifest = models[0].model.manifest
    measured: dict[str, Any] = {
        **measure_corpus(first.gathered, unseen.records, seed),
        "model_id": manifest.model_id,
        "seed": seed,
        "left_out": {"known": unseen.n_known, "of_known_stories": unseen.n_of_known_stories},
        "rejected": first.rejected,
    }
    if len(models) > 1:
        measured["against"] = {
            "model_id": models[1].model.manifest.model_id,
            "differences": compare_models(first.gathered, asked[1].gathered, seed),
        }
    _show(measured, unseen)
    if out is not None:
        _write(out, json.dumps(measured, indent=1) + "\n")
    if worst is not None:
        view = next(v for v in (View.FOUND, *View) if v in first.gathered)
        found = find_worst(first.gathered[view], unseen.records)
        lines = (json.dumps({"situation": str(view), **one}, ensure_ascii=False) for one in found)
        _write(worst, "".join(f"{line}\n" for line in lines))
    if card is not None:
        write_evaluation_card(card, manifest, measured, unseen.records)


@dataclass(frozen=True, slots=True)
class _Named:
    """A model and the folder that it lies in."""

    folder: Path
    model: Model


@dataclass(frozen=True, slots=True)
class _Answered:
    """What a model said, and how many texts it could not judge, by reason."""

    gathered: Mapping[View, Gathered]
    rejected: Mapping[str, int]


def _load(folder: Path) -> _Named:
    """Load a model; say where its features have moved since it was trained."""
    from copydesk.models import check_probes, load_model

    model = load_model(folder)
    if shifts := check_probes(model):
        say(
            f"copydesk: {len(shifts)} features or probabilities of fixed texts are not what they "
            f"were when {folder} was trained, the first is {shifts[0]}: train it again"
        )
    return _Named(folder, model)


def _read_unseen(models: Sequence[_Named], corpora: Sequence[Path]) -> Unseen:
    """Read the corpora and leave out what any of the models learned."""
    from copydesk.seeds.corpus.labelled import check_sources
    from copydesk.train.evaluation.unseen import check_unseen
    from copydesk.train.job import read_corpora
    from copydesk.train.learned import leave_out_learned

    records = read_corpora(corpora)
    check_sources(records)
    learned = frozenset[str]().union(*(_learned_by(one.folder) for one in models))
    unseen = leave_out_learned(records, learned)
    check_unseen(unseen, " or ".join(one.model.manifest.model_id for one in models))
    return unseen


def _learned_by(folder: Path) -> frozenset[str]:
    from copydesk.train.learned import learned_texts

    learned = learned_texts(folder)
    if learned is None:
        raise InvalidModel(
            f"{folder} keeps neither its reference nor its rows, so that what it learned cannot be "
            "left out: train it again"
        )
    return learned


def _ask(model: Model, unseen: Unseen, seed: int, jobs: int) -> _Answered:
    from copydesk.evaluate_run import ask_all
    from copydesk.predict.scorer import Scorer
    from copydesk.train.evaluation.outcomes import count_rejected, gather

    outcomes = ask_all(Scorer(model), unseen.records, unseen.groups, random_state=seed, n_jobs=jobs)
    rejected = count_rejected(outcomes)
    gathered = gather(outcomes, unseen.records, unseen.groups)
    if not gathered:
        reason = one_line(next(iter(rejected)), _REASON_CHARS)
        raise InvalidInput(f"none of {len(unseen.records)} texts can be judged: {reason}")
    return _Answered(gathered, rejected)


def _show(measured: Mapping[str, Any], unseen: Unseen) -> None:
    """Print the sentence that matters, then tables."""
    from copydesk.train.evaluation import table
    from copydesk.train.evaluation.asked import View

    sentences = [table.headline(measured, measured["model_id"])]
    if unseen.n_left_out:
        sentences.append(
            f"Left out: {unseen.n_known} texts that were learned, {unseen.n_of_known_stories} more "
            "of their stories."
        )
    if rejected := measured["rejected"]:
        reason, _ = max(rejected.items(), key=lambda item: item[1])
        sentences.append(
            f"{sum(rejected.values())} texts could not be judged in some situation, most often: "
            f"{one_line(reason, _REASON_CHARS)}"
        )
    tables = [table.view_table(measured)]
    tables += [
        table.confusion_table(measured[view], view)
        for view in (str(View.WITH_SOURCE), str(View.FOUND))
        if view in measured
    ]
    tables.append(table.slice_table(measured["slices"]))
    if "against" in measured:
        other = measured["against"]
        sentences.insert(
            1,
            table.comparison_sentence(
                other["differences"], measured["model_id"], other["model_id"]
            ),
        )
        tables.insert(1, table.comparison_table(other["differences"]))
    print(_printable("\n".join(sentences)))
    for one in tables:
        print(f"\n{_printable(one)}")


def _printable(text: str) -> str:
    """Let no name of a corpus steer the terminal."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
