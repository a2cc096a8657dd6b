"""The segmenter as an ONNX graph."""

from exporting_detectors import features_written, separable_written
from graph_writer import GraphWriter
from segmenter import SIDE


def exported(model):
    """The ONNX model: `image` [N, 3, SIDE, SIDE] to `logits` [N, classes, SIDE, SIDE]."""
    writer = GraphWriter()
    half, fourth, eighth, sixteenth = features_written(writer, model.features)
    values = writer.convolution("decoder/deep", model.deep, sixteenth)
    values = [writer.doubled("decoder/up8", values, "linear"), eighth]
    values = writer.add("Concat", "decoder/eighth/concat", values, axis=1)
    values = separable_written(writer, "decoder/eighth", model.at_eighth, values)
    values = writer.transposed_convolution("decoder/up4", model.enlarge, values)
    values = writer.add("Concat", "decoder/fourth/concat", [values, fourth], axis=1)
    values = separable_written(writer, "decoder/fourth", model.at_fourth, values)
    values = [writer.doubled("decoder/up2", values, "linear"), half]
    values = writer.add("Concat", "decoder/half/concat", values, axis=1)
    values = separable_written(writer, "decoder/half", model.at_half, values)
    values = writer.biased_convolution("decoder/logits", model.logits, values)
    writer.doubled("decoder/up1", values, "linear", output="logits")
    shape = ["N", model.logits.out_channels, SIDE, SIDE]
    return writer.model("segmenter", {"image": ["N", 3, SIDE, SIDE]}, {"logits": shape})
