"""The numbers of the reports, computed again with NumPy from what `predict … save:` writes."""

from pathlib import Path

import numpy as np
import pytest

from program import run

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
EXAMPLE = """
parent = load example: classifier
calibration = dataset example: classifier part: calibration
photos = dataset example: classifier part: validation
"""
CAFFE = f"""
parent = load "{SHARED}/models/mobilenet_v2.prototxt" weights: "{SHARED}/models/mobilenet_v2.caffemodel"
         mean: [103.94, 116.78, 123.68] scale: 58.8235 channels: bgr resize: 256 crop: 224
calibration = dataset "{SHARED}/imagenet-calibration"
photos = dataset "{SHARED}/imagenet-validation"
"""
REPORTS = """
int8 = calibrate parent using: calibration
predict parent on: photos save: "parent.npy"
predict int8 on: photos save: "int8.npy"
report predictions int8 on: photos
report accuracy int8 on: photos
report distance int8 on: photos
report predictions int8 on: photos sort: [rank, confidence] order: [descending, ascending]
report predictions int8 on: photos where: rank > 0 or confidence < 50%
report predictions int8 on: photos only: errors
visualize int8 on: photos top: 120
"""


@pytest.fixture(scope="module", params=["example", "imagenet"])
def results(request, tmp_path_factory):
    if request.param == "imagenet" and not SHARED.exists():
        pytest.skip("the folder shared with the networks and photographs is not there")
    folder = tmp_path_factory.mktemp(request.param)
    results = run((EXAMPLE if request.param == "example" else CAFFE) + REPORTS, folder)[-8:]
    names = ["saved", "predictions", "accuracy", "distance", "sorted", "filtered", "errors", "gallery"]
    return dict(zip(names, results), parent=np.load(folder / "parent.npy"), int8=np.load(folder / "int8.npy"))


def wilson(successes, count):
    z = 1.959963984540054
    share = successes / count
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * np.sqrt(share * (1 - share) / count + z * z / (4 * count**2))
    return centre - half, centre + half


def ranks(scores, classes):
    """The place of a class in the scores sorted downwards; of equal scores the first."""
    return np.array([int(np.nonzero(np.sort(row)[::-1] == row[index])[0][0]) for row, index in zip(scores, classes)])


def test_rank_confidence_and_agreement(results):
    parent, int8, report = results["parent"], results["int8"], results["predictions"]
    rows, summary = report["rows"], report["summary"]
    ours, theirs = int8.argmax(1), parent.argmax(1)
    every = np.arange(len(rows))
    assert [row["class"] for row in rows] == ours.tolist()
    assert [row["parent_class"] for row in rows] == theirs.tolist()
    assert [row["rank"] for row in rows] == ranks(int8, theirs).tolist()
    np.testing.assert_array_equal([row["confidence"] for row in rows], int8.max(1).astype(float))
    np.testing.assert_array_equal([row["parent_class_confidence"] for row in rows], int8[every, theirs].astype(float))
    assert [row["erroneous"] for row in rows] == (ours != theirs).tolist()
    agreeing = int((ours == theirs).sum())
    assert summary["agreeing"] == agreeing and summary["agreement"] == pytest.approx(agreeing / len(rows))
    np.testing.assert_allclose([summary["agreementLower"], summary["agreementUpper"]], wilson(agreeing, len(rows)), atol=1e-12)
    assert summary["meanRank"] == pytest.approx(ranks(int8, theirs).mean())
    assert summary["medianRank"] == pytest.approx(np.median(ranks(int8, theirs)))
    change = int8[every, theirs].astype(float) - parent[every, theirs].astype(float)
    assert summary["meanConfidenceChange"] == pytest.approx(change.mean(), abs=1e-9)
    assert sum(entry["errors"] for entry in summary["disagreements"]) == len(rows) - agreeing


def test_the_table_can_be_interpreted(results):
    for row in results["predictions"]["rows"]:
        assert row["confidence"] >= row["parent_class_confidence"]
        if row["class"] == row["parent_class"]:
            assert row["rank"] == 0 and row["confidence"] == row["parent_class_confidence"]
        else:
            assert row["rank"] >= 1 or row["confidence"] == row["parent_class_confidence"]


def test_sorting_is_stable_and_filtering_exact(results):
    rows = results["predictions"]["rows"]
    assert results["sorted"]["rows"] == sorted(rows, key=lambda row: (-row["rank"], row["confidence"]))
    assert results["filtered"]["rows"] == [row for row in rows if row["rank"] > 0 or row["confidence"] < 0.5]
    assert results["errors"]["rows"] == [row for row in rows if row["class"] != row["parent_class"]]


def test_a_gallery_has_the_five_highest_scores_of_both_models(results):
    images = results["gallery"]["images"]
    assert len(images) == min(120, len(results["parent"]))
    for index, image in enumerate(images):
        assert image["image"] == results["predictions"]["rows"][index]["image"]
        for key, scores in [("predictions", results["int8"]), ("parentPredictions", results["parent"])]:
            best = np.argsort(-scores[index], kind="stable")[:5]
            assert [entry["class"] for entry in image[key]] == best.tolist()
            np.testing.assert_array_equal([entry["confidence"] for entry in image[key]], scores[index][best].astype(float))


def test_accuracy(results):
    int8, report = results["int8"], results["accuracy"]
    annotated = np.array([row["annotated_class"] for row in report["rows"]])
    rank = ranks(int8, annotated)
    summary, count = report["summary"], len(rank)
    top1 = int((int8.argmax(1) == annotated).sum())
    assert summary["top1"] == pytest.approx(top1 / count) and summary["top5"] == pytest.approx((rank < 5).mean())
    np.testing.assert_allclose([summary["top1Lower"], summary["top1Upper"]], wilson(top1, count), atol=1e-12)
    assert [row["rank"] for row in report["rows"]] == rank.tolist()
    assert summary["parentTop1"] == pytest.approx((results["parent"].argmax(1) == annotated).mean())


def test_distances(results):
    parent, int8 = results["parent"].astype(float), results["int8"].astype(float)
    rows = results["distance"]["rows"]
    noise = parent - int8
    expected = {
        "mse": (noise**2).mean(1),
        "nrmse": np.sqrt((noise**2).mean(1)) / (parent.max(1) - parent.min(1)),
        "sqnr": 10 * np.log10((parent**2).sum(1) / (noise**2).sum(1)),
        "cosine": (parent * int8).sum(1) / np.linalg.norm(parent, axis=1) / np.linalg.norm(int8, axis=1),
        "maximum": np.abs(noise).max(1),
    }
    for name, values in expected.items():
        np.testing.assert_allclose([row[name] for row in rows], values, rtol=1e-6, err_msg=name)
    with np.errstate(divide="ignore", invalid="ignore"):
        divergence = np.where(parent > 0, parent * np.log(parent / np.maximum(int8, 1e-30)), 0).sum(1)
    np.testing.assert_allclose([row["kl"] for row in rows], np.maximum(divergence, 0), rtol=1e-5, atol=1e-9)
