"""Training the detectors on freshly drawn scenes that are kept nowhere."""

import io
import sys
import time

import numpy as np
import torch
from PIL import Image

import schedule
from composed_pictures import composed_picture
from detectors import SIDE

CLASSES = ["bicycle", "bird", "boat", "car", "cat", "fish", "house", "umbrella"]
SIZES = [(160, 120), (120, 160), (144, 144), (160, 128), (128, 160), (152, 114)]
MEAN, SCALE = 127.5, 127.5
BATCH = 32


def pixels(data):
    """uint8 [3, SIDE, SIDE], red green blue: the decoded file stretched by Pillow's antialiased bilinear filter."""
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.BILINEAR)).transpose(2, 0, 1).copy()


def normalized(values):
    """float32 network input of uint8 pixels."""
    return (values.astype(np.float32) - np.float32(MEAN)) / np.float32(SCALE)


def annotation(composed):
    """Corner boxes [N, 4] in pixels of the input and class indices [N] of the things that are not difficult."""
    width, height = composed.canvas.size
    things = [thing for thing in composed.things if not thing.difficult]
    boxes = np.float32([thing.box for thing in things]).reshape(-1, 4) + np.float32([0, 0, 1, 1])
    factors = np.float32([SIDE / width, SIDE / height] * 2)
    return boxes * factors, np.array([thing.label for thing in things], np.int64)


class DetectionPictures:
    """Drawn pictures with boxes, and random variations of them in batches."""

    def __init__(self, seed, count):
        started = time.monotonic()
        self._images, self._annotations = [], []
        for index in range(count):
            data, composed = composed_picture(seed, "detection training", index, CLASSES, SIZES)
            self._images.append(pixels(data))
            self._annotations.append(annotation(composed))
        self._rng = np.random.default_rng([seed, 3])
        self._order = schedule.Shuffled(count, BATCH, self._rng)
        print(f"drew {count} pictures in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)

    def __call__(self, step):
        varied = [self._varied(index) for index in self._order()]
        images = torch.from_numpy(normalized(np.stack([image for image, _ in varied])))
        return images.contiguous(memory_format=torch.channels_last), [item for _, item in varied]

    def _varied(self, index):
        """Mirrored half of the time, and moved by some pixels."""
        image, (boxes, labels) = self._images[index], self._annotations[index]
        if self._rng.random() < 0.5:
            image = image[:, :, ::-1]
            boxes = np.stack([SIDE - boxes[:, 2], boxes[:, 1], SIDE - boxes[:, 0], boxes[:, 3]], 1)
        dx, dy = self._rng.integers(-6, 7, 2)
        padded = np.pad(image, ((0, 0), (6, 6), (6, 6)), mode="edge")
        image = padded[:, 6 - dy : 6 - dy + SIDE, 6 - dx : 6 - dx + SIDE]
        moved = np.clip(boxes + np.float32([dx, dy, dx, dy]), 0, SIDE)
        kept = (moved[:, 2:] - moved[:, :2]).min(1, initial=np.inf) >= 4
        return image, (moved[kept], labels[kept])


def trained(network, loss, pictures, seed, steps, rate):
    network.to(memory_format=torch.channels_last)

    def step_loss(model, batch):
        images, annotations = batch
        return loss(model(images), annotations)

    return schedule.train(network, seed, pictures, steps, rate, step_loss)
