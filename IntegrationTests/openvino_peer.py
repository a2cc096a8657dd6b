"""OpenVINO and NNCF at work, for test_openvino.py: run by the Python of an environment that has them.

    tensors FOLDER SIDE CROP OUTPUT.npy      pictures of a folder, by file name, as (rgb - 127.5) / 127.5
    outputs MODEL INPUT.npy OUTPUT.npy       what OpenVINO computes of an .xml or .onnx file, one picture at a time
    onnxruntime MODEL INPUT.npy OUTPUT.npy   what ONNX Runtime computes of an .onnx file
    convert MODEL.onnx FOLDER [INPUT.npy]    the model as OpenVINO saves it, and as NNCF quantizes it on some inputs
    light NAME OUTPUT.onnx                   a light model of the package onnx, with random weights instead of equal ones
"""

import sys
from pathlib import Path

import numpy as np


def tensors(folder, side, crop, output):
    from PIL import Image

    rows = []
    files = [path for path in Path(folder).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png")]
    for path in sorted(files, key=lambda path: path.name.encode()):
        image = Image.open(path).convert("RGB")
        scale = int(side) / min(image.size)
        image = image.resize([round(extent * scale) for extent in image.size], Image.BILINEAR)
        left, top = [(extent - int(crop)) // 2 for extent in image.size]
        pixels = np.asarray(image.crop((left, top, left + int(crop), top + int(crop)))).transpose(2, 0, 1)
        rows.append((pixels.astype(np.float32) - np.float32(127.5)) / np.float32(127.5))
    np.save(output, np.stack(rows))


def outputs(model, inputs, output):
    import openvino

    # Float layers in bfloat16 would hide what is compared.
    core = openvino.Core()
    network = core.read_model(model)
    network.reshape({network.inputs[0]: [1, *np.load(inputs).shape[1:]]})
    compiled = core.compile_model(network, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    np.save(output, np.concatenate([compiled(row[None])[0] for row in np.load(inputs)]))


def onnxruntime(model, inputs, output):
    import onnxruntime

    session = onnxruntime.InferenceSession(model)
    name = session.get_inputs()[0].name
    np.save(output, np.concatenate([session.run(None, {name: row[None]})[0] for row in np.load(inputs)]))


def convert(model, folder, inputs=None):
    import openvino

    network = openvino.convert_model(model)
    openvino.save_model(network, f"{folder}/fp16.xml", compress_to_fp16=True)
    openvino.save_model(network, f"{folder}/fp32.xml", compress_to_fp16=False)
    if inputs is None:
        return
    import nncf

    data = nncf.Dataset([row[None] for row in np.load(inputs)])
    for preset in nncf.QuantizationPreset:
        quantized = nncf.quantize(network, data, preset=preset, subset_size=32)
        openvino.save_model(quantized, f"{folder}/{preset.value}.xml", compress_to_fp16=False)


def light(name, output):
    import onnx

    model = onnx.load(Path(onnx.__file__).parent / f"backend/test/data/light/light_{name}.onnx")
    random = np.random.default_rng(0)
    shapes = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    for node in [node for node in model.graph.node if node.op_type == "ConstantOfShape"]:
        shape = tuple(int(extent) for extent in shapes[node.input[0]])
        if len(shape) > 1:
            weights = random.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)
        else:
            weights = random.uniform(0.5, 1.5, shape)
        model.graph.initializer.append(onnx.numpy_helper.from_array(weights.astype(np.float32), node.output[0]))
        model.graph.node.remove(node)
    onnx.save(model, output)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
