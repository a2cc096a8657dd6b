"""Makes the example for super-resolution: pairs of pictures, and a network that doubles their size."""

import zlib

import numpy as np
import onnx
import torch
from PIL import Image

import checking
import schedule
from compositions import composition
from drawings import NAMES
from example_files import fresh, require_equal, write_manifest, write_readme
from upscaler import FACTOR, SIDE, Upscaler, exported

CALIBRATION, VALIDATION = 60, 40
SEED, PICTURES, STEPS, RATE, BATCH, PATCH = 5, 1500, 4500, 0.004, 16, 24


def make(out, fixtures):
    """Writes the folder of the example, and what tests compare with."""
    _write_pictures(out)
    network = Upscaler().to(memory_format=torch.channels_last)
    schedule.train(network, SEED, _Patches(), STEPS, RATE, _loss, decay=0.0)
    model = out / "super_resolution.onnx"
    onnx.save(exported(network), model)
    result, figures = _evaluated(model, network, out)
    write_readme(out, "super_resolution")
    write_manifest(
        out,
        "super-resolution",
        model.name,
        network,
        {
            "channels": "rgb",
            "mean": 0,
            "scale": 255,
            "size": [SIDE, SIDE],
            "interpolation": "none: the pictures have this size",
        },
        None,
        {
            "calibration": {"folder": "calibration", "pictures": CALIBRATION},
            "validation": {"folder": "validation", "pictures": VALIDATION},
        },
        figures,
        {"seed": SEED, "training_pictures": PICTURES, "steps": STEPS},
    )
    if fixtures:
        np.save(fixtures / "super_resolution_upscaled_first2_every4th.npy", result[:2, :, ::4, ::4])
    return figures


def _pair(split, index):
    """A large picture, and the small one that Pillow's bicubic filter makes of it."""
    rng = np.random.default_rng([SEED, zlib.crc32(f"super-resolution {split}".encode()), index])
    large = composition(NAMES, (SIDE * FACTOR, SIDE * FACTOR), rng, 0.3).canvas
    return large, large.resize((SIDE, SIDE), Image.BICUBIC)


def _write_pictures(out):
    calibration, validation = fresh(out / "calibration"), fresh(out / "validation")
    for index in range(CALIBRATION):
        _pair("calibration", index)[1].save(calibration / f"scene_{index + 1:03}.png", optimize=True)
    folders = [fresh(validation / name) for name in ("HR", "LR")]
    for index in range(VALIDATION):
        for folder, image in zip(folders, _pair("validation", index)):
            image.save(folder / f"scene_{index + 1:03}.png", optimize=True)


def _values(image):
    """float32 [3, H, W] in 0...1."""
    return np.asarray(image.convert("RGB"), np.float32).transpose(2, 0, 1) / np.float32(255)


class _Patches:
    """Random parts of drawn pictures, small and large, mirrored half of the time, in batches."""

    def __init__(self):
        pairs = [_pair("training", index) for index in range(PICTURES)]
        self._large = np.stack([_values(large) for large, _ in pairs])
        self._small = np.stack([_values(small) for _, small in pairs])
        self._rng = np.random.default_rng([SEED, 3])
        self._order = schedule.Shuffled(PICTURES, BATCH, self._rng)

    def __call__(self, step):
        small, large = [], []
        for index in self._order():
            top, left = self._rng.integers(0, SIDE - PATCH + 1, 2)
            turn = -1 if self._rng.random() < 0.5 else 1
            small.append(self._small[index, :, top : top + PATCH, left : left + PATCH][:, :, ::turn])
            rows, columns = (slice(FACTOR * at, FACTOR * (at + PATCH)) for at in (top, left))
            large.append(self._large[index, :, rows, columns][:, :, ::turn])
        return torch.from_numpy(np.stack(small)), torch.from_numpy(np.stack(large))


def _loss(network, batch):
    """Charbonnier's loss: the square of small errors, the size of large ones."""
    small, large = batch
    return ((network.unbounded(small) - large) ** 2 + 4e-4).sqrt().mean()


def peak_ratio(found, wanted):
    """The mean over pictures of the peak signal-to-noise ratio in decibels, of values in 0...1."""
    errors = ((found - wanted).astype(np.float64) ** 2).mean((1, 2, 3))
    return float((-10 * np.log10(errors)).mean())


def _evaluated(model, network, out):
    """ONNX Runtime's pictures of the validation set, and the figures that go into the manifest."""
    small = [Image.open(file) for file in sorted((out / "validation/LR").glob("*.png"))]
    large = np.stack([_values(Image.open(file)) for file in sorted((out / "validation/HR").glob("*.png"))])
    inputs = np.stack([_values(image) for image in small])
    calibration = np.stack([_values(Image.open(file)) for file in sorted((out / "calibration").glob("*.png"))])
    size = (SIDE * FACTOR, SIDE * FACTOR)
    bicubic = np.stack([_values(image.resize(size, Image.BICUBIC)) for image in small])
    with torch.no_grad():
        reference = network(torch.from_numpy(inputs)).numpy()
    result = checking.outputs(model, inputs)["upscaled"]
    require_equal(result, reference, "the picture")
    quantized = checking.int8_outputs(model, calibration, inputs, symmetric=False)["upscaled"]
    return result, {
        "bicubic_psnr": round(peak_ratio(bicubic, large), 3),
        "fp32_psnr": round(peak_ratio(result, large), 3),
        "onnxruntime_int8_asymmetric": {"psnr": round(peak_ratio(quantized, large), 3)},
    }
