"""A network that doubles the size of pictures, after ESPCN (Shi et al., 2016) with inverted residuals."""

import numpy as np
from torch import nn
from torch.nn import functional

from graph_writer import GraphWriter

SIDE, FACTOR = 48, 2
WIDTH, EXPANSION, BLOCKS = 32, 2, 4


class _Block(nn.Module):
    def __init__(self):
        super().__init__()
        hidden = WIDTH * EXPANSION
        self.expand = nn.Conv2d(WIDTH, hidden, 1)
        self.depthwise = nn.Conv2d(hidden, hidden, 3, 1, 1, groups=hidden)
        self.project = nn.Conv2d(hidden, WIDTH, 1)

    def forward(self, values):
        result = functional.silu(self.expand(values))
        return values + self.project(functional.relu6(self.depthwise(result)))


class Upscaler(nn.Module):
    """Images [N, 3, 2 H, 2 W] of images [N, 3, H, W], both in 0...1: what is missing of bilinear ones is added."""

    def __init__(self):
        super().__init__()
        self.head = nn.Conv2d(3, WIDTH, 3, 1, 1)
        self.blocks = nn.ModuleList(_Block() for _ in range(BLOCKS))
        self.tail = nn.Conv2d(WIDTH, 3 * FACTOR**2, 3, 1, 1)

    def unbounded(self, images):
        values = functional.silu(self.head(images))
        for block in self.blocks:
            values = block(values)
        details = functional.pixel_shuffle(self.tail(values), FACTOR)
        return details + functional.interpolate(images, scale_factor=FACTOR, mode="bilinear", align_corners=False)

    def forward(self, images):
        return self.unbounded(images).clamp(0, 1)


def exported(model):
    """The ONNX model: `image` [N, 3, SIDE, SIDE] to `upscaled` [N, 3, 2 SIDE, 2 SIDE]."""
    writer = GraphWriter()
    values = writer.silu("head", writer.biased_convolution("head", model.head, "image"))
    for index, block in enumerate(model.blocks, 1):
        name, shortcut = f"block{index}", values
        values = writer.silu(f"{name}/expand", writer.biased_convolution(f"{name}/expand", block.expand, values))
        values = writer.biased_convolution(f"{name}/depthwise", block.depthwise, values)
        values = writer.add("Clip", f"{name}/relu6", [values, *writer.relu6_bounds()])
        values = writer.biased_convolution(f"{name}/project", block.project, values)
        values = writer.add("Add", f"{name}/add", [shortcut, values])
    values = writer.biased_convolution("tail", model.tail, values)
    values = writer.add("DepthToSpace", "tail/pixels", [values], blocksize=FACTOR, mode="CRD")
    values = writer.add("Add", "sum", [values, writer.doubled("doubled", "image", "linear")])
    bounds = [writer.constant("bounds/low", np.float32(0)), writer.constant("bounds/high", np.float32(1))]
    writer.named_output("Clip", "bounds", "upscaled", [values, *bounds])
    large = ["N", 3, SIDE * FACTOR, SIDE * FACTOR]
    return writer.model("super_resolution", {"image": ["N", 3, SIDE, SIDE]}, {"upscaled": large})
