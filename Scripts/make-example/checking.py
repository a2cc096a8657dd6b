"""What ONNX Runtime makes of an exported model: its outputs, and those of its own INT8 version of it."""

import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process


def outputs(model, inputs):
    """The outputs by name of float32 inputs [N, 3, H, W], run one at a time."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    results = [session.run(None, {"image": image[None]}) for image in inputs]
    names = [output.name for output in session.get_outputs()]
    return {name: np.concatenate([result[index] for result in results]) for index, name in enumerate(names)}


class _Reader(CalibrationDataReader):
    def __init__(self, inputs):
        self._inputs = iter(inputs)

    def get_next(self):
        image = next(self._inputs, None)
        return None if image is None else {"image": image[None]}


def int8_outputs(model, calibration, inputs, symmetric):
    """Like `outputs`, of a static per-channel QDQ quantization by minima and maxima of the activations.

    Activations are uint8 with zero points, or int8 without them if `symmetric`.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared, quantized = Path(folder, "prepared.onnx"), Path(folder, "int8.onnx")
        quant_pre_process(str(model), str(prepared), skip_symbolic_shape=True)
        quantize_static(
            str(prepared),
            str(quantized),
            _Reader(calibration),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QInt8 if symmetric else QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            extra_options={"ActivationSymmetric": symmetric},
        )
        return outputs(quantized, inputs)
