"""Names as an enemy would choose them, of files and classes, through every report and every format of export."""

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import pytest

from program import run

NAMES = [
    "<img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)", "a]]>--><!--",
    "=HYPERLINK(\"http:evil\")", "+cmd|' C calc'!A0", "-2+3", "@SUM(1)", "photo\u202egpj.exe", "\u2067right to left", "`reboot`",
    "$(reboot)", "&lt;b&gt;", "javascript:alert(1)", "{{7*7}}", "x" * 200,
]
MULTILINE = "two\nlines\t\x1b[31mred"
REPORTS = {
    "predictions": "report predictions q on: photos",
    "accuracy": "report accuracy q on: photos",
    "distance": "report distance q on: photos layers: true",
    "sensitivity": "report sensitivity q on: photos subset: 4",
    "types": "report types q on: photos",
    "predicted": "predict q on: photos top: 3",
    "gallery": "visualize q on: photos",
    "importance": "visualize q photos[0] explain: true masks: 20",
    "model": "describe m layers: true graph: true",
    "layers": "describe q profile: true",
    "benchmark": "benchmark m q seconds: 0.01",
    "comparison": "compare m q on: photos seconds: 0.01",
    "unannotated": "predict q on: wild",
}
ALLOWED = {
    "a", "b", "body", "br", "button", "caption", "code", "details", "div", "em", "h3", "h4", "h5", "h6", "head", "html", "img",
    "input", "label", "li", "meta", "meter", "ol", "p", "pre", "progress", "script", "span", "strong", "style", "summary", "table",
    "tbody", "td", "th", "thead", "title", "tr", "ul",
}


class Markup(HTMLParser):
    """The elements of a page, whose attributes must not act."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        assert tag in ALLOWED, tag
        for name, value in attributes:
            assert not name.startswith("on") and name not in ("autofocus", "srcdoc", "action"), (tag, name, value)
            assert name not in ("href", "src") or (value or "").startswith("data:image/"), (tag, name, value)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two folders of pictures with such names, one annotated, and class names to match; what was said, and all exports."""
    folder = tmp_path_factory.mktemp("hostile")
    example = run("dataset example: classifier part: validation subset: 20", folder)[0]["folder"]
    model = Path(example).parent / "classifier.onnx"
    picture = open(f"{example}/bird_001.jpg", "rb").read()
    for name, files in {"photos": NAMES, "wild": [*NAMES, MULTILINE]}.items():
        (folder / name).mkdir()
        for file in files:
            (folder / name / f"{file}.jpg").write_bytes(picture)
    lines = [f"{name}.jpg {index % 12}" for index, name in enumerate(NAMES)]
    (folder / "photos" / "val.txt").write_text("\n".join([*lines, "<script>alert(1)</script>.jpg 3", "=1+1"]) + "\n")
    (folder / "labels.txt").write_text("\n".join(NAMES[:12]) + "\n")
    text = [
        f'm = load "{model}" labels: "labels.txt" resize: 72 crop: 64 mean: 127.5 scale: 127.5',
        "calibration = dataset example: classifier part: calibration subset: 20", 'photos = dataset "photos"',
        'wild = dataset "wild"', "q = calibrate m using: calibration",
    ]
    text += [f"{name} = {command}" for name, command in REPORTS.items()]
    names = [*REPORTS, "photos", "wild", "q"]
    text += [f'export {name} to: "{name}.{kind}"' for name in names for kind in ["html", "json", "png"]]
    tables = [name for name in names if name not in ("gallery", "importance", "photos", "wild", "q")]
    text += [f'export {name} to: "{name}.csv"' for name in tables]
    drawn = ["predictions", "distance", "sensitivity", "model", "layers", "comparison"]
    text += [f'export {name} to: "{name}.svg"' for name in drawn]
    text += ['export q to: "q.onnx"']
    run("\n".join(text), folder)
    return folder


def files(folder, kind):
    found = sorted(path for path in folder.glob(f"*.{kind}"))
    assert found
    return found


def test_pages_have_the_elements_of_reports_and_no_others(folder):
    for path in files(folder, "html"):
        html = path.read_text()
        tags = Markup(html).tags
        assert tags.count("script") <= 1 and tags.count("style") == 2, path.name
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", html), path.name


def test_no_cell_of_a_table_is_a_formula(folder):
    for path in files(folder, "csv"):
        with open(path, newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
                        float(cell)


def test_json_holds_the_names_as_they_are(folder):
    for path in files(folder, "json"):
        json.loads(path.read_text())
    rows = json.loads((folder / "predictions.json").read_text())["rows"]
    assert sorted(row["image"] for row in rows) == sorted(f"{name}.jpg" for name in NAMES)
    assert f"{MULTILINE}.jpg" in [row["image"] for row in json.loads((folder / "unannotated.json").read_text())["rows"]]


def test_drawings_are_sound_and_have_no_script(folder):
    for path in files(folder, "svg"):
        elements = {element.tag.split("}")[1] for element in ElementTree.parse(path).getroot().iter()}
        shapes = {"rect", "circle", "path", "polyline", "polygon", "line", "text", "g", "image"}
        assert elements <= shapes | {"svg", "title", "desc"}, path.name
    for path in files(folder, "png"):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_the_annotations_that_name_no_file_are_told(folder):
    text = json.dumps(json.loads((folder / "photos.json").read_text())["problems"])
    assert "val.txt:17" in text and "val.txt:18" in text
