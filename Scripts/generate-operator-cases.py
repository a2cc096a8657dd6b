#!/usr/bin/env python3
"""Writes Tests/GraphsTests/Fixtures/operator-cases.json from the node tests of the PyPI package onnx.

Usage: generate-operator-cases.py            with a Python that has onnx (1.23.2 made the committed file)

Every case whose operators are all in OperatorCatalog and whose tensors are of types that Octet knows is written, unless
its tensors are large. Expected values are what the ONNX project's NumPy references compute; inputs too, so the file is
the same on every run with the same version of onnx and NumPy.
"""

import base64
import json
import re
import warnings
from pathlib import Path

import numpy as np
import onnx
from onnx.backend.test.case.node import collect_testcases

ROOT = Path(__file__).resolve().parent.parent
OPERATORS = ROOT / "Sources/Graphs/Operators"
TARGET = ROOT / "Tests/GraphsTests/Fixtures/operator-cases.json"
LARGEST_CASE = 40_000  # bytes of all tensors

TYPES = {
    "float32": "float32", "float64": "float64", "float16": "float16", "bool": "bool",
    "int8": "int8", "uint8": "uint8", "int16": "int16", "uint16": "uint16",
    "int32": "int32", "uint32": "uint32", "int64": "int64", "uint64": "uint64",
}


def supported_operators():
    names = set()
    for file in OPERATORS.glob("*.swift"):
        names.update(re.findall(r'public static let name = "(\w+)"', file.read_text()))
    return names


def array(value):
    return onnx.numpy_helper.to_array(value) if isinstance(value, onnx.TensorProto) else np.asarray(value)


def tensor(array):
    if str(array.dtype) not in TYPES:
        raise ValueError(f"type {array.dtype}")
    data = array.astype(array.dtype.newbyteorder("<")).tobytes()
    return {"type": TYPES[str(array.dtype)], "shape": list(array.shape), "data": base64.b64encode(data).decode()}


def attribute(proto):
    value = onnx.helper.get_attribute_value(proto)
    kinds = onnx.AttributeProto
    if proto.type == kinds.INT:
        return {"integer": value}
    if proto.type == kinds.FLOAT:
        return {"float": value}
    if proto.type == kinds.STRING:
        return {"string": value.decode()}
    if proto.type == kinds.INTS:
        return {"integers": list(value)}
    if proto.type == kinds.FLOATS:
        return {"floats": list(value)}
    if proto.type == kinds.TENSOR:
        return {"tensor": tensor(array(value))}
    raise ValueError(f"attribute {proto.name}")


def case(test):
    graph = test.model.graph
    if graph.initializer or graph.sparse_initializer:
        raise ValueError("initializers")
    inputs, outputs = test.data_sets[0]
    inputs, outputs = [array(value) for value in inputs], [array(value) for value in outputs]
    values = inputs + outputs
    if sum(value.nbytes for value in values) > LARGEST_CASE:
        raise ValueError("large")
    return {
        "name": test.name.removeprefix("test_"),
        "opset": next(o.version for o in test.model.opset_import if o.domain == ""),
        "relativeTolerance": test.rtol,
        "absoluteTolerance": test.atol,
        "nodes": [
            {
                "operator": node.op_type,
                "inputs": list(node.input),
                "outputs": list(node.output),
                "attributes": {a.name: attribute(a) for a in node.attribute},
            }
            for node in graph.node
        ],
        "inputs": [dict(tensor(v), name=i.name) for i, v in zip(graph.input, inputs)],
        "outputs": [dict(tensor(v), name=o.name) for o, v in zip(graph.output, outputs)],
    }


def main():
    warnings.simplefilter("ignore")
    np.random.seed(0)
    operators = supported_operators()
    cases, skipped = [], {}
    for test in collect_testcases(None):
        nodes = test.model.graph.node
        if not nodes or any(node.op_type not in operators or node.domain for node in nodes):
            continue
        try:
            cases.append(case(test))
        except (ValueError, AttributeError) as reason:
            skipped.setdefault(str(reason), []).append(test.name)
    cases.sort(key=lambda case: case["name"])
    lines = ",\n".join(json.dumps(case, sort_keys=True, separators=(",", ":")) for case in cases)
    TARGET.write_text("[\n" + lines + "\n]\n")
    covered = {node["operator"] for case in cases for node in case["nodes"]}
    print(f"{len(cases)} cases, {TARGET.stat().st_size} bytes, onnx {onnx.__version__}")
    print("operators without a case:", ", ".join(sorted(operators - covered)) or "none")
    for reason, names in sorted(skipped.items()):
        print(f"skipped {len(names)} ({reason}): {', '.join(names[:60])}")


if __name__ == "__main__":
    main()
