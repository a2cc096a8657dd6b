"""The layers that detectors and the segmenter share: the first eleven of the classifier's inverted residuals."""

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from network import BLOCKS, STEM, InvertedResidual, convolution

# Behind which block the values of stride 2, 4, 8 and 16 are read, and their channels.
TAPS = {2: 0, 4: 2, 8: 5, 16: 10}
LAYERS = BLOCKS[: TAPS[16] + 1]
WIDTHS = {stride: BLOCKS[index].width for stride, index in TAPS.items()}


class Features(nn.Module):
    """Images [N, 3, H, W] to values of stride 2, 4, 8 and 16, in that order."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(convolution(3, STEM, 3, 2), nn.BatchNorm2d(STEM), nn.ReLU6())
        inputs, blocks = STEM, []
        for block in LAYERS:
            blocks.append(InvertedResidual(inputs, block))
            inputs = block.width
        self.blocks = nn.ModuleList(blocks)

    def forward(self, values):
        values, results = self.stem(values), []
        for index, block in enumerate(self.blocks):
            values = block(values)
            if index in TAPS.values():
                results.append(values)
        return results

    def named_layers(self):
        """Convolutions with their normalizations, by the names that their nodes have in exported graphs."""
        yield "stem/convolution", self.stem
        for index, block in enumerate(self.blocks, 1):
            for part in ("expand", "depthwise", "project"):
                if getattr(block, part) is not None:
                    yield f"block{index}/{part}", getattr(block, part)

    def start_from(self, model):
        """Takes the weights of the layers of these names from an exported network, so that less is left to learn."""
        values = {item.name: numpy_helper.to_array(item) for item in onnx.load(model).graph.initializer}
        with torch.no_grad():
            for name, layers in self.named_layers():
                norm = layers[1]
                layers[0].weight.copy_(_tensor(values[f"{name}/weight"]))
                norm.weight.copy_(_tensor(values[f"{name}/norm/gamma"]))
                norm.bias.copy_(_tensor(values[f"{name}/norm/beta"]))
                norm.running_mean.copy_(_tensor(values[f"{name}/norm/mean"]))
                norm.running_var.copy_(_tensor(values[f"{name}/norm/variance"]))


def _tensor(array):
    return torch.from_numpy(np.array(array))


def activated(inputs, outputs, kernel, stride=1, groups=1):
    """A convolution with its normalization and SiLU."""
    return nn.Sequential(convolution(inputs, outputs, kernel, stride, groups), nn.BatchNorm2d(outputs), nn.SiLU())


def separable(inputs, outputs, stride=1):
    """A depthwise 3x3 convolution and a pointwise one, each with SiLU."""
    return nn.ModuleList([activated(inputs, inputs, 3, stride, inputs), activated(inputs, outputs, 1)])


def through(layers, values):
    for layer in layers:
        values = layer(values)
    return values
