"""Tables of facts that reading and comparing rest on, as files beside the code."""

from __future__ import annotations

from importlib.resources import files


def read_table(name: str, room: str = "read") -> list[list[str]]:
    """Read a table: a row a line, cells apart by tabs, comments behind ``#``.

    Parameters
    ----------
    name : str
        Of the file, without its suffix.
    room : str
        The folder of features that it belongs to.

    Examples
    --------
    >>> read_table("look_alikes")[0][0]
    'A'
    """
    table = files(f"copydesk.features.{room}") / "tables" / f"{name}.tsv"
    lines = table.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
