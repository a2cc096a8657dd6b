"""The workbench's tutorial from the first step to the last as one notebook: on the embedded example, and on the real network and
photographs where they lie beside the project."""

import csv
import json
import re
import subprocess
from pathlib import Path

import nbclient
import nbformat
import numpy as np
import pytest

from lab import notebook

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
EXAMPLE = ROOT / "Sources/Examples/Resources/classifier"

# What differs between the two: how the model and the pictures are named, and a picture to look at.
CASES = {
    "example": {
        "load": "load example: classifier",
        "photos": "dataset example: classifier part: calibration",
        "annotated": "dataset example: classifier",
        "picture": EXAMPLE / "validation/cat_001.jpg",
        "weights": "0.242", "drop": 2, "offset": 0,
    },
    "photographs": {
        "load": f'load "{DATA}/models/mobilenet_v2.prototxt" weights: "{DATA}/models/mobilenet_v2.caffemodel" '
        "mean: [103.94, 116.78, 123.68] scale: 58.8235 channels: bgr resize: 256 crop: 224",
        "photos": f'dataset "{DATA}/imagenet-calibration" format: not_annotated',
        "annotated": f'dataset "{DATA}/imagenet-validation"',
        "picture": None,
        # Table of the model's description: 3.489 million weights.
        "weights": "3.4", "drop": 3,
        # The Caffe model has no class for the background.
        "offset": 0,
    },
}

COLUMNS = [
    "Image Name", "Class Predicted by Optimized Model", "Class Predicted by Parent Model",
    "Rank of Class Predicted by Parent Model in Optimized Model Predictions",
    "Optimized Model Confidence in Class Predicted by Optimized Model",
    "Optimized Model Confidence in Class Predicted by Parent Model",
]


# The same columns in an exported file.
SHORT = ["image", "class", "parent_class", "rank", "confidence", "parent_class_confidence"]


def steps(case):
    """The cells, by the number of their step; letters tell several of one step apart."""
    return {
        "1": f"parent = {case['load']}",
        "2": f"photos = {case['photos']}",
        "2b": "more = augment photos flip: horizontal",
        "3": "benchmark parent seconds: 0.3",
        "3b": "projects",
        "4": "calibrate parent using: photos method: accuracyAware on: photos",
        "5": "int8 = calibrate parent using: photos",
        "6": "benchmark parent int8 seconds: 0.3",
        "6b": "help benchmark",
        "7": "compare parent int8 seconds: 0.5",
        "8": "report types int8 on: photos",
        "9": "r = report predictions int8 on: photos",
        "10": 'export r to: "rows.csv"',
        "11": "s = report predictions int8 on: photos sort: [rank, confidence] order: [descending, ascending]",
        "11b": 'export s to: "sorted.csv"',
        "12": "f = report predictions int8 on: photos where: rank > 0 and confidence < 50%",
        "12b": 'export f to: "some.csv"',
        "13": "visualize int8 on: photos top: 1",
        "14": "e = report predictions int8 on: photos only: errors",
        "14b": 'export e to: "errors.csv"',
        "15": "t = report distance int8 on: photos sort: mse order: descending",
        "15b": 'export t to: "distance.csv"',
        "16": 'export r to: "report.html"',
        "16b": 'export r to: "report.png"',
        "17": f"compare parent int8 on: photos drop: {case['drop']}% seconds: 0.3",
        "17b": "compare parent int8 on: photos drop: 0% seconds: 0.3",
        "18": f"annotated = {case['annotated']}",
        "18b": "evaluate parent int8 on: annotated",
        "18c": "report accuracy int8 on: annotated",
        "18d": "aware = calibrate parent using: photos method: accuracyAware drop: 0.5% on: annotated",
        "18e": "compare parent aware on: annotated drop: 0.5% seconds: 0.3",
        "19": "explore int8 streams: 1..2 batch: [1, 2] seconds: 0.05 repeats: 2 latency: 500ms",
        "19b": 'package int8 to: "deployment" batch: 1 streams: 2',
        "19c": 'predict int8 on: annotated save: "int8.npy"',
        "20": "help report accuracy",
        "20b": "help",
    }


class Executed:
    def __init__(self, case, folder):
        cells = steps(case)
        content = nbformat.from_dict(notebook(list(cells.values())))
        client = nbclient.NotebookClient(
            content, timeout=300, kernel_name="octet", allow_errors=True, resources={"metadata": {"path": str(folder)}})
        client.execute()
        self.case, self.folder = case, Path(folder)
        self.cells = dict(zip(cells, content.cells))

    def text(self, step):
        outputs = self.cells[step].outputs
        return "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") or "\n".join(o.get("traceback", [])) for o in outputs)

    def html(self, step):
        return "\n".join(o.get("data", {}).get("text/html", "") for o in self.cells[step].outputs)

    def scores(self):
        """The pictures in the order of the dataset, and the scores that the notebook saved of them."""
        folder = DATA / "imagenet-validation" if self.case["picture"] is None else self.case["picture"].parent
        kinds = {".jpg", ".jpeg", ".png"}
        pictures = sorted((p for p in folder.iterdir() if p.suffix.lower() in kinds), key=lambda p: p.name.encode())
        return pictures, np.load(self.folder / "int8.npy").reshape(len(pictures), -1)

    def accuracy(self):
        pictures, scores = self.scores()
        lines = [line.rsplit(" ", 1) for line in (pictures[0].parent / "val.txt").read_text().splitlines() if line.strip()]
        labels = {Path(name).name: int(label) for name, label in lines}
        return np.mean([labels[p.name] + self.case["offset"] == row.argmax() for p, row in zip(pictures, scores)])

    def failed(self, step):
        return any(o.output_type == "error" for o in self.cells[step].outputs)

    def rows(self, name):
        with open(self.folder / name, newline="", encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=CASES)
