"""What libraries warn of reaches nobody at the command line where it means nothing to them."""

import warnings

import pytest

from copydesk import cli

_LOKY = "joblib.externals.loky.process_executor"


def warn(message: str, module: str) -> None:
    warnings.warn_explicit(message, UserWarning, "process_executor.py", 1, module)


def test_a_worker_that_was_replaced_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    message = "A worker stopped while some jobs were given to the executor."
    with pytest.raises(UserWarning, match="A worker stopped"):
        warn(message, _LOKY)
    monkeypatch.setattr(cli, "app", lambda: warn(message, _LOKY))
    cli.main()
    for other, module in (("Something else.", _LOKY), (message, "another")):
        monkeypatch.setattr(cli, "app", lambda m=other, n=module: warn(m, n))
        with pytest.raises(UserWarning, match=other):
            cli.main()
