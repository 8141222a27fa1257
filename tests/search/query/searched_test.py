import pytest

from index.settings import Settings
from search.engines.engine import Cut
from search.query.parser import parse
from search.query.searched import searched


@pytest.mark.parametrize(
    ("query", "code", "part", "expected"),
    [
        ("a =US", "exact-ignored", "=US", 'a "US"'),
        ("a -=US", "exact-ignored", "=US", "a"),
        ("-=US", "exact-ignored", "=US", ""),
        ("a -(b =US)", "exact-ignored", "=US", "a"),
        ("a -(b OR =US)", "exact-ignored", "=US", "a -b"),
        ("a -(b -=US)", "exact-ignored", "=US", 'a -(b -"US")'),
        ('a -"b c"', "too-costly", '"b c"', "a -(b c)"),
        ("(a NEAR/2 b) NEAR/3 c d", "near-cut", "a NEAR/2 b", "a b c d"),
        ("a OR b", "deadline", "b", "a"),
        ("a", "deadline", "a", "a"),
        ("a bo*", "expansions-cut", "bo*", "a bo*"),
    ],
)
def test_what_limits_changed_is_not_read_out_as_asked(query: str, code: str, part: str, expected: str) -> None:
    start = query.index(part)
    cut = Cut(code=code, message="", span=(start, start + len(part)))
    assert str(searched(parse(query, Settings()).tree, [cut])) == expected
