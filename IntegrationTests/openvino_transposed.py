"""Transposed convolutions in all ways of padding as OpenVINO IR, with what OpenVINO computes; run by test_openvino.py with the
Python that has OpenVINO.

usage: openvino_transposed.py FOLDER
"""

import sys
from pathlib import Path

import numpy as np
import openvino as ov
from openvino import opset8 as op

# Input extent, kernel, stride, auto_pad, pads at the beginning and the end, output extent.
CASES = [
    (8, 3, 2, "explicit", 0, 1, 16), (8, 3, 2, "explicit", 1, 0, 16), (5, 4, 2, "explicit", 1, 1, 10),
    (5, 3, 2, "explicit", 1, 1, 11), (8, 3, 2, "valid", 0, 0, 17), (8, 3, 2, "same_upper", 0, 0, 16),
    (8, 3, 2, "same_lower", 0, 0, 16), (6, 5, 3, "same_upper", 0, 0, 18), (8, 3, 2, "same_upper", 0, 0, None),
    (8, 3, 2, "explicit", 1, 1, None),
]


def main(folder):
    random = np.random.default_rng(3)
    for number, (extent, kernel, stride, padding, begin, end, output) in enumerate(CASES):
        data = op.parameter([1, 2, extent, extent], np.float32, name="x")
        weights = op.constant(random.standard_normal((2, 3, kernel, kernel)).astype(np.float32))
        shape = None if output is None else op.constant(np.array([output, output], np.int64))
        node = op.convolution_backprop_data(
            data, weights, [stride] * 2, output_shape=shape, pads_begin=[begin] * 2, pads_end=[end] * 2, dilations=[1, 1],
            auto_pad=padding)
        model = ov.Model([node], [data], f"transposed{number}")
        x = random.standard_normal((1, 2, extent, extent)).astype(np.float32)
        ov.save_model(model, folder / f"{number}.xml", compress_to_fp16=False)
        np.save(folder / f"{number}.x.npy", x)
        compiled = ov.Core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        np.save(folder / f"{number}.y.npy", compiled([x])[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
