"""What the two heads are trained for: anchors are matched with boxes, and each head has its loss."""

import numpy as np
import torch
from torch.nn import functional

from detectors import CENTRE_VARIANCE, SIZE_VARIANCE, anchor_strides, anchors, yolo_decoded

MATCHED, UNCERTAIN = 0.5, 0.4
NEGATIVES_PER_POSITIVE = 3
LARGEST_RATIO = 2.6


def overlaps(first, second):
    """Intersection over union [A, B] of corner boxes [A, 4] and [B, 4]."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    common = np.clip(high - low, 0, None).prod(-1)
    areas = [(boxes[:, 2:] - boxes[:, :2]).prod(-1) for boxes in (first, second)]
    return common / (areas[0][:, None] + areas[1][None] - common)


def corners(centred):
    return np.concatenate([centred[..., :2] - centred[..., 2:] / 2, centred[..., :2] + centred[..., 2:] / 2], -1)


class SSDLoss:
    """Cross entropy with hard negatives, and smooth L1 of the offsets."""

    def __init__(self):
        self._anchors = anchors()
        self._corners = corners(self._anchors)

    def _targets(self, boxes, labels):
        """Classes [A] (0 background, -1 ignored) and offsets [A, 4] for the corner boxes of one picture."""
        classes = np.zeros(len(self._anchors), np.int64)
        offsets = np.zeros((len(self._anchors), 4), np.float32)
        if len(boxes) == 0:
            return classes, offsets
        shares = overlaps(self._corners, boxes)
        owner, best = shares.argmax(1), shares.max(1)
        for index in range(len(boxes)):
            anchor = shares[:, index].argmax()
            owner[anchor], best[anchor] = index, 1
        classes[best >= UNCERTAIN] = -1
        chosen = best >= MATCHED
        classes[chosen] = labels[owner[chosen]] + 1
        box = boxes[owner[chosen]]
        anchor = self._anchors[chosen]
        centre, size = (box[:, :2] + box[:, 2:]) / 2, box[:, 2:] - box[:, :2]
        offsets[chosen, :2] = (centre - anchor[:, :2]) / anchor[:, 2:] / CENTRE_VARIANCE
        offsets[chosen, 2:] = np.log(size / anchor[:, 2:]) / SIZE_VARIANCE
        return classes, offsets

    def __call__(self, outputs, annotations):
        targets = [self._targets(*annotation) for annotation in annotations]
        classes = torch.from_numpy(np.stack([target[0] for target in targets]))
        offsets = torch.from_numpy(np.stack([target[1] for target in targets]))
        logits = outputs["logits"]
        losses = functional.cross_entropy(
            logits.flatten(0, 1), classes.clamp(min=0).flatten(), reduction="none"
        ).view(classes.shape)
        positive = classes > 0
        counts = positive.sum(1, keepdim=True)
        negatives = torch.where(classes == 0, losses.detach(), -1.0)
        rank = negatives.argsort(1, descending=True).argsort(1)
        hard = (rank < counts * NEGATIVES_PER_POSITIVE) & (classes == 0)
        total = max(1, int(positive.sum()))
        distance = functional.smooth_l1_loss(outputs["offsets"][positive], offsets[positive], reduction="sum")
        return (losses[positive | hard].sum() + distance) / total


class YOLOLoss:
    """Objectness by the overlap of what is predicted, classes by binary cross entropy, boxes by generalized IoU."""

    def __init__(self):
        self._anchors, self._strides = anchors(), anchor_strides()

    def _matches(self, boxes):
        """Indices of anchors and of the boxes that they answer for."""
        if len(boxes) == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        centre, size = (boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]
        ratio = size[None] / self._anchors[:, None, 2:]
        fits = np.maximum(ratio, 1 / ratio).max(-1) < LARGEST_RATIO
        near = np.abs(centre[None] - self._anchors[:, None, :2]) / self._strides[:, None, None]
        # The cell of the centre, and those beside it that are nearer than half a cell.
        fits &= (near < 1).all(-1) & (near.min(-1) < 0.5)
        anchor, box = np.nonzero(fits)
        shares = overlaps(corners(self._anchors), boxes)[anchor, box]
        order = np.argsort(shares, kind="stable")
        owner = dict(zip(anchor[order], box[order]))
        return np.array(list(owner), np.int64), np.array(list(owner.values()), np.int64)

    def __call__(self, outputs, annotations):
        rows = outputs["rows"]
        pictures, places, targets, labels = [], [], [], []
        for index, (boxes, classes) in enumerate(annotations):
            anchor, box = self._matches(boxes)
            pictures.append(np.full(len(anchor), index))
            places.append(anchor)
            targets.append(boxes[box])
            labels.append(classes[box])
        picture, place = (torch.from_numpy(np.concatenate(part)) for part in (pictures, places))
        target = torch.from_numpy(np.concatenate(targets).astype(np.float32))
        label = functional.one_hot(torch.from_numpy(np.concatenate(labels)), rows.shape[-1] - 5).float()
        decoded = yolo_decoded(rows)[picture, place]
        share, generalized = _generalized_overlap(decoded[:, :4], target)
        wanted = torch.zeros(rows.shape[:2])
        wanted[picture, place] = share.detach().clamp(min=0) * 0.5 + 0.5
        objectness = functional.binary_cross_entropy_with_logits(rows[..., 4], wanted, reduction="sum")
        classes = functional.binary_cross_entropy_with_logits(rows[picture, place, 5:], label, reduction="sum")
        return (objectness + classes + 3 * (1 - generalized).sum()) / max(1, len(place))


def _generalized_overlap(centred, boxes):
    """Overlap and generalized overlap (Rezatofighi et al., 2019) of boxes, pair by pair."""
    low, high = centred[:, :2] - centred[:, 2:] / 2, centred[:, :2] + centred[:, 2:] / 2
    common = (torch.minimum(high, boxes[:, 2:]) - torch.maximum(low, boxes[:, :2])).clamp(min=0).prod(1)
    union = (high - low).prod(1) + (boxes[:, 2:] - boxes[:, :2]).prod(1) - common
    hull = (torch.maximum(high, boxes[:, 2:]) - torch.minimum(low, boxes[:, :2])).prod(1)
    share = common / union.clamp(min=1e-6)
    return share, share - (hull - union) / hull.clamp(min=1e-6)
