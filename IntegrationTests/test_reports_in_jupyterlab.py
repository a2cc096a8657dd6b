"""Reports in a real JupyterLab in a headless Chromium: what a click, a key and a theme do to them.

Needs a Chromium; without one everything here is skipped, and says so. CHROMIUM names one elsewhere.
"""

import json
import re

import pytest

from lab import chromium, lab

if chromium() is None:
    pytest.skip("there is no Chromium; Scripts/install-system-packages browser installs one", allow_module_level=True)

CELLS = [
    """parent = load example: classifier
calibration = dataset example: classifier part: calibration
photos = dataset example: classifier part: validation
int8 = calibrate parent using: calibration""",
    "report predictions int8 on: photos",
    "report accuracy int8 on: photos",
    "benchmark parent int8 seconds: 0.1",
    "visualize int8 on: photos only: errors",
    "describe int8 layers: true",
]
PREDICTIONS, ACCURACY, BENCHMARK, GALLERY, LAYERS = 1, 2, 3, 4, 5

RANK = "Rank of Class Predicted by Parent Model in Optimized Model Predictions"


@pytest.fixture(scope="module")
def opened():
    with lab() as opened:
        opened.open(CELLS)
        opened.run_all()
        yield opened


class Table:
    """The first table of a report, as it is on the page now."""

    def __init__(self, opened, cell):
        self.box = opened.output(cell).locator(".octet .octet-table").last
        self.box.scroll_into_view_if_needed()

    def header(self, column):
        """The header of a column, by the column's short name."""
        return self.box.locator("> table > thead th[data-id='%s']" % column)

    def sort(self, column, order):
        """Clicks a header until its column is sorted so."""
        for _ in range(2):
            if self.header(column).get_attribute("aria-sort") != order:
                self.header(column).get_by_role("button").click()

    def texts(self):
        """The cells of the rows in sight."""
        return self.box.evaluate(
            """box => Array.from(box.querySelector("table").tBodies[0].rows)
              .filter(row => !row.classList.contains("octet-extra"))
              .map(row => Array.from(row.cells).map(cell => cell.textContent.trim()))""")

    def numbers(self, column):
        """The values of a column of the rows in sight, at full precision."""
        return self.box.evaluate(
            """(box, column) => Array.from(box.querySelector("table").tBodies[0].rows).map(row => {
              const cell = row.cells[column];
              return Number(cell.dataset.v ?? cell.textContent);
            })""", column)

    def status(self):
        return self.box.locator(".octet-count").text_content()

    def reset(self):
        self.box.locator("input[type=search]").fill("")
        if self.box.locator("input[type=checkbox]").count():
            self.box.locator("input[type=checkbox]").uncheck()


@pytest.fixture
def table(opened):
    table = Table(opened, PREDICTIONS)
    table.reset()
    return table


def test_every_cell_shows_its_report(opened):
    assert opened.page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    for cell in range(len(CELLS)):
        assert opened.output(cell).locator(".octet").count() > 0, CELLS[cell]


def test_a_click_on_a_header_sorts_from_lowest_to_highest_first(table):
    assert table.header("rank").text_content() == RANK
    table.header("rank").get_by_role("button").click()
    assert table.header("rank").get_attribute("aria-sort") == "ascending"
    assert table.numbers(3) == sorted(table.numbers(3))
    table.header("rank").get_by_role("button").click()
    assert table.header("rank").get_attribute("aria-sort") == "descending"
    ranks = table.numbers(3)
    assert ranks == sorted(ranks, reverse=True) and ranks[0] > 0
    assert "largest first" in table.status()
    table.header("image").get_by_role("button").click()
    names = [row[0] for row in table.texts()]
    assert table.header("rank").get_attribute("aria-sort") is None
    assert [name.split(".")[0] for name in names] == sorted(name.split(".")[0] for name in names)


def test_equal_rows_keep_their_order(table):
    table.sort("image", "ascending")
    table.sort("parent_class", "ascending")
    rows = table.texts()
    keys = [(int(row[2].split()[0]), row[0].split(" ")[0]) for row in rows]
    assert keys == sorted(keys)


def test_the_keyboard_sorts_and_unfolds_and_leaves_the_notebook_alone(opened, table):
    before = opened.page.locator(".jp-Notebook .jp-Cell").count()
    button = table.header("confidence").get_by_role("button")
    button.focus()
    opened.page.keyboard.press("Enter")
    values = table.numbers(4)
    assert values == sorted(values)
    opened.page.keyboard.press("Space")
    values = table.numbers(4)
    assert values == sorted(values, reverse=True)
    summary = table.box.locator("summary:text-is('Visualize')").first
    summary.focus()
    opened.page.keyboard.press("Enter")
    assert summary.evaluate("fold => fold.parentElement.open")
    opened.page.keyboard.press("Enter")
    assert not summary.evaluate("fold => fold.parentElement.open")
    assert opened.page.locator(".jp-Notebook .jp-Cell").count() == before


