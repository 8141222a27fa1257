"""The engines by name: which writer the setting `engine` means."""

from collections.abc import Callable

from index.engines.opensearch.address import NAME as OPENSEARCH
from index.engines.opensearch.address import read_address
from index.engines.opensearch.writer import OpenSearchWriter
from index.engines.whoosh import WhooshWriter
from index.engines.writer import EngineWriter
from index.errors import SettingError
from index.settings import Settings

WRITERS: dict[str, Callable[[Settings], EngineWriter]] = {"whoosh": WhooshWriter, OPENSEARCH: OpenSearchWriter}
"""Each engine's writer, made from the settings; what stands behind a plus is the engine's own."""


def engine_writer(settings: Settings) -> EngineWriter:
    """Give the writer of the engine that the settings name; raises SettingError where there is none."""
    return WRITERS[engine_name(settings)](settings)


def engine_name(settings: Settings) -> str:
    """Give the name of the engine that the settings name; raises SettingError where there is none, or no such address.

    What names none is not repeated: there may be a password in it.
    """
    name, plus, _ = settings.engine.partition("+")
    if name == OPENSEARCH:
        read_address(settings.engine)
    elif plus or name not in WRITERS:
        raise SettingError("there is no such engine", where="engine", remedy=f"Give one of: {', '.join(WRITERS)}")
    return name
