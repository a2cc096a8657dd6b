"""Detectors of one body and two heads: of SSD (Liu et al., 2016) and of YOLO (Redmon et al., 2016; v5's decoding)."""

import numpy as np
import torch
from torch import nn

from features import WIDTHS, Features, activated, separable, through

SIDE = 96
STRIDES = (8, 16, 32)
# The sides of the square anchors of a level, and the widths over heights of all its anchors.
ANCHOR_SIDES = (24, 38, 58)
ASPECTS = (1.0, 1.6, 0.625)
WIDTH = 48
# By what the encoded offsets are multiplied, as in SSD.
CENTRE_VARIANCE, SIZE_VARIANCE = 0.1, 0.2


def anchors():
    """float32 [A, 4]: centre and size in pixels of the input, level by level, cell by cell, aspect by aspect."""
    rows = []
    for stride, side in zip(STRIDES, ANCHOR_SIDES):
        for y in range(SIDE // stride):
            for x in range(SIDE // stride):
                for aspect in ASPECTS:
                    size = (side * aspect**0.5, side / aspect**0.5)
                    rows.append(((x + 0.5) * stride, (y + 0.5) * stride) + size)
    return np.float32(rows)


def anchor_strides():
    """float32 [A]: the stride of each anchor's level."""
    counts = [(SIDE // stride) ** 2 * len(ASPECTS) for stride in STRIDES]
    return np.float32(np.repeat(STRIDES, counts))


class Detector(nn.Module):
    """Raw numbers of each anchor, [N, A, numbers], from images [N, 3, SIDE, SIDE]; heads by name."""

    def __init__(self, heads):
        super().__init__()
        self.numbers = heads
        self.features = Features()
        self.deep = activated(WIDTHS[16], WIDTH, 1)
        self.shallow = activated(WIDTHS[8], WIDTH // 2, 1)
        self.joined = separable(WIDTH + WIDTH // 2, WIDTH)
        self.coarse = separable(WIDTH, WIDTH, 2)
        self.heads = nn.ModuleDict()
        for name, numbers in heads.items():
            levels = []
            for _ in STRIDES:
                levels.append(nn.ModuleList([activated(WIDTH, WIDTH, 3, 1, WIDTH), nn.Conv2d(WIDTH, numbers * 3, 1)]))
            self.heads[name] = nn.ModuleList(levels)

    def forward(self, images):
        _, _, eighth, sixteenth = self.features(images)
        deep = self.deep(sixteenth)
        upsampled = nn.functional.interpolate(deep, scale_factor=2, mode="nearest")
        joined = through(self.joined, torch.cat([self.shallow(eighth), upsampled], 1))
        levels = [joined, deep, through(self.coarse, deep)]
        return {name: self._rows(head, levels, self.numbers[name]) for name, head in self.heads.items()}

    def _rows(self, head, levels, numbers):
        rows = [through(layers, values).permute(0, 2, 3, 1) for layers, values in zip(head, levels)]
        return torch.cat([values.reshape(len(values), -1, numbers) for values in rows], 1)


def detector(classes):
    """One body with both heads: they are trained together, and exported one by one."""
    return Detector({"offsets": 4, "logits": classes + 1, "rows": 5 + classes})


def ssd_decoded(offsets):
    """Corners [N, A, 4] in 0...1 of the input."""
    table = torch.from_numpy(anchors()) / SIDE
    centres = offsets[..., :2] * CENTRE_VARIANCE * table[:, 2:] + table[:, :2]
    halves = torch.exp(offsets[..., 2:] * SIZE_VARIANCE) * table[:, 2:] / 2
    return torch.cat([centres - halves, centres + halves], -1)


def yolo_decoded(rows):
    """[N, A, 5 + C]: centre and size in pixels of the input, objectness and scores of classes in 0...1."""
    table, strides = torch.from_numpy(anchors()), torch.from_numpy(anchor_strides())[:, None]
    parts = torch.sigmoid(rows)
    centres = (parts[..., :2] * 2 - 1) * strides + table[:, :2]
    return torch.cat([centres, (parts[..., 2:4] * 2) ** 2 * table[:, 2:], parts[..., 4:]], -1)
