"""Generations of articles that a test has made itself, without reading and tagging."""

from collections.abc import Sequence
from pathlib import Path

from index.engines.whoosh import WhooshWriter
from index.settings import Settings
from index.store.commit import commit, prepare
from index.store.generations import current
from index.store.lock import WriterLock
from index.types import Tagged


def commit_articles(
    data_dir: Path,
    articles: Sequence[Tagged],
    *,
    removed: tuple[str, ...] = (),
    settings: Settings | None = None,
    form: str = WhooshWriter.form,
    keep: int = 2,
) -> None:
    """Commit a generation with some articles more than the last one, if any, and others less."""
    prepare(data_dir)
    base = current(data_dir) if (data_dir / "CURRENT").exists() else None
    writer = WhooshWriter(settings or Settings())
    with WriterLock(data_dir) as lock:
        commit(
            data_dir,
            lock,
            base=base,
            write=lambda directory: writer.write(directory, removed=removed, added=articles),
            form=form,
            archive="test",
            revision=1,
            articles=len(articles),
            keep=keep,
        )
