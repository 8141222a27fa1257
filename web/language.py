"""What the pages say in: the language of search/language.py, which readings and notices are said in too."""

from search.language import (
    ENGLISH,
    N_,
    Language,
    _,
    gettext,
    iso_date,
    ngettext,
    ngettext_plain,
    number,
    short_date,
    tag,
)

__all__ = (
    "ENGLISH",
    "N_",
    "Language",
    "_",
    "gettext",
    "iso_date",
    "ngettext",
    "ngettext_plain",
    "number",
    "short_date",
    "tag",
)
