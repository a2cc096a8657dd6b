"""`package` of networks that are no classifiers: all outputs, bit for bit those of the library that the notebook runs."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from program import run

OUTPUTS = {
    "detector": {"boxes": [567, 4], "scores": [567, 9]},
    "detector_yolo": {"detections": [567, 13]},
    "segmenter": {"logits": [7, 96, 96]},
    "super_resolution": {"upscaled": [3, 96, 96]},
}


@pytest.fixture(scope="module", params=OUTPUTS)
def package(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    opened = run(
        f"""
parent = load example: {request.param}
calibration = dataset example: {request.param} part: calibration subset: 20
q = calibrate parent using: calibration
package q to: "deployment" batch: 2 streams: 2
runs
""", folder)
    pictures = sorted(path for path in Path(opened[1]["folder"]).iterdir() if path.suffix in (".jpg", ".png"))[:5]
    return dict(name=request.param, folder=folder / "deployment", pictures=pictures, results=opened)


def numbers(package, output, *options):
    done = subprocess.run(
        [package["folder"] / "bin/octet-run", "--scores", output, *map(str, options), *package["pictures"]],
        capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), np.fromfile(output, np.float32).reshape(len(package["pictures"]), -1)


def test_the_program_gives_every_output_whatever_the_batch(package, tmp_path):
    lines, rows = numbers(package, tmp_path / "a")
    for options in [("--batch", 1, "--streams", 1), ("--batch", 4, "--streams", 3)]:
        _, other = numbers(package, tmp_path / "b", *options)
        np.testing.assert_array_equal(rows.view(np.uint32), other.view(np.uint32))
    shapes = OUTPUTS[package["name"]]
    assert rows.shape[1] == sum(np.prod(shape) for shape in shapes.values())
    assert len(lines) == len(shapes) * len(rows)
    place = 0
    for line, (name, shape) in zip(lines, shapes.items()):
        path, found, extents, least, mean, greatest = line.split("\t")
        part = rows[0, place:place + np.prod(shape)]
        place += np.prod(shape)
        assert (path, found, extents) == (str(package["pictures"][0]), name, "x".join(map(str, shape)))
        assert (np.float32(least), np.float32(greatest)) == (part.min(), part.max())
        assert float(mean) == pytest.approx(part.astype(np.float64).mean(), rel=1e-6, abs=1e-9)


def test_the_samples_give_the_same_numbers(package, tmp_path):
    _, rows = numbers(package, tmp_path / "a", "--batch", 1)
    folder, picture = package["folder"], package["pictures"][0]
    compiler = shutil.which("cc") or shutil.which("clang")
    program = tmp_path / "outputs"
    subprocess.run(
        [compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{folder}/include", folder / "examples/outputs.c",
         f"-L{folder}/lib", "-lOctetRuntime", f"-Wl,-rpath,{folder}/lib", "-o", program], check=True)
    for command in ([sys.executable, folder / "examples/outputs.py"], [program]):
        text = subprocess.run([*command, folder / "model", picture], capture_output=True, text=True, check=True).stdout
        place = 0
        for line, (name, shape) in zip(text.splitlines(), OUTPUTS[package["name"]].items()):
            found, extents, *first = line.split()
            assert (found, extents) == (name, "x".join(map(str, shape)))
            assert [np.float32(number) for number in first] == list(rows[0, place:place + 4])
            place += np.prod(shape)


def test_classifying_with_it_is_an_error_that_says_why(package):
    sample = package["folder"] / "examples/classify.py"
    done = subprocess.run(
        [sys.executable, sample, package["folder"] / "model", package["pictures"][0]], capture_output=True, text=True)
    assert done.returncode == 1 and "no score for each class" in done.stderr


def test_the_model_says_what_it_gives_and_the_run_is_recorded(package):
    description = json.loads((package["folder"] / "model/model.json").read_text())
    assert {output["name"]: output["extents"] for output in description["outputs"]} == OUTPUTS[package["name"]]
    assert description["classCount"] == 0
    assert "package" in json.dumps(package["results"][-1])
