"""`python -m newsmorgue` is the command."""

from newsmorgue.command import main

main()
