"""`newsmorgue people` and `newsmorgue outlets`: see and correct whom the archive shows."""

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from index.authority.cleaning import printable
from index.authority.file import groups_of, read, write
from index.authority.keys import key_of
from index.authority.types import Correction, Entry, NameKind
from index.errors import UsageError
from index.settings import load_settings
from newsmorgue.options import data_dir
from search.correcting import FIELDS, MANY, Corrections, Told, sentence
from search.correcting_given import read_correction
from search.correcting_words import in_words
from search.request import SearchRequest
from search.searcher import Searcher
from web import wording

LISTED = 50


@contextmanager
def _opened(directory: Path | None) -> Iterator[tuple[Searcher, Corrections]]:
    settings = load_settings({"data_dir": directory})
    searcher = Searcher(settings.data_dir, settings)
    try:
        searcher.generation()  # says what to do where there is no index
        yield searcher, Corrections(settings.data_dir, searcher, settings)
    finally:
        searcher.close()


def names_command(kind: NameKind) -> click.Group:  # noqa: PLR0915  # one function a sub-command
    """Make the command for one kind of names."""
    one, many = kind, MANY[kind]

    @click.group(name=many, help=f"See and correct the {many} of the archive; every correction can be undone.")
    def group() -> None:
        pass

    def correcting(function: Callable[..., Correction]) -> Callable[..., None]:
        """Make a sub-command of what gives a correction."""

        @data_dir()
        @click.option("--note", default="", metavar="TEXT", help="Why; kept with the correction.")
        @click.option("--dry-run", is_flag=True, help="Only say what would be done.")
        @click.option("--json", "as_json", is_flag=True, help="One JSON object.")
        def command(*, data_dir: Path | None, note: str, dry_run: bool, as_json: bool, **given: Any) -> None:
            with _opened(data_dir) as (searcher, corrections):
                asked = dataclasses.replace(function(searcher, **given), kind=kind, note=note)
                checked = corrections.checked(asked)
                touched = _touched(corrections, checked)
                made = () if dry_run else corrections.make([checked])
            _tell(checked, made, touched=touched, as_json=as_json)

        command.__doc__ = function.__doc__
        return command

    @group.command("list")
    @click.argument("containing", nargs=-1, metavar="[WORD]...")
    @click.option("--limit", type=click.IntRange(min=1), default=LISTED, help=f"So many at most [{LISTED}].")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
    @data_dir()
    def list_(*, containing: tuple[str, ...], limit: int, as_json: bool, data_dir: Path | None) -> None:
        """List the names, the commonest first; with words, those that have them."""
        with _opened(data_dir) as (searcher, _):
            for field in FIELDS[kind]:
                facet = searcher.values(SearchRequest(), field, containing=" ".join(containing))[1]
                for value in facet.values[:limit]:
                    if as_json:
                        click.echo(json.dumps({"field": field, "name": value.value, "articles": value.count}))
                    else:
                        click.echo(
                            f"{value.count:9,}  {printable(value.value)}" + (f"  ({field})" if field != one else "")
                        )

    @group.command("show")
    @click.argument("name")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object.")
    @data_dir()
    def show(*, name: str, as_json: bool, data_dir: Path | None) -> None:
        """Show one: in how many articles, under which other names, and what was corrected."""
        with _opened(data_dir) as (_, corrections):
            shown = corrections.shown(kind, name)
            known = corrections.known_as(kind, shown)
            names = {shown, *(one.name for one in known)}
            about = [told for told in corrections.history(kind) if _about(told.entry, kind, names)]
            articles = corrections.articles(kind, [shown])
        if as_json:
            history = [_row(told.entry, undone=told.undone) for told in about]
            also = [
                {key: value for key, value in dataclasses.asdict(one).items() if value is not None} for one in known
            ]
            click.echo(json.dumps({"name": shown, "articles": articles, "also": also, "corrections": history}))
            return
        click.echo(f"{printable(shown)}: {wording.articles(articles)}")
        for one in known:
            sure = f", {one.confidence:.0%} likely" if one.confidence is not None else ""
            click.echo(f"  also {printable(one.name)}  ({printable(one.reason)}{sure})")
        for told in about:
            click.echo(f"  {_line(told)}")

    @group.command("merge")
    @click.argument("keep")
    @click.argument("others", nargs=-1, required=True, metavar="OTHER...")
    @correcting
    def merge(_searcher: Searcher, *, keep: str, others: tuple[str, ...]) -> Correction:
        """Show OTHERs as KEEP: they are the same."""
        return Correction(what="merge", names=others, to=keep)

    @group.command("rename")
    @click.argument("old")
    @click.argument("new")
    @correcting
    def rename(_searcher: Searcher, *, old: str, new: str) -> Correction:
        """Show OLD under the name NEW."""
        return Correction(what="rename", names=(old,), to=new)

    @group.command("split")
    @click.argument("name")
    @click.option("--to", default="", metavar="NEW", help="Who is meant there; without, nobody is shown there.")
    @click.option("--id", "ids", multiple=True, metavar="ID", help="In this article; repeatable.")
    @click.option("--query", metavar="QUERY", help="In the articles that a search with the name finds now.")
    @correcting
    def split(searcher: Searcher, *, name: str, to: str, ids: tuple[str, ...], query: str | None) -> Correction:
        """Show NAME as another in some articles: two of one name are meant."""
        found = [*ids, *(_found(searcher, kind, name, query) if query is not None else ())]
        return Correction(what="split", names=(name,), to=to, articles=tuple(found))

    @group.command("hide")
    @click.argument("names", nargs=-1, required=True, metavar="NAME...")
    @correcting
    def hide(_searcher: Searcher, *, names: tuple[str, ...]) -> Correction:
        """Show NAMEs nowhere."""
        return Correction(what="hide", names=names)

    @group.command("nobody", help=f"Say that NAMEs are no {many}, but a mistake; they are shown nowhere.")
    @click.argument("names", nargs=-1, required=True, metavar="NAME...")
    @correcting
    def nobody(_searcher: Searcher, *, names: tuple[str, ...]) -> Correction:
        """Say that names are a mistake."""
        return Correction(what="nobody", names=names)

    @group.command("apart")
    @click.argument("names", nargs=-1, required=True, metavar="NAME...")
    @correcting
    def apart(_searcher: Searcher, *, names: tuple[str, ...]) -> Correction:
        """Let NAMEs stand for themselves again, which were merged, hidden, or taken for another."""
        return Correction(what="apart", names=names)

    @group.command("alias")
    @click.argument("name")
    @click.argument("aliases", nargs=-1, required=True, metavar="ALIAS...")
    @correcting
    def alias(_searcher: Searcher, *, name: str, aliases: tuple[str, ...]) -> Correction:
        """Let who types an ALIAS find NAME."""
        return Correction(what="alias", names=aliases, to=name)

    @group.command("undo")
    @click.argument("number", type=click.IntRange(min=1), required=False)
    @correcting
    def undo(_searcher: Searcher, *, number: int | None) -> Correction:
        """Undo the last of these corrections, or that of a NUMBER; undoing an undoing does it again."""
        return Correction(what="undo", undoes=number or 0)

    @group.command("history")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
    @data_dir()
    def history(*, as_json: bool, data_dir: Path | None) -> None:
        """List all of these corrections of the archive, the last first."""
        with _opened(data_dir) as (_, corrections):
            for told in corrections.history(kind):
                row = _row(told.entry, undone=told.undone)
                click.echo(json.dumps(row) if as_json else _line(told))

    @group.command("export")
    @click.argument("file", type=click.Path(dir_okay=False, writable=True, allow_dash=True, path_type=Path))
    @data_dir()
    def export(*, file: Path, data_dir: Path | None) -> None:
        """Write what all corrections come to into a FILE (`-` for standard output) that `apply` reads."""
        with _opened(data_dir) as (_, corrections):
            text = write(groups_of(corrections.log()))
        if str(file) == "-":
            click.echo(text, nl=False)
        else:
            file.write_text(text, encoding="utf-8")

    @group.command("apply")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
    @click.option("--exact", is_flag=True, help="Undo what the file does not say.")
    @click.option("--dry-run", is_flag=True, help="Only say what would be done.")
    @data_dir()
    def apply(*, file: Path, exact: bool, dry_run: bool, data_dir: Path | None) -> None:
        """Bring the archive to what a FILE says (`-` for standard input); what the file does not name stays.

        With --exact it does not: the archive comes to just what the file says.
        """
        text = sys.stdin.read() if str(file) == "-" else _text(file)
        with _opened(data_dir) as (_, corrections):
            plan = corrections.planned(read(text, where=str(file)), exact=exact)
            made, log = plan.corrections, corrections.log()
            for correction in made:
                undone = f" ({in_words(log[correction.undoes - 1], log)})" if correction.undoes else ""
                click.echo(printable(sentence(correction) + undone))
            for doubt in plan.doubts:
                click.echo(f"{file}: {printable(doubt)}", err=True)
            if made and not dry_run:
                corrections.make(made)
        corrected = "1 correction" if len(made) == 1 else f"{len(made):,} corrections"
        click.echo(f"{corrected} {'would be ' if dry_run else ''}made", err=True)

    @group.command("make")
    @click.argument("file", type=click.File(encoding="utf-8"), default="-")
    @click.option("--dry-run", is_flag=True, help="Only say what would be done.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
    @data_dir()
    def make(*, file: TextIO, dry_run: bool, as_json: bool, data_dir: Path | None) -> None:
        """Make the corrections of a FILE, or of standard input: one JSON object a line, as the API takes them.

        Each is made before the next is read. One that is refused is told with its line, and the others are made.
        """
        refused = 0
        with _opened(data_dir) as (_, corrections):
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    checked = corrections.checked(read_correction(line, kind=kind))
                    touched = _touched(corrections, checked)
                    made = () if dry_run else corrections.make([checked])
                except UsageError as error:
                    refused += 1
                    click.echo(f"line {number}: {printable(str(error))}", err=True)
                else:
                    _tell(checked, made, touched=touched, as_json=as_json)
        if refused:
            raise UsageError(f"{refused:,} of the corrections could not be made", where=file.name)

    return group


people = names_command("person")
outlets = names_command("outlet")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"it cannot be read: {error}", where=str(file)) from error