def run(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "photographs" and not DATA.is_dir():
        pytest.skip("the photographs are not beside the project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OCTET_WORKSPACE", str(folder / "workspace.sqlite"))
        return Executed(CASES[request.param], folder)


def test_only_the_step_that_must_be_refused_is(run):
    assert [step for step in run.cells if run.failed(step)] == ["4"]
    assert "not annotated" in run.text("4").lower()


def test_model_dataset_and_baseline(run):
    details = run.text("1")
    assert all(word in details for word in ["FP32", "Input", "Output", "Flop"]) and run.case["weights"] in details
    assert "Not Annotated" in run.text("2") and "<img" in run.html("2")
    count = int(re.search(r"Images +(\d+)", run.text("2"))[1])
    assert int(re.search(r"Images +(\d+)", run.text("2b"))[1]) == 2 * count
    assert re.search(r"FPS", run.text("3")) and re.search(r"ms", run.text("3"))
    assert "Not Optimized" in run.html("3b")


def test_the_int8_child_and_its_comparison(run):
    assert "INT8 – Default – Performance Preset" in run.text("5") and "child of" in run.text("5")
    assert run.text("6").count("FPS") >= 2 and "throughput" in run.text("6b").lower()
    assert re.search(r"is \d+\.\d+x faster than .* \(95 % interval|not faster", run.text("7"))
    kinds = [re.split(r"  +", line.strip()) for line in run.text("8").splitlines()]
    assert {row[2].split(" int8")[0]: row[1] for row in kinds if row[-1] and len(row) == 4 and row[1] in ("yes", "no")} == {
        "report accuracy": "no", "report predictions": "yes", "report distance": "yes"}


def test_the_comparison_report(run):
    html = run.html("9")
    heads = [re.sub("<[^>]+>", "", text).strip() for text in re.findall(r"<th[^>]*>(.*?)</th>", html, re.S)]
    start = heads.index("Image Name")
    assert heads[start : start + 7] == COLUMNS + ["Actions"] and "accuracy@top1" in run.text("9")
    rows = run.rows("rows.csv")
    assert len(rows) == int(re.search(r"Images +(\d+)", run.text("2"))[1])
    for row in rows:
        optimized, parent, rank, best, other = (row[name] for name in SHORT[1:])
        if optimized == parent:
            assert float(rank) == 0 and float(best) == float(other)
        else:
            assert float(rank) >= 1 or float(best) == float(other)
        assert float(best) >= float(other)
    errors = run.rows("errors.csv")
    assert [row["image"] for row in errors] == [row["image"] for row in rows if row["class"] != row["parent_class"]]
    share = 1 - len(errors) / len(rows)
    assert f"{100 * share:.1f}%" in run.text("9")


def test_sorting_conditions_and_pictures(run):
    rows = run.rows("rows.csv")
    wanted = sorted(rows, key=lambda row: (-float(row["rank"]), float(row["confidence"])))
    assert [row["image"] for row in run.rows("sorted.csv")] == [row["image"] for row in wanted]
    some = [row["image"] for row in rows if float(row["rank"]) > 0 and float(row["confidence"]) < 0.5]
    assert [row["image"] for row in run.rows("some.csv")] == some
    assert "<img" in run.html("13") and run.text("13").count("0.") >= 2


def test_distance_and_exports(run):
    rows = run.rows("distance.csv")
    errors = [float(row["mse"]) for row in rows]
    assert len(rows) == len(run.rows("rows.csv")) and errors == sorted(errors, reverse=True)
    page = (run.folder / "report.html").read_text()
    assert all(row["image"] in page for row in run.rows("rows.csv"))
    assert (run.folder / "report.png").read_bytes().startswith(b"\x89PNG")


def test_the_decision(run):
    rows = run.rows("rows.csv")
    changed = len(run.rows("errors.csv"))
    text = " ".join(run.text("17").split())
    assert f"{changed} of {len(rows)} images get another class" in text
    assert ("acceptable" if changed / len(rows) <= run.case["drop"] / 100 else "too high") in text
    assert ("too high" if changed else "acceptable") in run.text("17b")


def test_annotated_data_and_the_bound(run):
    # Counted from the annotations and the saved scores, for the page that says it in percent.
    assert run.text("18b").count("accuracy@top1") >= 2
    assert re.search(r"accuracy@top1 +(\d+\.\d)%", run.text("18c"))[1] == f"{100 * run.accuracy():.1f}"
    verdict = " ".join(run.text("18e").split())
    assert "the price is acceptable" in verdict
    before, after = map(float, re.search(r"accuracy@top1 goes from ([\d.]+)% to ([\d.]+)%", verdict).groups())
    assert before - after <= 0.5 + 1e-9


def test_deployment(run):
    assert "FPS" in run.text("19") and re.search(r"best|Best", run.text("19"))
    package = run.folder / "deployment"
    assert json.loads((package / "manifest.json").read_text())["streams"] == 2
    pictures, saved = run.scores()
    scores = run.folder / "scores"
    done = subprocess.run(
        [package / "bin/octet-run", "--scores", scores, *pictures[:10]], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    values = np.fromfile(scores, dtype="<f4").reshape(10, -1)
    assert (values == saved[:10]).all()


def test_help(run):
    assert "report accuracy" in run.text("20") and "visualize" in run.text("20b")
