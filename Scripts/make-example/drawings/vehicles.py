"""A bicycle, a boat and a car."""

import numpy as np

from colours import among, darker, hsv, lighter, painted
from pen import arc

TYRE = (30, 30, 34)


def bicycle(pen, rng):
    """A bicycle seen from the side."""
    frame = painted(rng)
    metal = hsv(220, 0.06, rng.uniform(0.55, 0.8))
    radius, thick = rng.uniform(0.36, 0.43), rng.uniform(0.05, 0.085)
    rear, front, axle = (-0.56, 0.5), (0.56, 0.5), (-0.08, 0.52)
    for x, y in (rear, front):
        for angle in np.arange(0, 180, 30) + rng.uniform(0, 30):
            dx, dy = radius * np.cos(np.radians(angle)), radius * np.sin(np.radians(angle))
            pen.line([(x - dx, y - dy), (x + dx, y + dy)], metal, 0.018)
        pen.ring(x, y, radius, TYRE, thick)
        pen.disc(x, y, 0.06, metal)
    seat, head = (-0.26, -0.2), (0.4, -0.22)
    tube = rng.uniform(0.06, 0.09)
    dip = rng.choice([0.0, 0.3])
    pen.line(
        [rear, axle, (head[0] + 0.03, head[1] + 0.1), (seat[0] + dip * 0.2, seat[1] + dip + 0.06), rear], frame, tube
    )
    pen.line([axle, seat], frame, tube)
    pen.line([seat, (-0.3, -0.36)], metal, 0.05)
    pen.blob([(-0.5, -0.42), (-0.3, -0.44), (-0.08, -0.39), (-0.28, -0.34), (-0.48, -0.34)], TYRE)
    pen.line([front, head, (0.36, -0.42)], frame if rng.random() < 0.5 else metal, tube)
    if rng.random() < 0.5:
        pen.curve([(0.36, -0.44), (0.58, -0.46), (0.62, -0.3), (0.48, -0.24)], TYRE, 0.055)
    else:
        pen.curve([(0.38, -0.42), (0.3, -0.54), (0.14, -0.52)], TYRE, 0.055)
    if rng.random() < 0.3:
        basket = among(rng, [(25, 45)], (0.3, 0.6), (0.5, 0.8))
        pen.polygon([(0.46, -0.38), (0.92, -0.38), (0.84, -0.08), (0.52, -0.08)], basket)
        for y in (-0.3, -0.2):
            pen.line([(0.49, y), (0.88, y)], darker(basket, 0.35), 0.025)
    pen.ring(*axle, 0.1, darker(metal, 0.4), 0.035)
    pen.line([(axle[0] - 0.1, axle[1] - 0.14), (axle[0] + 0.1, axle[1] + 0.14)], darker(metal, 0.5), 0.04)


def boat(pen, rng):
    """A sailing boat or a small steamer."""
    hull = painted(rng)
    depth, bow = rng.uniform(0.32, 0.45), rng.uniform(0.8, 1.0)
    deck = 0.42
    if rng.random() < 0.62:
        _sails(pen, rng, deck)
    else:
        _wheelhouse(pen, rng, deck)
    shape = [
        (-0.85, deck),
        (-0.4, deck + 0.05),
        (0.3, deck + 0.04),
        (bow, deck - 0.1),
        (0.62, deck + depth),
        (-0.65, deck + depth),
    ]
    pen.polygon(shape, hull)
    pen.polygon(
        [(-0.76, deck + depth * 0.62), (0.76, deck + depth * 0.62), (0.62, deck + depth), (-0.65, deck + depth)],
        darker(hull, 0.35),
    )
    pen.line(shape[:4], lighter(hull, 0.55), 0.06)
    if rng.random() < 0.35:
        for x in (-0.35, 0.0, 0.35):
            pen.disc(x, deck + depth * 0.38, 0.065, (230, 240, 245))
    if rng.random() < 0.6:
        wave = arc(0, 0, 0.09, 0.05, 180, 360, 8)
        foam = hsv(205, rng.uniform(0.1, 0.5), rng.uniform(0.75, 1.0))
        for x in np.arange(-0.85, 0.9, 0.18):
            pen.line(wave + (x, deck + depth + 0.05), foam, 0.045)


