"""Makes the example that comes with Octet: pictures, a network trained on their like, and what it says about them.

    python3 -m venv env && env/bin/pip install -r Scripts/make-example/requirements.txt
    env/bin/python3 Scripts/make-example/make.py --out DIR [--fixtures DIR]

The pictures follow from the seed and the versions in requirements.txt. The weights do too on one kind of processor,
since training uses one thread and deterministic algorithms only; another kind may sum in another order and end at
slightly other weights. It takes about ten minutes.
"""

import argparse
import hashlib
import json
import platform
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import PIL
import torch

import checking
import preprocessing
from drawings import NAMES
from exporting import OPSET, exported
from pictures import picture
from training import trained

HERE = Path(__file__).parent
CALIBRATION, VALIDATION = 120, 240


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of the example")
    parser.add_argument("--fixtures", type=Path, help="folder for expected values that tests compare with")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--pictures", type=int, default=12000, help="pictures drawn for training")
    parser.add_argument("--epochs", type=int, default=15)
    return parser.parse_args()


def write_pictures(out, seed):
    """Writes both sets of pictures and their text files."""
    calibration, validation = out / "calibration", out / "validation"
    for folder in (calibration, validation):
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.iterdir():
            stale.unlink()
    for index in range(CALIBRATION):
        (calibration / f"scene_{index + 1:03}.jpg").write_bytes(picture(seed, "calibration", index)[0])
    lines = []
    for index in range(VALIDATION):
        data, label = picture(seed, "validation", index)
        name = f"{NAMES[label]}_{index // len(NAMES) + 1:03}.jpg"
        (validation / name).write_bytes(data)
        lines.append(f"{name} {label}\n")
    (validation / "val.txt").write_text("".join(sorted(lines)))
    (out / "labels.txt").write_text("".join(f"{name}\n" for name in NAMES))


def read_pictures(folder):
    """uint8 [N, 3, CROP, CROP] of the pictures in a folder, by file name."""
    return np.stack([preprocessing.pixels(file.read_bytes()) for file in sorted(folder.glob("*.jpg"))])


def evaluated(model, network, out):
    """ONNX Runtime's probabilities of the validation set, and the figures that go into the manifest."""
    inputs = preprocessing.normalized(read_pictures(out / "validation"))
    calibration = preprocessing.normalized(read_pictures(out / "calibration"))
    labels = np.array([int(line.split()[1]) for line in (out / "validation/val.txt").read_text().splitlines()])
    with torch.no_grad():
        reference = torch.softmax(network(torch.from_numpy(inputs)), 1).numpy()
    result = checking.probabilities(model, inputs)
    if abs(result - reference).max() > 1e-4:
        raise SystemExit(f"the exported model differs from PyTorch's by {abs(result - reference).max():.2g}")
    predicted = result.argmax(1)
    figures = {"fp32_accuracy": round(float((predicted == labels).mean()), 4)}
    for scheme, symmetric in (("asymmetric", False), ("symmetric", True)):
        quantized = checking.int8_probabilities(model, calibration, inputs, symmetric).argmax(1)
        figures[f"onnxruntime_int8_{scheme}"] = {
            "accuracy": round(float((quantized == labels).mean()), 4),
            "agreement": round(float((quantized == predicted).mean()), 4),
        }
    return result, figures


def manifest(out, options, network, figures):
    files = sorted(file for file in out.rglob("*") if file.is_file() and file.name != "manifest.json")
    return {
        "model": {
            "file": "classifier.onnx",
            "opset": OPSET,
            "input": {"name": "image", "shape": ["N", 3, preprocessing.CROP, preprocessing.CROP]},
            "output": {"name": "probabilities", "shape": ["N", len(NAMES)]},
            "parameters": sum(parameter.numel() for parameter in network.parameters()),
        },
        "preprocessing": {
            "channels": "rgb",
            "mean": preprocessing.MEAN,
            "scale": preprocessing.SCALE,
            "resize": preprocessing.RESIZE,
            "crop": preprocessing.CROP,
            "interpolation": "bilinear, antialiased",
        },
        "labels": NAMES,
        "datasets": {"calibration": CALIBRATION, "validation": VALIDATION},
        "validation": figures,
        "made": {
            "seed": options.seed,
            "training_pictures": options.pictures,
            "epochs": options.epochs,
            "versions": {
                "python": platform.python_version(),
                "numpy": np.__version__,
                "pillow": PIL.__version__,
                "torch": torch.__version__.split("+")[0],
                "onnx": onnx.__version__,
                "onnxruntime": onnxruntime.__version__,
            },
        },
        "sha256": {file.relative_to(out).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
    }


def main():
    options = arguments()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    write_pictures(options.out, options.seed)
    network = trained(options.seed, len(NAMES), options.pictures, options.epochs)
    model = options.out / "classifier.onnx"
    onnx.save(exported(network), model)
    probabilities, figures = evaluated(model, network, options.out)
    (options.out / "README.md").write_bytes((HERE / "README.example.md").read_bytes())
    text = json.dumps(manifest(options.out, options, network, figures), indent=2)
    (options.out / "manifest.json").write_text(text + "\n")
    if options.fixtures:
        options.fixtures.mkdir(parents=True, exist_ok=True)
        np.save(options.fixtures / "validation_probabilities.npy", probabilities)
        np.save(options.fixtures / "validation_pixels_first4.npy", read_pictures(options.out / "validation")[:4])
    print(json.dumps(figures, indent=2), file=sys.stderr)


if __name__ == "__main__":
    main()
