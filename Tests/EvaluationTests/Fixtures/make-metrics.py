"""Writes metrics.json: small inputs, and what pycocotools, scikit-image and published formulas in NumPy make of them.

Run with numpy, pycocotools 2.0 and scikit-image 0.25 or newer: python make-metrics.py
"""

import contextlib
import io
import json
from pathlib import Path

import numpy as np
from pycocotools import mask as masks
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from skimage.metrics import structural_similarity

WIDTH, HEIGHT, CLASSES = 100, 80, 4
random = np.random.default_rng(2026)


def box():
    left, top = random.uniform(0, WIDTH - 20), random.uniform(0, HEIGHT - 20)
    width, height = random.uniform(8, 60), random.uniform(8, 50)
    return [round(float(v), 1) for v in (left, top, min(left + width, WIDTH), min(top + height, HEIGHT))]


def moved(edges):
    shifted = [round(float(v + random.normal(0, 4)), 1) for v in edges]
    return [min(shifted[0], shifted[2] - 1), min(shifted[1], shifted[3] - 1), shifted[2], shifted[3]]


def polygon(edges):
    """A polygon of six corners within a box."""
    left, top, right, bottom = edges
    angles = np.sort(random.uniform(0, 2 * np.pi, 6))
    x, y = (left + right) / 2, (top + bottom) / 2
    points = [(x + (right - left) / 2 * np.cos(a), y + (bottom - top) / 2 * np.sin(a)) for a in angles]
    return [round(float(v), 2) for point in points for v in point]


def pictures():
    found = []
    for _ in range(20):
        objects, detections = [], []
        for _ in range(int(random.integers(0, 6))):
            edges, kind = box(), int(random.integers(CLASSES - 1))
            outline = polygon(edges)
            objects.append({
                "class": kind, "box": edges, "polygon": outline, "difficult": bool(random.random() < 0.15),
                "crowd": bool(random.random() < 0.15)})
            for _ in range(int(random.integers(0, 3))):
                near = moved(edges)
                detections.append({
                    "class": kind if random.random() < 0.85 else int(random.integers(CLASSES)), "box": near,
                    "polygon": [round(v + float(random.normal(0, 1)), 2) for v in outline], "score": round(float(random.uniform(0.05, 1)), 2)})
        for _ in range(int(random.integers(0, 3))):
            edges = box()
            detections.append({
                "class": int(random.integers(CLASSES)), "box": edges, "polygon": polygon(edges),
                "score": round(float(random.uniform(0.05, 0.6)), 2)})
        found.append({"objects": objects, "detections": detections})
    return found


def voc(samples, threshold, eleven):
    """The development kit's VOCevaldet and VOCap, class by class."""
    results = {}
    for kind in range(CLASSES):
        truth = [[o for o in s["objects"] if o["class"] == kind] for s in samples]
        total = sum(not o["difficult"] for t in truth for o in t)
        entries = [(i, d) for i, s in enumerate(samples) for d in s["detections"] if d["class"] == kind]
        entries.sort(key=lambda entry: -entry[1]["score"])
        used, tp, fp = set(), [], []
        for image, detection in entries:
            best, at = -1.0, None
            for j, o in enumerate(truth[image]):
                a, b = detection["box"], o["box"]
                iw = min(a[2], b[2]) - max(a[0], b[0]) + 1
                ih = min(a[3], b[3]) - max(a[1], b[1]) + 1
                if iw > 0 and ih > 0:
                    union = sum((r[2] - r[0] + 1) * (r[3] - r[1] + 1) for r in (a, b)) - iw * ih
                    if iw * ih / union > best:
                        best, at = iw * ih / union, j
            if best >= threshold:
                if not truth[image][at]["difficult"]:
                    tp.append((image, at) not in used)
                    fp.append((image, at) in used)
                    used.add((image, at))
            else:
                tp.append(False)
                fp.append(True)
        if total == 0:
            continue
        right, wrong = np.cumsum(tp), np.cumsum(fp)
        recall, precision = right / total, right / np.maximum(right + wrong, 1)
        if eleven:
            value = np.mean([max(precision[recall >= t], default=0) for t in np.linspace(0, 1, 11)])
        else:
            mrec, mpre = np.r_[0, recall, 1], np.r_[0, precision, 0]
            mpre = np.maximum.accumulate(mpre[::-1])[::-1]
            steps = np.nonzero(mrec[1:] != mrec[:-1])[0] + 1
            value = ((mrec[steps] - mrec[steps - 1]) * mpre[steps]).sum()
        results[str(kind)] = float(value)
    return results


