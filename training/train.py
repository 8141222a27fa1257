"""Rebuild the model that ships in the package: `python -m training.train --data DATA [--out FILE]`.

DATA holds `labels/` and `ner-open/` (see docs/model-card.md). Deterministic: the same data give the same file.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from index.tag.default import MODEL
from training.corpora import NEWSLIKE, read_open
from training.crf import Options, train_model
from training.labelled import LabelledArticle, read_labels
from training.outlets import outlet_names

DEFAULT_OUT = Path(__file__).parent.parent / "index" / "tag" / "data" / MODEL


def read_all(data: Path) -> tuple[list[LabelledArticle], list[LabelledArticle]]:
    """Read the labelled articles, and those of the open corpora."""
    known = outlet_names()
    return (
        list(read_labels(data / "labels")),
        list(read_open(data / "ner-open", NEWSLIKE, is_outlet=lambda name: name.casefold() in known)),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on everything and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with labels/ and ner-open/")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="the model file to write")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    labelled, unlabelled = read_all(options.data)
    spans = sum(len(article.spans) for article in (*labelled, *unlabelled))
    sys.stdout.write(f"{len(labelled)} labelled articles, {len(unlabelled)} of open corpora, {spans} names\n")
    model = train_model([*labelled, *unlabelled], version="2026.1", options=Options())
    model.save(options.out)
    size = options.out.stat().st_size
    sys.stdout.write(f"{options.out}: {size / 1000:.0f} kB after {time.perf_counter() - start:.0f} s\n")


if __name__ == "__main__":
    main()
