"""A flower, a mushroom and a tree."""

import numpy as np

from colours import among, darker, hsv, lighter
from pen import arc, spline


def flower(pen, rng):
    """A daisy-like blossom or a tulip on a stem with leaves."""
    green = among(rng, [(85, 140)], (0.45, 0.8), (0.35, 0.7))
    bend = rng.uniform(-0.2, 0.2)
    pen.curve([(0, 0.98), (bend, 0.5), (0, -0.2)], green, 0.085)
    for side in (-1, 1):
        if rng.random() < 0.85:
            y, reach = rng.uniform(0.45, 0.8), rng.uniform(0.4, 0.65)
            pen.blob(
                [
                    (bend * 0.7, y),
                    (side * reach * 0.5, y - 0.3),
                    (side * reach, y - 0.36),
                    (side * reach * 0.6, y - 0.06),
                ],
                green if side < 0 else lighter(green, 0.15),
            )
    petal = among(rng, [(0, 60), (200, 360)], (0.35, 0.9), (0.75, 1.0))
    if rng.random() < 0.2:
        petal = (248, 246, 240)
    if rng.random() < 0.3:
        _tulip(pen, petal)
    else:
        _daisy(pen, rng, petal)


def _daisy(pen, rng, petal):
    count = int(rng.integers(5, 13))
    start = rng.uniform(0, 360)
    width = min(0.26, 1.25 / count)
    tilt = rng.uniform(0.75, 1.0)
    head = pen.at(0, -0.38, 1, rng.uniform(-15, 15))
    for ring, length in ((darker(petal, 0.2), 0.6), (petal, 0.54)):
        for index in range(count):
            angle = start + 360 * index / count + (180 / count if length > 0.55 else 0)
            x, y = np.cos(np.radians(angle)), np.sin(np.radians(angle)) * tilt
            head.ellipse(x * length * 0.58, y * length * 0.58, length * 0.45, width, ring, angle)
    heart = among(rng, [(25, 55)], (0.6, 0.95), (0.35, 1.0))
    head.ellipse(0, 0, 0.2, 0.2 * tilt, darker(heart, 0.2))
    head.ellipse(-0.02, -0.02, 0.15, 0.15 * tilt, heart)


def _tulip(pen, petal):
    pen.blob([(0.0, 0.05), (-0.34, -0.1), (-0.42, -0.5), (-0.36, -0.92), (-0.12, -0.6), (0, -0.5)], darker(petal, 0.15))
    pen.blob([(0.0, 0.05), (0.34, -0.1), (0.42, -0.5), (0.36, -0.92), (0.12, -0.6), (0, -0.5)], darker(petal, 0.25))
    pen.blob([(0, 0.06), (-0.26, -0.12), (-0.22, -0.5), (0, -0.95), (0.22, -0.5), (0.26, -0.12)], petal)
    pen.curve([(0, -0.75), (-0.03, -0.4), (0, -0.1)], lighter(petal, 0.3), 0.03)


def mushroom(pen, rng):
    """A toadstool with dots, or a brown cep, alone or with a small one beside it."""
    cap = among(rng, [(0, 15), (18, 40), (345, 360)], (0.45, 0.9), (0.45, 0.9))
    dotted = rng.random() < 0.6
    stem = hsv(rng.uniform(30, 55), rng.uniform(0.05, 0.25), rng.uniform(0.8, 0.98))
    if rng.random() < 0.35:
        side = rng.choice([-1, 1])
        _toadstool(pen.at(side * 0.62, 0.52, 0.45, side * 8), rng, cap, stem, dotted)
        pen = pen.at(-side * 0.15, 0.05, 0.93)
    _toadstool(pen, rng, cap, stem, dotted)


def _toadstool(pen, rng, cap, stem, dotted):
    thick, bulge = rng.uniform(0.15, 0.25), rng.uniform(0.05, 0.2)
    rim, height, width = rng.uniform(-0.12, 0.12), rng.uniform(0.6, 0.95), rng.uniform(0.72, 0.95)
    edge = spline([(thick, rim - 0.1), (thick + 0.02, 0.45), (thick + bulge, 0.82), (thick, 0.96)], closed=False)
    pen.polygon(np.concatenate([edge, edge[::-1] * (-1, 1)]), stem)
    pen.polygon(np.concatenate([edge, [(0.05, 0.96), (0.05, rim)]]), darker(stem, 0.13))
    pen.ellipse(0, rim, width * 0.93, 0.17, darker(stem, 0.25))
    for x in np.linspace(-0.7, 0.7, 9):
        pen.line([(x * width, rim + 0.12 * (1 - x * x)), (x * 0.4, rim)], darker(stem, 0.45), 0.02)
    if rng.random() < 0.4:
        pen.blob(
            [(-thick - 0.1, rim + 0.38), (0, rim + 0.28), (thick + 0.1, rim + 0.38), (0, rim + 0.46)],
            lighter(stem, 0.3),
        )
    dome = arc(0, rim, width, height, 180, 360)
    brim = arc(0, rim, width, 0.13, 0, 180)
    pen.polygon(np.concatenate([dome, brim]), cap)
    pen.ellipse(-width * 0.35, rim - height * 0.62, width * 0.22, height * 0.13, lighter(cap, 0.25), -30)
    if dotted:
        for x, y, size in (
            (-0.5, -0.28, 0.1),
            (0.05, -0.3, 0.12),
            (0.55, -0.2, 0.08),
            (-0.2, -0.68, 0.09),
            (0.32, -0.66, 0.1),
            (-0.75, -0.08, 0.06),
        ):
            x, y = x + rng.uniform(-0.07, 0.07), y + rng.uniform(-0.07, 0.07)
            pen.ellipse(x * width, rim + y * height, size, size * 0.8, (250, 246, 236))


