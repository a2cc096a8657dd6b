"""Writes a small network as the quantizers of ONNX Runtime and NNCF give it, and what ONNX Runtime computes with each.

usage: pip install onnx onnxruntime nncf numpy && python make.py
"""

import logging
import pathlib
import tempfile

import nncf
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

logging.disable(logging.WARNING)
FOLDER = pathlib.Path(__file__).parent
RANDOM = np.random.default_rng(7)
nodes, weights = [], []


def constant(name, array):
    weights.append(numpy_helper.from_array(array.astype(np.float32), name))
    return name


def conv(name, source, shape, activated=True, **attributes):
    scale = 1.5 / np.sqrt(np.prod(shape[1:]))
    # Channels of different magnitudes tell scales of channels from one of the tensor.
    spread = np.exp(RANDOM.uniform(-1, 1, [shape[0], 1, 1, 1]))
    inputs = [source, constant(name + ".w", RANDOM.normal(0, scale, shape) * spread), constant(name + ".b", RANDOM.normal(0, 0.2, shape[0]))]
    nodes.append(helper.make_node("Conv", inputs, [name], name, kernel_shape=shape[2:], **attributes))
    if activated:
        nodes.append(helper.make_node("Clip", [name, "lower", "upper"], [name + ".a"], name + ".a"))
    return name + ".a" if activated else name


weights += [numpy_helper.from_array(np.array(v, np.float32), n) for n, v in [("lower", 0), ("upper", 6)]]
first = conv("first", "x", [8, 3, 3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
depthwise = conv("depthwise", first, [8, 1, 3, 3], group=8, pads=[1, 1, 1, 1])
narrow = conv("narrow", depthwise, [8, 8, 1, 1], activated=False)
wide = conv("wide", narrow, [16, 8, 1, 1])
second = conv("second", wide, [16, 1, 3, 3], group=16, pads=[1, 1, 1, 1])
narrow2 = conv("narrow2", second, [8, 16, 1, 1], activated=False)
nodes.append(helper.make_node("Add", [narrow, narrow2], ["sum"], "sum"))
nodes.append(helper.make_node("MaxPool", ["sum"], ["pool"], "pool", kernel_shape=[2, 2], strides=[2, 2]))
last = conv("last", "pool", [12, 8, 1, 1])
nodes.append(helper.make_node("GlobalAveragePool", [last], ["mean"], "mean"))
nodes.append(helper.make_node("Flatten", ["mean"], ["flat"], "flat"))
nodes.append(helper.make_node("Gemm", ["flat", constant("g.w", RANDOM.normal(0, 1, [5, 12])), constant("g.b", RANDOM.normal(0, 1, [5]))], ["y"], "gemm", transB=1))
info = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in [("x", [1, 3, 16, 16]), ("y", [1, 5])]]
graph = helper.make_graph(nodes, "quantized", info[:1], info[1:], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="make.py")
samples = RANDOM.uniform(-1, 1, [40, 1, 3, 16, 16]).astype(np.float32)


class Reader(CalibrationDataReader):
    def __init__(self):
        self.rest = iter(samples[8:])

    def get_next(self):
        sample = next(self.rest, None)
        return None if sample is None else {"x": sample}


def write(name, quantized):
    data = quantized.SerializeToString(deterministic=True)
    (FOLDER / f"{name}.onnx").write_bytes(data)
    session = onnxruntime.InferenceSession(data)
    np.save(FOLDER / f"{name}.npy", np.concatenate([session.run(None, {"x": sample})[0] for sample in samples[:8]]))


np.save(FOLDER / "inputs.npy", np.concatenate(samples[:8]))
with tempfile.TemporaryDirectory() as folder:
    source, target = f"{folder}/float.onnx", f"{folder}/quantized.onnx"
    onnx.save(model, source)
    for name, options in {
        "ort_per_channel": {"per_channel": True, "activation_type": QuantType.QUInt8},
        "ort_per_tensor": {},
        "ort_operators": {"quant_format": QuantFormat.QOperator, "per_channel": True, "activation_type": QuantType.QUInt8},
    }.items():
        quantize_static(source, target, Reader(), weight_type=QuantType.QInt8, **{"quant_format": QuantFormat.QDQ, **options})
        write(name, onnx.load(target))
    for preset in ["performance", "mixed"]:
        dataset = nncf.Dataset([{"x": sample} for sample in samples[8:]])
        write(f"nncf_{preset}", nncf.quantize(model, dataset, preset=nncf.QuantizationPreset(preset), subset_size=32))
