"""The site that an address belongs to, which stands for its publisher where nothing names one."""

import re
from typing import Final
from urllib.parse import urlsplit

_HOST_LABELS: Final = re.compile(r"^(?:www\d?|m|mobile|amp|edition|news|o)\.")


def site_of(url: str) -> str | None:
    """Give the host of an address without what only leads to a form of the site (`www.`, `m.`); None without a host."""
    try:
        return _HOST_LABELS.sub("", urlsplit(url).hostname or "") or None
    except ValueError:  # brackets that hold no IPv6 address
        return None
