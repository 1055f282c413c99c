"""Pictures of the main pages for the documentation: wide, narrow and dark.

python tests/browser/screenshots.py [FOLDER]      (docs/screenshots by default)
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import copytree

from playwright.sync_api import Browser

from poi_search.library import Library

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from browser.serving import browser_path, chromium, serving

CLONE = Path(__file__).resolve().parents[2]
ARTICLE = "/articles/shi-2022"
PAGES = {
    "home": "/",
    "search": "/search?q=mir21+granulosa",
    "reader": f"{ARTICLE}?q=mir21#s3.2-p1",
    "evidence": f"{ARTICLE}/evidence",
}
DRESSES = {
    "wide": {"viewport": {"width": 1280, "height": 860}},
    "narrow": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
}


def main(folder: Path) -> int:
    path = browser_path()
    if path is None:
        print("No Chromium here: install it, or name one in $POI_SEARCH_BROWSER.", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        copytree(CLONE / "corpus", Path(home, "corpus"))
        Library.build(home)
        with serving(Library.open(home)) as address, chromium(path) as browser:
            for dress in DRESSES:
                photograph(browser, address, dress, folder)
    return 0


def photograph(browser: Browser, address: str, dress: str, folder: Path) -> None:
    """Take a picture of each page in this colour scheme and size."""
    context = browser.new_context(base_url=address, reduced_motion="reduce", **DRESSES[dress])  # type: ignore[arg-type]
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if name == "reader" and dress != "narrow":
            page.locator(":target a[data-refs]").last.hover()
            page.locator("#card").wait_for()
        page.screenshot(path=folder / f"{name}-{dress}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else CLONE / "docs" / "screenshots"))
