"""Labelled derivatives of anybody's wire copy, made by engines that record what they change."""

from copydesk.seeds.derive.changes import Change, Derivative, undo_changes
from copydesk.seeds.derive.engine import Engine, PairEngine
from copydesk.seeds.derive.registry import ENGINES, EngineEntry, find_entries

__all__ = [
    "ENGINES",
    "Change",
    "Derivative",
    "Engine",
    "EngineEntry",
    "PairEngine",
    "find_entries",
    "undo_changes",
]
