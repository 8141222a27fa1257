"""Find a tagger by its name."""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from index.errors import SettingError
from index.tag.tagger import Tagger

GROUP = "newsmorgue.taggers"
"""The entry point group in which packages announce their taggers: classes that need no argument."""

_BUILT_IN = (
    EntryPoint(name="default", value="index.tag.default:DefaultTagger", group=GROUP),
    EntryPoint(name="spacy", value="index.tag.spacy_tagger:SpacyTagger", group=GROUP),
)
"""What setup.cfg announces too; here so that it is found uninstalled."""


def load_tagger(stated: str) -> Tagger:
    """Make the tagger of this name; SettingError where there is none or it does not load.

    What stands after a colon is handed to it as its one argument: `spacy:en_core_web_md`.
    """
    name, colon, option = stated.partition(":")
    known = {point.name: point for point in (*_BUILT_IN, *entry_points(group=GROUP))}
    if name not in known:
        raise SettingError(f"there is no tagger {name!r}", where="tagger", remedy=f"Known: {', '.join(sorted(known))}")
    try:
        make: Callable[..., Tagger] = known[name].load()
        return make(option) if colon else make()
    except (ImportError, AttributeError, OSError, TypeError) as error:
        raise SettingError(
            f"the tagger {name!r} does not load: {error}", where="tagger", remedy="Is what it needs installed?"
        ) from error
