"""A bird, a cat and a fish."""

import numpy as np

from colours import among, darker, hsv, lighter, mix, painted

INK = (24, 20, 28)


def bird(pen, rng):
    """A bird seen from the side: perched, or on the wing."""
    coat = painted(rng)
    belly = lighter(coat, rng.uniform(0.3, 0.7)) if rng.random() < 0.7 else painted(rng)
    wing = darker(coat, rng.uniform(0.15, 0.45))
    beak = among(rng, [(25, 50)], (0.7, 0.95), (0.7, 1.0))
    plump = rng.uniform(0.85, 1.2)
    if rng.random() < 0.35:
        _flying_bird(pen, rng, coat, belly, wing, beak, plump)
    else:
        _perched_bird(pen, rng, coat, belly, wing, beak, plump)


def _perched_bird(pen, rng, coat, belly, wing, beak, plump):
    for x in (-0.08, 0.12):
        pen.line([(x, 0.4), (x + 0.02, 0.92)], darker(beak, 0.3), 0.05)
        pen.line([(x - 0.08, 0.94), (x + 0.16, 0.94)], darker(beak, 0.3), 0.05)
    lift = rng.uniform(-0.25, 0.3)
    pen.polygon([(-0.35, 0.05), (-1.0, 0.3 - lift), (-0.98, 0.5 - lift), (-0.3, 0.35)], wing)
    pen.blob(
        [(-0.55, 0.12), (-0.1, -0.3), (0.35, -0.42), (0.58, -0.05), (0.3, 0.5 * plump), (-0.15, 0.52 * plump)], coat
    )
    pen.blob([(0.05, 0.15), (0.45, -0.2), (0.52, 0.05), (0.28, 0.47 * plump), (-0.1, 0.48 * plump)], belly)
    _bird_head(pen, rng, 0.42, -0.5, 0.31, coat, belly, beak)
    pen.blob([(0.18, -0.12), (0.1, 0.2), (-0.3, 0.38), (-0.66, 0.34), (-0.32, -0.02)], wing)
    for step in (0.0, 0.12):
        pen.curve([(0.0, 0.08 + step), (-0.25, 0.2 + step), (-0.5, 0.24 + step)], darker(wing, 0.3), 0.03)


def _flying_bird(pen, rng, coat, belly, wing, beak, plump):
    flap = rng.uniform(-1, 1)
    tip = -0.95 if flap > -0.4 else 0.85
    pen.polygon([(-0.4, 0.0), (-1.0, -0.16), (-0.9, 0.05), (-1.0, 0.24), (-0.4, 0.14)], wing)
    pen.polygon([(-0.05, 0.0), (0.3, tip * 0.85), (0.38, tip * 0.8), (0.3, 0.0)], darker(wing, 0.3))
    pen.blob([(-0.55, 0.04), (-0.1, -0.2), (0.4, -0.24), (0.6, -0.04), (0.3, 0.26 * plump), (-0.2, 0.24 * plump)], coat)
    pen.blob([(-0.2, 0.12), (0.45, 0.02), (0.3, 0.25 * plump), (-0.15, 0.22 * plump)], belly)
    _bird_head(pen, rng, 0.6, -0.2, 0.22, coat, belly, beak)
    pen.blob(
        [(0.28, -0.06), (0.1, tip * 0.6), (-0.2, tip), (-0.4, tip * 0.85), (-0.34, tip * 0.4), (-0.26, 0.02)], wing
    )
    for step in (0.1, 0.26):
        pen.line([(step - 0.3, tip * 0.25), (step - 0.42, tip * 0.7)], darker(wing, 0.35), 0.03)


