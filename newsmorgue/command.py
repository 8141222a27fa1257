"""The `newsmorgue` command: gathers the sub-commands and turns every ending into an exit code (SPEC section 8)."""

import os
import sys

import click

from index.errors import NewsmorgueError
from index.version import VERSION
from newsmorgue.commands.backing import backup, restore
from newsmorgue.commands.checking import check_command
from newsmorgue.commands.completing import completion
from newsmorgue.commands.configuring import config
from newsmorgue.commands.correcting import names_command
from newsmorgue.commands.exporting import export
from newsmorgue.commands.indexing import index
from newsmorgue.commands.removing import remove_command
from newsmorgue.commands.searching import search
from newsmorgue.commands.serving import serve
from newsmorgue.commands.stating import stats
from newsmorgue.commands.tagging import tag

INTERRUPTED = 130
COMPLETE = "_NEWSMORGUE_COMPLETE"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(VERSION, prog_name="newsmorgue", message="%(prog)s %(version)s")
def newsmorgue() -> None:
    """Search an archive of news articles by what they say and whom they name.

    Exit codes: 0 ok, 1 failure, 2 usage, 3 no index or locked, 4 corrupt, 5 inputs rejected under --strict,
    130 interrupted.
    """


_COMMANDS = (
    *(index, search, serve, tag, stats, check_command),
    *(names_command("person"), names_command("outlet")),
    *(remove_command, backup, restore, export, config, completion),
)
for _command in _COMMANDS:
    newsmorgue.add_command(_command)


def main() -> None:
    """Run the command and leave the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command with these arguments and give its exit code; messages go to standard error."""
    color = False if os.environ.get("NO_COLOR") else None
    try:
        if COMPLETE in os.environ:
            newsmorgue.main(arguments, prog_name="newsmorgue", complete_var=COMPLETE)
        # Not click's own main: it ends with exit code 1 where the reader of our output went away.
        with newsmorgue.make_context("newsmorgue", list(arguments), color=color) as context:
            newsmorgue.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except NewsmorgueError as error:
        click.echo(f"newsmorgue: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("newsmorgue: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # `| head` took what it wanted: that is no failure, and Python must not complain on its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 0
