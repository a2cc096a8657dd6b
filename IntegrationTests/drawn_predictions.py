"""Pictures, datasets and networks of which everything is known: the networks of Tests/Fixtures/tasks give the pixels back."""

import json
import struct
import zlib
from pathlib import Path

import numpy as np

NETWORKS = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "tasks"


def write_png(path, pixels):
    """Writes uint8 pixels [H, W] as grey or [H, W, 3] as colours."""
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + np.ascontiguousarray(row).tobytes() for row in pixels)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0 if pixels.ndim == 2 else 2, 0, 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def intersection_over_union(a, b, edge=0.0):
    """Of two boxes left, top, right, bottom; `edge` is 1 where the right and lower edge count as pixels."""
    width = min(a[2], b[2]) - max(a[0], b[0]) + edge
    height = min(a[3], b[3]) - max(a[1], b[1]) + edge
    if width <= 0 or height <= 0:
        return 0.0
    area = [(box[2] - box[0] + edge) * (box[3] - box[1] + edge) for box in (a, b)]
    return width * height / (area[0] + area[1] - width * height)


def suppress(boxes, scores, overlap):
    """The indices that torchvision.ops.nms keeps."""
    kept = []
    for index in np.argsort(-np.asarray(scores), kind="stable"):
        if all(intersection_over_union(boxes[index], boxes[other]) <= overlap for other in kept):
            kept.append(index)
    return kept


def detections(boxes, scores, first_class, threshold, overlap, size, limit=100):
    """What is kept of boxes [A, 4] in pixels and scores [A, C]: (class, score, box) by falling score."""
    found = []
    for column in range(first_class, scores.shape[1]):
        rows = np.nonzero(scores[:, column] >= threshold)[0]
        for place in suppress(boxes[rows], scores[rows, column], overlap):
            box = np.clip(boxes[rows[place]], 0, [size[0], size[1], size[0], size[1]])
            if box[2] > box[0] and box[3] > box[1]:
                found.append((column, float(scores[rows[place], column]), box))
    return sorted(found, key=lambda entry: -entry[1])[:limit]


def voc_average_precision(found, objects, overlap):
    """The area below the curve of one class: `found` is (picture, score, box), `objects` is (box, difficult) by picture."""
    used = {picture: [False] * len(entries) for picture, entries in objects.items()}
    total = sum(not difficult for entries in objects.values() for _, difficult in entries)
    right = []
    for picture, _, box in sorted(found, key=lambda entry: -entry[1]):
        overlaps = [intersection_over_union(box, other, 1.0) for other, _ in objects.get(picture, [])]
        best = int(np.argmax(overlaps)) if overlaps else -1
        if best < 0 or overlaps[best] < overlap:
            right.append(0)
        elif not objects[picture][best][1]:
            right.append(0 if used[picture][best] else 1)
            used[picture][best] = True
    if total == 0:
        return None
    gained = np.cumsum(right)
    recall = np.concatenate([[0], gained / total])
    precision = gained / np.maximum(np.arange(1, len(right) + 1), 1)
    falling = np.maximum.accumulate(precision[::-1])[::-1] if len(right) else np.array([])
    return float(np.sum(np.diff(recall) * falling))


def write_coco(folder, names, pictures, objects, categories):
    """A COCO folder: pictures by name, and objects (picture, category, box) with boxes left, top, right, bottom."""
    (folder / "annotations").mkdir(parents=True, exist_ok=True)
    images, annotations = [], []
    for number, name in enumerate(names):
        write_png(folder / "val" / name, pictures[name])
        height, width = pictures[name].shape[:2]
        images.append({"id": number, "file_name": name, "width": width, "height": height})
    for number, (name, category, box) in enumerate(objects):
        left, top, right, bottom = (float(value) for value in box)
        annotations.append(
            {
                "id": number + 1, "image_id": names.index(name), "category_id": category, "iscrowd": 0,
                "bbox": [left, top, right - left, bottom - top], "area": (right - left) * (bottom - top),
            })
    content = {"info": {}, "licenses": [], "images": images, "annotations": annotations, "categories": categories}
    (folder / "annotations" / "instances_val.json").write_text(json.dumps(content))
    return content
