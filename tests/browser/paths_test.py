"""The ways that users take, with JavaScript and without it."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.browser

SCRIPT = pytest.mark.parametrize("window", [{}, {"java_script_enabled": False}], ids=["script", "plain"], indirect=True)


def total(page: Any) -> int:
    return int(page.locator("#summary strong").inner_text().replace(",", ""))


@SCRIPT
def test_search_filter_exclude_date_article_and_back(window: Any) -> None:
    page = window.go("/")
    page.fill("#q", "president")
    page.press("#q", "Enter")
    page.wait_for_url(re.compile(r"q=president"))
    everything = total(page)
    row = page.locator(".choices .value").first
    count = int(row.locator(".count").inner_text())
    row.click()
    page.wait_for_url(re.compile(r"person="))
    page.locator(".chips").wait_for()
    assert total(page) == count <= everything
    page.locator(".exclude").first.click()
    page.wait_for_url(re.compile(r"-person="))
    page.locator(".chips li").nth(2).wait_for()
    assert total(page) < count
    page.locator(".chips .clear a").click()
    page.wait_for_url(re.compile(r"\?q=president$"))
    page.locator(".chips").wait_for(state="detached")
    page.locator(".timeline a").first.click()
    page.wait_for_url(re.compile(r"from="))
    page.locator(".periods").wait_for()
    assert 0 < total(page) < everything
    title = page.locator(".hit h2 a").first.inner_text()
    page.locator(".hit h2 a").first.click()
    page.wait_for_url(re.compile(r"/articles/"))
    assert page.locator("h1").inner_text() == title
    page.go_back()
    page.wait_for_url(re.compile(r"from="))
    assert page.locator(".hit h2 a").first.inner_text() == title
    page.go_back()
    page.wait_for_url(re.compile(r"\?q=president$"))
    page.locator(".periods").wait_for(state="detached")
    assert total(page) == everything


@SCRIPT
def test_dates_typed_into_the_form_narrow(window: Any) -> None:
    page = window.go("/?q=the")
    everything = total(page)
    page.fill("input[name=from]", "1969")
    page.fill("input[name=to]", "1969-12")
    page.click(".dates button")
    page.wait_for_url(re.compile(r"from=1969&to=1969-12"))
    page.locator(".chips").wait_for()
    assert 0 < total(page) < everything


@SCRIPT
def test_from_an_article_to_a_person_and_their_articles(window: Any) -> None:
    page = window.go("/?q=etienne")
    page.locator(".hit h2 a").first.click()
    page.locator(".text a[href^='/people/']").first.click()
    page.wait_for_url(re.compile(r"/people/"))
    count = int(re.sub(r"\D", "", page.locator(".part h2 a").first.inner_text()))
    page.locator(".part h2 a").first.click()
    page.wait_for_url(re.compile(r"\?person="))
    assert total(page) == count


@SCRIPT
def test_nothing_found_and_a_typo_lead_on(window: Any) -> None:
    page = window.go("/?q=watergatte+mccord")
    assert total(page) == 0
    way = page.locator(".ways a, .spelling a").first
    way.click()
    page.wait_for_url(re.compile(r"q=(?!watergatte\+mccord$)"))
    page.locator(".hit").first.wait_for()
    assert total(page) > 0


@SCRIPT
def test_the_kinds_of_marks_can_be_switched_off(window: Any) -> None:
    page = window.go("/?q=etienne")
    page.locator(".hit h2 a").first.click()
    line = "getComputedStyle(document.querySelector('.text a[href*=people]')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.uncheck("#show-person")
    assert page.evaluate(line) == "none"


def test_updates_stay_on_the_page_and_in_its_history(window: Any) -> None:
    page = window.go("/?q=the")
    page.evaluate("window.kept = true")
    page.locator(".choices .value").first.click()
    page.wait_for_url(re.compile(r"person="))
    page.locator(".chips").wait_for()
    assert page.evaluate("window.kept")
    assert page.locator("#live").inner_text().startswith(page.locator("#summary").inner_text())
    assert page.locator("form.search input[name=person]").count() == 1
    page.go_back()
    page.locator(".chips").wait_for(state="detached")
    assert page.evaluate("window.kept")
    assert page.url.endswith("/?q=the")


def test_the_search_box_is_a_combobox(window: Any) -> None:
    page = window.go("/?q=the")
    box = page.locator("#q")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "false"
    box.fill("kam")
    page.locator("[role=option]").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert box.input_value() == active.locator("span").nth(1).inner_text()
    box.press("ArrowUp")
    assert box.input_value() == "kam"
    box.press("Escape")
    assert not page.locator("[role=listbox]").is_visible()
    assert box.input_value() == "kam"
    box.press("ArrowDown")
    page.locator("[role=option]").first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile(r"/people/kamala-harris"))


def test_keys_walk_through_the_results_and_can_be_switched_off(window: Any) -> None:
    page = window.go("/?q=the")
    focused = "document.activeElement.textContent"
    titles = page.locator(".hit h2 a").all_inner_texts()
    page.keyboard.press("j")
    assert page.evaluate(focused).strip() == titles[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(focused).strip() == titles[1]
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.closest('#filters') !== null")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("j")
    assert page.input_value("#q") == "j"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()


def test_the_keyboard_alone_reaches_everything(window: Any) -> None:
    page = window.go("/?q=harris&person=Kamala+Harris")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    wanted = page.locator("#main :is(a[href], button, input:not([type=hidden]), select):visible").count()
    reached = 0
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#main') !== null"):
            reached += 1
            outlined = page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle !== 'none' "
                "|| document.activeElement.closest('svg') !== null"
            )
            assert outlined
    assert reached == wanted