def _sails(pen, rng, deck):
    cloth = lighter(painted(rng), rng.uniform(0.2, 0.9))
    lean = rng.uniform(-0.06, 0.06)
    pen.line([(0.02, deck), (0.02 + lean, -0.98)], (110, 80, 55), 0.055)
    pen.blob([(-0.04 + lean, -0.86), (-0.3, -0.35), (-0.75, 0.22), (-0.4, 0.28), (-0.04, 0.26), (-0.02, -0.3)], cloth)
    jib = cloth if rng.random() < 0.5 else lighter(painted(rng), 0.3)
    pen.polygon([(0.09 + lean, -0.8), (0.4, -0.2), (0.8, 0.26), (0.1, 0.22)], darker(jib, 0.1))
    if rng.random() < 0.5:
        pen.line([(-0.46, -0.1), (-0.06, -0.12)], darker(cloth, 0.35), 0.05)
    if rng.random() < 0.5:
        pen.polygon([(0.02 + lean, -0.99), (0.3 + lean, -0.92), (0.02 + lean, -0.84)], (205, 50, 50))


def _wheelhouse(pen, rng, deck):
    wall, stack = lighter(painted(rng), 0.55), painted(rng)
    pen.box(-0.28, -0.5, -0.06, 0.1, stack)
    pen.box(-0.28, -0.42, -0.06, -0.3, lighter(stack, 0.7))
    if rng.random() < 0.6:
        for x, y, radius in ((-0.22, -0.64, 0.1), (-0.36, -0.8, 0.13), (-0.58, -0.9, 0.15)):
            pen.disc(x, y, radius, (205, 205, 210))
    pen.box(-0.55, 0.02, 0.45, deck + 0.05, wall)
    pen.box(0.1, -0.26, 0.42, 0.05, darker(wall, 0.08))
    pen.box(0.16, -0.2, 0.38, -0.04, (60, 90, 120))
    for x in (-0.42, -0.2, 0.02, 0.24):
        pen.disc(x, 0.2, 0.06, (60, 90, 120))
    pen.line([(0.62, deck), (0.62, -0.35)], (90, 80, 80), 0.04)


def car(pen, rng):
    """A car seen from the side: saloon, hatchback, van or pick-up."""
    paint = painted(rng)
    glass = hsv(205, rng.uniform(0.1, 0.45), rng.uniform(0.5, 0.9))
    kind = rng.integers(4)
    roof, belt, floor = rng.uniform(-0.48, -0.34), 0.0, 0.46
    cabin = [
        [(-0.62, belt), (-0.4, roof), (0.2, roof), (0.52, belt)],
        [(-0.9, belt), (-0.76, roof), (0.12, roof), (0.46, belt)],
        [(-0.96, belt), (-0.94, roof - 0.12), (0.5, roof - 0.12), (0.76, belt)],
        [(-0.1, belt), (-0.02, roof), (0.34, roof), (0.6, belt)],
    ][kind]
    pen.polygon(cabin, paint)
    pen.blob(
        [
            (-0.98, 0.05),
            (-0.8, -0.02),
            (0.0, -0.03),
            (0.7, 0.02),
            (0.98, 0.16),
            (0.98, 0.4),
            (0.8, floor),
            (-0.8, floor),
            (-0.99, 0.38),
        ],
        paint,
    )
    pen.polygon([(-0.96, 0.32), (0.97, 0.32), (0.9, floor), (-0.9, floor)], darker(paint, 0.35))
    inset = np.array(cabin) * (0.86, 0.8) + (np.mean(np.array(cabin)[:, 0]) * 0.14, roof * 0.08)
    pen.polygon(inset, glass)
    pen.polygon([inset[1], inset[1] + (0.16, 0), inset[0] + (0.22, 0), inset[0]], lighter(glass, 0.35))
    for share in ((0.5,) if kind in (0, 1) else (0.35, 0.68) if kind == 2 else ()):
        x = inset[1][0] + (inset[2][0] - inset[1][0]) * share
        pen.line([(x, inset[1][1]), (x, belt)], paint, 0.06)
    pen.line(
        [(cabin[0][0] + 0.3 if kind != 3 else 0.02, 0.02), (cabin[0][0] + 0.32 if kind != 3 else 0.02, 0.34)],
        darker(paint, 0.3),
        0.025,
    )
    pen.line([(0.0, 0.1), (0.12, 0.1)], darker(paint, 0.5), 0.035)
    pen.ellipse(0.92, 0.18, 0.07, 0.06, (255, 244, 190))
    pen.ellipse(-0.94, 0.17, 0.05, 0.06, (205, 40, 40))
    radius = rng.uniform(0.2, 0.25)
    rim = hsv(220, 0.05, rng.uniform(0.55, 0.9))
    for x in (-0.56, 0.56):
        pen.disc(x, floor, radius + 0.04, darker(paint, 0.7))
        pen.disc(x, floor + 0.02, radius, TYRE)
        pen.disc(x, floor + 0.02, radius * 0.58, rim)
        pen.disc(x, floor + 0.02, radius * 0.2, TYRE)