def test_the_tick_box_leaves_erroneous_images(opened, table):
    agreement = opened.output(PREDICTIONS).locator(".octet-figures").text_content()
    same, count = map(int, re.search(r"(\d+) of (\d+) images get the same class", agreement).groups())
    table.box.get_by_label("Show only erroneous images").check()
    rows = table.texts()
    assert len(rows) == count - same > 0
    assert all("differs" in row[0] and row[1] != row[2] for row in rows)
    assert table.status().startswith(f"{count - same} of {count} images")


def test_typing_filters_by_words_and_by_numbers(table):
    box = table.box.locator("input[type=search]")
    box.press_sequentially("bird")
    assert table.texts() and all("bird" in " ".join(row) for row in table.texts())
    box.fill("rank > 0")
    assert table.texts() and all(int(row[3]) > 0 for row in table.texts())
    box.fill("confidence<50%")
    assert table.texts() and all(value < 0.5 for value in table.numbers(4))
    box.fill("there is no such thing")
    assert table.texts() == [] and table.status().startswith("0 of ")


def test_pages_turn(table):
    first = table.texts()
    table.box.get_by_role("button", name="Next").click()
    assert "shown: 26 to 50" in table.status() and table.texts() != first
    table.box.get_by_role("button", name="Previous").click()
    assert table.texts() == first
    table.box.get_by_label("Rows").select_option("all")
    assert len(table.texts()) == 240
    table.box.get_by_label("Rows").select_option("25")


def test_a_row_unfolds_into_its_picture_and_the_bars_of_both_models(table):
    table.box.get_by_label("Show only erroneous images").check()
    summary = table.box.locator("summary:text-is('Visualize')").first
    summary.click()
    extra = table.box.locator(".octet-extra")
    picture = extra.locator("img")
    picture.wait_for(state="visible")
    assert picture.evaluate("img => img.naturalWidth") > 0 and picture.get_attribute("alt")
    assert extra.locator(".octet-bars th").all_text_contents() == ["Optimized", "Parent"]
    assert [bars.locator("tbody tr").count() for bars in extra.locator(".octet-bars").all()] == [5, 5]
    assert "Optimized says" in extra.text_content()
    summary.click()
    extra.wait_for(state="detached")


def test_tables_are_marked_as_tables(opened):
    for cell in [PREDICTIONS, ACCURACY, BENCHMARK, LAYERS]:
        for header in opened.output(cell).locator(".octet-table > table > thead th").all():
            assert header.get_attribute("scope") == "col"
    for picture in opened.output(GALLERY).locator(".octet img").all():
        assert picture.get_attribute("alt")


CONTRAST = """element => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const luminance = c => {
    const [r, g, b] = c.slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = element, color;
  for (; behind; behind = behind.parentElement) {
    color = rgb(getComputedStyle(behind).backgroundColor);
    if (color.length === 3 || color[3] === 1) break;
  }
  const style = getComputedStyle(element);
  const ink = rgb(element instanceof SVGElement ? style.fill : style.color);
  const [a, b] = [luminance(ink), luminance(color)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_is_legible_in(theme, opened):
    opened.theme(theme)
    try:
        output = opened.output(PREDICTIONS)
        for selector in ["td", "h3", "th button", ".octet-quiet", "summary", ".octet-figures strong"]:
            assert output.locator(f".octet {selector}").first.evaluate(CONTRAST) >= 4.4, selector
        assert opened.output(GALLERY).locator(".octet-alarm").first.evaluate(CONTRAST) >= 3.5
        chart = opened.output(BENCHMARK).locator("svg.marks").first
        for text in chart.locator("text").all()[:6]:
            assert text.evaluate(CONTRAST) >= 3.5, text.text_content()
    finally:
        opened.theme("light")


def test_an_untrusted_notebook_shows_complete_tables(opened):
    opened.page.evaluate("jupyterapp.commands.execute('docmanager:save').then(() => null)")
    saved = json.loads((opened.folder / "cells.ipynb").read_text())
    report = saved["cells"][PREDICTIONS]
    page = next(o["data"]["text/html"] for o in report["outputs"] if "Agreement" in str(o["data"].get("text/html")))
    report["outputs"] = [
        {"output_type": "execute_result", "execution_count": 2, "metadata": {},
         "data": {"text/html": "".join(page) + "<p>untrusted</p>", "text/plain": "as text"}}]
    other = dict(saved, cells=[report])
    (opened.folder / "untrusted.ipynb").write_text(json.dumps(other))
    opened.page.evaluate(
        "jupyterapp.commands.execute('docmanager:open', {path: 'untrusted.ipynb', kernel: {name: 'octet'}}).then(() => null)")
    output = opened.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-RenderedHTML").last
    output.get_by_text("untrusted").wait_for()
    assert output.locator("script").count() == 0 and output.locator("input").count() == 0
    assert output.locator("table th").first.count() == 1
    rows = output.locator("table").evaluate_all(
        "tables => tables.flatMap(t => Array.from(t.tBodies).flatMap(b => Array.from(b.rows)))"
        ".filter(row => row.cells.length === 7 && row.cells[0].tagName === 'TD').length")
    assert rows == 240
    assert "Agreement" in output.text_content() and RANK in output.text_content()
    fold = output.locator("summary", has_text="Visualize").first
    fold.click()
    assert fold.evaluate("fold => fold.parentElement.open")
    assert output.locator("img").first.evaluate("img => img.naturalWidth") > 0
