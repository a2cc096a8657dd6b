"""A small network of inverted residuals after MobileNetV2 (Sandler et al., 2018, table 2)."""

from dataclasses import dataclass

from torch import nn


@dataclass(frozen=True)
class Block:
    """An inverted residual: widened by `expansion`, filtered with the stride, projected to `width` channels."""

    expansion: int
    width: int
    stride: int


STEM, HEAD = 12, 256
BLOCKS = [
    Block(1, 8, 1),
    Block(4, 12, 2),
    Block(4, 12, 1),
    Block(4, 20, 2),
    Block(4, 20, 1),
    Block(4, 20, 1),
    Block(6, 40, 2),
    Block(6, 40, 1),
    Block(6, 40, 1),
    Block(6, 40, 1),
    Block(6, 64, 1),
    Block(6, 64, 1),
    Block(6, 64, 1),
]


def convolution(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)


class InvertedResidual(nn.Module):
    def __init__(self, inputs, block):
        super().__init__()
        hidden = inputs * block.expansion
        self.adds = block.stride == 1 and inputs == block.width
        self.expand = None
        if block.expansion != 1:
            self.expand = nn.Sequential(convolution(inputs, hidden, 1), nn.BatchNorm2d(hidden), nn.ReLU6())
        self.depthwise = nn.Sequential(
            convolution(hidden, hidden, 3, block.stride, hidden), nn.BatchNorm2d(hidden), nn.ReLU6()
        )
        self.project = nn.Sequential(convolution(hidden, block.width, 1), nn.BatchNorm2d(block.width))

    def forward(self, values):
        result = values if self.expand is None else self.expand(values)
        result = self.project(self.depthwise(result))
        return values + result if self.adds else result


class Classifier(nn.Module):
    """Logits of `classes` classes from images [N, 3, 64, 64]."""

    def __init__(self, classes):
        super().__init__()
        self.stem = nn.Sequential(convolution(3, STEM, 3, 2), nn.BatchNorm2d(STEM), nn.ReLU6())
        inputs, blocks = STEM, []
        for block in BLOCKS:
            blocks.append(InvertedResidual(inputs, block))
            inputs = block.width
        self.blocks = nn.ModuleList(blocks)
        self.head = nn.Sequential(convolution(inputs, HEAD, 1), nn.BatchNorm2d(HEAD), nn.ReLU6())
        self.dropout = nn.Dropout(0.1)
        self.classifier = nn.Linear(HEAD, classes)

    def forward(self, values):
        values = self.stem(values)
        for block in self.blocks:
            values = block(values)
        values = self.head(values).mean(dim=(2, 3))
        return self.classifier(self.dropout(values))
