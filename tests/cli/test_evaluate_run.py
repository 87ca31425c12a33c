"""What a model is asked in a run of ``copydesk evaluate``, and that processes do not matter."""

from dataclasses import replace

import pytest

from copydesk.evaluate_run import ask_all
from copydesk.predict import Scorer
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.outcomes import Outcome
from copydesk.types import Article, Label, Verdict


@pytest.fixture
def records(bridge: dict[str, Article]) -> tuple[CorpusRecord, ...]:
    wire, staff = bridge["wire"], replace(bridge["staff"], source_text=bridge["wire"].text)
    spun = replace(bridge["spun"], source_text=wire.text)
    edited = replace(bridge["edited"], source_text=wire.text)
    return (
        CorpusRecord(staff, Label.ORIGINAL, "bridge"),
        CorpusRecord(spun, Label.SPUN, "bridge"),
        CorpusRecord(edited, Label.EDITED_WIRE, "bridge"),
        CorpusRecord(bridge["frost"], Label.ORIGINAL, "frost"),
    )


GROUPS = {"bridge-staff": "b", "bridge-spun": "b", "bridge-edited": "b", "frost": "f"}


@pytest.fixture
def outcomes(scorer: Scorer, records: tuple[CorpusRecord, ...]) -> dict[tuple[View, str], Outcome]:
    found = ask_all(scorer, records, GROUPS)
    return {(one.view, records[one.row].article.id): one for one in found}


Outcomes = dict[tuple[View, str], Outcome]


def verdict_of(outcomes: Outcomes, view: View, name: str) -> Verdict:
    result = outcomes[view, f"bridge-{name}"].result
    assert isinstance(result, Verdict)
    return result


def test_each_situation_is_what_the_model_was_told(outcomes: Outcomes) -> None:
    def situations(view: View) -> set[str]:
        answers = (one.result for (of, _), one in outcomes.items() if of is view)
        return {str(v.answers and v.answers.situation) for v in answers if isinstance(v, Verdict)}

    assert situations(View.WITH_SOURCE) == {"compared"}
    assert situations(View.WRONG) == {"compared"}
    assert situations(View.WITHHELD) == {"unsearched"}
    assert situations(View.MISSING) <= {"related", "nothing_related"}
    assert situations(View.FOUND) <= {"related", "nothing_related"}
    assert verdict_of(outcomes, View.WITH_SOURCE, "spun").label is Label.SPUN
    assert verdict_of(outcomes, View.WITHHELD, "spun").source is None


def test_sources_are_to_be_found_for_derivatives_only(outcomes: Outcomes) -> None:
    wire = outcomes[View.FOUND, "bridge-spun"].source_id
    assert wire is not None
    assert wire.startswith("sha256-")
    assert outcomes[View.FOUND, "bridge-edited"].source_id == wire
    found = verdict_of(outcomes, View.FOUND, "edited").source
    assert found is not None
    assert found.id == wire
    assert outcomes[View.FOUND, "bridge-staff"].source_id is None
    assert outcomes[View.FOUND, "frost"].source_id is None
    assert {one.source_id for (view, _), one in outcomes.items() if view is not View.FOUND} == {
        None
    }


def test_beside_another_report_a_missing_source_is_not_found(outcomes: Outcomes) -> None:
    missing = verdict_of(outcomes, View.MISSING, "spun")
    assert missing.source is None
    assert (View.MISSING, "frost") not in outcomes


def test_two_processes_say_what_one_says(
    scorer: Scorer, records: tuple[CorpusRecord, ...], outcomes: Outcomes
) -> None:
    found = ask_all(scorer, records, GROUPS, n_jobs=2)
    assert {(one.view, records[one.row].article.id): one for one in found} == outcomes