def _bird_head(pen, rng, x, y, radius, coat, belly, beak):
    if rng.random() < 0.3:
        pen.blob([(x - 0.25, y - 0.1), (x - 0.42, y - 0.5), (x - 0.05, y - 0.35), (x + 0.1, y - 0.15)], darker(coat))
    length = rng.uniform(0.22, 0.4)
    pen.polygon([(x + radius * 0.75, y - 0.12), (x + radius + length, y + 0.06), (x + radius * 0.7, y + 0.14)], beak)
    pen.disc(x, y, radius, coat)
    if rng.random() < 0.5:
        pen.ellipse(x + radius * 0.3, y + radius * 0.45, radius * 0.6, radius * 0.4, belly)
    pen.disc(x + radius * 0.35, y - radius * 0.15, radius * 0.27, (250, 250, 245))
    pen.disc(x + radius * 0.4, y - radius * 0.15, radius * 0.17, INK)


def fish(pen, rng):
    """A fish seen from the side, with fins, and stripes, dots or plain scales."""
    coat = painted(rng)
    fin = among(rng, [(0, 360)]) if rng.random() < 0.4 else darker(coat, 0.3)
    height = rng.uniform(0.36, 0.62)
    fork = rng.uniform(0.3, 0.5)
    pen.polygon([(-0.5, 0), (-1.0, -fork), (-0.85, 0.0), (-1.0, fork)], fin)
    pen.blob([(-0.35, -height * 0.6), (0.0, -height - rng.uniform(0.1, 0.35)), (0.3, -height * 0.7)], fin)
    pen.blob([(-0.25, height * 0.5), (-0.2, height + 0.2), (0.1, height * 0.75)], fin)
    outline = [
        (-0.66, 0.0),
        (-0.3, -height * 0.72),
        (0.2, -height),
        (0.65, -height * 0.65),
        (0.92, 0.02),
        (0.65, height * 0.65),
        (0.2, height),
        (-0.3, height * 0.72),
    ]
    pen.blob(outline, coat)
    pen.blob(
        [
            (-0.5, 0.08),
            (0.0, height * 0.4),
            (0.8, 0.16),
            (0.62, height * 0.62),
            (0.2, height * 0.93),
            (-0.3, height * 0.65),
        ],
        lighter(coat, rng.uniform(0.15, 0.45)),
    )
    pattern = rng.integers(4)
    mark = lighter(coat, 0.65) if rng.random() < 0.5 else darker(coat, 0.5)
    if pattern == 0:
        for x in np.linspace(-0.3, 0.3, rng.integers(2, 4)):
            reach = height * (0.85 - 0.5 * abs(x))
            pen.curve([(x, -reach), (x + 0.07, 0), (x, reach)], mark, 0.11)
    elif pattern == 1:
        for _ in range(9):
            pen.disc(rng.uniform(-0.35, 0.35), rng.uniform(-0.6, 0.6) * height, rng.uniform(0.03, 0.07), mark)
    elif pattern == 2:
        for x in np.arange(-0.35, 0.35, 0.17):
            for y in (-0.4, 0.0, 0.4):
                pen.curve(
                    [(x, y * height - 0.08), (x - 0.06, y * height), (x, y * height + 0.08)], darker(coat, 0.35), 0.03
                )
    pen.curve([(0.45, -height * 0.62), (0.36, 0), (0.45, height * 0.6)], darker(coat, 0.4), 0.04)
    pen.polygon([(0.22, 0.08), (-0.1, 0.05), (-0.06, 0.3)], fin)
    pen.disc(0.64, -height * 0.22, 0.12, (250, 250, 240))
    pen.disc(0.66, -height * 0.22, 0.07, INK)
    pen.curve([(0.9, 0.1), (0.8, 0.14), (0.74, 0.12)], darker(coat, 0.6), 0.035)


def cat(pen, rng):
    """A cat: sitting and looking at us, or walking by."""
    if rng.random() < 0.5:
        coat = among(rng, [(18, 40)], (0.35, 0.85), (0.45, 0.95))
    else:
        coat = hsv(rng.uniform(20, 260), rng.uniform(0, 0.2), rng.uniform(0.15, 0.9))
    mark = darker(coat, 0.45) if sum(coat) > 200 else lighter(coat, 0.3)
    bib = lighter(coat, 0.75) if rng.random() < 0.6 else coat
    striped = rng.random() < 0.5
    if rng.random() < 0.6:
        _sitting_cat(pen, rng, coat, mark, bib, striped)
    else:
        _walking_cat(pen, rng, coat, mark, bib, striped)


