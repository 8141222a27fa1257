"""Tag articles without keeping them: what `newsmorgue tag` prints."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.packing import unpack
from index.pipeline.running import run
from index.pipeline.stages import Stages
from index.pipeline.work import Assignment, Found
from index.read.options import ReadOptions
from index.settings import Settings
from index.types import Rejected, Tagged


def tag_stream(
    paths: Iterable[Path | str], *, settings: Settings, options: ReadOptions, stages: Stages | None = None
) -> Iterator[Tagged | Rejected]:
    """Read and tag as `build_index` does, in parallel and in order, and keep nothing."""
    stages = stages or Stages()
    assignment = Assignment(settings=settings, options=options, stages=stages)
    with contextlib.closing(run(stages.cut(map(str, paths), options), assignment)) as batches:
        for batch in batches:
            for outcome in batch.outcomes:
                if isinstance(outcome, Found) and outcome.entry:
                    yield unpack(outcome.entry.packed)
                elif isinstance(outcome, Rejected):
                    yield outcome
