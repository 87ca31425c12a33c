"""Label articles: one at a time, or by the million.

The package can be called: after ``from copydesk import predict``, ``predict(text)`` does what
``copydesk.predict.predict(text)`` does.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

from copydesk.predict.scorer import Scorer, predict
from copydesk.types import Article, Verdict

__all__ = ["Scorer", "predict"]


class _CallablePackage(ModuleType):
    """The package as a function; "Customizing module attribute access" of Python's data model."""

    def __call__(self, text: str | Article, source: str | Article | None = None) -> Verdict:
        return predict(text, source)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return import_module, (self.__name__,)


_CallablePackage.__call__.__doc__ = predict.__doc__
sys.modules[__name__].__class__ = _CallablePackage
