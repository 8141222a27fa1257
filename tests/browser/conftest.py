"""The sample archive served as users serve it, and Debian's Chromium in front of it."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from tests.serving import served

try:
    from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
except ImportError:
    sync_playwright = None  # type: ignore[assignment]

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


LONG = (
    ("The Christian Science Monitor", "The harbour of Ostermund opens again after the storm"),
    ("The Consolidated Transcontinental Philanthropic and Agricultural Intelligencer-Examiner-Advertiser", "A harbour"),
    ("Donaudampfschifffahrtsgesellschaftskapitaensblatt.example.com", "Harbourmasters " * 40),
    ("صحيفة المرفأ", "عودة المرفأ إلى العمل بعد العاصفة"),
)
"""Publishers and titles that are hard to fit."""


def long_names(directory: Path) -> Path:
    """Write articles of long names, each like the others, with a full date."""
    path = directory / "long.jsonl"
    text = "The harbourmasters of Ostermund opened the quays again on Wednesday, after the storm had flooded them."
    lines = [
        {"title": title, "publisher": name, "published": f"2019-09-{17 + day}", "text": f"{text}\n\n{title}. {text}"}
        for day, (name, title) in enumerate(LONG)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("browser") / "data", jobs=1)
    names = long_names(tmp_path_factory.mktemp("long"))
    paths = [str(ROOT / "seeds" / "text"), str(ROOT / "seeds" / "json"), str(names)]
    build_index(paths, settings=settings, options=read_options(settings))
    with served(settings) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    if sync_playwright is None:
        pytest.skip("playwright is not installed: pip install 'newsmorgue[browser]'")
    if CHROMIUM is None:
        pytest.skip("there is no browser: apt install chromium, or set CHROMIUM to one")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Window:
    """A page that fails its test on any error of a script and any breach of the content security policy."""

    def __init__(self, context: "BrowserContext", address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.address = address
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda line: self.errors.append(line.text) if "Security" in line.text else None)
        self.page.on("request", self._own)

    def _own(self, request: object) -> None:
        url = str(request.url)  # type: ignore[attr-defined]
        if not url.startswith((self.address, "data:")):
            self.errors.append(f"asked elsewhere: {url}")

    def go(self, path: str) -> "Page":
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def window(browser: "Browser", address: str, request: pytest.FixtureRequest) -> Iterator[Window]:
    options = dict(getattr(request, "param", {}))
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    found = Window(context, address)
    yield found
    errors = found.errors
    context.close()
    assert not errors
