"""Augmented datasets in the language: counts, names, refusals, and that everything else takes them."""

import json
import subprocess

import numpy as np
import pytest

from program import octet, run

PREPARE = "photos = dataset example: classifier part: validation subset: 8 seed: 2\n"


@pytest.mark.parametrize("options, each", [
    ("flip: horizontal", 1), ("flip: [horizontal, vertical]", 2), ("erase: 10%", 10), ("erase: 1% erased: 3", 3),
    ("noise: 5% noised: 2", 2), ("colors: [dark, vivid, bright_flat]", 3),
    ("flip: vertical erase: 20% erased: 2 noise: 1% noised: 4 colors: dark_flat", 8)])
def test_as_many_as_were_asked_for(tmp_path, options, each):
    report = run(PREPARE + f"a = augment photos {options}", tmp_path)[1]
    assert report["images"] == 8 + 8 * each and report["augmented"] == 8 * each
    assert report["type"] == "ImageNet" and report["isAnnotated"]


@pytest.mark.parametrize("options, word", [
    ("", "what to make"), ("erase: 21%", "from 1% to 20%"), ("noise: 6%", "from 1% to 5%"), ("erased: 3", "`erase:` is missing"),
    ("colors: loud", "loud"), ("flip: sideways", "sideways"), ("erase: 10% erased: 21", "20")])
def test_what_cannot_be_made_is_told(tmp_path, options, word):
    command = [octet(), "run", "-c", PREPARE + f"a = augment photos {options}"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1 and word in result.stderr


def test_mirrored_pictures_are_predicted_as_such_and_kept_apart_in_the_cache(tmp_path):
    text = PREPARE + """
m = load example: classifier
a = augment photos flip: horizontal seed: 1
predict m on: a save: "a.npy"
b = augment photos noise: 5% noised: 1 seed: 1
c = augment photos noise: 5% noised: 1 seed: 2
predict m on: b save: "b.npy"
predict m on: c save: "c.npy"
predict m on: photos save: "photos.npy"
"""
    run(text, tmp_path)
    mirrored, first, second, plain = (np.load(tmp_path / f"{name}.npy") for name in ("a", "b", "c", "photos"))
    # "x.jpg" comes before "x_h_flip.jpg".
    assert np.array_equal(mirrored[0::2], plain) and not np.allclose(mirrored[1::2], plain, atol=1e-4)
    assert np.array_equal(first[0::2], second[0::2]) and not np.array_equal(first[1::2], second[1::2])


def test_a_model_is_calibrated_and_judged_on_them(tmp_path):
    text = PREPARE + """
m = load example: classifier
a = augment photos flip: horizontal colors: dark
q = calibrate m using: a
report predictions q on: a
describe a
"""
    results = run(text, tmp_path)
    assert json.dumps(results[-1]).count("_h_flip") == 0 and results[-1]["images"] == 24 and results[-1]["problems"] == []


def test_boxes_are_mirrored_with_their_picture(tmp_path):
    text = """
d = dataset example: detector subset: 5
a = augment d flip: [horizontal, vertical]
describe a
"""
    plain, _, described = run(text, tmp_path)
    assert described["problems"] == plain["problems"] == []
    assert sum(c["objects"] for c in described["classes"]) == 3 * sum(c["objects"] for c in plain["classes"])


@pytest.mark.parametrize("example, metric, margin", [
    ("detector", "mAP@0.5", 0.02), ("detector_yolo", "mAP@0.5", 0.02), ("segmenter", "mean IoU", 0.02),
    ("super_resolution", "PSNR", 0.2)])
def test_what_is_found_in_mirrored_pictures_is_where_their_annotations_say(tmp_path, example, metric, margin):
    text = f"""
m = load example: {example}
d = dataset example: {example} subset: 40
a = augment d flip: horizontal
evaluate m on: d
evaluate m on: a
"""
    plain, mirrored = (result["models"][0] for result in run(text, tmp_path)[-2:])
    assert (plain["images"], mirrored["images"], mirrored["skipped"]) == (40, 80, 0)
    assert abs(plain["metrics"][metric] - mirrored["metrics"][metric]) < margin
