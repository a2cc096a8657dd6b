"""Writing the trained network as an ONNX graph with named nodes and its batch normalizations unfolded."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from preprocessing import CROP

OPSET = 17


class GraphWriter:
    """Appends the nodes of PyTorch layers to an ONNX graph."""

    def __init__(self):
        self.nodes = []
        self.initializers = []

    def add(self, kind, name, inputs, **attributes):
        """A node whose only output has the node's name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def constant(self, name, values):
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def parameter(self, name, tensor):
        return self.constant(name, tensor.detach().contiguous().numpy().astype(np.float32))

    def convolution(self, name, layers, values):
        """A convolution, its batch normalization and, where there is one, its ReLU6."""
        layer, norm = layers[0], layers[1]
        pad = layer.padding[0]
        values = self.add(
            "Conv",
            name,
            [values, self.parameter(f"{name}/weight", layer.weight)],
            kernel_shape=list(layer.kernel_size),
            strides=list(layer.stride),
            pads=[pad] * 4,
            dilations=[1, 1],
            group=layer.groups,
        )
        statistics = {"gamma": norm.weight, "beta": norm.bias, "mean": norm.running_mean, "variance": norm.running_var}
        names = [self.parameter(f"{name}/norm/{key}", value) for key, value in statistics.items()]
        values = self.add("BatchNormalization", f"{name}/norm", [values] + names, epsilon=norm.eps)
        if len(layers) == 3:
            values = self.add("Clip", f"{name}/relu6", [values, "relu6/low", "relu6/high"])
        return values


def exported(model):
    """The ONNX model: `image` [N, 3, CROP, CROP] to `probabilities` [N, classes]."""
    writer = GraphWriter()
    writer.constant("relu6/low", np.float32(0))
    writer.constant("relu6/high", np.float32(6))
    values = writer.convolution("stem/convolution", model.stem, "image")
    for index, block in enumerate(model.blocks, 1):
        shortcut, name = values, f"block{index}"
        if block.expand is not None:
            values = writer.convolution(f"{name}/expand", block.expand, values)
        values = writer.convolution(f"{name}/depthwise", block.depthwise, values)
        values = writer.convolution(f"{name}/project", block.project, values)
        if block.adds:
            values = writer.add("Add", f"{name}/add", [shortcut, values])
    values = writer.convolution("head/convolution", model.head, values)
    values = writer.add("GlobalAveragePool", "head/pool", [values])
    values = writer.add("Flatten", "head/flatten", [values], axis=1)
    weight = writer.parameter("classifier/weight", model.classifier.weight)
    bias = writer.parameter("classifier/bias", model.classifier.bias)
    values = writer.add("Gemm", "classifier", [values, weight, bias], transB=1)
    writer.nodes.append(helper.make_node("Softmax", [values], ["probabilities"], name="softmax", axis=1))
    classes = model.classifier.out_features
    graph = helper.make_graph(
        writer.nodes,
        "classifier",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 3, CROP, CROP])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", classes])],
        writer.initializers,
    )
    result = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name="octet-example"
    )
    onnx.checker.check_model(result, full_check=True)
    return result