def _touched(corrections: Corrections, checked: Correction) -> int:
    """Give in how many articles a correction shows: those of whom it is about, of a split its own."""
    match checked.what:
        case "undo" | "apart":
            return 0
        case "split":
            return len(checked.articles)
        case "alias":
            return corrections.articles(checked.kind, [checked.to])
    return corrections.articles(checked.kind, checked.names)


def _found(searcher: Searcher, kind: NameKind, name: str, query: str) -> list[str]:
    """Give the ids of the articles with a name that a query finds."""
    found: dict[str, None] = {}
    for field in FIELDS[kind]:
        chosen: dict[str, Any] = {field: (name,)}
        with searcher.harvest(SearchRequest(q=query, **chosen)) as harvest:
            found.update((one.shown.article.id, None) for one in harvest.hits)
    return list(found)


def _about(entry: Entry, kind: NameKind, names: set[str]) -> bool:
    keys = {key_of(name) for name in names}
    correction = entry.correction
    return correction.kind == kind and any(key_of(name) in keys for name in (*correction.names, correction.to) if name)


def _row(entry: Entry, *, undone: bool) -> dict[str, Any]:
    given = {name: value for name, value in dataclasses.asdict(entry.correction).items() if value}
    return {"number": entry.number, "time": entry.time, "undone": undone, **given}


def _line(told: Told) -> str:
    correction = told.entry.correction
    note = f"  ({correction.note})" if correction.note else ""
    kind = f"{correction.kind}: " if correction.what != "undo" else ""
    undone = "  [undone]" if told.undone else ""
    return printable(f"{told.entry.number:5}  {told.entry.time[:16]}  {kind}{told.sentence}{note}{undone}")


def _tell(checked: Correction, made: Sequence[Entry], *, touched: int, as_json: bool) -> None:
    """Say what was done, or would be."""
    if as_json:
        row = _row(made[0], undone=False) if made else _row(Entry(number=0, time="", correction=checked), undone=False)
        click.echo(json.dumps({**row, "articles": touched, "made": bool(made)}))
        return
    number = f" as correction {made[0].number}" if made else ""
    said = sentence(checked)
    click.echo(f"{printable(said[:1].upper() + said[1:])}: {'kept' if made else 'would be kept'}{number}")
    if touched:
        click.echo(f"in {wording.articles(touched)}", err=True)
