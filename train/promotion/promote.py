"""Promotion as a job: measure both models, decide, and let the models folder record it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from copydesk.errors import InvalidInput, InvalidModel
from copydesk.models import Model, check_probes, load_model
from copydesk.models.history import Action, Entry
from copydesk.models.models_folder import ModelsFolder, place_of, time_of_now
from copydesk.train.learned import learned_texts
from copydesk.train.promotion.contest import compare_models
from copydesk.train.promotion.decision import Decision, decide
from copydesk.train.promotion.floors import check_floors, read_floors
from copydesk.train.promotion.gate_sets import read_gate_sets


@dataclass(frozen=True, slots=True)
class Promotion:
    """What came of a promotion.

    Parameters
    ----------
    entry : Entry
        What was added to the record; its action says whether the candidate is current now.
    decision : Decision
        What was measured, and what stood against it.
    unknown : tuple of str
        Ids of models that do not say which texts they learned: none could be left out for them.
    """

    entry: Entry
    decision: Decision
    unknown: tuple[str, ...]

    @property
    def is_promoted(self) -> bool:
        """Whether the candidate is current now."""
        return self.entry.action is Action.PROMOTED


def promote(
    folder: ModelsFolder,
    candidate: Path,
    gates: Sequence[Path] = (),
    *,
    forced: str | None = None,
    n_jobs: int = 1,
) -> Promotion:
    """Make a candidate the current model, if it is not worse beyond noise and no floor falls.

    Parameters
    ----------
    folder : ModelsFolder
        Its floors hold, and its gate sets are measured on too.
    candidate : Path
        Folder of a model; copied into the models folder.
    gates : sequence of Path
        Labelled corpora that both models are measured on.
    forced : str, optional
        Why the candidate is to be promoted whatever is measured; written into the record.
    n_jobs : int
        Processes, as joblib counts them.

    Raises
    ------
    InvalidInput
        The candidate is current already, there is nothing to measure on, or another model has
        become current meanwhile.
    InvalidModel
        A model is damaged, or features are no longer what the candidate was trained on.
    """
    if forced is not None and not forced.strip():
        raise InvalidInput("--force is empty: give the reason, it is written into the record")
    place = folder.place()
    old, new = load_model(folder.folder_of(place)), load_model(candidate)
    if place_of(folder.folder_of(place)) == place_of(candidate):
        raise InvalidInput(f"{candidate} is the current model, {new.manifest.model_id}, already")
    _check_features(candidate, new)
    paths = [*gates, *folder.gates()]
    if not paths and forced is None:
        raise InvalidInput(
            f"there is nothing to measure on: name labelled corpora with --gate, keep some in "
            f'{folder.path / "gate"}, or promote unmeasured with --force "REASON"'
        )
    learned, unknown = _learned([(folder.folder_of(place), old), (candidate, new)])
    sets = read_gate_sets(paths, learned)
    comparisons = compare_models(old, new, sets, n_jobs)
    floors = read_floors(folder.floors())
    decision = decide(
        comparisons,
        check_floors(floors, comparisons) if comparisons else (),
        n_floors=len(floors),
        n_left_out=sum(gate.n_left_out for gate in sets),
    )
    if not decision.can_tell and forced is None:
        raise InvalidInput(
            f"{new.manifest.model_id} is not promoted: {decision.say()}; add labelled stories with "
            '--gate, or promote with --force "REASON"'
        )
    entry = _record(folder, candidate, place, (old, new), decision, forced)
    return Promotion(entry, decision, unknown)


def _check_features(folder: Path, model: Model) -> None:
    shifts = check_probes(model)
    if shifts:
        raise InvalidModel(
            f"{folder} is not promoted: {len(shifts)} features or probabilities of fixed texts are "
            f"not what they were when it was trained, the first is {shifts[0]}: train it again"
        )


def _learned(models: Sequence[tuple[Path, Model]]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Give what either model learned, and which do not say."""
    found = [(model.manifest.model_id, learned_texts(folder)) for folder, model in models]
    learned = [texts for _, texts in found if texts is not None]
    return frozenset().union(*learned), tuple(name for name, texts in found if texts is None)


def _record(
    folder: ModelsFolder,
    candidate: Path,
    place: str | None,
    models: tuple[Model, Model],
    decision: Decision,
    forced: str | None,
) -> Entry:
    old, new = (model.manifest.model_id for model in models)
    is_promoted = decision.is_good or forced is not None
    said = f"{new} {'replaces' if is_promoted else 'does not replace'} {old}: {decision.say()}"
    entry = Entry(
        when=time_of_now(),
        action=Action.PROMOTED if is_promoted else Action.REFUSED,
        model_id=new,
        place=folder.keep(candidate) if is_promoted else None,
        before=old,
        said=said,
        reason=forced,
        figures={one.name: asdict(one.difference) for one in decision.judged},
    )
    folder.record(entry, expected=place)
    return entry
