"""Index articles: read and tag what is new, keep it in the archive, commit one generation."""

import contextlib
import functools
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.archive.archive import Archive
from index.archive.places import place_of
from index.errors import StoreError
from index.pipeline.guarding import refuse_without_archive
from index.pipeline.intake import Intake
from index.pipeline.ledger import Ledger, recipe_of, way_of
from index.pipeline.pruning import prune
from index.pipeline.rejections import Rejections
from index.pipeline.report import Report, Spent
from index.pipeline.running import run
from index.pipeline.stages import Stages
from index.pipeline.updating import update
from index.pipeline.work import Assignment, version_of
from index.processes import peak_memory
from index.progress import OnProgress, Progress, Stage
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.settings import Settings
from index.store.commit import prepare
from index.store.lock import WriterLock
from index.types import Rejected


def build_index(
    paths: Iterable[Path | str],
    *,
    settings: Settings,
    options: ReadOptions,
    on_progress: OnProgress = lambda progress: None,
    stages: Stages | None = None,
    again: bool = False,
    revive: bool = False,
    pruning: bool = False,
) -> Report:
    """Bring all articles under `paths` into the archive of `settings.data_dir`, and the index up to the archive.

    Files that did not change since they were read to their end are skipped unless `again`, as are articles that the
    archive holds unchanged; of several files with an article of one id, the form of the
    one that was modified last counts (`index.archive.files.Version`). Articles that were removed for good
    stay out unless `revive`. With `pruning`, those go whose files below `paths` are gone. What is
    tagged is archived in batches of `settings.batch_articles`: whatever ends a run costs at most the batch at hand
    (Ctrl-C, passed on as KeyboardInterrupt, not even that), and the next run goes on from there. Raises StoreError
    (LockedError, CorruptError) where the data directory cannot be used, as where the archive of its index is missing.
    """
    began = time.monotonic()
    inputs = [str(path) for path in paths]
    prepare(settings.data_dir)
    place = place_of(settings)
    with contextlib.ExitStack() as held:
        lock = held.enter_context(WriterLock(settings.data_dir))
        refuse_without_archive(settings.data_dir, place)
        archive = held.enter_context(Archive(place))
        rejections = held.enter_context(Rejections(settings.data_dir))
        intake = Intake(archive, rejections, batch_articles=settings.batch_articles, revive=revive)
        stages = stages or Stages()
        assignment = Assignment(settings=settings, options=options, stages=stages, archive=place, revive=revive)
        ledger = Ledger(
            archive.files,
            recipe=recipe_of(options, tagger=version_of(settings.tagger, stages.make_tagger(settings.tagger))),
            way=way_of(options),
            on_skipped=intake.skip,
            again=again or revive,
        )

        def tell(stage: Stage, done: int, total: int | None) -> None:
            on_progress(
                Progress(
                    stage=stage,
                    done=done,
                    total=total,
                    articles=intake.articles,
                    rejected=rejections.count,
                    seconds=time.monotonic() - began,
                )
            )

        try:
            found = _outside(settings.data_dir, stages.cut(inputs, options, skip=ledger.skip))
            with contextlib.closing(run(ledger.follow(found), assignment)) as batches:
                for batch in batches:
                    intake.take(batch, ledger)
                    tell("reading", intake.done, intake.total)
            intake.finish()
        finally:
            intake.flush()
        pruned, refused = 0, None
        if pruning:
            try:
                pruned = prune(archive, inputs, settings)
            except StoreError as error:  # what was read is no less worth indexing
                refused = error
        wrote = time.process_time()
        outcome = update(
            archive,
            lock,
            settings,
            on_linked=functools.partial(tell, "linking"),
            on_written=functools.partial(tell, "writing"),
        )
        wrote = time.process_time() - wrote
        if refused:
            raise refused
        return Report(
            articles=intake.articles,
            added=intake.added,
            changed=intake.changed,
            unchanged=intake.unchanged,
            duplicates=intake.duplicates,
            removed=intake.removed,
            pruned=pruned,
            replaced=intake.replaced,
            replacements=tuple(intake.replacements),
            rejected=rejections.count,
            rejections=tuple(rejections.first),
            generation=outcome.generation.name if outcome.generation else None,
            committed=outcome.committed,
            rebuilt=outcome.rebuilt,
            seconds=time.monotonic() - began,
            spent=Spent(
                reading=intake.reading,
                tagging=intake.tagging,
                writing=intake.writing + wrote + outcome.cost.seconds,
                parent_memory=peak_memory(),
                worker_memory=max(intake.worker_memory, outcome.cost.memory),
            ),
        )


def _outside(data_dir: Path, found: Iterable[Piece | Rejected]) -> Iterator[Piece | Rejected]:
    """Leave out what lies in the data directory, which may well be below a path that is indexed."""
    inside = os.path.join(os.path.abspath(data_dir), "")  # noqa: PTH100, PTH118  sources are made the same way
    return (one for one in found if not one.source.startswith(inside))
