"""Accuracy-aware calibration keeps its word: what it returns is within the bound, measured again with NumPy, or it fails."""

import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from kernel_session import kernel, texts
from program import run

ANNOTATIONS = Path(__file__).resolve().parents[1] / "Sources/Examples/Resources/classifier/validation/val.txt"
PREPARE = """
parent = load example: classifier
calibration = dataset example: classifier part: calibration
photos = dataset example: classifier part: validation
"""
SAVE = """
predict parent on: photos save: "parent.npy"
predict {} on: photos save: "child.npy"
"""


def accuracies(folder):
    """Top-1 of parent and child; of equal scores the first counts."""
    rows = [line.rsplit(" ", 1) for line in ANNOTATIONS.read_text().splitlines() if line.strip()]
    labels = np.array([int(label) for _, label in sorted(rows, key=lambda row: row[0].encode())])
    return [(np.load(folder / f"{name}.npy").reshape(len(labels), -1).argmax(1) == labels).mean() for name in ["parent", "child"]]


def drop(parent, child, kind):
    return (parent - child) / parent if kind == "relative" else parent - child


@pytest.mark.parametrize("bound, kind, others", [
    (2, "absolute", ""), (0.5, "absolute", "without: [biasCorrection, errorFeedback, weightScales, channelScaling] ranges: meanMinmax"),
    (0.5, "relative", "ranges: meanMinmax"), (0, "absolute", "ranges: meanMinmax")])
def test_a_bound_that_is_reached_holds(tmp_path, bound, kind, others):
    calibrate = f"child = calibrate parent using: calibration method: accuracyAware drop: {bound}% dropType: {kind} on: photos {others}"
    result = run(PREPARE + calibrate + SAVE.format("child"), tmp_path)[3]
    parent, child = accuracies(tmp_path)
    assert drop(parent, child, kind) <= bound / 100 + 1e-12
    assert result["accuracyControl"]["accuracy"] == pytest.approx(child)
    assert result["accuracyControl"]["parentAccuracy"] == pytest.approx(parent)


def grey_picture(file):
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))  # noqa: E731
    rows = zlib.compress((b"\0" + b"\x7f" * 3 * 64) * 64)
    header = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def test_a_bound_out_of_reach_fails_and_keeps_the_best(tmp_path):
    # Pictures without contrast make the first layer, the only one in INT8, cut off all that it should see.
    (tmp_path / "fog").mkdir()
    for number in range(4):
        grey_picture(tmp_path / "fog" / f"{number}.png")
    calibrate = (
        "child = calibrate parent using: fog method: accuracyAware drop: 0.5% on: photos ranges: minmax "
        'ignore: ["block*", "head*", "classifier"]')
    with kernel(cwd=str(tmp_path)) as session:
        content, _ = session.run(PREPARE + 'fog = dataset "fog"')
        assert content["status"] == "ok", content
        content, _ = session.run(calibrate)
        assert content["status"] == "error" and content["ename"] == "bound-not-reached", content
        message = "\n".join(content["traceback"])
        content, published = session.run("child")
        assert content["status"] == "error", "a model that misses the bound is not what was asked for"
        content, published = session.run(SAVE.format("child_best"))
        assert content["status"] == "ok", (content, texts(published))
    parent, child = accuracies(tmp_path)
    assert parent - child > 0.005
    told = [float(number) / 100 for number in re.findall(r"([\d.]+)\s?%", message)]
    assert min(abs(number - (parent - child)) for number in told) < 1e-4, (message, parent, child)
    assert min(abs(number - child) for number in told) < 1e-4, (message, parent, child)
