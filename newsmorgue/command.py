"""The `newsmorgue` command: gathers the sub-commands and turns every ending into an exit code (SPEC section 8)."""

import importlib
import os
import sys

import click

from index.errors import NewsmorgueError
from index.version import VERSION

INTERRUPTED = 130
COMPLETE = "_NEWSMORGUE_COMPLETE"


_COMMANDS = {
    "index": "indexing:index",
    "search": "searching:search",
    "serve": "serving:serve",
    "tag": "tagging:tag",
    "stats": "stating:stats",
    "check": "checking:check_command",
    "people": "correcting:people",
    "outlets": "correcting:outlets",
    "remove": "removing:remove_command",
    "backup": "backing:backup",
    "restore": "backing:restore",
    "export": "exporting:export",
    "config": "configuring:config",
    "completion": "completing:completion",
}
"""Where each sub-command is in `newsmorgue.commands`."""


class _Commands(click.Group):
    """Loads a sub-command when it is asked for: a search must not wait for the libraries that read and tag.

    After "Lazily Loading Subcommands" in Click's documentation.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all sub-commands, in the order of the alphabet."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a sub-command; None where there is none of this name."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(f"newsmorgue.commands.{module}"), attribute)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(VERSION, prog_name="newsmorgue", message="%(prog)s %(version)s")
def newsmorgue() -> None:
    """Search an archive of news articles by what they say and whom they name.

    Exit codes: 0 ok, 1 failure, 2 usage, 3 no index or locked, 4 corrupt, 5 inputs rejected under --strict,
    130 interrupted.
    """


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
