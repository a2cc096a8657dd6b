"""The classifier as an ONNX graph."""

from graph_writer import GraphWriter
from preprocessing import CROP


def exported(model):
    """The ONNX model: `image` [N, 3, CROP, CROP] to `probabilities` [N, classes]."""
    writer = GraphWriter()
    writer.relu6_bounds()
    values = writer.convolution("stem/convolution", model.stem, "image")
    values = writer.residuals(model.blocks, values)[-1]
    values = writer.convolution("head/convolution", model.head, values)
    values = writer.add("GlobalAveragePool", "head/pool", [values])
    values = writer.add("Flatten", "head/flatten", [values], axis=1)
    weight = writer.parameter("classifier/weight", model.classifier.weight)
    bias = writer.parameter("classifier/bias", model.classifier.bias)
    values = writer.add("Gemm", "classifier", [values, weight, bias], transB=1)
    writer.named_output("Softmax", "softmax", "probabilities", [values], axis=1)
    classes = model.classifier.out_features
    return writer.model("classifier", {"image": ["N", 3, CROP, CROP]}, {"probabilities": ["N", classes]})
