"""Articles as a cluster gives them back."""

import base64
import binascii
import dataclasses

from index.engines.opensearch.cluster import Json
from index.errors import CorruptError
from index.packing import unpack
from index.store.manifest import REPAIR
from index.types import Tagged

SOURCE = ["article", "story"]
"""What is asked for of a hit that is to be shown."""


def tagged_of(hit: Json) -> Tagged:
    """Give the article of a hit; raises CorruptError where it is not what was sent."""
    try:
        source = hit["_source"]
        tagged = unpack(base64.b64decode(source["article"], validate=True))
    except (KeyError, TypeError, ValueError, binascii.Error, CorruptError) as error:
        raise CorruptError(f"the article {hit.get('_id')} is damaged: {error!r}", remedy=REPAIR) from error
    return dataclasses.replace(tagged, story=source.get("story", ""))
