"""`newsmorgue index`: bring articles into the archive."""

import contextlib
import dataclasses
import functools
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

import click

from index.archive.places import place_of
from index.errors import NewsmorgueError, RejectedInputsError, UsageError
from index.pipeline.indexing import build_index
from index.pipeline.rebuilding import index_archive
from index.pipeline.rejections import FILE_NAME as REJECTIONS
from index.pipeline.report import Report
from index.progress import OnProgress, Progress
from index.read.identity import STANDARD_INPUT
from index.read.options import read_options
from index.read.watch import Watch
from index.settings import Settings, load_settings
from newsmorgue.options import data_dir, jobs, reading
from newsmorgue.pace import ProgressLines
from newsmorgue.printing import rejected_line
from newsmorgue.progress import ProgressBar
from newsmorgue.watching import end_on_sigterm, watch_for_changes
from web import wording

SHOWN = 20


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@data_dir()
@jobs()
@reading()
@click.option("--prune", is_flag=True, help="Take out the articles whose files below PATH are gone.")
@click.option("--again", is_flag=True, help="Read files again though they did not change.")
@click.option("--revive", is_flag=True, help="Bring back what `newsmorgue remove` took out.")
@click.option(
    "--from-archive",
    is_flag=True,
    help="Read nothing: index what the archive holds, as after a change of the setting engine; with --again, anew.",
)
@click.option(
    "--bring",
    metavar="ARCHIVE",
    help="With --from-archive: first copy all that ARCHIVE holds (sqlite, which is the file in the data directory, or "
    "postgresql://USER@HOST/DATABASE) to the archive of the setting, which must be empty.",
)
@click.option("--watch", is_flag=True, help="Go on: index files as they come or change, until Ctrl-C.")
@click.option("--strict", is_flag=True, help="End with exit code 5 if anything was rejected.")
@click.option(
    "--rejected",
    type=click.File("w", encoding="utf-8", lazy=False),
    metavar="FILE",
    help="Write what was rejected to FILE, a JSON object a line: source, reason, detail, position.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the report as one JSON object; progress goes to stderr as others."
)
def index(
    *,
    paths: tuple[str, ...],
    data_dir: Path | None,
    jobs: int | None,
    columns: tuple[str, ...],
    publisher: str | None,
    prune: bool,
    again: bool,
    revive: bool,
    from_archive: bool,
    bring: str | None,
    watch: bool,
    strict: bool,
    rejected: TextIO | None,
    as_json: bool,
) -> None:
    """Read the articles under each PATH (`-` is standard input), tag them and keep them.

    Run it again for what is new: files and articles that did not change are skipped. What cannot be read is told with
    place and reason, kept in rejected.jsonl in the data directory, and never stops a run. In directories and archives,
    hidden files, README* and LICENSE*, and files that are no articles by suffix (pictures, scripts, settings) are
    skipped; name them to read them. docs/reading.md lists all that can be read.
    """
    settings = load_settings({"data_dir": data_dir, "jobs": jobs})
    if from_archive:
        if paths or prune or revive or watch or strict or rejected or columns or publisher:
            raise UsageError(
                "--from-archive goes with --again, --bring, --data-dir and --json alone", remedy="Leave others out"
            )
        _from_archive(settings, bring, again=again, as_json=as_json)
        return
    if bring:
        raise UsageError("--bring goes with --from-archive", remedy="Give both")
    if not paths:
        raise UsageError("there is no PATH to read", remedy="Name a file or directory, or give --from-archive")
    options = read_options(settings, maps=columns, publisher=publisher)

    def run_once(paths: Sequence[str]) -> Report:
        with _told(as_json=as_json) as on_progress:
            run = functools.partial(build_index, settings=settings, options=options, on_progress=on_progress)
            report = _run(
                lambda: run(paths, again=again, revive=revive, pruning=prune), settings.data_dir / REJECTIONS, rejected
            )
        _tell(report, settings, as_json=as_json)
        return report

    if watch:
        if strict or STANDARD_INPUT in paths:
            raise UsageError("--watch goes with neither --strict nor standard input", remedy="Leave one of them out")
        end_on_sigterm()
        watched = Watch(paths, options, outside=settings.data_dir)
        seconds = settings.watch_seconds
        watch_for_changes(watched, run_once, first=paths, seconds=seconds, pruned=paths if prune else ())
        return
    report = run_once(paths)
    if report.rejected and not report.articles:
        raise NewsmorgueError("there was no article to index", remedy="Every input was rejected, as told above")
    if strict and report.rejected:
        raise RejectedInputsError(
            wording.plural(report.rejected, "input was rejected", "inputs were rejected"),
            remedy=f"Mend them, or index without --strict; all are listed in {settings.data_dir / REJECTIONS}",
        )


