#!/usr/bin/env python3
"""Writes Altered: a picture, and what Pillow and the published algorithms make of it. Run: python3 make-altered.py

Needs NumPy and Pillow; made with Pillow 13.0.0. Random numbers are those of SplitMix64 (Steele, Lea and Flood, 2014), the
pixels are chosen by algorithm S (Knuth, The Art of Computer Programming, 3.4.2).
"""

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

FOLDER = Path(__file__).resolve().parent / "Altered"
PRESETS = {
    "bright_vivid": (1.2, 1.2), "bright_flat": (1.2, 0.8), "vivid": (1.0, 1.2), "dark": (0.8, 1.0),
    "dark_vivid": (0.8, 1.2), "dark_flat": (0.8, 0.8),
}
SEED = 20_261_126
MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)

    def below(self, bound):
        """Each number equally likely: what does not go in evenly is drawn again."""
        limit = (1 << 64) - (1 << 64) % bound
        while (bits := self.next()) >= limit:
            pass
        return bits % bound


def erased(image, share):
    pixels = np.asarray(image).copy()
    height, width = pixels.shape[:2]
    columns, rows = math.ceil(width * share), math.ceil(height * share)
    random = SplitMix64(SEED)
    left, top = random.below(width - columns + 1), random.below(height - rows + 1)
    pixels[top : top + rows, left : left + columns] = 255
    return Image.fromarray(pixels)


def noised(image, share):
    pixels = np.asarray(image).reshape(-1, 3).copy()
    wanted = int(len(pixels) * share)
    black = wanted // 2
    random = SplitMix64(SEED)
    for index in range(len(pixels)):
        if wanted and random.below(len(pixels) - index) < wanted:
            is_black = random.below(wanted) < black
            black -= is_black
            wanted -= 1
            pixels[index] = 0 if is_black else 255
    return Image.fromarray(pixels.reshape(np.asarray(image).shape))


def main():
    FOLDER.mkdir(exist_ok=True)
    generator = np.random.default_rng(7)
    x, y = np.meshgrid(np.arange(31), np.arange(22))
    rgb = np.stack([x * 8, y * 11, (x * y) % 256], -1) + generator.integers(-30, 31, (22, 31, 3))
    picture = Image.fromarray(rgb.clip(0, 255).astype(np.uint8))
    results = {
        "source": picture,
        "horizontal": ImageOps.mirror(picture),
        "vertical": ImageOps.flip(picture),
        "erased": erased(picture, 0.15),
        "noised": noised(picture, 0.05),
    }
    for name, (brightness, contrast) in PRESETS.items():
        results[name] = ImageEnhance.Contrast(ImageEnhance.Brightness(picture).enhance(brightness)).enhance(contrast)
    for name, image in results.items():
        image.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
