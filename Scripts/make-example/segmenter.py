"""A segmenter after U-Net (Ronneberger et al., 2015): what was made smaller is made larger again."""

import torch
from torch import nn
from torch.nn import functional

from features import WIDTHS, Features, activated, separable, through

SIDE = 96


class Segmenter(nn.Module):
    """Logits [N, classes, SIDE, SIDE] of images [N, 3, SIDE, SIDE]."""

    def __init__(self, classes):
        super().__init__()
        self.features = Features()
        self.deep = activated(WIDTHS[16], 40, 1)
        self.at_eighth = separable(40 + WIDTHS[8], 40)
        self.enlarge = nn.ConvTranspose2d(40, 24, 2, 2)
        self.at_fourth = separable(24 + WIDTHS[4], 24)
        self.at_half = separable(24 + WIDTHS[2], 20)
        self.logits = nn.Conv2d(20, classes, 1)

    def forward(self, images):
        half, fourth, eighth, sixteenth = self.features(images)
        values = torch.cat([_doubled(self.deep(sixteenth)), eighth], 1)
        values = torch.cat([self.enlarge(through(self.at_eighth, values)), fourth], 1)
        values = torch.cat([_doubled(through(self.at_fourth, values)), half], 1)
        return _doubled(self.logits(through(self.at_half, values)))


def _doubled(values):
    return functional.interpolate(values, scale_factor=2, mode="bilinear", align_corners=False)