@contextlib.contextmanager
def _told(*, as_json: bool) -> Iterator[OnProgress]:
    """Give what shows progress: lines for programs, or a bar for people."""
    if as_json:
        yield ProgressLines(lambda line: click.echo(line, err=True)).show
        return
    with ProgressBar() as bar:
        yield bar.show


def _from_archive(settings: Settings, bring: str | None, *, again: bool, as_json: bool) -> None:
    """Index what the archive holds, and tell."""
    began = time.monotonic()
    with _told(as_json=as_json) as on_progress:

        def tell(done: int, total: int) -> None:
            seconds = time.monotonic() - began
            on_progress(Progress(stage="writing", done=done, total=total, articles=done, rejected=0, seconds=seconds))

        source = place_of(dataclasses.replace(settings, archive=bring)) if bring else None
        outcome = index_archive(settings, anew=again, on_written=tell, source=source)
    generation = outcome.generation
    articles = generation.manifest.articles if generation else 0
    if as_json:
        name = generation.name if generation else None
        click.echo(json.dumps({"articles": articles, "generation": name, "committed": outcome.committed}))
        return
    state = f"generation {generation.name}" if generation else "no generation"
    news = "" if outcome.committed else ", which the index had already"
    why = f"; rebuilt since {outcome.rebuilt}" if outcome.rebuilt else ""
    counted = wording.plural(articles, "article", "articles")
    click.echo(f"{counted} of the archive{news}, in {time.monotonic() - began:.1f} s; {state}{why}")


def _run(run: Callable[[], Report], record: Path, rejected: TextIO | None) -> Report:
    try:
        return run()
    except KeyboardInterrupt:
        click.echo("What was tagged so far is kept; run the same command again to go on.", err=True)
        raise
    finally:
        if rejected and record.is_file():
            with record.open(encoding="utf-8") as lines:
                shutil.copyfileobj(lines, rejected)
            rejected.flush()


def _tell(report: Report, settings: Settings, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report), ensure_ascii=False))
        return
    for rejected in report.rejections[:SHOWN]:
        click.echo(rejected_line(rejected), err=True)
    if report.rejected > SHOWN:
        left = report.rejected - SHOWN
        click.echo(f"... and {left:,} more: see {settings.data_dir / REJECTIONS}", err=True)
    for one in report.replacements[:SHOWN]:
        click.echo(f"{one.source}: the article {one.id} is replaced by {one.by}, which is newer", err=True)
    if report.replaced > SHOWN:
        click.echo(f"... and {report.replaced - SHOWN:,} more", err=True)
    click.echo(_summary(report))


def _summary(report: Report) -> str:
    parts = [f"{report.added:,} added", f"{report.changed:,} changed", f"{report.unchanged:,} unchanged"]
    if report.duplicates:
        parts.append(f"{report.duplicates:,} duplicate")
    if report.replaced:
        parts.append(f"{report.replaced:,} replaced by a newer file's form")
    if report.removed:
        parts.append(f"{report.removed:,} left out as removed")
    if report.pruned:
        parts.append(f"{report.pruned:,} pruned")
    if report.rejected:
        parts.append(f"{report.rejected:,} rejected")
    rate = f", {report.articles / report.seconds:,.0f} articles/s" if report.seconds else ""
    state = f"generation {report.generation}" if report.generation else "no generation, since there is no article"
    why = f"; rebuilt since {report.rebuilt}" if report.rebuilt else ""
    counted = wording.plural(report.articles, "article", "articles")
    return f"{counted}: {', '.join(parts)} in {report.seconds:.1f} s{rate}; {state}{why}"
