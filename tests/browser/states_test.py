"""What changes in place: the focus stays, the address and what is announced follow, nothing is asked in vain."""

import re
from typing import Any

import pytest

from web.panel import key

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.dataset.key ?? document.activeElement.id"


def asked(page: Any) -> list[str]:
    """Gather what a page asks of the server from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/static/" not in request.url else None)
    return found


@pytest.mark.parametrize("path", ["/", "/?q=the", "/people"])
def test_a_skip_link_asks_the_server_for_nothing(window: Any, path: str) -> None:
    page = window.go(path)
    requests = asked(page)
    page.keyboard.press("Tab") if path != "/" else page.locator(".skip").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#main$"))
    assert page.evaluate("document.activeElement.id") == "main"
    page.wait_for_timeout(400)
    assert requests == []


def test_the_results_and_the_filters_can_be_skipped_to(window: Any) -> None:
    page = window.go("/?q=the")
    for target in ("main", "results", "filters"):
        page.locator(f".skip[href='#{target}']").focus()
        assert page.locator(f".skip[href='#{target}']").is_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == target


def test_only_a_click_of_the_main_button_takes_a_suggestion(window: Any) -> None:
    page = window.go("/?q=the")
    page.fill("#q", "kam")
    option = page.locator("[role=option]").first
    option.wait_for()
    option.click(button="right")
    box = option.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] + 300)
    page.mouse.up()
    assert page.url.endswith("/?q=the")
    option.click()
    page.wait_for_url(re.compile(r"/people/kamala-harris"))


@pytest.mark.parametrize(
    ("selector", "key"),
    [
        (".choices .value", "person "),
        (".exclude", "chip -person "),
        ("[data-key^='sort Newest']", "sort Newest"),
        (".timeline a", "bar"),
    ],
)
def test_the_focus_stays_on_what_was_used(window: Any, selector: str, key: str) -> None:
    page = window.go("/?q=the")
    control = page.locator(selector).first
    control.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/?q=the"))
    page.wait_for_function("!document.body.classList.contains('busy')")
    assert page.evaluate(FOCUSED).startswith(key)


def test_the_focus_of_a_chip_that_is_gone_goes_to_what_it_was_of(window: Any) -> None:
    page = window.go("/?q=the&person=Kamala+Harris")
    page.locator(".chips a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q=the$"))
    page.locator(".chips").wait_for(state="detached")
    assert page.evaluate(FOCUSED) == key("person", "Kamala Harris")


def test_each_change_is_announced_with_order_and_range(window: Any) -> None:
    page = window.go("/?q=the")
    page.locator("[data-key='sort Oldest']").click()
    page.wait_for_url(re.compile("sort=oldest"))
    page.wait_for_function("document.querySelector('#live').textContent.includes('oldest first')")
    first = page.locator("#live").inner_text()
    page.locator(".pager [rel=next]").click()
    page.wait_for_url(re.compile("cursor="))
    page.wait_for_function(f"document.querySelector('#live').textContent !== {first!r}")
    assert "11–" in page.locator("#live").inner_text()


def test_the_head_of_the_page_follows_its_state(window: Any) -> None:
    page = window.go("/?q=the")
    link = page.locator("head > link[rel=alternate]").first
    page.locator(".choices .value").first.click()
    page.wait_for_url(re.compile("person="))
    page.locator(".chips").wait_for()
    assert "person=" in link.get_attribute("href")
    assert page.title() == f"{page.locator('#summary').inner_text()} – Newsmorgue"


@pytest.mark.parametrize("window", [{}, {"java_script_enabled": False}], ids=["script", "plain"], indirect=True)
@pytest.mark.parametrize("date", ["1969-13", "1969-02-31"])
def test_a_date_that_is_none_is_said_at_its_field_and_the_search_stays(window: Any, date: str) -> None:
    page = window.go("/?q=the&sort=newest")
    page.fill("input[name=from]", date)
    page.click(".dates button")
    page.wait_for_url(re.compile(f"from={date}"))
    field = page.locator("input[name=from]")
    page.locator(".fault").wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert date in page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
    assert (field.input_value(), page.input_value("#q")) == (date, "the")
    assert page.locator(".hit").count() > 3
    assert page.evaluate("document.activeElement.name") == "from"


def test_matches_are_walked_in_place_and_what_is_switched_off_stays_so(window: Any) -> None:
    page = window.go("/?q=harris")
    page.locator(".hit h2 a").first.click()
    page.locator(".matches").wait_for()
    page.uncheck("#show-person")
    length = page.evaluate("history.length")
    following = page.locator(".matches [rel=next]")
    place = following.bounding_box()
    for number in (1, 2, 3):
        following.click()
        page.wait_for_url(re.compile(f"match={number}#m{number}$"))
        assert page.locator(".text .here").get_attribute("id") == f"m{number}"
        assert page.locator(".matches [role=status]").inner_text().startswith(f"Match {number} of")
    assert not page.is_checked("#show-person")
    assert page.evaluate("history.length") == length
    now = following.bounding_box()
    assert (now["x"], now["width"]) == (place["x"], place["width"])
    page.reload()
    assert page.locator(".text .here").get_attribute("id") == "m3"


@pytest.mark.parametrize("window", [{"viewport": {"width": 320, "height": 640}}], ids=["320"], indirect=True)
def test_on_a_phone_the_filters_lead_back_to_the_results(window: Any) -> None:
    page = window.go("/?q=the")
    page.locator(".jump").click()
    page.locator(".upward a").click()
    assert page.evaluate("document.activeElement.id") == "results"
    assert page.evaluate("document.querySelector('#results').getBoundingClientRect().top") < 640


@pytest.mark.parametrize("window", [{"forced_colors": "active"}], ids=["forced"], indirect=True)
def test_in_forced_colours_the_marks_and_the_chosen_suggestion_are_seen(window: Any) -> None:
    page = window.go("/?q=harris")
    style = "getComputedStyle(document.querySelector({!r}))"
    paper = page.evaluate(style.format("body") + ".backgroundColor")
    assert page.evaluate(style.format(".hit mark") + ".backgroundColor") != paper
    page.fill("#q", "kam")
    page.locator("[role=option]").first.wait_for()
    page.press("#q", "ArrowDown")
    assert page.evaluate(style.format("[role=option][aria-selected=true]") + ".outlineStyle") == "solid"
    assert page.evaluate(style.format("[role=option]:not([aria-selected=true])") + ".outlineStyle") == "none"


@pytest.mark.parametrize(
    "path", ["/?q=harris", "/?q=the&from=2021&to=2021", "/people", "/people/kamala-harris", "/quotes"]
)
def test_in_print_no_control_is_left(window: Any, path: str) -> None:
    page = window.go(path)
    page.emulate_media(media="print")
    controls = page.locator("nav, form, button, .switch, .order a, .legend, .bars")
    assert [one for one in controls.all() if one.is_visible()] == []
    page.emulate_media(media="screen")
    if page.locator(".hit h2 a").count():
        page.locator(".hit h2 a").first.click()
        page.locator(".reading").wait_for()
        assert page.locator(".beside, .matches").first.is_visible()
        page.emulate_media(media="print")
        assert [one for one in controls.all() if one.is_visible()] == []


@pytest.mark.parametrize("path", ["/help", "/about"])
@pytest.mark.parametrize(
    "window",
    [{"viewport": {"width": 1280, "height": 900}}, {"viewport": {"width": 320, "height": 640}}],
    ids=["1280", "320"],
    indirect=True,
)
def test_large_numbers_and_names_of_settings_stay_whole(window: Any, path: str) -> None:
    page = window.go(path)
    lines = page.evaluate("""() =>
        [...document.querySelectorAll('.examples .count, .settings td:nth-child(2), .settings code')]
        .filter(one => one.getClientRects().length && !one.textContent.includes(' '))
        .map(one => {
            if (one.matches('.count')) one.textContent = '1,234,567';
            const range = document.createRange();
            range.selectNodeContents(one);
            return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
        })""")
    assert len(lines) > 5
    assert set(lines) == {1}


def test_the_controls_of_a_long_search_lead_elsewhere_with_it(window: Any) -> None:
    names = "&".join(f"publisher={'Donaudampfschifffahrtsgesellschaft' * 3}+{number}" for number in range(4))
    page = window.go(f"/?q=the&{names}&person_mode=any")
    button = page.locator("button[formaction='/feed.json']")
    requests = asked(page)
    button.evaluate("one => one.click()")
    page.wait_for_url(re.compile(r"/feed\.json\?"))
    assert [one for one in requests if "/feed.json?q=the&publisher=Donau" in one]


def test_in_print_an_article_keeps_its_origin_and_no_line_dangles(window: Any) -> None:
    page = window.go("/?q=harris")
    page.emulate_media(media="print")
    assert not [line for line in page.locator(".people").all_inner_texts() if line.strip().endswith("·")]
    page.emulate_media(media="screen")
    page.locator(".hit h2 a").first.click()
    page.locator(".reading").wait_for()
    page.emulate_media(media="print")
    assert page.locator(".origin").is_visible()
    assert not page.locator(".panel .facet:not(.origin)").first.is_visible()
