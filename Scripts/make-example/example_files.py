"""What all examples have in common: folders of pictures, manifests, and checks of an exported network."""

import hashlib
import json
import platform
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import PIL
import torch

from graph_writer import OPSET

HERE = Path(__file__).parent


def fresh(folder):
    """The folder, empty."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def require_equal(found, expected, what, limit=1e-4):
    """Ends the program where what an exported network gives is not what PyTorch gives."""
    difference = float(abs(found - expected).max())
    if difference > limit * max(1.0, float(abs(expected).max())):
        raise SystemExit(f"{what} of the exported model differs from PyTorch's by {difference:.2g}")


def write_manifest(out, kind, model, network, preprocessing, labels, datasets, validation, made):
    """Writes manifest.json, with the SHA-256 of every other file of the folder.

    `datasets` has for each part its folder, relative to the example's, and how many pictures there are.
    """
    graph = onnx.load(out / model).graph

    def described(value):
        dimensions = value.type.tensor_type.shape.dim
        return {"name": value.name, "shape": [item.dim_param or item.dim_value for item in dimensions]}

    files = sorted(file for file in out.rglob("*") if file.is_file() and file.name != "manifest.json")
    manifest = {
        "kind": kind,
        "model": {
            "file": model,
            "opset": OPSET,
            "input": described(graph.input[0]),
            "outputs": [described(value) for value in graph.output],
            "parameters": network if isinstance(network, int) else parameter_count(network),
        },
        "preprocessing": preprocessing,
        "labels": labels,
        "datasets": datasets,
        "validation": validation,
        "made": made | {"versions": versions()},
        "sha256": {file.relative_to(out).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def parameter_count(network):
    return sum(parameter.numel() for parameter in network.parameters())


def versions():
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pillow": PIL.__version__,
        "torch": torch.__version__.split("+")[0],
        "onnx": onnx.__version__,
        "onnxruntime": onnxruntime.__version__,
    }


def write_readme(out, name):
    (out / "README.md").write_bytes((HERE / f"README.{name}.md").read_bytes())
