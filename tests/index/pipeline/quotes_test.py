import pytest

from index.pipeline import work
from index.tag.loading import load_tagger


def test_articles_are_tagged_again_under_newer_rules_of_quotations(monkeypatch: pytest.MonkeyPatch) -> None:
    tagger = load_tagger("default")
    before = work.version_of("default", tagger)
    monkeypatch.setattr(work, "QUOTE_RULES", work.QUOTE_RULES + 1)
    assert work.version_of("default", tagger) != before
