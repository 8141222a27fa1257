"""What an item of the wire says, whatever standard it came in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story as stated; what is not stated is empty. `dates` are candidates for its publication, best first."""

    own_id: str
    title: str
    text: str
    byline: str
    publisher: str
    dates: tuple[str, ...]
    url: str
    language: str
