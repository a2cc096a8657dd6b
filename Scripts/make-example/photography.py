"""Taking a picture of a scene: light, focus, sensor noise and JPEG compression."""

import io

import numpy as np
from PIL import Image, ImageFilter


def photograph(canvas, rng, difficulty):
    """The bytes of a JPEG file of the scene; `difficulty`, 0...1, makes light, focus and compression worse."""
    if rng.random() < 0.15 + 0.4 * difficulty:
        canvas = canvas.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.6 + 1.6 * difficulty)))
    pixels = _light(np.asarray(canvas, np.float32), rng, difficulty)
    if rng.random() < 0.3 * difficulty:
        pixels = _faint(pixels, rng)
    elif rng.random() < 0.3 + 0.5 * difficulty:
        grain = rng.normal(0, rng.uniform(2, 5 + 19 * difficulty), pixels.shape)
        pixels = pixels + (grain if rng.random() < 0.5 else grain[:, :, :1])
    if rng.random() < 0.12 * difficulty:
        pixels = np.repeat(pixels @ np.float32([[0.299], [0.587], [0.114]]), 3, axis=2)
    picture = Image.fromarray(np.clip(pixels.round(), 0, 255).astype(np.uint8))
    quality = int(np.clip(rng.normal(82 - 40 * difficulty, 8), 20, 92))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _faint(pixels, rng):
    """The same in fog or in the dusk: little of the contrast is left."""
    left = rng.uniform(0.15, 0.4)
    haze = rng.uniform(120, 225) if rng.random() < 0.6 else rng.uniform(10, 40)
    return pixels * left + (1 - left) * (haze + np.float32([-6, 0, 8]))


def _light(pixels, rng, difficulty):
    height, width = pixels.shape[:2]
    contrast = 1 + rng.uniform(-0.55, 0.2) * difficulty
    brightness = rng.uniform(-60, 50) * difficulty
    warmth = rng.uniform(-1, 1) * (4 + 24 * difficulty)
    pixels = (pixels - 128) * contrast + 128 + brightness + np.float32([warmth, 0, -warmth])
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    angle = rng.uniform(0, 2 * np.pi)
    slope = (x * np.cos(angle) + y * np.sin(angle)) * rng.uniform(0, 0.1 + 0.35 * difficulty)
    vignette = rng.uniform(0, 0.25) * (x * x + y * y) / 2
    return pixels * (1 - vignette + slope - abs(slope).max() * 0.3)[:, :, None]
