"""The one way in which pictures become network input, for training, for the manifest and for the checks."""

import io

import numpy as np
from PIL import Image

RESIZE, CROP = 72, 64
MEAN, SCALE = 127.5, 127.5


def resized(data):
    """The decoded file as RGB, its shorter side scaled to RESIZE pixels with Pillow's antialiased bilinear filter."""
    with Image.open(io.BytesIO(data)) as image:
        image = image.convert("RGB")
    factor = RESIZE / min(image.size)
    return image.resize((round(image.width * factor), round(image.height * factor)), Image.BILINEAR)


def pixels(data):
    """uint8 [3, CROP, CROP], red green blue: the centre of the resized picture."""
    image = resized(data)
    left, top = (image.width - CROP) // 2, (image.height - CROP) // 2
    return np.asarray(image.crop((left, top, left + CROP, top + CROP))).transpose(2, 0, 1).copy()


def normalized(values):
    """float32 network input of uint8 pixels."""
    return (values.astype(np.float32) - np.float32(MEAN)) / np.float32(SCALE)
