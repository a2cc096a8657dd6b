#!/usr/bin/env python3
"""Writes Tests/Fixtures/tasks: networks whose outputs are the pixels that they are given, each in the form of one task.

A picture that a test draws therefore is the prediction that it wants. Run with onnx 1.16 or newer and numpy.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Fixtures" / "tasks"
ROWS, CLASSES = 16, 3


def save(name, nodes, input_shape, outputs, constants):
    initializers = [numpy_helper.from_array(np.array(value), key) for key, value in constants.items()]
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("image", TensorProto.FLOAT, input_shape)],
        [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape) for key, shape in outputs.items()], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="octet-fixtures")
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, FOLDER / f"{name}.onnx")


def i64(*values):
    return np.array(values, np.int64)


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs, [output], name=output, **attributes)


FOLDER.mkdir(parents=True, exist_ok=True)

# A row of a grey picture is a box: its edges, and what softmax makes scores of. load … mean: 0 scale: 255.
WIDTH = 4 + CLASSES + 1
save(
    "ssd",
    [
        node("Slice", ["image", "zero", "four", "axis"], "edges"), node("Reshape", ["edges", "boxshape"], "boxes"),
        node("Slice", ["image", "four", "end", "axis"], "raw"), node("Mul", ["raw", "gain"], "logits"),
        node("Reshape", ["logits", "scoreshape"], "rows"), node("Softmax", ["rows"], "scores", axis=2),
    ],
    [1, 1, ROWS, WIDTH], {"boxes": [1, ROWS, 4], "scores": [1, ROWS, CLASSES + 1]},
    {
        "zero": i64(0), "four": i64(4), "end": i64(WIDTH), "axis": i64(3), "boxshape": i64(1, ROWS, 4),
        "scoreshape": i64(1, ROWS, CLASSES + 1), "gain": np.array([8], np.float32),
    })

# Centre, width and height in pixels of the input, objectness, scores.
WIDTH = 5 + CLASSES
factors = np.array([WIDTH, ROWS, WIDTH, ROWS] + [1] * (1 + CLASSES), np.float32)
save(
    "yolo", [node("Mul", ["image", "factors"], "scaled"), node("Reshape", ["scaled", "shape"], "output")],
    [1, 1, ROWS, WIDTH], {"output": [1, ROWS, WIDTH]},
    {"factors": factors.reshape(1, 1, 1, -1), "shape": i64(1, ROWS, WIDTH)})

# The same by columns and without objectness.
WIDTH = 4 + CLASSES
factors = np.array([WIDTH, ROWS, WIDTH, ROWS] + [1] * CLASSES, np.float32)
save(
    "yolo_columns",
    [
        node("Mul", ["image", "factors"], "scaled"), node("Reshape", ["scaled", "shape"], "rows"),
        node("Transpose", ["rows"], "output", perm=[0, 2, 1]),
    ],
    [1, 1, ROWS, WIDTH], {"output": [1, WIDTH, ROWS]},
    {"factors": factors.reshape(1, 1, 1, -1), "shape": i64(1, ROWS, WIDTH)})

# Picture number, label, score, edges in fractions.
factors = np.array([1, 255, 1, 1, 1, 1, 1], np.float32).reshape(1, 1, 1, 7)
save(
    "detection_output",
    [node("Mul", ["image", "factors"], "scaled"), node("Sub", ["scaled", "offset"], "output")],
    [1, 1, ROWS, 7], {"output": [1, 1, ROWS, 7]},
    {"factors": factors, "offset": np.array([0.5, 0, 0, 0, 0, 0, 0], np.float32).reshape(1, 1, 1, 7)})

# Scores of four classes: red, green, blue, and a constant for the first. load … scale: 255.
weights = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32).reshape(4, 3, 1, 1)
save(
    "segmenter", [node("Conv", ["image", "weights", "bias"], "scores")], [1, 3, 12, 16], {"scores": [1, 4, 12, 16]},
    {"weights": weights, "bias": np.array([0.5, 0, 0, 0], np.float32)})

# Class numbers: the grey values.
save(
    "segmenter_numbers", [node("Reshape", ["image", "shape"], "classes")], [1, 1, 12, 16], {"classes": [1, 12, 16]},
    {"shape": i64(1, 12, 16)})

# Each pixel becomes four. load … scale: 255.
doubling = np.zeros((12, 3, 1, 1), np.float32)
for channel in range(3):
    doubling[channel * 4:channel * 4 + 4, channel] = 1
save(
    "upscaler",
    [
        node("Conv", ["image", "weights"], "quads"), node("Reshape", ["quads", "split"], "apart"),
        node("Transpose", ["apart"], "turned", perm=[0, 1, 4, 2, 5, 3]),
        node("Reshape", ["turned", "joined"], "picture"),
    ],
    [1, 3, 12, 16], {"picture": [1, 3, 24, 32]},
    {"weights": doubling, "split": i64(1, 3, 2, 2, 12, 16), "joined": i64(1, 3, 24, 32)})

# Five points in fractions, as ten grey values. load … scale: 255.
save(
    "landmarks", [node("Reshape", ["image", "shape"], "points")], [1, 1, 1, 10], {"points": [1, 10]},
    {"shape": i64(1, 10)})

# Three scores: the means of red, green and blue.
save(
    "colours", [node("GlobalAveragePool", ["image"], "means"), node("Flatten", ["means"], "scores", axis=1)],
    [1, 3, 8, 8], {"scores": [1, 3]}, {})
