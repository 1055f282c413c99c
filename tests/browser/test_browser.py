"""What people do with the pages in a browser, with and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from browser.conftest import Visit

ARTICLE = "/articles/shi-2022"
PAGES = (
    "/",
    "/search?q=mir21+granulosa",
    "/search?q=POI&kind=table",
    "/search?q=IL-8+AND+scaffold",
    "/articles",
    f"{ARTICLE}?q=mir21",
    f"{ARTICLE}/references/35",
    f"{ARTICLE}/citations",
    f"{ARTICLE}/evidence",
    "/about",
    "/api",
)
NARROW = {"width": 360, "height": 740}


def results(page: Page, text: str) -> None:
    """Wait until the page shows the results of a question, in title, box and address."""
    expect(page).to_have_title(re.compile(rf"^{re.escape(text)}: "))
    expect(page.locator("#q")).to_have_value(text)


def test_from_the_first_letter_to_the_paper_and_back(visit: Visit) -> None:
    page = visit("/")
    box = page.get_by_role("combobox", name="Search the library")
    expect(box).to_be_focused()
    page.keyboard.type("prem")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "option-0")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")

    box.fill("mir21 granulosa")
    results(page, "mir21 granulosa")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=mir21\+granulosa$"))
    page.locator(".hit-section .place a").first.click()

    expect(page).to_have_url(re.compile(r"/articles/shi-2022\?q=.+#s"))
    unit = page.locator(":target")
    expect(unit).to_be_in_viewport()
    expect(unit.locator("mark").first).to_be_visible()
    expect(page.locator("#step")).to_have_text(re.compile(r"^\d+ of \d+$"))
    before = page.locator("#step").inner_text()
    page.get_by_role("button", name="Next place").click()
    expect(page.locator("#step")).not_to_have_text(before)
    expect(page.locator("mark.now")).to_be_in_viewport()

    marker = page.locator("#s3\\.2-p1 a[data-refs='35']").first
    marker.focus()
    card = page.get_by_role("group", name="Cited reference")
    expect(card).to_contain_text("Pellino-1")
    expect(marker).to_have_attribute("aria-describedby", "card")
    page.keyboard.press("Tab")
    expect(card.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    marker.hover()
    card.get_by_role("link", name=re.compile("^Cited in")).click()

    expect(page).to_have_url(re.compile(r"/references/35$"))
    expect(page.locator("li.hit")).not_to_have_count(0)
    page.go_back()
    page.go_back()
    results(page, "mir21 granulosa")


def test_back_returns_to_each_question_that_was_asked(visit: Visit) -> None:
    page = visit("/search?q=autophagy")
    page.locator("#q").fill("fibrosis")
    results(page, "fibrosis")
    page.locator("#q").press("Enter")
    page.get_by_role("checkbox", name=re.compile("^References")).check()
    expect(page).to_have_url(re.compile("kind=reference"))
    expect(page.get_by_role("checkbox", name=re.compile("^References"))).to_be_focused()
    page.go_back()
    expect(page.get_by_role("checkbox", name=re.compile("^References"))).not_to_be_checked()
    page.go_back()
    results(page, "autophagy")


def test_a_suggestion_is_chosen_by_keyboard(visit: Visit) -> None:
    page = visit("/search?q=POI")
    page.keyboard.press("Control+k")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("granulosa c")
    option = page.get_by_role("option").filter(has_text="Granulosa Cells").first
    expect(option).to_be_visible()
    while option.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value(re.compile("granulosa cell", re.I))
    expect(page.locator(".chip").first).to_contain_text("Granulosa Cells")


def test_a_concept_is_switched_off_and_on(visit: Visit) -> None:
    page = visit("/search?q=POI")
    with_synonyms = page.locator("#total").inner_text()
    page.get_by_role("link", name=re.compile("^Switch off")).first.click()
    expect(page).to_have_url(re.compile("without="))
    expect(page.locator("#total")).not_to_have_text(with_synonyms)
    expect(page.locator("mark.synonym")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Switch on")).first.click()
    expect(page.locator("#total")).to_have_text(with_synonyms)


def test_years_are_chosen_by_keyboard_and_by_mouse(visit: Visit) -> None:
    page = visit("/search?q=stem+cells&kind=reference")
    first = page.get_by_role("slider", name="First year")
    low = int(first.input_value())
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"year_from={low + 1}"))
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"year_from={low + 2}"))
    expect(page.get_by_role("textbox", name="From")).to_have_value(str(low + 2))

    area = page.locator(".years .bars").bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + area["width"] * 0.55, area["y"] + 20)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.85, area["y"] + 20, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"year_from=\d{4}&year_to=\d{4}"))
    expect(page.locator(".applied")).to_contain_text("–")


def test_a_quotation_and_a_citation_are_copied(visit: Visit) -> None:
    page = visit("/search?q=mir21", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".hit-section").first.get_by_role("button", name="Copy quotation").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    quotation, source = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert quotation.startswith("“") and quotation.endswith("”")
    assert source.startswith("Shi L, Zhang Z, Deng M") and "10.1097/MD" in source
    page.goto(f"{ARTICLE}#t1-r4")
    page.locator("#t1-r4").hover()
    page.get_by_role("button", name="Copy Table 1, row 4 as a quotation").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    quotation, note, source = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert note.startswith("[Editorial note: Printed without a citation")
    assert quotation.startswith("“BMSCs · Genetic") and source.endswith("Table 1, row 4.")
    page.get_by_role("button", name="Copy Table 1, row 8 as a quotation").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert "\n[Rests on [21], retracted 2022-10-13.]\n" in page.evaluate(
        "navigator.clipboard.readText()"
    )
    page.locator("#ref-21").get_by_role("button", name="Copy citation").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(" Retracted (2022-10-13).")
    page.goto(f"{ARTICLE}/references/35")
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Li X, Xie J, Wang Q, et al.")


def test_everything_works_without_a_script(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.locator("#q").fill("mir21 granulosa")
    page.get_by_role("button", name="Search").click()
    results(page, "mir21 granulosa")
    page.get_by_role("checkbox", name=re.compile("^References")).check()
    page.get_by_role("textbox", name="From").fill("2018")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("kind=reference.*year_from=2018"))
    expect(page.locator(".hit")).not_to_have_count(0)
    expect(page.get_by_role("button", name="Copy citation")).to_have_count(0)
    page.get_by_role("link", name="Remove all filters").click()
    page.locator(".hit-section .place a").first.click()
    expect(page.locator(":target mark").first).to_be_visible()
    page.locator("#s3\\.2-p1 a[data-refs='35']").first.click()
    expect(page.locator("#ref-35")).to_be_in_viewport()
    page.locator("#ref-35").get_by_role("link", name=re.compile("^Cited in")).click()
    expect(page).to_have_url(re.compile(r"/references/35$"))
    page.goto("/search?q=POI")
    page.get_by_role("link", name=re.compile("^Switch off")).first.click()
    expect(page.locator(".chip-off")).to_have_count(1)


def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    """On a phone, and at 400 % zoom on a wide screen, which amounts to 320 pixels."""
    page = visit("/", viewport=NARROW)
    for path in PAGES:
        page.goto(path)
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_on_a_phone_filters_and_contents_are_collapsed(visit: Visit) -> None:
    page = visit("/search?q=POI", viewport=NARROW, has_touch=True)
    kinds = page.get_by_role("checkbox", name=re.compile("^Passages"))
    expect(kinds).not_to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    kinds.check()
    expect(page).to_have_url(re.compile("kind=section"))
    expect(kinds).to_be_visible()
    page.goto(f"{ARTICLE}#s3.2-p1")
    page.locator("#s3\\.2-p1 a[data-refs='35']").first.tap()
    expect(page.get_by_role("group", name="Cited reference")).to_be_in_viewport()


def test_the_contents_follow_the_reading(visit: Visit) -> None:
    page = visit(f"{ARTICLE}#s4.4-p1")
    current = page.locator(".contents [aria-current]")
    expect(current).to_contain_text("4.4")
    page.locator("#s2\\.2-p1").evaluate("unit => unit.scrollIntoView()")
    expect(current).to_contain_text("2.2")


def test_dark_and_light_follow_the_system(visit: Visit) -> None:
    grounds = [
        visit("/", color_scheme=scheme).evaluate(
            "getComputedStyle(document.documentElement).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert grounds == ["rgb(252, 251, 248)", "rgb(23, 22, 20)"]


def test_one_request_each_for_page_style_and_script(visit: Visit) -> None:
    page = visit("about:blank")
    kinds: list[str] = []
    page.on("request", lambda request: kinds.append(request.resource_type))
    page.goto("/search?q=mir21")
    page.wait_for_load_state("networkidle")
    assert [kinds.count(kind) for kind in ("document", "stylesheet", "script")] == [1, 1, 1]
