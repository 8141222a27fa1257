"""What is known of a name."""

from web.wording import breakable


def test_addresses_break_behind_their_dots_and_names_between_their_words() -> None:
    assert breakable("meridian.example") == "meridian.<wbr>example"
    assert breakable("St. Louis <Post>") == "St. Louis &lt;Post&gt;"
    assert breakable("<b>.example") == "&lt;b&gt;.<wbr>example"
