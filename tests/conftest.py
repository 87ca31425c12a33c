"""What the rooms' tests share: a story told in several ways, a scorer, a small trained model.

No test sees the Debian packages of this machine unless it is marked ``needs_debian``.
"""

import json
import os
import runpy
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from wordfreq import top_n_list

from copydesk.features import StyleModel
from copydesk.features.read.sentences import Sentence
from copydesk.features.read.style_terms import find_style_terms
from copydesk.features.read.word_fit import NeighbourModel
from copydesk.features.read.word_forms import word_forms
from copydesk.models import load_model, read_manifest, record_part, record_probes
from copydesk.models.arrays import save_arrays
from copydesk.models.manifest_file import write_manifest
from copydesk.predict import Scorer
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.seeds.corpus.records import parse_article
from copydesk.seeds.derive import debian
from copydesk.train.job import train_model
from copydesk.train.recipe import recipe_of
from copydesk.types import Article

HERE = Path(__file__).parent
DATA = HERE / "cli" / "data"
N_SMALL_STORIES = 8
SMALL_ENGINES = ("wire", "edit_light", "edit_heavy", "original_routine", "original_presser")

FRENCH = (
    "Le pont qui traverse la rivière a été fermé mardi après que des plongeurs ont découvert des "
    "fissures dans deux de ses neuf piles, a annoncé le ministère des transports. Les "
    "automobilistes doivent emprunter le bac ou le pont de l'autoroute jusqu'à nouvel ordre."
)
GERMAN = (
    "Die Brücke über den Fluss ist am Dienstag gesperrt worden, nachdem Taucher Risse in zwei der "
    "neun Pfeiler gefunden hatten, teilte das Verkehrsministerium mit. Die Reparatur könnte sieben "
    "Monate dauern und achtzehn Millionen Kronen kosten, hieß es aus dem Ministerium."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="let the files of tests/predict/golden keep what verdicts are now",
    )
    parser.addoption(
        "--debian",
        choices=("found", "hidden", "required"),
        default="found",
        help="tests marked needs_debian: run where their packages are found, never, or always",
    )


