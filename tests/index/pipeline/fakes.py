"""Stages that do what an input's lines tell them, importable by worker processes."""

import json
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.pipeline.stages import Stages
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.pieces import Skip
from index.tag.tagger import Tagger
from index.types import Article, Mention, Rejected


def cut(paths: Iterable[str], options: ReadOptions, *, skip: Skip = lambda found: False) -> Iterator[Piece | Rejected]:
    """Each path is one piece."""
    done = 0
    for path in map(Path, paths):
        if path.exists():
            done += path.stat().st_size
            yield Piece(source=str(path), path=str(path), done=done, total=None)
        else:
            yield Rejected(source=str(path), reason="missing", detail="there is no such file")


def read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    """Each line is an article `{id, text}`, or something to do."""
    assert piece.path is not None
    for number, line in enumerate(Path(piece.path).read_text(encoding="utf-8").splitlines(), 1):
        source = f"{piece.source}:{number}"
        if line == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif line == "exit":
            os._exit(7)
        elif line == "raise":
            raise RuntimeError("a reader's defect")
        elif line.startswith("sleep"):
            time.sleep(float(line.split()[1]))
        elif line.startswith("{"):
            values = json.loads(line)
            yield Article(source=source, title=values.pop("title", ""), **values)
        else:
            yield Rejected(source=source, reason="not-json", detail="mend the line")


def settle(article: Article) -> Article:
    if "unsettling" in article.text:
        raise ValueError("unsettled")
    return article


class FakeTagger:
    version = "1"

    def tag(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        for article in articles:
            if "poison" in article.text:
                raise ValueError("poisoned")
            yield tuple(
                Mention(
                    kind="person",
                    value=match.group(),
                    surface=match.group(),
                    field="text",
                    start=match.start(),
                    end=match.end(),
                    via="fake",
                )
                for match in re.finditer("Ann Lee", article.text)
            )


def make_tagger(name: str) -> Tagger:
    return FakeTagger()


class NewerTagger(FakeTagger):
    version = "2"


def make_newer_tagger(name: str) -> Tagger:
    return NewerTagger()


STAGES = Stages(cut=cut, read=read, settle=settle, make_tagger=make_tagger)
NEWER = Stages(cut=cut, read=read, settle=settle, make_tagger=make_newer_tagger)
