"""`newsmorgue completion`: the shell's completion script."""

import click
from click.shell_completion import get_completion_class

from index.errors import UsageError


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell: add `eval "$(newsmorgue completion bash)"` to its profile."""
    script = get_completion_class(shell)
    if script is None:
        raise UsageError(f"no completion for {shell}", remedy="Use bash, zsh or fish")
    click.echo(script(context.find_root().command, {}, "newsmorgue", "_NEWSMORGUE_COMPLETE").source())
