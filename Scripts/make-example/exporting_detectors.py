"""The two detectors as ONNX graphs, their outputs decoded."""

import numpy as np

from detectors import CENTRE_VARIANCE, SIDE, SIZE_VARIANCE, anchor_strides, anchors
from features import TAPS
from graph_writer import GraphWriter


def ssd_exported(model):
    """`image` [N, 3, SIDE, SIDE] to `boxes` [N, A, 4], corners in 0...1, and `scores` [N, A, classes + 1]."""
    writer = GraphWriter()
    levels = _levels(writer, model)
    offsets = _rows(writer, model, levels, "offsets")
    logits = _rows(writer, model, levels, "logits")
    table = anchors()[None] / np.float32(SIDE)
    halves = writer.constant("boxes/halves", table[..., 2:] / 2)
    parts = writer.split("boxes/parts", offsets, {"centres": 2, "sizes": 2})
    variances = writer.constant("boxes/centre_variance", table[..., 2:] * np.float32(CENTRE_VARIANCE))
    values = writer.add("Mul", "boxes/shift", [parts[0], variances])
    centres = writer.add("Add", "boxes/centre", [values, writer.constant("boxes/centres", table[..., :2])])
    values = writer.add("Mul", "boxes/size", [parts[1], writer.constant("boxes/variance", np.float32(SIZE_VARIANCE))])
    values = writer.add("Mul", "boxes/half", [writer.add("Exp", "boxes/factor", [values]), halves])
    corners = [writer.add("Sub", "boxes/low", [centres, values]), writer.add("Add", "boxes/high", [centres, values])]
    writer.named_output("Concat", "boxes/corners", "boxes", corners, axis=2)
    writer.named_output("Softmax", "scores/softmax", "scores", [logits], axis=2)
    count, classes = table.shape[1], model.numbers["logits"]
    outputs = {"boxes": ["N", count, 4], "scores": ["N", count, classes]}
    return writer.model("detector", {"image": ["N", 3, SIDE, SIDE]}, outputs)


def yolo_exported(model):
    """`image` [N, 3, SIDE, SIDE] to `detections` [N, A, 5 + classes]: centre and size in pixels, and scores."""
    writer = GraphWriter()
    rows = _rows(writer, model, _levels(writer, model), "rows")
    numbers = model.numbers["rows"]
    table, strides = anchors()[None], anchor_strides()[None, :, None]
    values = writer.add("Sigmoid", "rows/sigmoid", [rows])
    parts = writer.split("rows/parts", values, {"centres": 2, "sizes": 2, "scores": numbers - 4})
    centres = writer.add("Mul", "centres/scaled", [parts[0], writer.constant("centres/scale", strides * 2)])
    centres = writer.add("Add", "centres/moved", [centres, writer.constant("centres/cells", table[..., :2] - strides)])
    sizes = writer.add("Mul", "sizes/doubled", [parts[1], writer.constant("sizes/two", np.float32(2))])
    sizes = writer.add("Mul", "sizes/squared", [sizes, sizes])
    sizes = writer.add("Mul", "sizes/scaled", [sizes, writer.constant("sizes/anchors", table[..., 2:])])
    writer.named_output("Concat", "rows/joined", "detections", [centres, sizes, parts[2]], axis=2)
    shape = {"detections": ["N", table.shape[1], numbers]}
    return writer.model("detector_yolo", {"image": ["N", 3, SIDE, SIDE]}, shape)


def features_written(writer, features):
    """Writes the shared layers; gives back the values of stride 2, 4, 8 and 16."""
    values = writer.convolution("stem/convolution", features.stem, "image")
    results = writer.residuals(features.blocks, values)
    return [results[index] for index in TAPS.values()]


def separable_written(writer, name, layers, values):
    values = writer.convolution(f"{name}/depthwise", layers[0], values)
    return writer.convolution(f"{name}/pointwise", layers[1], values)


def _levels(writer, model):
    _, _, eighth, sixteenth = features_written(writer, model.features)
    deep = writer.convolution("neck/deep", model.deep, sixteenth)
    upsampled = writer.doubled("neck/doubled", deep, "nearest")
    shallow = writer.convolution("neck/shallow", model.shallow, eighth)
    values = writer.add("Concat", "neck/concat", [shallow, upsampled], axis=1)
    joined = separable_written(writer, "neck/joined", model.joined, values)
    return [joined, deep, separable_written(writer, "neck/coarse", model.coarse, deep)]


def _rows(writer, model, levels, head):
    """The numbers of all anchors, [N, A, numbers]."""
    rows = []
    for index, (layers, values) in enumerate(zip(model.heads[head], levels), 1):
        name = f"{head}/level{index}"
        values = writer.convolution(f"{name}/depthwise", layers[0], values)
        values = writer.biased_convolution(f"{name}/pointwise", layers[1], values)
        values = writer.add("Transpose", f"{name}/pixels", [values], perm=[0, 2, 3, 1])
        shape = writer.constant(f"{name}/shape", np.int64([0, -1, model.numbers[head]]))
        rows.append(writer.add("Reshape", f"{name}/rows", [values, shape]))
    return writer.add("Concat", f"{head}/rows", rows, axis=1)