def coco(samples, kind):
    images, annotations, results = [], [], []
    for i, sample in enumerate(samples, 1):
        images.append({"id": i, "width": WIDTH, "height": HEIGHT})
        for o in sample["objects"]:
            run = masks.frPyObjects([o["polygon"]], HEIGHT, WIDTH)[0]
            l, t, r, b = o["box"]
            area = float(masks.area(run)) if kind == "segm" else (r - l) * (b - t)
            annotations.append({
                "id": len(annotations) + 1, "image_id": i, "category_id": o["class"] + 1, "bbox": [l, t, r - l, b - t],
                "area": area, "iscrowd": int(o["crowd"]), "segmentation": masks.merge([run])})
        for d in sample["detections"]:
            l, t, r, b = d["box"]
            result = {"image_id": i, "category_id": d["class"] + 1, "score": d["score"]}
            if kind == "segm":
                result["segmentation"] = masks.frPyObjects([d["polygon"]], HEIGHT, WIDTH)[0]
            else:
                result["bbox"] = [l, t, r - l, b - t]
            results.append(result)
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {
            "info": {}, "images": images, "annotations": annotations,
            "categories": [{"id": c + 1, "name": str(c)} for c in range(CLASSES)]}
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(results), kind)
        evaluation.params.maxDets = [1, 3, 100]
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    names = ["all", "at50", "at75", "small", "medium", "large", "recall1", "recall3", "recall100"]
    return dict(zip(names, map(float, evaluation.stats)))


def segmentation():
    expected = random.integers(0, 5, 600)
    predicted = np.where(random.random(600) < 0.6, expected, random.integers(0, 5, 600))
    expected[:40] = -1
    expected[expected == 4] = 3
    predicted[predicted == 4] = 0
    keep = expected >= 0
    matrix = np.zeros((6, 6), int)
    np.add.at(matrix, (expected[keep], predicted[keep]), 1)
    hit, rows, columns = np.diag(matrix), matrix.sum(1), matrix.sum(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        iou = hit / (rows + columns - hit)
        recall, precision, f1 = hit / rows, hit / columns, 2 * hit / (rows + columns)
    return {
        "expected": expected.tolist(), "predicted": predicted.tolist(), "classes": 6, "meanIoU": float(np.nanmean(iou)),
        "accuracy": float(hit.sum() / rows.sum()), "recall": recall[:4].tolist(), "precision": precision[:4].tolist(),
        "f1": f1[:4].tolist()}


def quality():
    height, width = 18, 22
    reference = random.integers(0, 256, (height, width, 3))
    image = np.clip(reference + random.normal(0, 12, reference.shape), 0, 255).astype(int)
    x, y = image.astype(float), reference.astype(float)
    difference = ((x - y)[4:-4, 4:-4] @ np.array([65.738, 129.057, 25.064])) / 256
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    covariance = ((x - x.mean()) * (y - y.mean())).mean()
    whole = (2 * x.mean() * y.mean() + c1) * (2 * covariance + c2) / (
        (x.mean() ** 2 + y.mean() ** 2 + c1) * (x.var() + y.var() + c2))
    windowed = structural_similarity(
        image.astype(np.uint8), reference.astype(np.uint8), channel_axis=2, gaussian_weights=True, sigma=1.5,
        use_sample_covariance=False, data_range=255)
    return {
        "width": width, "height": height, "image": image.ravel().tolist(), "reference": reference.ravel().tolist(),
        "psnr": float(-10 * np.log10((difference**2).mean() / 255**2)), "wholeSSIM": float(whole),
        "windowedSSIM": float(windowed)}


def faces():
    reference = random.uniform(0, 100, (5, 2)).round(2)
    points = (reference + random.normal(0, 3, (5, 2))).round(2)
    error = np.linalg.norm(points - reference, axis=1).mean() / np.linalg.norm(reference[0] - reference[1])
    same = random.random(57) < 0.5
    distances = np.where(same, random.normal(0.25, 0.1, 57), random.normal(0.4, 0.1, 57)).clip(0, 1).round(3)
    accuracies = []
    for part in range(10):
        test = np.zeros(57, bool)
        test[57 * part // 10:57 * (part + 1) // 10] = True
        accuracies.append(((distances[test] < np.median(distances[~test])) == same[test]).mean())
    a, b = random.normal(size=8).round(3), random.normal(size=8).round(3)
    return {
        "points": points.tolist(), "reference": reference.tolist(), "normedError": float(error),
        "distances": distances.tolist(), "same": same.tolist(), "pairwiseAccuracy": float(np.mean(accuracies)),
        "vectors": [a.tolist(), b.tolist()],
        "distance": float((1 - a @ b / np.linalg.norm(a) / np.linalg.norm(b)) / 2)}


def outlines(samples):
    found = []
    for sample in samples:
        for o in sample["objects"]:
            found.append(int(masks.area(masks.frPyObjects([o["polygon"]], HEIGHT, WIDTH)[0])))
    return found


if __name__ == "__main__":
    samples = pictures()
    result = {
        "width": WIDTH, "height": HEIGHT, "samples": samples, "vocArea": voc(samples, 0.5, False),
        "vocEleven": voc(samples, 0.5, True), "cocoBoxes": coco(samples, "bbox"), "cocoMasks": coco(samples, "segm"),
        "polygonAreas": outlines(samples), "segmentation": segmentation(), "quality": quality(), "faces": faces()}
    path = Path(__file__).with_name("metrics.json")
    path.write_text(json.dumps(result, separators=(",", ":")).replace("},", "},\n") + "\n")
