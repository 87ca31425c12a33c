"""Workers that are given up leave no word of it."""

import threading

import pytest

from copydesk.predict.jobs import workers


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
