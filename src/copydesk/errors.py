"""What can go wrong, each with a message that says what came, what was expected and what to do."""


class CopydeskError(Exception):
    """Base of every error that copydesk raises on purpose."""


class InvalidArticle(CopydeskError, ValueError):
    """A text that cannot be judged: empty, too short, not English, not text, or no article."""


class InvalidRecord(CopydeskError, ValueError):
    """A record of an input or a corpus lacks a field or has one of the wrong kind."""


class InvalidInput(CopydeskError, ValueError):
    """A file or folder is missing, empty, or of a kind that is not read."""


class InvalidModel(CopydeskError, ValueError):
    """A model folder is missing, damaged, or made for other features."""


class InvalidStore(CopydeskError, ValueError):
    """A store is missing, damaged, locked, full, or made with another encoder."""


class MissingPackage(CopydeskError, ImportError):
    """An optional package is not installed; the message names the extra to install."""


class RunFailed(CopydeskError, RuntimeError):
    """A run broke off through no fault of its input: the disk is full, a worker was lost."""
