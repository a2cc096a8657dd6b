"""A house."""

from colours import among, darker, hsv, lighter, painted


def house(pen, rng):
    """A house with roof, door, windows and mostly a chimney; seen from the front or from a corner."""
    wall = lighter(among(rng, [(0, 60), (190, 230)], (0.15, 0.6), (0.6, 0.95)), rng.uniform(0, 0.5))
    roof = among(rng, [(0, 30), (200, 260)], (0.25, 0.75), (0.3, 0.7))
    glass = (255, 225, 130) if rng.random() < 0.35 else hsv(205, 0.35, rng.uniform(0.55, 0.9))
    eaves, ridge = rng.uniform(-0.3, 0.05), rng.uniform(-0.95, -0.75)
    if rng.random() < 0.7:
        x = rng.choice([-0.45, 0.3])
        pen.box(x, ridge + 0.02, x + 0.18, eaves, darker(roof, 0.3))
        pen.box(x - 0.03, ridge - 0.02, x + 0.21, ridge + 0.08, lighter(roof, 0.2))
    if rng.random() < 0.5:
        _from_the_front(pen, rng, wall, roof, glass, eaves, ridge)
    else:
        _from_a_corner(pen, rng, wall, roof, glass, eaves, ridge)


def _from_the_front(pen, rng, wall, roof, glass, eaves, ridge):
    pen.box(-0.7, eaves, 0.7, 0.92, wall)
    pen.polygon([(0, ridge + 0.05), (0.7, eaves), (-0.7, eaves)], wall)
    pen.line([(-0.86, eaves + 0.12), (0, ridge), (0.86, eaves + 0.12)], roof, 0.15)
    middle = rng.choice([-0.32, 0.0, 0.32])
    _door(pen, rng, middle - 0.15, 0.38, 0.3)
    for x in (-0.42, 0.0, 0.42):
        if abs(x - middle) > 0.25:
            _window(pen, x - 0.14, 0.36, 0.28, glass, wall)
    for x in (-0.3, 0.3):
        _window(pen, x - 0.13, eaves + 0.06, 0.24, glass, wall)
    if rng.random() < 0.5:
        pen.disc(0, eaves - 0.2, 0.11, darker(wall, 0.4))
        pen.disc(0, eaves - 0.2, 0.08, glass)


def _from_a_corner(pen, rng, wall, roof, glass, eaves, ridge):
    corner = rng.uniform(-0.3, -0.1)
    gable = (corner - 0.85) / 2
    pen.polygon([(-0.85, eaves), (gable, ridge + 0.08), (corner, eaves), (corner, 0.92), (-0.85, 0.92)], wall)
    pen.box(corner, eaves, 0.88, 0.92, darker(wall, 0.22))
    pen.polygon([(gable, ridge), (0.72, ridge), (0.96, eaves + 0.05), (corner + 0.03, eaves + 0.05)], roof)
    pen.line([(-0.93, eaves + 0.08), (gable, ridge + 0.02), (corner + 0.02, eaves + 0.06)], darker(roof, 0.25), 0.09)
    for share in (0.35, 0.7):
        y = ridge + (eaves - ridge) * share
        pen.line([(gable + (corner - gable) * share + 0.06, y), (0.72 + 0.22 * share, y)], darker(roof, 0.2), 0.025)
    _door(pen, rng, gable - 0.13, 0.42, 0.26)
    _window(pen, gable - 0.11, eaves - 0.02, 0.22, glass, wall)
    span = 0.88 - corner
    for share in (0.12, 0.55):
        _window(pen, corner + span * share, 0.3, 0.27, glass, wall)


def _door(pen, rng, left, top, width):
    paint = painted(rng)
    pen.box(left - 0.03, top - 0.03, left + width + 0.03, 0.92, darker(paint, 0.5))
    pen.box(left, top, left + width, 0.92, paint)
    pen.disc(left + width * 0.8, (top + 0.92) / 2, 0.03, (240, 220, 130))


def _window(pen, left, top, size, glass, wall):
    frame = lighter(wall, 0.8)
    pen.box(left - 0.04, top - 0.04, left + size + 0.04, top + size + 0.05, darker(wall, 0.45))
    pen.box(left - 0.025, top - 0.025, left + size + 0.025, top + size + 0.025, frame)
    pen.box(left, top, left + size, top + size, glass)
    pen.line([(left + size / 2, top), (left + size / 2, top + size)], frame, 0.03)
    pen.line([(left, top + size / 2), (left + size, top + size / 2)], frame, 0.03)
