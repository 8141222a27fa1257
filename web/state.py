"""What a running application holds."""

from typing import cast

from flask import current_app

from search.searcher import Searcher

KEY = "newsmorgue"


def searcher() -> Searcher:
    """Give the searcher that this application answers from."""
    return cast(Searcher, current_app.extensions[KEY])
