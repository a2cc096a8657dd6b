"""Scenes of several things, with the outline of each: for detection and segmentation."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from backgrounds import background
from scenes import SUPERSAMPLING, place

# A thing of which less is to be seen is not annotated as an object.
LEAST_VISIBLE = 0.35


@dataclass(frozen=True)
class Thing:
    """A drawn thing: the index of its class, and its box as left, top, right, bottom in pixels, edges included."""

    label: int
    box: tuple[int, int, int, int]
    difficult: bool


@dataclass(frozen=True)
class Composition:
    """A picture, uint8 [H, W] with the class of each pixel plus one (0 is the background), and its things."""

    canvas: Image.Image
    classes: np.ndarray
    things: list[Thing]


def composition(names, size, rng, difficulty):
    """One to four things of the given classes, none hidden by more than half of another's box where there is room."""
    width, height = size
    large = (width * SUPERSAMPLING, height * SUPERSAMPLING)
    count = 1 + rng.binomial(3, 0.5)
    labels = rng.integers(0, len(names), count)
    canvas = background(names[labels[0]], large, rng)
    owners = Image.new("L", large, 0)
    light = rng.uniform(-1, 1)
    areas, centres = [], []
    for number, label in enumerate(labels, 1):
        x, y, reach = _free_place(large, centres, rng)
        centres.append((x, y, reach))
        corner, alpha = place(canvas, names[label], rng, light, x, y, reach)
        solid = alpha.point(lambda value: 255 if value > 127 else 0)
        owners.paste(number, corner, solid)
        areas.append(np.count_nonzero(np.asarray(solid)))
    middle = SUPERSAMPLING // 2
    visible = np.asarray(owners)
    classes = np.concatenate([[0], labels + 1]).astype(np.uint8)[visible][middle::SUPERSAMPLING, middle::SUPERSAMPLING]
    things = []
    for number, label in enumerate(labels, 1):
        rows, columns = np.nonzero(visible == number)
        share = len(rows) / max(1, areas[number - 1])
        if len(rows) == 0:
            continue
        box = tuple(int(edge) // SUPERSAMPLING for edge in (columns.min(), rows.min(), columns.max(), rows.max()))
        if min(box[2] - box[0], box[3] - box[1]) >= 4:
            things.append(Thing(int(label), box, share < LEAST_VISIBLE))
    return Composition(canvas.resize(size, Image.BOX), classes, things)


def _free_place(size, taken, rng):
    """A centre and a radius, as far from those taken as twenty tries give."""
    width, height = size
    best, margin = None, -np.inf
    for _ in range(20):
        reach = min(size) / 2 * rng.uniform(0.28, 0.72 if not taken else 0.55)
        x, y = rng.uniform(reach * 0.8, width - reach * 0.8), rng.uniform(reach * 0.8, height - reach * 0.8)
        gaps = [np.hypot(x - other[0], y - other[1]) / (reach + other[2]) for other in taken]
        gap = min(gaps, default=1)
        if gap > margin:
            best, margin = (x, y, reach), gap
        if margin >= 0.85:
            break
    return best