def tree(pen, rng):
    """A broad-leaved tree, a fir or a poplar; green, autumnal or in blossom."""
    bark = among(rng, [(15, 35)], (0.3, 0.6), (0.25, 0.5))
    season = rng.random()
    if season < 0.65:
        leaf = among(rng, [(75, 150)], (0.4, 0.85), (0.3, 0.7))
    elif season < 0.88:
        leaf = among(rng, [(8, 50)], (0.6, 0.95), (0.6, 0.9))
    else:
        leaf = among(rng, [(320, 350)], (0.2, 0.45), (0.85, 1.0))
    kind = rng.random()
    if kind < 0.35:
        _fir(pen, rng, darker(leaf, 0.15), bark)
    elif kind < 0.8:
        _broadleaf(pen, rng, leaf, bark)
    else:
        _poplar(pen, rng, leaf, bark)


def _fir(pen, rng, leaf, bark):
    pen.polygon([(-0.1, 0.5), (0.1, 0.5), (0.13, 0.98), (-0.13, 0.98)], bark)
    tiers, width = int(rng.integers(3, 6)), rng.uniform(0.55, 0.75)
    for tier in range(tiers):
        bottom = 0.72 - tier * 1.25 / tiers
        top = bottom - 1.25 / tiers - 0.22
        reach = width * (1 - 0.72 * tier / tiers)
        edge = [
            (-reach, bottom),
            (-reach * 0.5, bottom - 0.06),
            (0, bottom + 0.06),
            (reach * 0.5, bottom - 0.06),
            (reach, bottom),
        ]
        pen.polygon([(0, top)] + edge, lighter(leaf, 0.06 * tier))
        pen.polygon([(0, top), (0.05, bottom + 0.04), edge[3], edge[4]], darker(leaf, 0.18))


def _broadleaf(pen, rng, leaf, bark):
    pen.polygon([(-0.1, 0.0), (0.1, 0.0), (0.13, 0.8), (0.22, 0.98), (-0.22, 0.98), (-0.13, 0.8)], bark)
    pen.line([(0, 0.35), (-0.35, 0.0)], bark, 0.08)
    pen.line([(0, 0.25), (0.35, -0.1)], bark, 0.08)
    spots = [(rng.uniform(-0.55, 0.55), rng.uniform(-0.6, 0.02), rng.uniform(0.24, 0.38)) for _ in range(10)]
    for shift, tone in ((0.07, darker(leaf, 0.3)), (0.0, leaf), (-0.07, lighter(leaf, 0.18))):
        for x, y, radius in spots:
            pen.disc(x + shift, y + shift, radius * (1 if shift >= 0 else 0.62), tone)
    if rng.random() < 0.3:
        fruit = among(rng, [(0, 15), (30, 50)], (0.7, 0.95), (0.75, 1.0))
        for _ in range(8):
            pen.disc(rng.uniform(-0.55, 0.55), rng.uniform(-0.65, 0.1), 0.065, fruit)


def _poplar(pen, rng, leaf, bark):
    width = rng.uniform(0.28, 0.5)
    pen.polygon([(-0.08, 0.4), (0.08, 0.4), (0.11, 0.98), (-0.11, 0.98)], bark)
    pen.blob(
        [
            (0, -1.0),
            (width * 0.7, -0.55),
            (width, 0.1),
            (width * 0.7, 0.62),
            (-width * 0.7, 0.62),
            (-width, 0.1),
            (-width * 0.7, -0.55),
        ],
        leaf,
    )
    pen.blob(
        [(0.05, -0.9), (width * 0.68, -0.5), (width * 0.95, 0.1), (width * 0.65, 0.58), (0.1, 0.6)], darker(leaf, 0.2)
    )
    for _ in range(14):
        x, y = rng.uniform(-0.7, 0.7) * width, rng.uniform(-0.6, 0.5)
        pen.curve([(x - 0.07, y), (x, y + 0.05), (x + 0.07, y)], lighter(leaf, 0.25), 0.03)
