"""Take the pictures in docs/images: every page of the sample archive, on a desk, a telephone, in the dark and in print.

    python -m benchmarks.screenshots [--out docs/images]

They are for looking at: after any change of the style sheet take them, look at each, and mend what looks wrong.
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.serving import ROOT, sample_archive

PAGES = {
    "home": "/",
    "search": "/?q=president&person=Kamala+Harris",
    "narrowed": "/?q=moon&from=1969&to=1969",
    "nothing": "/?q=watergatte+mccord",
    "article": "/?q=watergate",
    "similar": "/?q=watergate",
    "people": "/people",
    "person": "/people/kamala-harris",
    "outlet": "/outlets/cnn",
    "facet": "/facets/person?q=president",
    "quotes": "/quotes",
    "help": "/help",
    "about": "/about",
}
MODES = {
    "desk": {"viewport": {"width": 1280, "height": 960}},
    "dark": {"viewport": {"width": 1280, "height": 960}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "print": {"viewport": {"width": 794, "height": 1123}},
}
CHOSEN = {"dark": ("home", "search", "article", "person", "people"), "print": ("search", "article", "person")}
"""The pages that are taken in a mode where not all are: the others say nothing new there."""

FOLLOWED = {"article": ".hit h2 a", "similar": ".hit .like a"}


def take(browser: Browser, address: str, out: Path) -> int:
    """Take every page in every mode and give how many pictures there are."""
    taken = 0
    for mode, options in MODES.items():
        context = browser.new_context(**options)  # type: ignore[arg-type]
        page = context.new_page()
        for name, path in PAGES.items():
            if name not in CHOSEN.get(mode, PAGES):
                continue
            page.emulate_media(media="screen")
            page.goto(address + path)
            if name in FOLLOWED:
                page.locator(FOLLOWED[name]).first.click()
                page.wait_for_load_state()
            if mode == "print":
                page.emulate_media(media="print")
            page.screenshot(path=out / f"{name}-{mode}.png")
            taken += 1
        context.close()
    return taken


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with sample_archive() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print(f"{take(browser, address, out)} pictures in {out}")
        browser.close()


if __name__ == "__main__":
    main()
