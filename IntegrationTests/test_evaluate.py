"""`evaluate` and the reports on detectors, segmenters and others, beside what NumPy computes of the same pixels."""

import io
import json
import re
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pytest

from drawn_predictions import (
    NETWORKS, detections, intersection_over_union, voc_average_precision, write_coco, write_png)
from program import octet, run

ROWS, CLASSES = 16, 3
COCO_NAMES = [{"id": 3, "name": "circle"}, {"id": 7, "name": "square"}, {"id": 8, "name": "star"}]


def softmax(values):
    exponentials = np.exp(values - values.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def drawn_boxes(random, count, width):
    """Grey pictures whose rows are boxes, and objects near some of these boxes: (picture, class 0..2, box in pixels)."""
    pictures, objects = {}, []
    for number in range(count):
        name = f"{number:03}.png"
        pixels = random.integers(0, 256, (ROWS, 4 + CLASSES + 1), dtype=np.uint8)
        for row in range(ROWS):
            left, top = random.integers(0, 150, 2)
            pixels[row, :4] = left, top, min(left + random.integers(40, 160), 255), min(top + random.integers(40, 160), 255)
        pictures[name] = pixels
        for row in random.choice(ROWS, 4, replace=False):
            scale = np.array([width, ROWS, width, ROWS]) / 255
            box = pixels[row, :4] * scale + random.normal(0, 0.3, 4)
            box = np.clip(box, 0, [width, ROWS, width, ROWS])
            if box[2] - box[0] > 0.5 and box[3] - box[1] > 0.5:
                objects.append((name, int(np.argmax(pixels[row, 5:])), box))
    return pictures, objects


@pytest.fixture(scope="module")
def ssd(tmp_path_factory):
    """A dataset for the network ssd.onnx, and what NumPy says that the network finds."""
    folder = tmp_path_factory.mktemp("ssd")
    pictures, objects = drawn_boxes(np.random.default_rng(7), 24, 4 + CLASSES + 1)
    content = write_coco(
        folder / "boxes", sorted(pictures), pictures,
        [(name, COCO_NAMES[index]["id"], box) for name, index, box in objects], COCO_NAMES)
    found = {}
    for name, pixels in pictures.items():
        values = pixels.astype(np.float64) / 255
        width = values.shape[1]
        found[name] = [
            (index - 1, score, box)
            for index, score, box in detections(
                values[:, :4] * [width, ROWS, width, ROWS], softmax(values[:, 4:] * 8), 1, 0.01, 0.5, (width, ROWS))
        ]
    (folder / "ssd.onnx").write_bytes((NETWORKS / "ssd.onnx").read_bytes())
    return folder, content, objects, found


LOAD_SSD = 'm = load "ssd.onnx" scale: 255\nd = dataset "boxes"\n'


def test_mean_average_precision_is_that_of_numpy(ssd):
    folder, _, objects, found = ssd
    expected = []
    for index in range(CLASSES):
        mine = [(name, score, box) for name, all in found.items() for c, score, box in all if c == index]
        theirs = {}
        for name, c, box in objects:
            if c == index:
                theirs.setdefault(name, []).append((box, False))
        expected.append(voc_average_precision(mine, theirs, 0.5))
    report = run(LOAD_SSD + "evaluate m on: d", folder)[-1]
    assert report["metrics"]["mAP@0.5"] == pytest.approx(np.mean(expected), abs=1e-6)
    assert [row["average_precision"] for row in report["rows"]] == pytest.approx(expected, abs=1e-6)
    assert [row["class_name"] for row in report["rows"]] == ["circle", "square", "star"]
    lower, upper = report["metrics"]["mAP@0.5 lower"], report["metrics"]["mAP@0.5 upper"]
    assert lower < report["metrics"]["mAP@0.5"] < upper
    assert [row["objects"] for row in report["rows"]] == [sum(c == i for _, c, _ in objects) for i in range(CLASSES)]


def test_precision_by_the_rules_of_coco_is_that_of_pycocotools(ssd):
    folder, content, _, found = ssd
    coco = pytest.importorskip("pycocotools.coco").COCO
    evaluator = pytest.importorskip("pycocotools.cocoeval").COCOeval
    with redirect_stdout(io.StringIO()):
        truth = coco()
        truth.dataset = json.loads(json.dumps(content))
        truth.createIndex()
        ids = {image["file_name"]: image["id"] for image in content["images"]}
        results = [
            {
                "image_id": ids[name], "category_id": COCO_NAMES[index]["id"], "score": score,
                "bbox": [box[0], box[1], box[2] - box[0], box[3] - box[1]],
            } for name, all in found.items() for index, score, box in all
        ]
        judged = evaluator(truth, truth.loadRes(results), "bbox")
        judged.evaluate()
        judged.accumulate()
        judged.summarize()
    metrics = run(LOAD_SSD + "evaluate m on: d metric: coco", folder)[-1]["metrics"]
    assert metrics["COCO precision"] == pytest.approx(judged.stats[0], abs=1e-6)
    assert metrics["COCO precision@0.5"] == pytest.approx(judged.stats[1], abs=1e-6)
    assert metrics["COCO precision@0.75"] == pytest.approx(judged.stats[2], abs=1e-6)
    assert metrics["COCO recall"] == pytest.approx(judged.stats[8], abs=1e-6)


@pytest.mark.parametrize("name, columns", [("yolo", 5), ("yolo_columns", 4)])
def test_rows_and_columns_of_yolo_are_read(tmp_path, name, columns):
    width = columns + CLASSES
    random = np.random.default_rng(3)
    pictures, objects, expected = {}, [], {}
    for number in range(8):
        pixels = random.integers(0, 256, (ROWS, width), dtype=np.uint8)
        pixels[:, 2:4] = random.integers(60, 160, (ROWS, 2))
        values = pixels.astype(np.float64) / 255
        centre, size = values[:, :2] * [width, ROWS], values[:, 2:4] * [width, ROWS]
        boxes = np.concatenate([centre - size / 2, centre + size / 2], axis=1)
        scores = values[:, columns:] * (values[:, 4:5] if columns == 5 else 1)
        file = f"{number}.png"
        pictures[file] = pixels
        expected[file] = detections(boxes, scores, 0, 0.01, 0.4, (width, ROWS))
        for index, _, box in expected[file][:3]:
            objects.append((file, COCO_NAMES[index]["id"], box))
    write_coco(tmp_path / "boxes", sorted(pictures), pictures, objects, COCO_NAMES)
    (tmp_path / "m.onnx").write_bytes((NETWORKS / f"{name}.onnx").read_bytes())
    (tmp_path / "names.txt").write_text("circle\nsquare\nstar\n")
    text = 'm = load "m.onnx" scale: 255 labels: "names.txt"\nd = dataset "boxes"\nevaluate m on: d suppress: 0.4'
    report = run(text, tmp_path)[-1]
    precisions = []
    for index in range(CLASSES):
        mine = [(f, s, b) for f, all in expected.items() for c, s, b in all if c == index]
        theirs = {}
        for file, category, box in objects:
            if category == COCO_NAMES[index]["id"]:
                theirs.setdefault(file, []).append((box, False))
        value = voc_average_precision(mine, theirs, 0.5)
        if value is not None:
            precisions.append(value)
    assert report["metrics"]["mAP@0.5"] == pytest.approx(np.mean(precisions), abs=1e-6)


def test_mean_intersection_over_union_is_that_of_numpy(tmp_path):
    random = np.random.default_rng(5)
    counts = np.zeros((4, 4), np.int64)
    for number in range(6):
        pixels = random.integers(0, 256, (12, 16, 3), dtype=np.uint8)
        scores = np.concatenate([np.full((12, 16, 1), 0.5), pixels / 255.0], axis=2)
        predicted = scores.argmax(axis=2)
        truth = np.where(random.random((12, 16)) < 0.6, predicted, random.integers(0, 4, (12, 16))).astype(np.uint8)
        truth[0, :] = 255
        write_png(tmp_path / "scenes" / "Images" / f"{number}.png", pixels)
        write_png(tmp_path / "scenes" / "Masks" / f"{number}.png", truth)
        np.add.at(counts, (truth[1:].ravel(), predicted[1:].ravel()), 1)
    (tmp_path / "scenes" / "dataset_meta.json").write_text(
        json.dumps({"label_map": {"0": "ground", "1": "red", "2": "green", "3": "blue"}}))
    (tmp_path / "m.onnx").write_bytes((NETWORKS / "segmenter.onnx").read_bytes())
    text = 'm = load "m.onnx" scale: 255 task: segmentation\nd = dataset "scenes"\nevaluate m on: d'
    report = run(text, tmp_path)[-1]
    right = np.diag(counts)
    union = counts.sum(0) + counts.sum(1) - right
    assert report["metrics"]["mean IoU"] == pytest.approx(np.mean(right / union), abs=1e-9)
    assert report["metrics"]["pixel accuracy"] == pytest.approx(right.sum() / counts.sum(), abs=1e-9)
    assert [row["iou"] for row in report["rows"]] == pytest.approx(list(right / union), abs=1e-9)


def test_pictures_are_judged_by_their_targets(tmp_path):
    random = np.random.default_rng(9)
    values = []
    for number in range(3):
        small = random.integers(0, 256, (12, 16, 3), dtype=np.uint8)
        made = small.repeat(2, axis=0).repeat(2, axis=1)
        target = np.clip(made.astype(int) + random.integers(-40, 41, made.shape), 0, 255).astype(np.uint8)
        write_png(tmp_path / "pairs" / "LR" / f"{number}.png", small)
        write_png(tmp_path / "pairs" / "HR" / f"{number}.png", target)
        difference = (made.astype(float) - target)[4:-4, 4:-4] @ (np.array([65.738, 129.057, 25.064]) / 256)
        x, y = made.astype(float), target.astype(float)
        cov = ((x - x.mean()) * (y - y.mean())).mean()
        c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
        ssim = (2 * x.mean() * y.mean() + c1) * (2 * cov + c2) / (
            (x.mean() ** 2 + y.mean() ** 2 + c1) * (x.var() + y.var() + c2))
        values.append((-10 * np.log10((difference ** 2).mean() / 255 ** 2), ssim))
    (tmp_path / "m.onnx").write_bytes((NETWORKS / "upscaler.onnx").read_bytes())
    report = run('m = load "m.onnx" scale: 255\nd = dataset "pairs"\nevaluate m on: d metric: psnr', tmp_path)[-1]
    psnr, ssim = np.mean(values, axis=0)
    assert list(report["metrics"])[0] == "PSNR"
    assert report["metrics"]["PSNR"] == pytest.approx(psnr, abs=1e-6)
    assert report["metrics"]["SSIM"] == pytest.approx(ssim, abs=1e-6)


def test_classes_confusion_and_figures_of_a_classifier(tmp_path):
    random = np.random.default_rng(1)
    lines, truth, scores = [], [], []
    for number in range(30):
        pixels = np.zeros((8, 8, 3), np.uint8)
        pixels[:] = random.integers(0, 256, 3)
        write_png(tmp_path / "colours" / f"{number:02}.png", pixels)
        scores.append(pixels[0, 0])
        truth.append(int(random.integers(0, 3)) if number % 3 == 0 else int(np.argmax(pixels[0, 0])))
        lines.append(f"{number:02}.png {truth[-1]}")
    (tmp_path / "colours" / "val.txt").write_text("\n".join(lines) + "\n")
    (tmp_path / "m.onnx").write_bytes((NETWORKS / "colours.onnx").read_bytes())
    report = run('m = load "m.onnx"\nd = dataset "colours"\nevaluate m on: d top: 2', tmp_path)[-1]
    scores, truth = np.array(scores), np.array(truth)
    predicted = scores.argmax(axis=1)
    order = np.argsort(-scores, axis=1, kind="stable")
    assert report["metrics"]["accuracy@top1"] == pytest.approx((predicted == truth).mean())
    assert report["metrics"]["accuracy@top2"] == pytest.approx((order[:, :2] == truth[:, None]).any(axis=1).mean())
    for index, row in enumerate(report["rows"]):
        hits = ((predicted == index) & (truth == index)).sum()
        assert row["images"] == (truth == index).sum()
        assert row["precision"] == pytest.approx(hits / (predicted == index).sum())
        assert row["recall"] == pytest.approx(hits / (truth == index).sum())


def test_an_accuracy_near_chance_is_answered_with_its_cause(tmp_path):
    random = np.random.default_rng(4)
    lines = []
    for number in range(40):
        pixels = np.zeros((8, 8, 3), np.uint8)
        pixels[:, :, 2 * (number % 2)] = random.integers(100, 256)
        write_png(tmp_path / "colours" / f"{number:02}.png", pixels)
        lines.append(f"{number:02}.png {2 * (number % 2)}")
    (tmp_path / "colours" / "val.txt").write_text("\n".join(lines) + "\n")
    (tmp_path / "m.onnx").write_bytes((NETWORKS / "colours.onnx").read_bytes())
    text = 'good = load "m.onnx"\nbad = load "m.onnx" channels: bgr\nd = dataset "colours"\nevaluate good bad on: d'
    good, bad = run(text, tmp_path)[-1]["models"]
    assert good["metrics"]["accuracy@top1"] == 1 and "suspicion" not in good
    assert bad["metrics"]["accuracy@top1"] == 0 and bad["suspicion"]["accuracy"] == 0
    assert bad["suspicion"]["remedy"] == "channels: rgb" and bad["suspicion"]["images"] == 40
    assert bad["suspicion"]["trials"][0] == {"change": "channels: rgb", "accuracy": 1}


def matches(detected, objects, overlap=0.5):
    """How many detections match objects, by class, the highest score first, each object once."""
    count = 0
    for index in {c for c, _, _ in detected}:
        boxes = [box for c, box in objects if c == index]
        used = set()
        for _, _, box in sorted((entry for entry in detected if entry[0] == index), key=lambda entry: -entry[1]):
            overlaps = [intersection_over_union(box, other, 1.0) for other in boxes]
            best = int(np.argmax(overlaps)) if overlaps else -1
            if best >= 0 and overlaps[best] >= overlap and best not in used:
                used.add(best)
                count += 1
    return count


def test_the_report_on_a_detector_counts_as_numpy_does(ssd):
    folder, _, objects, found = ssd
    basic, advanced, errors = run(
        LOAD_SSD + "report accuracy m on: d threshold: 0.4\n"
        "report accuracy m on: d threshold: 0.4 view: advanced where: class = 1 sort: average_precision\n"
        "report accuracy m on: d threshold: 0.4 only: errors", folder)[-3:]
    assert len(basic["rows"]) == len(found)
    for row in basic["rows"]:
        name = row["image"].split("/")[-1]
        detected = [entry for entry in found[name] if entry[1] >= 0.4]
        there = [(c, box) for picture, c, box in objects if picture == name]
        assert row["detections"] == len(detected) and row["objects"] == len(there), name
        assert row["matches"] == matches(detected, there), name
        assert row["erroneous"] == (not row["matches"] == len(detected) == len(there)), name
    assert {row["class_name"] for row in advanced["rows"]} == {"square"}
    precisions = [row["average_precision"] for row in advanced["rows"] if row["average_precision"] is not None]
    assert precisions == sorted(precisions)
    assert [row["image"] for row in errors["rows"]] == [row["image"] for row in basic["rows"] if row["erroneous"]]
    titles = [column["title"] for column in basic["columns"]]
    assert titles == [
        "Image Name", "A. Model Detections", "B. Objects in Dataset Annotations", "Matches between A and B"]
    shown = run(LOAD_SSD + 'visualize m d["000.png"] threshold: 0.4', folder)[-1]["images"][0]["predictions"]
    expected = [entry for entry in found["000.png"] if entry[1] >= 0.4]
    assert [box["confidence"] for box in shown] == pytest.approx([score for _, score, _ in expected], abs=1e-6)
    assert np.allclose([box["box"] for box in shown], [box for _, _, box in expected], atol=1e-4)


def test_examples_of_all_tasks_are_judged_compared_and_drawn(tmp_path):
    results = run(
        """m = load example: detector
        c = dataset example: detector part: calibration subset: 32
        d = dataset example: detector subset: 40
        q = calibrate m using: c
        both = evaluate m q on: d
        p = report predictions q on: d view: advanced
        visualize q on: d top: 2
        report types q on: d
        export p to: "boxes.html"
        s = load example: segmenter
        ds = dataset example: segmenter subset: 20
        cs = dataset example: segmenter part: calibration subset: 32
        qs = calibrate s using: cs
        rs = report predictions qs on: ds
        evaluate s on: ds
        r = report accuracy s on: ds view: advanced
        export r to: "masks.html"
        visualize qs on: ds top: 2""".replace("        ", ""), tmp_path)
    both, predictions, shown, types = results[4:8]
    assert both["models"][0]["metrics"]["mAP@0.5"] > 0.9
    assert abs(both["models"][0]["metrics"]["mAP@0.5"] - both["models"][1]["metrics"]["mAP@0.5"]) < 0.1
    assert predictions["columns"][2]["title"] == "A. Optimized Model Detections of Predicted Class"
    assert predictions["summary"]["matches"] >= 0.8 * predictions["summary"]["objects"]
    assert len(shown["images"]) == 2 and shown["images"][0]["parentPredictions"]
    assert [row["available"] for row in types["rows"]] == [True, True, True]
    beside, evaluated, accuracy = results[13], results[14], results[15]
    assert beside["summary"]["meanIoU"] > 0.8
    assert evaluated["metrics"]["mean IoU"] == pytest.approx(accuracy["summary"]["meanIoU"])
    for page in ["boxes.html", "masks.html"]:
        assert (tmp_path / page).read_text().count("data:image/jpeg") >= 20


def test_accuracy_aware_calibration_of_a_detector_says_why_it_cannot(tmp_path):
    text = """m = load example: detector
d = dataset example: detector subset: 8
calibrate m using: d method: accuracyAware drop: 1%"""
    done = subprocess.run([octet(), "run", "-c", text], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and "bounds the accuracy of classifiers" in done.stderr


def test_what_does_not_fit_is_refused_with_its_place(ssd):
    folder = ssd[0]
    for text, words in [
        ("evaluate m on: d top: 3", "no meaning for object detection"),
        ("evaluate m on: d metric: accuracy", "no metric of object detection"),
        ("c = load example: classifier\nevaluate c on: d", "made for classification"),
        ("evaluate m on: d categories: 85", "80 or 91"),
        ('x = load "ssd.onnx" task: segmentation', "not those of `segmentation`"),
        ("report accuracy m on: d where: rank > 0", "no column `rank`"),
        ("visualize m on: d only: errors", "no meaning"),
        ("c = load example: classifier\nvisualize c on: d threshold: 0.4", "no meaning for a classifier"),
    ]:
        done = subprocess.run(
            [octet(), "run", "-c", LOAD_SSD + text], cwd=folder, capture_output=True, text=True, timeout=120)
        assert done.returncode == 1 and words in re.sub(r"\s+", " ", done.stderr), (text, done.stderr)