def pytest_configure() -> None:
    """Whatever model somebody has chosen, tests are of the released one."""
    for name in ("COPYDESK_MODEL", "COPYDESK_MODELS"):
        os.environ.pop(name, None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs Debian packages that are missing, before anything of the test is run."""
    needed = [p for m in item.iter_markers("needs_debian") for p in m.args or debian.PACKAGES]
    wanted = item.config.getoption("--debian")
    if needed and wanted == "hidden":
        pytest.skip("needs Debian packages: hidden by --debian=hidden")
    missing = debian.find_missing(needed)
    if missing and wanted == "required":
        pytest.fail(f"--debian=required: {debian.install_command(missing)}", pytrace=False)
    if missing:
        pytest.skip(f"needs Debian packages: {debian.install_command(missing)}")


@pytest.fixture(scope="session")
def no_debian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where no Debian package is."""
    return tmp_path_factory.mktemp("no-debian")


@pytest.fixture(scope="session")
def own_debian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where small packages of our own stand in for all of Debian's."""
    root = tmp_path_factory.mktemp("own-debian")
    runpy.run_path(str(HERE / "debian" / "build.py"))["build"](root)
    return root


@pytest.fixture
def default_debian(no_debian: Path) -> Path:
    """What a test sees that is not marked; a folder's tests may see something else."""
    return no_debian


@pytest.fixture(autouse=True)
def set_debian(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, default_debian: Path
) -> None:
    if request.node.get_closest_marker("needs_debian") is None:
        monkeypatch.setattr(debian, "ROOT", default_debian)


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def style() -> StyleModel:
    """Give a style score of common words, weights by chance; nothing reads like a machine's."""
    words = ["name", "5", *top_n_list("en", 20_000)]
    one_each = [Sentence(i, i + 1, i, i + 1) for i in range(len(words))]
    keys = np.unique(find_style_terms(word_forms(words), {0}, one_each).keys)
    rng = np.random.default_rng(0)
    by_chance = (rng.random(len(keys)).astype(np.float16) for _ in range(4))
    neighbours = NeighbourModel(
        keys,
        rng.integers(5, 500, len(keys)).astype(np.uint32),
        np.ones(len(keys), bool),
        *by_chance,
        pair_keys=np.zeros(0, np.uint32),
        pair_counts=np.zeros(0, np.uint32),
        n_counted=np.asarray(5_000_000, np.uint32),
    )
    return StyleModel(
        keys,
        np.ones(len(keys), np.float32),
        rng.normal(size=len(keys)).astype(np.float32),
        np.asarray(-5.0, np.float32),
        neighbours,
    )


@pytest.fixture(scope="session")
def story_file() -> Path:
    """A wire story, its edited and its spun copy, a report of a paper's own, and another story."""
    return DATA / "story.jsonl"


@pytest.fixture(scope="session")
def mixed_file() -> Path:
    """Three articles that can be judged among seven records that cannot."""
    return DATA / "mixed.jsonl"


@pytest.fixture(scope="session")
def bridge(story_file: Path) -> dict[str, Article]:
    """The articles of ``story_file`` by what they are: wire, edited, spun, staff, frost."""
    with story_file.open(encoding="utf-8") as lines:
        articles = [parse_article(json.loads(line)) for line in lines]
    return {article.id.removeprefix("bridge-"): article for article in articles}


@pytest.fixture(scope="session")
def foreign() -> dict[str, str]:
    """The same news in languages that are not judged."""
    return {"french": FRENCH, "german": GERMAN}


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    """The released model's scorer."""
    return Scorer.load()


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight stories of the starter corpus, seven texts each, as a folder of JSON Lines."""
    return write_stories(tmp_path_factory.mktemp("small") / "corpus", slice(N_SMALL_STORIES))


@pytest.fixture(scope="session")
def unseen_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three more stories, of which ``small_model`` has seen nothing."""
    first = N_SMALL_STORIES
    return write_stories(tmp_path_factory.mktemp("unseen") / "unseen", slice(first, first + 3))


def write_stories(folder: Path, which: slice) -> Path:
    folder.mkdir()
    records = read_starter()
    for story in sorted({record.story for record in records})[which]:
        own = [record for record in records if record.story == story]
        kept = [record for record in own if record.engine in SMALL_ENGINES]
        ids = {record.article.id for record in kept}
        spun = [r for r in own if r.label == "spun" and r.article.source_id in ids]
        lines = [
            json.dumps(
                {
                    "id": record.article.id,
                    "text": record.article.text,
                    "source_id": record.article.source_id,
                    "label": record.label,
                    "story": record.story,
                    "engine": record.engine,
                }
            )
            for record in kept + spun[:2]
        ]
        (folder / f"{story}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def gate_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve stories of the starter corpus that ``small_model`` did not learn, four texts each."""
    records = read_starter()
    stories = sorted({record.story for record in records})[N_SMALL_STORIES:][:12]
    engines = {"wire", "edit_light", "original_routine"}
    lines = []
    for story in stories:
        own = [record for record in records if record.story == story]
        kept = [record for record in own if record.engine in engines]
        wire = next(r.article.id for r in kept if r.engine == "wire")
        kept.append(next(r for r in own if r.label == "spun" and r.article.source_id == wire))
        lines += [
            json.dumps(
                {
                    "id": record.article.id,
                    "text": record.article.text,
                    "source_id": record.article.source_id,
                    "label": record.label,
                    "story": record.story,
                }
            )
            for record in kept
        ]
    path = tmp_path_factory.mktemp("gate") / "mine.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def other_model(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of another id that says what the small one says."""
    folder = shutil.copytree(small_model, tmp_path_factory.mktemp("other") / "model")
    manifest = read_manifest(folder)
    write_manifest(folder, replace(manifest, model_id="other-1"))
    return Path(folder)


@pytest.fixture
def without_parts(tmp_path: Path) -> Callable[..., Path]:
    """Copy a model without some of its parts, as older ones are."""

    def copy(model: Path, *parts: str) -> Path:
        folder = Path(shutil.copytree(model, tmp_path / "older"))
        manifest = read_manifest(folder)
        files = {name: sha for name, sha in manifest.files.items() if name not in parts}
        write_manifest(folder, replace(manifest, files=files))
        for part in parts:
            (folder / part).unlink()
        return folder

    return copy


@pytest.fixture(scope="session")
def bad_model(small_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole model that takes desks for machines."""
    folder = Path(shutil.copytree(small_model, tmp_path_factory.mktemp("bad") / "model"))
    judge = load_model(folder).judge
    turned = replace(judge.reworded, inverse_temperature=-judge.reworded.inverse_temperature)
    save_arrays(replace(judge, reworded=turned), folder / "weights.npz")
    write_manifest(folder, replace(record_part(folder, "weights.npz"), model_id="bad-1"))
    record_probes(folder)
    return folder


@pytest.fixture(scope="session")
def small_model(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained once on ``small_corpus``."""
    folder = tmp_path_factory.mktemp("small-model") / "model"
    train_model(recipe_of([small_corpus], name="small"), folder)
    return folder
