"""Composing a scene: one large thing that names the picture, smaller ones, and what stands before them."""

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from backgrounds import background, gradient
from colours import darker, painted
from drawings import CLASSES, NAMES
from pen import Pen, arc

SUPERSAMPLING = 3
# All of them are scaled to an even number of pixels more than the crop, so that its centre needs no rounding.
SIZES = [(96, 96), (112, 112), (112, 96), (128, 96), (120, 96), (120, 90), (112, 84), (96, 112), (96, 128), (90, 120)]
TURN = {"bird": 14, "fish": 22, "umbrella": 28, "boat": 8, "flower": 12, "mushroom": 10, "cup": 8}


def scene(name, rng, difficulty):
    """A scene with a thing of the class `name`; `difficulty`, 0...1, scales all that hides or confuses it."""
    width, height = SIZES[rng.integers(len(SIZES))]
    canvas = background(name, (width * SUPERSAMPLING, height * SUPERSAMPLING), rng)
    others = [other for other in NAMES if other != name]
    behind, before = rng.binomial(4, 0.1 + 0.4 * difficulty), rng.binomial(2, 0.25 * difficulty)
    light = rng.uniform(-1, 1)
    for _ in range(behind):
        _place_aside(canvas, others[rng.integers(len(others))], rng, light, difficulty)
    reach = min(canvas.size) / 2 * rng.uniform(0.84 - 0.4 * difficulty, 0.98)
    if rng.random() < 0.45 * difficulty:
        _place_rival(canvas, others[rng.integers(len(others))], rng, light, reach)
    _place_subject(canvas, name, rng, light, reach, difficulty)
    for _ in range(before):
        _place_aside(canvas, others[rng.integers(len(others))], rng, light, difficulty)
    if rng.random() < 0.15 + 0.55 * difficulty:
        _occlude(canvas, rng, difficulty)
    return canvas.resize((width, height), Image.BOX)


def _place_rival(canvas, name, rng, light, reach):
    """A thing nearly as large as the subject, partly behind it."""
    width, height = canvas.size
    x = rng.choice([rng.uniform(0.12, 0.3), rng.uniform(0.7, 0.88)]) * width
    place(canvas, name, rng, light, x, rng.uniform(0.3, 0.7) * height, reach * rng.uniform(0.6, 0.85))


def _place_subject(canvas, name, rng, light, reach, difficulty):
    width, height = canvas.size
    free_x, free_y = width / 2 - reach, height / 2 - reach
    drift = 0.8 + 0.9 * difficulty
    x = width / 2 + rng.uniform(-1, 1) * (min(free_x, reach * 0.35) + 4) * drift
    y = height / 2 + rng.uniform(-0.7, 1) * (min(free_y, reach * 0.35) + 2) * drift
    place(canvas, name, rng, light, x, y, reach)


def _place_aside(canvas, name, rng, light, difficulty):
    width, height = canvas.size
    reach = min(width, height) / 2 * rng.uniform(0.18, 0.3 + 0.28 * difficulty)
    x = rng.choice([rng.uniform(0.05, 0.28), rng.uniform(0.72, 0.95)]) * width
    place(canvas, name, rng, light, x, rng.uniform(0.25, 0.92) * height, reach)


def place(canvas, name, rng, light, x, y, reach):
    """Draws a thing of radius `reach` pixels at (x, y), lit from one side, with a soft shadow.

    Gives back the upper left corner and the alpha of what was drawn.
    """
    margin = int(reach * 1.3) + 2
    layer = Image.new("RGBA", (2 * margin, 2 * margin), (128, 128, 128, 0))
    turn = TURN.get(name, 5)
    pen = Pen(layer, np.eye(2) * reach, (margin, margin)).at(
        0, 0, 1, rng.uniform(-turn, turn), mirrored=rng.random() < 0.5, stretch=rng.uniform(0.85, 1.12)
    )
    CLASSES[name](pen, rng)
    mask = layer.getchannel("A")
    strength = rng.uniform(0.05, 0.32)
    shades = [np.clip(255 * (1 - strength * side), 0, 255) for side in ((1 + light) / 2, (1 - light) / 2)]
    across = Image.fromarray(np.array([shades, [shade * 0.87 for shade in shades]], np.uint8)).resize(
        layer.size, Image.BILINEAR
    )
    lit = ImageChops.multiply(layer.convert("RGB"), Image.merge("RGB", [across] * 3))
    corner = (int(x) - margin, int(y) - margin)
    shadow = mask.filter(ImageFilter.BoxBlur(max(2, reach * 0.06))).point(lambda value: int(value * 0.4))
    canvas.paste((16, 16, 32), (corner[0] + int(reach * 0.07 * light), corner[1] + int(reach * 0.06)), shadow)
    canvas.paste(lit, corner, mask)
    return corner, mask


def _occlude(canvas, rng, difficulty):
    """Puts something in front of the scene: leaves, rails, a pane's reflections, or a post."""
    width, height = canvas.size
    pen = Pen(canvas, np.eye(2) * min(width, height) / 2, (width / 2, height / 2))
    tone = darker(painted(rng), 0.3)
    kind = rng.integers(5)
    if kind == 0:
        for _ in range(rng.integers(3, 6 + int(8 * difficulty))):
            leaf = pen.at(*rng.uniform(-1.1, 1.1, 2), rng.uniform(0.12, 0.3), rng.uniform(0, 360))
            leaf.blob([(-1, 0), (0, -0.4), (1, 0), (0, 0.4)], tone)
            leaf.line([(-0.9, 0), (0.8, 0)], darker(tone, 0.3), 0.06)
    elif kind == 1:
        thick = rng.uniform(0.04, 0.05 + 0.08 * difficulty)
        for x in np.arange(-1.4, 1.5, rng.uniform(0.4, 0.7)) + rng.uniform(0, 0.3):
            pen.box(x, -1.5, x + thick, 1.5, tone)
        pen.box(-1.5, 0.3, 1.5, 0.3 + thick, darker(tone, 0.2))
    elif kind == 2:
        glare = Image.new("L", canvas.size, 0)
        pane = Pen(glare, np.eye(2) * min(width, height) / 2, (width / 2, height / 2)).at(0, 0, 1, rng.uniform(20, 60))
        for _ in range(3):
            y = rng.uniform(-1.2, 1.2)
            pane.box(-2, y, 2, y + rng.uniform(0.05, 0.4), int(60 + 110 * difficulty))
        canvas.paste(gradient(canvas.size, (250, 250, 255), (220, 228, 240)), (0, 0), glare)
    elif kind == 3:
        x = rng.uniform(-0.9, 0.9)
        pen.at(x, 0, 1, rng.uniform(-15, 15)).box(-0.05 - 0.13 * difficulty, -1.6, 0.05 + 0.13 * difficulty, 1.6, tone)
    else:
        side, reach = rng.choice([-1, 1]), rng.uniform(0.4, 0.55 + 0.3 * difficulty)
        pen.polygon(arc(side * 1.15, rng.uniform(-1, 1), reach, reach * rng.uniform(0.7, 1.3)), tone)
