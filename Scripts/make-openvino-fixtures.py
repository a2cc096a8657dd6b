#!/usr/bin/env python3
"""Makes Tests/Fixtures/openvino: the embedded example as NNCF quantizes it and OpenVINO saves and computes it.

Needs openvino, nncf, numpy and Pillow. Layers lose their run-time information and white space, which nothing reads.
"""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nncf
import numpy as np
import openvino
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "Sources/Examples/Resources/classifier"
FIXTURES = ROOT / "Tests/Fixtures"


def tensor(path):
    image = Image.open(path).convert("RGB")
    scale = 72 / min(image.size)
    image = image.resize([round(extent * scale) for extent in image.size], Image.BILINEAR)
    left, top = [(extent - 64) // 2 for extent in image.size]
    pixels = np.asarray(image.crop((left, top, left + 64, top + 64))).transpose(2, 0, 1)[None]
    return (pixels.astype(np.float32) - np.float32(127.5)) / np.float32(127.5)


def shorten(path):
    tree = ElementTree.parse(path)
    for element in list(tree.iter()):
        element.text = element.text.strip() if element.text else None
        element.tail = None
        for child in element.findall("rt_info"):
            element.remove(child)
    tree.write(path, encoding="unicode", xml_declaration=True)


folder = FIXTURES / "openvino"
folder.mkdir(exist_ok=True)
pictures = sorted(path for path in (EXAMPLE / "calibration").rglob("*") if path.suffix in (".png", ".jpg"))
network = openvino.convert_model(EXAMPLE / "classifier.onnx")
quantized = nncf.quantize(network, nncf.Dataset([tensor(path) for path in pictures]), preset=nncf.QuantizationPreset.MIXED)
openvino.save_model(quantized, folder / "mixed.xml")
shorten(folder / "mixed.xml")
compiled = openvino.compile_model(folder / "mixed.xml", "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
pixels = np.load(FIXTURES / "example/validation_pixels_first4.npy").astype(np.float32)
inputs = (pixels - np.float32(127.5)) / np.float32(127.5)
np.save(folder / "expected_first4.npy", np.concatenate([compiled(row[None])[0] for row in inputs]))
