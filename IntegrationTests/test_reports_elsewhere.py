"""Reports where there is no JupyterLab: nbconvert with and without sanitizing, a terminal, an exported page."""

import re
import subprocess
from html.parser import HTMLParser

import nbclient
import nbformat
import pytest
from nbconvert import HTMLExporter

from lab import notebook
from program import octet, run

CELLS = [
    """parent = load example: classifier
calibration = dataset example: classifier part: calibration
photos = dataset example: classifier part: validation subset: 60
int8 = calibrate parent using: calibration""",
    "report predictions int8 on: photos",
    "benchmark parent int8 seconds: 0.05",
]


@pytest.fixture(scope="module")
def executed():
    content = nbformat.from_dict(notebook(CELLS))
    nbclient.NotebookClient(content, timeout=120, kernel_name="octet").execute()
    return content


class Cells(HTMLParser):
    """The text of the cells of all tables, row by row."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.open = [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.open = False

    def handle_data(self, data):
        if self.open and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


HEADERS = [
    "Image Name", "Class Predicted by Optimized Model", "Class Predicted by Parent Model",
    "Rank of Class Predicted by Parent Model in Optimized Model Predictions",
    "Optimized Model Confidence in Class Predicted by Optimized Model",
    "Optimized Model Confidence in Class Predicted by Parent Model",
]


def images(rows):
    """The names of the images that have a row of their own."""
    return {row[0].split(" ")[0] for row in rows if len(row) >= 6 and re.match(r"[a-z]+_\d+\.jpg", row[0])}


def test_nbconvert_keeps_the_whole_table(executed):
    html, _ = HTMLExporter().from_notebook_node(executed)
    rows = Cells(html).rows
    header = next(row for row in rows if row and row[0].strip() == "Image Name")
    assert [text.strip() for text in header] == HEADERS + ["Actions"]
    assert len(images(rows)) == 60 and "Agreement" in html


def test_what_nbconvert_sanitizes_still_has_every_row_and_its_words_before_the_style(executed):
    html, _ = HTMLExporter(sanitize_html=True).from_notebook_node(executed)
    assert "<script>(() =>" not in html and len(images(Cells(html).rows)) == 60
    start = html.index("Agreement")
    places = [html.index(header, start) for header in HEADERS]
    assert places == sorted(places) and places[-1] < html.index("font-variant-numeric", start)


def test_what_nbconvert_sanitizes_keeps_labels_beside_values_and_shows_no_bytes(executed):
    html, _ = HTMLExporter(sanitize_html=True).from_notebook_node(executed)
    agreement = next(row for row in Cells(html).rows if row and row[0] == "Agreement")
    assert len(agreement) == 2 and "%" in agreement[1]
    shown = re.sub(r'<a class="anchor-link">.*?</a>', "", html, flags=re.DOTALL)
    assert "data:image/jpeg" in html and "data:image/jpeg" not in shown and "font-variant-numeric" not in shown
    assert re.search(r"a\.anchor-link\s*{\s*display:\s*none", shown)


def test_charts_have_a_picture_for_those_who_draw_none(executed):
    charts = [o.data for c in executed.cells for o in c.outputs if "application/vnd.vegalite.v5+json" in o.get("data", {})]
    assert charts and all("image/png" in chart and "text/plain" in chart for chart in charts)
    html, _ = HTMLExporter().from_notebook_node(executed)
    assert 'src="data:image/png' in html


def test_a_terminal_shows_everything_in_aligned_text():
    done = subprocess.run(
        [octet(), "run", "-c", "\n".join(CELLS[:2])], capture_output=True, text=True, timeout=120, check=True)
    lines = done.stdout.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("───") and "Image" in lines[i - 1])
    assert re.search(r"Agreement\s+\d", done.stdout)
    widths = {len(line.rstrip()) for line in lines[start + 1:start + 10]}
    assert max(widths) <= 110 and "\x1b" not in done.stdout


def test_exports_hold_the_numbers_of_the_table(tmp_path):
    text = "\n".join(CELLS[:1]) + '''
r = report predictions int8 on: photos
export r to: "r.html"
export r to: "r.csv"
export r to: "r.json"
export r to: "r.png"'''
    results = run(text, tmp_path)
    report = results[-5]
    names = (tmp_path / "r.csv").read_bytes().decode().split("\r\n")[0].split(",")
    lines = [line.split(",") for line in (tmp_path / "r.csv").read_text().splitlines()[1:]]
    assert len(lines) == len(report["rows"]) == 60
    for line, row in zip(lines, report["rows"]):
        assert float(line[names.index("confidence")]) == row["confidence"]
        assert line[names.index("image")] == row["image"] and int(line[names.index("rank")]) == row["rank"]
    assert (tmp_path / "r.json").read_text().count('"image"') >= 60
    page = (tmp_path / "r.html").read_text()
    assert page.count("Visualize</summary>") == 60 and "http://" not in page and "https://" not in page
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")


def test_exports_hold_more_than_a_notebook_shows(tmp_path):
    text = CELLS[0].replace(" subset: 60", "") + '''
r = report predictions int8 on: photos
export r to: "r.html"
export r to: "r.png"'''
    *_, report, page, picture = run(text, tmp_path)
    assert len(report["rows"]) == 240 and page["omissions"] == picture["omissions"] == []
    assert (tmp_path / "r.html").read_text().count('<img src="data:image/jpeg') == 240
    # The width and height of a PNG file stand in its header; a row takes at least 20 pixels.
    assert int.from_bytes((tmp_path / "r.png").read_bytes()[20:24]) > 240 * 20


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ('export r to: "r.docx"', [".docx", ".html"]),
        ('export r to: "nowhere/r.html"', ["cannot be written"]),
        ('export r to: "r"', ["does not say which format"]),
    ])
def test_what_cannot_be_exported_is_refused(tmp_path, command, words):
    text = f"m = load example: classifier\nr = describe m\n{command}"
    done = subprocess.run([octet(), "run", "-c", text], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and all(word in done.stderr for word in words), done.stderr


def test_accuracy_on_a_dataset_without_annotations_is_refused(tmp_path):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    folder = run("dataset example: classifier part: validation subset: 3", tmp_path)[0]["folder"]
    for name in ["bird_001.jpg", "cat_001.jpg"]:
        (pictures / name).write_bytes(open(f"{folder}/{name}", "rb").read())
    text = 'm = load example: classifier\np = dataset "pictures"\nreport accuracy m on: p'
    done = subprocess.run([octet(), "run", "-c", text], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "not annotated dataset" in done.stderr and "val.txt" in done.stderr
