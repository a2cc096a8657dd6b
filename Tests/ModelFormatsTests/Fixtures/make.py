"""Writes tensors.onnx: every element type once as raw bytes and once in its typed field, written by the onnx package.

usage: pip install onnx numpy && python make.py
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

VALUES = {
    "float32": [-1.5, 0, 3.4028234663852886e38],
    "float64": [-1.5, 0, 1e300],
    "float16": [-1.5, 0, 65504],
    "int8": [-128, 0, 127],
    "uint8": [1, 0, 255],
    "int16": [-32768, 0, 32767],
    "uint16": [1, 0, 65535],
    "int32": [-(2**31), 0, 2**31 - 1],
    "uint32": [1, 0, 2**32 - 1],
    "int64": [-(2**63), 0, 2**63 - 1],
    "uint64": [1, 0, 2**64 - 1],
    "bool": [True, False, True],
}

tensors, outputs = [], []
for name, values in VALUES.items():
    array = np.array(values, dtype=name).reshape(3, 1)
    kind = helper.np_dtype_to_tensor_dtype(array.dtype)
    tensors.append(numpy_helper.from_array(array, "raw_" + name))
    tensors.append(helper.make_tensor("typed_" + name, kind, array.shape, array.flatten()))
    assert tensors[-2].raw_data and not tensors[-1].raw_data
    outputs += [helper.make_tensor_value_info(t.name, kind, array.shape) for t in tensors[-2:]]

graph = helper.make_graph([], "tensors", [], outputs, tensors)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="make.py")
path = pathlib.Path(__file__).with_name("tensors.onnx")
path.write_bytes(model.SerializeToString(deterministic=True))
assert TensorProto.BFLOAT16 == 16
