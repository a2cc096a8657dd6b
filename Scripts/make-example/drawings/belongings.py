"""A cup and an umbrella."""

import numpy as np

from colours import among, darker, lighter, painted
from pen import arc, spline


def cup(pen, rng):
    """A cup or a mug with its handle, now and then with saucer, pattern, and steam."""
    glaze = painted(rng)
    trim = lighter(glaze, 0.6) if rng.random() < 0.5 else painted(rng)
    drink = among(rng, [(18, 32), (75, 95)], (0.5, 0.8), (0.2, 0.5))
    top, foot = rng.uniform(0.52, 0.66), rng.uniform(0.34, 0.6)
    rim, bottom, depth = rng.uniform(-0.5, -0.2), 0.72, rng.uniform(0.13, 0.2)
    if rng.random() < 0.4:
        plate = lighter(glaze, 0.3)
        pen.ellipse(0, bottom + 0.1, 0.95, 0.17, darker(plate, 0.25))
        pen.ellipse(0, bottom + 0.07, 0.95, 0.16, plate)
        pen.ellipse(0, bottom + 0.07, 0.6, 0.09, darker(plate, 0.15))
    drop = rng.uniform(0.22, 0.3)
    handle = arc(top * 0.92, (rim + bottom) / 2 - 0.05, 0.36, drop, -95, 95)
    pen.line(handle, darker(glaze, 0.2), 0.15)
    pen.line(handle - (0.01, 0.02), glaze, 0.09)
    belly = rng.uniform(0.0, 0.12)
    middle = (top + foot) / 2 + belly
    right = spline([(top, rim), (middle, (rim + bottom) / 2), (foot, bottom)], closed=False)
    base = arc(0, bottom, foot, depth * 0.6, 0, 180, 12)
    pen.polygon(np.concatenate([right, base, right[::-1] * (-1, 1)]), glaze)
    pen.polygon(np.concatenate([[(top * 0.5, rim)], right, base[:5]]), darker(glaze, 0.16))
    _pattern(pen, rng, trim, rim + depth, bottom, min(top, foot))
    pen.ellipse(0, rim, top, depth, lighter(glaze, 0.35))
    pen.ellipse(0, rim + 0.01, top * 0.9, depth * 0.82, darker(glaze, 0.4))
    pen.ellipse(0, rim + 0.04, top * 0.84, depth * 0.66, drink)
    if rng.random() < 0.5:
        for x in (-0.22, 0.05, 0.3):
            y = rim - 0.12
            pen.curve([(x, y), (x + 0.09, y - 0.14), (x - 0.06, y - 0.28), (x + 0.05, y - 0.44)], (238, 238, 240), 0.05)


def _pattern(pen, rng, trim, top, bottom, width):
    middle = (top + bottom) / 2
    kind = rng.integers(4)
    if kind == 0:
        for y in np.linspace(top + 0.1, bottom - 0.12, int(rng.integers(1, 4))):
            pen.line(arc(0, y - 0.08, width * 0.97, 0.11, 10, 170), trim, 0.08)
    elif kind == 1:
        for x, y in ((-0.55, -0.15), (0.0, -0.05), (0.55, -0.15), (-0.28, 0.15), (0.28, 0.15)):
            pen.disc(x * width, middle + y, 0.075, trim)
    elif kind == 2:
        pen.blob(
            [
                (0, middle + 0.22),
                (-0.22, middle),
                (-0.14, middle - 0.16),
                (0, middle - 0.08),
                (0.14, middle - 0.16),
                (0.22, middle),
            ],
            trim,
        )


def umbrella(pen, rng):
    """An open umbrella seen from the side, its panels of one colour or two."""
    cloth = painted(rng)
    other = darker(cloth, 0.22) if rng.random() < 0.6 else painted(rng)
    panels = int(rng.integers(4, 8))
    height, edge = rng.uniform(0.6, 0.85), rng.uniform(-0.12, 0.1)
    metal = (70, 62, 60)
    pen.line([(0, edge - height - 0.14), (0, 0.75)], metal, 0.055)
    side = rng.choice([-1, 1])
    grip = among(rng, [(15, 40)], (0.4, 0.8), (0.3, 0.7)) if rng.random() < 0.6 else darker(cloth, 0.4)
    pen.curve([(0, 0.6), (0, 0.8), (side * 0.06, 0.93), (side * 0.18, 0.93), (side * 0.24, 0.8)], grip, 0.1)
    bounds = np.sin(np.linspace(-np.pi / 2, np.pi / 2, panels + 1))
    for index, (left, right) in enumerate(zip(bounds, bounds[1:])):
        outer = [(left * np.cos(t), edge - height * np.sin(t)) for t in np.linspace(0, np.pi / 2, 10)]
        inner = [(right * np.cos(t), edge - height * np.sin(t)) for t in np.linspace(np.pi / 2, 0, 10)]
        scallop = arc((left + right) / 2, edge, (right - left) / 2, min(0.12, (right - left) / 2), 0, -180, 10)
        pen.polygon(outer + inner + [tuple(point) for point in scallop], cloth if index % 2 == 0 else other)
    for bound in bounds[1:-1]:
        rib = [(bound * np.cos(t), edge - height * np.sin(t)) for t in np.linspace(0, np.pi / 2, 10)]
        pen.line(rib, darker(cloth, 0.4), 0.02)
    pen.line([(0, edge - height - 0.14), (0, edge - height)], metal, 0.06)
