"""copydesk labels news articles ``original``, ``edited_wire`` or ``spun`` and shows why."""

from importlib.metadata import version

__version__ = version("copydesk")
