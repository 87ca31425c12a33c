"""The look of spun pages, engines made of engines, and grafted quotations."""

from copydesk.seeds.derive.changes import Derivative, undo_changes
from copydesk.seeds.derive.combine import Chain, Desk, InPart
from copydesk.seeds.derive.faults import BodyTwice
from copydesk.seeds.derive.furniture import PADDING, QUESTIONS
from copydesk.seeds.derive.grafted_quotes import GraftedQuotes
from copydesk.seeds.derive.newsroom_length import CutTail
from copydesk.seeds.derive.newsroom_order import Reorder
from copydesk.seeds.derive.page import read_page
from copydesk.seeds.derive.registry import ENGINES
from copydesk.seeds.derive.spin_form import Bullets, Byline, Padding, Shuffle, Weave
from copydesk.types import Label


def parts(text: str) -> list[str]:
    return text.strip().split("\n\n")


def test_padding_goes_behind_paragraphs(port: str) -> None:
    derived = Padding(1.0).derive(port)
    assert len(derived.changes) == 6
    assert all(change.after.strip() in PADDING for change in derived.changes)


def test_a_byline_takes_the_place_of_credits(bridge: str) -> None:
    text = Byline(1.0).derive(bridge).text
    assert "Castel Wire" not in text
    assert "Dora Feld" not in text
    first, last = parts(text)[0], parts(text)[-1]
    assert any(name in last for name in first.replace("|", ",").split() if name.istitle())
    kinds = [change.kind for change in Byline(0.2).derive(bridge).changes]
    assert kinds == ["byline", "credit_dropped", "credit_dropped"]


def test_bullets_answer_questions(port: str) -> None:
    text = Bullets(1.0).derive(port).text
    assert parts(text)[0] == parts(port)[0]
    assert sum(line in QUESTIONS for line in text.splitlines()) == 5
    assert "- Fruit importers warned" in text
    assert "\n- Shops in the capital" in text


def test_shuffled_paragraphs_are_all_there(port: str) -> None:
    text = Shuffle(1.0).derive(port).text
    assert sorted(text.split()) == sorted(port.split())
    assert not text.startswith("SENNBRIDGE")


def test_another_source_is_woven_in_order(bridge: str, port: str) -> None:
    derived = Weave(1.0).derive(port, bridge)
    assert [c.after.strip() for c in derived.changes] == parts(bridge)[:6]
    assert parts(derived.text)[::2] == parts(port)


def test_a_chain_is_its_engines_one_after_the_other(port: str) -> None:
    cut, move = CutTail(0.4, 1), Reorder(1.0, 1)
    chain = Chain("both", [cut, move])
    derived = chain.derive(port)
    assert derived.text == move.derive(cut.derive(port).text).text
    assert undo_changes(derived) == port
    assert (chain.label, chain.strength, chain.random_state) == (Label.EDITED_WIRE, 0.4, 1)


def test_in_part_leaves_the_other_paragraphs_alone(port: str) -> None:
    engine = InPart(0.5, 3, name="part", engine=Padding(1.0))
    derived = engine.derive(port)
    padded = [
        i for i, (a, b) in enumerate(zip(parts(derived.text), parts(port), strict=True)) if a != b
    ]
    assert padded == list(range(padded[0], padded[0] + 3))
    assert engine.derive_many([port]) == [derived]
    assert InPart(0.0, name="part", engine=Padding(1.0)).derive(port) == Derivative(port, ())


def test_a_desk_does_several_things(bridge: str) -> None:
    engines = [CutTail(0.3), Reorder(0.5), BodyTwice(1.0)]
    kinds = {
        kind
        for seed in range(6)
        for change in Desk(0.5, seed, engines=engines).derive(bridge).changes
        for kind in change.kind.split("+")
    }
    assert {"cut", "move", "twice"} <= kinds


def test_grafted_quotations_stand_word_for_word(bridge: str, port: str) -> None:
    derived = GraftedQuotes(1.0).derive(port, bridge)
    assert derived.changes
    shared = {q.text for q in read_page(bridge).quotes} & {
        q.text for q in read_page(derived.text).quotes
    }
    assert len(shared) == len(derived.changes)
    assert GraftedQuotes(1.0).derive(port, "No quotation here.") == Derivative(port, ())


def test_grafted_quotations_stay_under_a_third(bridge: str) -> None:
    short = "The ferry sank on Monday. Nobody died in the end, and the crew went home by bus."
    n_words = len(short.split())
    for seed in range(5):
        derived = GraftedQuotes(1.0, seed).derive(short, bridge)
        assert len(derived.text.split()) <= 1.5 * n_words + 1


def test_hard_negatives_change_the_other_text() -> None:
    assert [entry.name for entry in ENGINES.values() if entry.on_other] == ["grafted_quotes"]
