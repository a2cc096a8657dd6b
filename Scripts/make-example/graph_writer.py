"""Writing trained networks as ONNX graphs with named nodes and their batch normalizations unfolded."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

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

    def named_output(self, kind, name, output, inputs, **attributes):
        """A node whose only output is one of the graph."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=name, **attributes))

    def split(self, name, values, parts):
        """Parts of the last of three axes; their extents by name."""
        sizes = self.constant(f"{name}/extents", np.int64(list(parts.values())))
        outputs = [f"{name}/{part}" for part in parts]
        self.nodes.append(helper.make_node("Split", [values, sizes], outputs, name=name, axis=2))
        return outputs

    def constant(self, name, values):
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def parameter(self, name, tensor):
        return self.constant(name, tensor.detach().contiguous().numpy().astype(np.float32))

    def convolution(self, name, layers, values):
        """A convolution, its batch normalization and, where there is one, its ReLU6 or SiLU."""
        layer, norm = layers[0], layers[1]
        values = self._conv(name, layer, [values, self.parameter(f"{name}/weight", layer.weight)])
        statistics = {"gamma": norm.weight, "beta": norm.bias, "mean": norm.running_mean, "variance": norm.running_var}
        names = [self.parameter(f"{name}/norm/{key}", value) for key, value in statistics.items()]
        values = self.add("BatchNormalization", f"{name}/norm", [values] + names, epsilon=norm.eps)
        if len(layers) < 3:
            return values
        if isinstance(layers[2], nn.SiLU):
            return self.silu(name, values)
        return self.add("Clip", f"{name}/relu6", [values, *self.relu6_bounds()])

    def relu6_bounds(self):
        """The names of the constants 0 and 6, which are there once."""
        names = {"relu6/low": 0, "relu6/high": 6}
        if not any(constant.name in names for constant in self.initializers):
            for name, number in names.items():
                self.constant(name, np.float32(number))
        return list(names)

    def silu(self, name, values):
        """x * sigmoid(x), in the two nodes that PyTorch exports."""
        gate = self.add("Sigmoid", f"{name}/sigmoid", [values])
        return self.add("Mul", f"{name}/silu", [values, gate])

    def biased_convolution(self, name, layer, values):
        """A convolution with a bias."""
        names = [self.parameter(f"{name}/weight", layer.weight), self.parameter(f"{name}/bias", layer.bias)]
        return self._conv(name, layer, [values] + names)

    def _conv(self, name, layer, inputs):
        return self.add(
            "Conv",
            name,
            inputs,
            kernel_shape=list(layer.kernel_size),
            strides=list(layer.stride),
            pads=[layer.padding[0]] * 4,
            dilations=list(layer.dilation),
            group=layer.groups,
        )

    def transposed_convolution(self, name, layer, values):
        """A transposed convolution with a bias."""
        return self.add(
            "ConvTranspose",
            name,
            [values, self.parameter(f"{name}/weight", layer.weight), self.parameter(f"{name}/bias", layer.bias)],
            kernel_shape=list(layer.kernel_size),
            strides=list(layer.stride),
        )

    def doubled(self, name, values, mode, output=None):
        """The values with twice as many rows and columns, as `interpolate` with a scale of 2 gives them."""
        scales = self.constant(f"{name}/scales", np.float32([1, 1, 2, 2]))
        modes = {"coordinate_transformation_mode": "half_pixel"}
        if mode == "nearest":
            modes = {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
        self.nodes.append(
            helper.make_node("Resize", [values, "", scales], [output or name], name=name, mode=mode, **modes)
        )
        return output or name

    def residuals(self, blocks, values):
        """Inverted residuals; gives back what each of them gives."""
        results = []
        for index, block in enumerate(blocks, 1):
            shortcut, name = values, f"block{index}"
            if block.expand is not None:
                values = self.convolution(f"{name}/expand", block.expand, values)
            values = self.convolution(f"{name}/depthwise", block.depthwise, values)
            values = self.convolution(f"{name}/project", block.project, values)
            if block.adds:
                values = self.add("Add", f"{name}/add", [shortcut, values])
            results.append(values)
        return results

    def model(self, name, inputs, outputs):
        """The checked model; inputs and outputs are shapes by name."""
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
            self.initializers,
        )
        result = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name="octet-example"
        )
        onnx.checker.check_model(result, full_check=True)
        return result
