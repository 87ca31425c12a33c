"""Workers that are given up leave no word of it."""

import gc
import threading
from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from copydesk.models import load_model
from copydesk.predict.jobs import workers
from copydesk.predict.jobs.worker import Setup


@pytest.mark.parametrize(
    ("name", "error", "told"),
    [
        ("ExecutorManagerThread", KeyError(5), False),
        ("ExecutorManagerThread", ValueError(5), True),
        ("another", KeyError(5), True),
    ],
)
def test_only_tasks_given_up_are_kept_silent(
    name: str, error: Exception, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda failed: heard.append(failed.exc_type))
    before = threading.excepthook

    def fail() -> None:
        raise error

    with workers._given_up_in_silence():
        thread = threading.Thread(target=fail, name=name)
        thread.start()
        thread.join()
    assert heard == ([type(error)] if told else [])
    assert threading.excepthook is before


def test_work_in_this_process_is_done_by_one_thread() -> None:
    def n_threads() -> set[int]:
        return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}

    with threadpool_limits(2, "blas"):
        with workers.local_workers(Setup("run", load_model())) as found:
            assert found.executor.submit(n_threads).result() == {1}
        assert n_threads() == {2}


@pytest.fixture
def usual() -> Iterator[tuple[int, int, int]]:
    """Set how rarely garbage is looked for to what Python begins with."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield 700, 10, 10
    gc.set_threshold(*before)


def test_garbage_is_looked_for_rarely_only_while_there_is_work(
    usual: tuple[int, int, int],
) -> None:
    with workers.local_workers(Setup("run", load_model())) as found:
        assert found.executor.submit(gc.get_threshold).result() == (100_000, 10, 10)
    assert gc.get_threshold() == usual
