"""What is known of one person of an archive: by which other names it knows them, and why."""

from index.authority.types import Identities, NameKind, Resolution


def variants_of(identities: Identities, kind: NameKind, name: str) -> tuple[Resolution, ...]:
    """Give what the archive takes for a name: whole names first, then names in single articles, the surest first."""
    found = [one for one in identities.names.values() if one.kind == kind and one.to == name]
    found += [one for one in identities.exceptions.values() if one.kind == kind and one.to == name]
    return tuple(
        sorted(found, key=lambda one: (one.article is not None, -one.confidence, one.value, one.article or ""))
    )
