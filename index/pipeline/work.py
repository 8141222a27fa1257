"""What a worker does with a piece: read, settle, skip the unchanged, tag, pack."""

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.archive.archive import Archive, Entry
from index.archive.connecting import Place
from index.archive.hashing import content_hash, text_number
from index.errors import NewsmorgueError
from index.identity.casts import cast_of, pack_cast
from index.packing import pack
from index.pipeline.stages import Stages
from index.processes import peak_memory
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.settings import Settings
from index.stories.sketches import sketch_of
from index.tag.quotes.quotations import RULES as QUOTE_RULES
from index.tag.quotes.quotations import find_quotes
from index.tag.tagger import Tagger
from index.types import Article, Mention, Rejected, Tagged

GROUP_ARTICLES = 64
"""Articles tagged and sent at a time: enough that asking the archive and sending cost little, few enough to hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that was read: its `source`, its content `hash`, and a number that stands for its title and text.

    `entry` is what the archive is to keep of it, None where that held it already, as it is.
    """

    id: str
    source: str
    hash: bytes
    text: int
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """An article that was removed from the archive for good."""

    id: str


Outcome = Found | Barred | Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of some articles of a piece, in their order.

    `reading` and `tagging` are seconds of processor time; `memory` is the process's peak in bytes. The `last` batch of
    a piece has the piece's `done` and `total` (bytes of the input).
    """

    outcomes: tuple[Outcome, ...]
    reading: float = 0.0
    tagging: float = 0.0
    memory: int = 0
    done: int = 0
    total: int | None = None
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """All that a worker process needs to know.

    Without an `archive`, nothing counts as unchanged. With `revive`, what was removed from it for good comes back.
    """

    settings: Settings
    options: ReadOptions
    stages: Stages
    archive: Place | None = None
    revive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fresh:
    article: Article
    hash: bytes


def version_of(name: str, tagger: Tagger) -> str:
    """Give what tells a tagger, known by its `name`, and the rules of quotations, from others and other versions."""
    return f"{name} {tagger.version} quotes-{QUOTE_RULES}"


class Worker:
    """Turns pieces into batches, in a worker process or in the parent."""

    def __init__(self, assignment: Assignment) -> None:
        settings, stages = assignment.settings, assignment.stages
        self._options = assignment.options
        self._stages = stages
        self._tagger = stages.make_tagger(settings.tagger)
        self._tagger_version = version_of(settings.tagger, self._tagger)
        self._revive = assignment.revive
        self._archive = Archive(assignment.archive, writable=False) if assignment.archive else None

    def close(self) -> None:
        """Close the archive."""
        if self._archive:
            self._archive.close()

    def work(self, piece: Piece) -> Iterator[Batch]:
        """Yield what becomes of the articles of a piece; what cannot be read or tagged becomes Rejected."""
        found = self._read(piece)
        while True:
            began = time.process_time()
            sifted = self._sift(list(itertools.islice(found, GROUP_ARTICLES)))
            if not sifted:
                yield Batch(outcomes=(), memory=peak_memory(), done=piece.done, total=piece.total, last=True)
                return
            read = time.process_time()
            tagged = iter(self._tag([one for one in sifted if isinstance(one, _Fresh)]))
            outcomes = tuple(next(tagged) if isinstance(one, _Fresh) else one for one in sifted)
            yield Batch(
                outcomes=outcomes,
                reading=read - began,
                tagging=time.process_time() - read,
                memory=peak_memory(),
            )

    def _read(self, piece: Piece) -> Iterator[Article | Rejected]:
        try:
            for one in self._stages.read(piece, self._options):
                yield one if isinstance(one, Rejected) else self._settle(one)
        except NewsmorgueError:
            raise
        except Exception as error:  # noqa: BLE001  one bad input must not end a run over thousands
            yield Rejected(source=piece.source, reason="reader-failed", detail=_explain("reading", error))

    def _settle(self, article: Article) -> Article | Rejected:
        try:
            return self._stages.settle(article)
        except Exception as error:  # noqa: BLE001  as above
            return Rejected(source=article.source, reason="settling-failed", detail=_explain("settling", error))

    def _sift(self, group: Sequence[Article | Rejected]) -> list[_Fresh | Found | Barred | Rejected]:
        """Tell the articles that the archive lacks, or holds otherwise, from those that it holds as they are."""
        ids = [one.id for one in group if isinstance(one, Article)]
        known = self._archive.known(ids) if self._archive else {}
        barred = self._archive.barred(ids) if self._archive and not self._revive else set()
        sifted: list[_Fresh | Found | Barred | Rejected] = []
        for one in group:
            if isinstance(one, Rejected):
                sifted.append(one)
                continue
            if one.id in barred:
                sifted.append(Barred(id=one.id))
                continue
            value = content_hash(one, tagger=self._tagger_version)
            sifted.append(_found(one, value) if known.get(one.id) == value else _Fresh(article=one, hash=value))
        return sifted

    def _tag(self, fresh: Sequence[_Fresh]) -> list[Found | Rejected]:
        """Tag and pack articles; where that fails for all together, one by one, to lose only the guilty."""
        try:
            return self._tag_together(fresh)
        except Exception as error:  # noqa: BLE001  a tagger may come from anywhere, and fail on anything
            if len(fresh) == 1:
                source = fresh[0].article.source
                return [Rejected(source=source, reason="tagger-failed", detail=_explain("tagging", error))]
        return [outcome for one in fresh for outcome in self._tag([one])]

    def _tag_together(self, fresh: Sequence[_Fresh]) -> list[Found | Rejected]:
        mentions = list(self._tagger.tag([one.article for one in fresh]))
        return [_found(one.article, one.hash, _entry(one, found)) for one, found in zip(fresh, mentions, strict=True)]


def _found(article: Article, value: bytes, entry: Entry | None = None) -> Found:
    text = text_number(article)
    return Found(id=article.id, source=article.source, hash=value, text=text, entry=entry)


def _entry(fresh: _Fresh, mentions: tuple[Mention, ...]) -> Entry:
    article = fresh.article
    tagged = Tagged(article=article, mentions=mentions, quotes=find_quotes(article.text, mentions))
    return Entry(
        id=article.id,
        hash=fresh.hash,
        packed=pack(tagged),
        sketch=sketch_of(article.text),
        cast=pack_cast(cast_of(tagged)),
    )


def _explain(what: str, error: Exception) -> str:
    return f"{what} it failed: {type(error).__name__}: {error}. This is a defect: please report it with the article"
