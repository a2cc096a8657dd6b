"""Makes the example segmenter: scenes with masks, and a network that starts from the detectors' layers."""

import io
import json

import numpy as np
import onnx
import torch
from PIL import Image
from torch.nn import functional

import checking
import schedule
from composed_pictures import composed_picture
from detection_training import MEAN, SCALE, normalized
from example_files import fresh, require_equal, write_manifest, write_readme
from exporting_segmenter import exported
from segmenter import SIDE, Segmenter

CLASSES = ["background", "boat", "car", "cat", "fish", "house", "umbrella"]
CALIBRATION, VALIDATION = 80, 100
SEED, PICTURES, STEPS, RATE, BATCH = 4, 3000, 900, 0.006, 32
START = "detector/detector.onnx"


def make(out, fixtures):
    """Writes the folder of the example, and what tests compare with."""
    masks = _write_pictures(out)
    network = Segmenter(len(CLASSES))
    network.features.start_from(out.parent / START)
    network.to(memory_format=torch.channels_last)
    schedule.train(network, SEED, _Pictures(), STEPS, RATE, _loss)
    model = out / "segmenter.onnx"
    onnx.save(exported(network), model)
    logits, figures = _evaluated(model, network, out, masks)
    write_readme(out, "segmenter")
    (out / "labels.txt").write_text("".join(f"{label}\n" for label in CLASSES))
    write_manifest(
        out,
        "segmentation",
        model.name,
        network,
        {
            "channels": "rgb",
            "mean": MEAN,
            "scale": SCALE,
            "size": [SIDE, SIDE],
            "interpolation": "none: the pictures have this size",
        },
        CLASSES,
        {
            "calibration": {"folder": "calibration", "pictures": CALIBRATION},
            "validation": {"folder": "validation", "pictures": VALIDATION},
        },
        figures,
        {"seed": SEED, "training_pictures": PICTURES, "steps": STEPS, "started_from": START},
    )
    if fixtures:
        np.save(fixtures / "segmenter_logits_first2_every8th.npy", logits[:2, :, ::8, ::8])
    return figures


def _picture(split, index):
    return composed_picture(SEED, f"segmentation {split}", index, CLASSES[1:], [(SIDE, SIDE)], hardest=0.6)


def _pixels(data):
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB")).transpose(2, 0, 1).copy()


def _write_pictures(out):
    """Writes both sets of pictures; gives back the classes of the annotated ones, uint8 [N, SIDE, SIDE]."""
    calibration, validation = fresh(out / "calibration"), fresh(out / "validation")
    for index in range(CALIBRATION):
        (calibration / f"scene_{index + 1:03}.jpg").write_bytes(_picture("calibration", index)[0])
    images, masks = fresh(validation / "Images"), fresh(validation / "Masks")
    classes = []
    for index in range(VALIDATION):
        data, composed = _picture("validation", index)
        name = f"scene_{index + 1:03}"
        (images / f"{name}.jpg").write_bytes(data)
        Image.fromarray(composed.classes).save(masks / f"{name}.png", optimize=True)
        classes.append(composed.classes)
    names = {str(index): name for index, name in enumerate(CLASSES)}
    text = json.dumps({"label_map": names, "background_label": 0}, indent=2)
    (validation / "dataset_meta.json").write_text(text + "\n")
    return np.stack(classes)


class _Pictures:
    """Drawn pictures with masks, mirrored half of the time, in batches."""

    def __init__(self):
        drawn = [_picture("training", index) for index in range(PICTURES)]
        self._images = np.stack([_pixels(data) for data, _ in drawn])
        self._masks = np.stack([composed.classes for _, composed in drawn])
        self._rng = np.random.default_rng([SEED, 3])
        self._order = schedule.Shuffled(PICTURES, BATCH, self._rng)

    def __call__(self, step):
        chosen = self._order()
        images, masks = self._images[chosen], self._masks[chosen]
        mirrored = self._rng.random(BATCH) < 0.5
        images[mirrored], masks[mirrored] = images[mirrored, :, :, ::-1], masks[mirrored, :, ::-1]
        values = torch.from_numpy(normalized(images)).contiguous(memory_format=torch.channels_last)
        return values, torch.from_numpy(masks.astype(np.int64))


def _loss(network, batch):
    """Cross entropy, and what is missing of the overlap of each class (Milletari et al., 2016)."""
    images, masks = batch
    logits = network(images)
    shares = torch.softmax(logits, 1)
    wanted = functional.one_hot(masks, len(CLASSES)).permute(0, 3, 1, 2).float()
    common, total = (shares * wanted).sum((0, 2, 3)), (shares + wanted).sum((0, 2, 3))
    return functional.cross_entropy(logits, masks) + (1 - 2 * common / (total + 1)).mean()


def mean_overlap(found, masks):
    """The mean over classes of intersection over union, of uint8 [N, H, W] each."""
    counts = np.bincount(masks.ravel().astype(int) * len(CLASSES) + found.ravel(), minlength=len(CLASSES) ** 2)
    matrix = counts.reshape(len(CLASSES), len(CLASSES))
    right = np.diag(matrix)
    return float((right / (matrix.sum(0) + matrix.sum(1) - right)).mean())


def _evaluated(model, network, out, masks):
    """ONNX Runtime's logits of the validation set, and the figures that go into the manifest."""

    def read(folder):
        return normalized(np.stack([_pixels(file.read_bytes()) for file in sorted(folder.glob("*.jpg"))]))

    inputs = read(out / "validation/Images")
    with torch.no_grad():
        reference = network(torch.from_numpy(inputs)).numpy()
    logits = checking.outputs(model, inputs)["logits"]
    require_equal(logits, reference, "logits")
    quantized = checking.int8_outputs(model, read(out / "calibration"), inputs, symmetric=False)["logits"]
    return logits, {
        "fp32_mean_iou": round(mean_overlap(logits.argmax(1), masks), 4),
        "onnxruntime_int8_asymmetric": {"mean_iou": round(mean_overlap(quantized.argmax(1), masks), 4)},
    }