def _sitting_cat(pen, rng, coat, mark, bib, striped):
    sway = rng.uniform(-0.25, 0.1)
    pen.curve([(0.3, 0.8), (0.75, 0.85), (0.85, 0.4), (0.7 + sway, 0.1 + sway)], coat, 0.16)
    pen.blob([(0.0, -0.15), (0.35, 0.15), (0.52, 0.7), (0.35, 0.95), (-0.35, 0.95), (-0.52, 0.7), (-0.35, 0.15)], coat)
    pen.blob([(0.0, 0.0), (0.2, 0.3), (0.12, 0.7), (-0.12, 0.7), (-0.2, 0.3)], bib)
    for side in (-1, 1):
        pen.line([(side * 0.14, 0.5), (side * 0.14, 0.9)], mix(coat, mark, 0.3), 0.04)
        pen.ellipse(side * 0.17, 0.93, 0.15, 0.08, bib)
        if striped:
            for y in (0.35, 0.52, 0.69):
                pen.line([(side * 0.26, y), (side * (0.3 + y * 0.2), y + 0.03)], mark, 0.05)
    _cat_face(pen.at(0, -0.42, 1, rng.uniform(-8, 8)), rng, coat, mark, bib, striped)


def _walking_cat(pen, rng, coat, mark, bib, striped):
    curl = rng.uniform(-0.2, 0.3)
    pen.curve([(-0.62, 0.05), (-0.85, -0.25), (-0.8 - curl * 0.3, -0.6), (-0.62 - curl, -0.85)], coat, 0.13)
    stride = rng.uniform(0.0, 0.14)
    for x, tone in ((-0.4, 0.25), (0.4, 0.25), (-0.58, 0), (0.26, 0)):
        foot = x + (stride if tone else -stride)
        pen.line([(x, 0.25), (foot, 0.86)], mix(coat, INK, tone), 0.17)
        pen.ellipse(foot + 0.05, 0.9, 0.12, 0.06, bib)
    pen.blob([(-0.72, 0.1), (-0.5, -0.14), (0.1, -0.1), (0.5, -0.15), (0.6, 0.2), (0.3, 0.42), (-0.5, 0.42)], coat)
    if striped:
        for x in (-0.5, -0.32, -0.14, 0.04):
            pen.curve([(x, -0.12), (x + 0.05, 0.05), (x + 0.02, 0.2)], mark, 0.06)
    _cat_face(pen.at(0.58, -0.28, 0.82, rng.uniform(-10, 10)), rng, coat, mark, bib, striped)


def _cat_face(pen, rng, coat, mark, bib, striped):
    iris = among(rng, [(45, 130), (190, 220)], (0.5, 0.9), (0.7, 1.0))
    for side in (-1, 1):
        pen.polygon([(side * 0.42, -0.05), (side * 0.43, -0.58), (side * 0.08, -0.3)], coat)
        pen.polygon([(side * 0.35, -0.2), (side * 0.37, -0.46), (side * 0.17, -0.3)], (225, 150, 150))
    pen.ellipse(0, 0, 0.47, 0.39, coat)
    if striped:
        for x in (-0.12, 0.0, 0.12):
            pen.line([(x, -0.34), (x * 0.8, -0.2)], mark, 0.05)
    for side in (-1, 1):
        pen.ellipse(side * 0.19, -0.06, 0.105, 0.1, iris)
        pen.ellipse(side * 0.19, -0.06, 0.045, 0.095, INK)
        pen.ellipse(side * 0.1, 0.17, 0.14, 0.1, bib)
        for slope in (-0.06, 0.06):
            pen.line([(side * 0.2, 0.15), (side * 0.62, 0.14 + slope * 2)], lighter(mark, 0.3), 0.018)
    pen.polygon([(-0.07, 0.06), (0.07, 0.06), (0, 0.14)], (215, 110, 120))
    pen.curve([(-0.12, 0.2), (-0.05, 0.22), (0, 0.15), (0.05, 0.22), (0.12, 0.2)], INK, 0.025)
