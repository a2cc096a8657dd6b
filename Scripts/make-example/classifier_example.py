"""Makes the example classifier: pictures, a network trained on their like, and what it says about them."""

import numpy as np
import onnx
import torch

import checking
import preprocessing
from drawings import NAMES
from example_files import fresh, write_manifest, write_readme
from exporting_classifier import exported
from pictures import picture
from training import trained

CALIBRATION, VALIDATION = 120, 240
SEED, PICTURES, EPOCHS = 2, 12000, 15


def make(out, fixtures):
    """Writes the folder of the example, and what tests compare with."""
    _write_pictures(out)
    network = trained(SEED, len(NAMES), PICTURES, EPOCHS)
    model = out / "classifier.onnx"
    onnx.save(exported(network), model)
    probabilities, figures = _evaluated(model, network, out)
    write_readme(out, "classifier")
    write_manifest(
        out,
        "classification",
        model.name,
        network,
        {
            "channels": "rgb",
            "mean": preprocessing.MEAN,
            "scale": preprocessing.SCALE,
            "resize": preprocessing.RESIZE,
            "crop": preprocessing.CROP,
            "interpolation": "bilinear, antialiased",
        },
        NAMES,
        {
            "calibration": {"folder": "calibration", "pictures": CALIBRATION},
            "validation": {"folder": "validation", "pictures": VALIDATION},
        },
        figures,
        {"seed": SEED, "training_pictures": PICTURES, "epochs": EPOCHS},
    )
    if fixtures:
        np.save(fixtures / "validation_probabilities.npy", probabilities)
        np.save(fixtures / "validation_pixels_first4.npy", _read_pictures(out / "validation")[:4])
    return figures


def _write_pictures(out):
    """Writes both sets of pictures and their text files."""
    calibration, validation = fresh(out / "calibration"), fresh(out / "validation")
    for index in range(CALIBRATION):
        (calibration / f"scene_{index + 1:03}.jpg").write_bytes(picture(SEED, "calibration", index)[0])
    lines = []
    for index in range(VALIDATION):
        data, label = picture(SEED, "validation", index)
        name = f"{NAMES[label]}_{index // len(NAMES) + 1:03}.jpg"
        (validation / name).write_bytes(data)
        lines.append(f"{name} {label}\n")
    (validation / "val.txt").write_text("".join(sorted(lines)))
    (out / "labels.txt").write_text("".join(f"{name}\n" for name in NAMES))


def _read_pictures(folder):
    """uint8 [N, 3, CROP, CROP] of the pictures in a folder, by file name."""
    return np.stack([preprocessing.pixels(file.read_bytes()) for file in sorted(folder.glob("*.jpg"))])


def _evaluated(model, network, out):
    """ONNX Runtime's probabilities of the validation set, and the figures that go into the manifest."""
    inputs = preprocessing.normalized(_read_pictures(out / "validation"))
    calibration = preprocessing.normalized(_read_pictures(out / "calibration"))
    labels = np.array([int(line.split()[1]) for line in (out / "validation/val.txt").read_text().splitlines()])
    with torch.no_grad():
        reference = torch.softmax(network(torch.from_numpy(inputs)), 1).numpy()
    result = checking.outputs(model, inputs)["probabilities"]
    if abs(result - reference).max() > 1e-4:
        raise SystemExit(f"the exported model differs from PyTorch's by {abs(result - reference).max():.2g}")
    predicted = result.argmax(1)
    figures = {"fp32_accuracy": round(float((predicted == labels).mean()), 4)}
    for scheme, symmetric in (("asymmetric", False), ("symmetric", True)):
        quantized = checking.int8_outputs(model, calibration, inputs, symmetric)["probabilities"].argmax(1)
        figures[f"onnxruntime_int8_{scheme}"] = {
            "accuracy": round(float((quantized == labels).mean()), 4),
            "agreement": round(float((quantized == predicted).mean()), 4),
        }
    return result, figures
