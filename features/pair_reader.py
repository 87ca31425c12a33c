"""Many pairs compared: every text is read once, however many pairs it is in."""

from __future__ import annotations

from copydesk.features.compare.comparison import Comparison, compare
from copydesk.features.read.document import Document, read_document
from copydesk.features.read.encoder import Encoder
from copydesk.features.read.style import StyleModel


class PairReader:
    """Compares articles with candidate sources, as scoring does.

    Parameters
    ----------
    encoder : Encoder
        Makes the vectors of sentences.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._documents: dict[str, Document] = {}

    def compare(self, text: str, source_text: str | None, style: StyleModel) -> Comparison:
        """Compare an article with a candidate, or look at it alone.

        Parameters
        ----------
        text : str
            The article's.
        source_text : str or None
            The candidate's.
        style : StyleModel
            Scores how much the article reads like a machine's rewriting.
        """
        source = None if source_text is None else self._read(source_text)
        return compare(self._read(text), source, self._encoder, style)

    def _read(self, text: str) -> Document:
        if text not in self._documents:
            self._documents[text] = read_document(text, self._encoder)
        return self._documents[text]
