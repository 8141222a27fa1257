"""Which organisations of the open corpora are news outlets: those that the table of outlets knows."""

from importlib import resources


def outlet_names() -> frozenset[str]:
    """Give all names and aliases of the table, case folded; a single common word is left out."""
    table = resources.files("index.tag") / "data" / "outlets.tsv"
    if not table.is_file():
        return frozenset()
    names: set[str] = set()
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            columns = line.split("\t")
            names.update(name.strip().casefold() for name in (columns[0], *columns[1].split("|")))
    return frozenset(name.removeprefix("the ") for name in names if name) | frozenset(names) - {""}
