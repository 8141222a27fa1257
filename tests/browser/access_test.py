"""Accessibility and fit: axe-core finds nothing on any page, light or dark, and nothing is too wide for a phone."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

COPIED = "/?q=cameron&group=story"
"""A search that finds near copies."""

PAGES = (
    "/",
    "/?q=harris",
    "/?q=harris&person=Kamala+Harris&person=Joe+Biden&person_mode=any&from=2021&to=2021",
    "/?q=%22unclosed+colour%3Ared",
    "/?q=watergatte+mccord",
    "/?undated=only",
    "/people",
    "/people?order=az&letter=H",
    "/people/kamala-harris",
    "/people/nobody-known",
    "/outlets",
    "/outlets/cnn",
    "/quotes",
    "/quotes?q=said%3Athe&by=Kamala+Harris",
    "/facets/person?q=harris",
    "/help",
    "/about",
    "/nowhere",
    "article",
    "similar",
    "copies",
    "comparison",
    "/?q=harbourmasters",
    "/?q=harbourmasters&from=1969-13",
    "long article",
)

LONG = "/?q=harbourmasters+advertiser"
"""A search for an article whose neighbours have names that are hard to fit; see `conftest.LONG`."""

STEPS = (
    dict.fromkeys(("article", "similar"), "/?q=harris")
    | dict.fromkeys(("copies", "comparison"), COPIED)
    | {"long article": LONG}
)
"""Where pages begin that are come to by steps."""

SIZES = [{"viewport": {"width": width, "height": 640}} for width in (320, 390, 1280)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def opened(window: Any, path: str) -> Any:
    page = window.go(STEPS.get(path, path))
    if path.endswith("article"):
        page.locator(".hit h2 a").first.click()
        page.locator(".reading").wait_for()
    elif path == "similar":
        page.locator(".hit .like a").first.click()
        page.locator(".narrow, .nothing").first.wait_for()
    elif path in {"copies", "comparison"}:
        page.locator(".copies summary").first.click()
        if path == "comparison":
            page.locator(".copies a", has_text="Compare").first.click()
            page.locator(".compared").wait_for()
    return page


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation_in_light_or_dark(window: Any, path: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci --prefix tests/browser")
    page = opened(window, path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        result = page.evaluate(f"axe.run({{runOnly: {TAGS}}})")
        found = [f"{one['id']}: {node['html'][:120]}" for one in result["violations"] for node in one["nodes"]]
        assert not found, scheme
        assert len(result["passes"]) > 15


def test_axe_finds_none_in_the_open_list_of_suggestions_and_of_keys(window: Any) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci --prefix tests/browser")
    page = window.go("/?q=the")
    page.keyboard.press("?")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate("axe.run('#keys')")["violations"] == []
    page.keyboard.press("Escape")
    page.fill("#q", "kam")
    page.locator("[role=option]").first.wait_for()
    assert page.evaluate("axe.run('header')")["violations"] == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("window", SIZES, ids=["320", "390", "1280"], indirect=True)
def test_nothing_scrolls_sideways(window: Any, path: str) -> None:
    page = opened(window, path)
    wide = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1 "
        "&& !one.closest('.unseen, svg, pre')).map(one => one.outerHTML.slice(0, 100))"
    )
    assert not wide
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
