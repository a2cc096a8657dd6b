"""Every notebook of the project runs from top to bottom in a fresh kernel, and shows what it promises."""

import subprocess
from pathlib import Path

import nbclient
import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))

EXAMPLES = Path(__file__).resolve().parent.parent / "Sources/Examples/Resources"

HEADERS = [
    "Image Name",
    "Class Predicted by Optimized Model",
    "Class Predicted by Parent Model",
    "Rank of Class Predicted by Parent Model in Optimized Model Predictions",
    "Optimized Model Confidence in Class Predicted by Optimized Model",
    "Optimized Model Confidence in Class Predicted by Parent Model",
    "Actions",
]


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request, tmp_path_factory):
    content = nbformat.read(request.param, as_version=4)
    folder = tmp_path_factory.mktemp(request.param.stem)
    nbclient.NotebookClient(
        content, timeout=300, kernel_name="octet", resources={"metadata": {"path": str(folder)}}).execute()
    content.metadata["folder"] = str(folder)
    return content


def bundles(notebook, start=""):
    """The MIME bundles of the cells whose source begins so."""
    return [
        output.data
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.startswith(start)
        for output in cell.outputs
        if "data" in output
    ]


def test_no_outputs_are_committed():
    for path in NOTEBOOKS:
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        assert all(not cell.outputs and cell.execution_count is None for cell in cells), path


def test_no_cell_fails_and_every_output_has_text(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs, cell.source
            assert all(output.output_type != "error" for output in cell.outputs), cell.source
    assert all("text/plain" in data for data in bundles(notebook))


def test_the_report_has_its_columns_and_the_agreement(notebook):
    if not bundles(notebook, "predictions = report"):
        pytest.skip("this notebook compares no predictions")
    page = next(data["text/html"] for data in bundles(notebook, "predictions = report") if "<table" in data["text/html"])
    places = [page.find(f">{header}<") for header in HEADERS]
    assert all(place > 0 for place in places), dict(zip(HEADERS, places))
    assert places == sorted(places)
    assert page.find("Agreement") < places[0]
    assert "<thead" in page and "bird_005.jpg" in page


def test_pictures_have_words_for_who_does_not_see_them(notebook):
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert pictures and all(output.metadata["image/png"]["alt"].strip() for output in pictures)


def test_pictures_and_charts_are_there(notebook):
    if not bundles(notebook, "visualize int8"):
        pytest.skip("this notebook visualizes no picture")
    assert any("image/png" in data for data in bundles(notebook, "visualize int8"))
    assert any("application/vnd.vegalite.v5+json" in data for data in bundles(notebook, "benchmark"))


def test_exports_hold_what_the_page_shows(notebook):
    folder = Path(notebook.metadata["folder"])
    if not bundles(notebook, "export"):
        pytest.skip("this notebook exports nothing")
    page = (folder / "predictions.html").read_text()
    assert page.startswith("<!DOCTYPE html>") and all(f">{header}<" in page for header in HEADERS)
    lines = (folder / "predictions.csv").read_text().splitlines()
    assert lines[0].startswith("image,class,class_name,parent_class") and len(lines) == 241
    assert (folder / "distance.png").read_bytes().startswith(b"\x89PNG")


def test_what_is_packaged_runs_and_what_is_kept_is_listed(notebook):
    if not bundles(notebook, "package"):
        pytest.skip("this notebook packages nothing")
    folder = Path(notebook.metadata["folder"])
    picture = next((EXAMPLES / "detector/validation/JPEGImages").glob("*.jpg"))
    done = subprocess.run([folder / "deployment/bin/octet-run", picture], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[1:3] for line in done.stdout.splitlines()] == [["boxes", "567x4"], ["scores", "567x9"]]
    assert any("application/vnd.vegalite.v5+json" in data for data in bundles(notebook, "explore"))
    assert "detector_int8" in "".join(data["text/html"] for data in bundles(notebook, "projects"))
    assert "package" in "".join(data["text/plain"] for data in bundles(notebook, "runs"))
    described = "".join(data["text/plain"] for data in bundles(notebook, "describe scenes"))
    assert "Pascal VOC" in described and "umbrella" in described
