"""What is found in pictures, and mean average precision by the rules of Pascal VOC 2010 and later."""

import numpy as np

from detection_losses import corners, overlaps
from detectors import SIDE

LEAST_SCORE, LARGEST_OVERLAP, MATCH = 0.02, 0.45, 0.5


def ssd_detections(boxes, scores):
    """Per picture (corner boxes in pixels, classes, scores), after suppression, of the outputs of the SSD network."""
    return [_suppressed(picture * SIDE, values[:, 1:]) for picture, values in zip(boxes, scores)]


def yolo_detections(rows):
    """The same of the output of the YOLO network."""
    return [_suppressed(corners(picture[:, :4]), picture[:, 5:] * picture[:, 4:5]) for picture in rows]


def _suppressed(boxes, scores):
    found = []
    for label in range(scores.shape[1]):
        candidates = np.nonzero(scores[:, label] > LEAST_SCORE)[0]
        candidates = candidates[np.argsort(-scores[candidates, label], kind="stable")]
        while len(candidates):
            best, candidates = candidates[0], candidates[1:]
            found.append((boxes[best], label, scores[best, label]))
            shares = overlaps(boxes[best][None], boxes[candidates])[0]
            candidates = candidates[shares <= LARGEST_OVERLAP]
    return found


def mean_average_precision(detections, annotations, classes):
    """The mean over classes of the area below precision made monotonic, at an overlap of MATCH."""
    results = []
    for label in range(classes):
        wanted = [boxes[labels == label] for boxes, labels in annotations]
        rows = []
        for index, found in enumerate(detections):
            rows += [(score, index, box) for box, kind, score in found if kind == label]
        rows.sort(key=lambda row: -row[0])
        taken = [np.zeros(len(boxes), bool) for boxes in wanted]
        right = np.zeros(len(rows))
        for place, (_, index, box) in enumerate(rows):
            if len(wanted[index]) == 0:
                continue
            shares = overlaps(box[None], wanted[index])[0]
            best = shares.argmax()
            if shares[best] >= MATCH and not taken[index][best]:
                taken[index][best] = True
                right[place] = 1
        count = sum(len(boxes) for boxes in wanted)
        if count:
            results.append(_area(right, count))
    return float(np.mean(results))


def _area(right, count):
    hits = right.cumsum()
    recall = np.concatenate([[0], hits / count, [1]])
    precision = np.concatenate([[0], hits / np.arange(1, len(right) + 1), [0]])
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return float(((recall[1:] - recall[:-1]) * precision[1:]).sum())
