"""The oracle of our codec: the same articles in Whoosh's own codec, by whichever Whoosh is installed."""

import importlib.metadata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import whoosh
from whoosh import columns
from whoosh.filedb.filestore import RamStorage

from index.engines.values import NAME_GAP, values_of
from index.engines.whoosh_fields import whoosh_schema
from index.packing import pack
from index.types import Tagged
from index.words import stems, words


def _installed() -> str:
    """Name the package, and its version, that the module `whoosh` is of: several give one of this name."""
    place = Path(whoosh.__file__).parent.parent
    names = {"Whoosh", "whoosh3", "Whoosh-Reloaded"}
    [found] = [one for one in importlib.metadata.distributions(path=[str(place)]) if one.metadata["Name"] in names]
    return f"{found.metadata['Name']} {found.version}"


WHOOSH = _installed()


def forms(text: str) -> list[str]:
    """Give the folded words of a text."""
    return [word.form for word in words(text)]


def stock_index(commits: Sequence[Sequence[Tagged]], removed: Sequence[str] = ()) -> Any:
    """Index articles in Whoosh's own codec, each commit a segment, and remove some again."""
    schema = whoosh_schema()
    for name, field in schema.items():
        if field.column_type:  # ours refuse to be written by Whoosh
            field.column_type = columns.NumericColumn("i", default=0) if "date" in name else columns.VarBytesColumn()
    index = RamStorage().create_index(schema)
    for articles in commits:
        writer = index.writer()
        for one in articles:
            writer.add_document(**_values(one))
        writer.commit(merge=False)
    if removed:
        writer = index.writer()
        for article_id in removed:
            writer.delete_by_term("id", article_id)
        writer.commit(merge=False)
    return index


def _values(tagged: Tagged) -> dict[str, Any]:
    values = values_of(tagged)
    found: dict[str, Any] = {
        "id": values.id,
        "title": values.title,
        "text": values.text,
        "names": [form for name in values.names for form in [*forms(name), *[""] * NAME_GAP]],
        "title_stems": list(stems(values.title)),
        "text_stems": list(stems(values.text)),
        "person": list(values.person),
        "outlet": list(values.outlet),
        "speaker": list(values.speaker),
        "publisher": values.publisher,
        "story": values.story,
        "date": values.date,
        "date_last": values.date_last,
        "article": pack(tagged),
    }
    return {name: value for name, value in found.items() if value}
