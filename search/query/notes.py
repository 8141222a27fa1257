"""Gathering of notices while a query is read."""

from search.answer import Notice


class Notes:
    """The notices of one query, in the order of their positions when read out."""

    def __init__(self) -> None:
        self._notices: list[Notice] = []

    def add(self, code: str, message: str, start: int, end: int) -> None:
        """Note what was repaired, ignored or could not be read between two offsets of the query."""
        self._notices.append(Notice(code=code, message=message, start=start, end=end))

    def all(self) -> tuple[Notice, ...]:
        """Give the notices by position, each once."""
        return tuple(dict.fromkeys(sorted(self._notices, key=lambda notice: (notice.start, notice.end))))
