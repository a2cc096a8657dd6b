"""Drawing in an object's own coordinates: x to the right, y down, the object within -1...1."""

import numpy as np
from PIL import ImageDraw


def spline(points, closed, steps=8):
    """Points of the Catmull-Rom curve through the given points."""
    points = np.asarray(points, float)
    if closed:
        padded = np.concatenate([points[-1:], points, points[:2]])
    else:
        padded = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:]):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    if not closed:
        pieces.append(points[-1:])
    return np.concatenate(pieces)


def arc(x, y, width, height, start=0, end=360, steps=36):
    """Points on the ellipse of the given radii, angles in degrees, clockwise from the right."""
    angles = np.radians(np.linspace(start, end, steps))
    return np.stack([x + width * np.cos(angles), y + height * np.sin(angles)], axis=1)


class Pen:
    """Fills and strokes shapes on an image through an affine map from an object's coordinates to pixels."""

    def __init__(self, image, linear, offset):
        self._image = image
        self._draw = ImageDraw.Draw(image)
        self._linear = np.asarray(linear, float)
        self._offset = np.asarray(offset, float)
        self._scale = abs(np.linalg.det(self._linear)) ** 0.5

    def at(self, x=0.0, y=0.0, scale=1.0, angle=0.0, mirrored=False, stretch=1.0):
        """A pen whose origin is (x, y) of this one, scaled, turned by degrees, mirrored and stretched in width."""
        cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        turn = np.array([[cos, -sin], [sin, cos]])
        size = np.diag([scale * stretch * (-1 if mirrored else 1), scale])
        return Pen(self._image, self._linear @ turn @ size, self._pixels([(x, y)])[0])

    def polygon(self, points, fill):
        self._draw.polygon([tuple(point) for point in self._pixels(points)], fill=fill)

    def blob(self, points, fill):
        """A closed smooth shape through the points."""
        self.polygon(spline(points, closed=True), fill)

    def ellipse(self, x, y, width, height, fill, angle=0):
        cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        points = arc(0, 0, width, height) @ np.array([[cos, sin], [-sin, cos]])
        self.polygon(points + (x, y), fill)

    def disc(self, x, y, radius, fill):
        self.ellipse(x, y, radius, radius, fill)

    def box(self, left, top, right, bottom, fill):
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], fill)

    def line(self, points, fill, width):
        """A line with round joints and ends."""
        pixels = [tuple(point) for point in self._pixels(points)]
        stroke = max(1, round(width * self._scale))
        self._draw.line(pixels, fill=fill, width=stroke, joint="curve")
        if stroke > 2:
            for x, y in (pixels[0], pixels[-1]):
                self._draw.ellipse((x - stroke / 2, y - stroke / 2, x + stroke / 2, y + stroke / 2), fill=fill)

    def curve(self, points, fill, width):
        """A smooth line through the points."""
        self.line(spline(points, closed=False), fill, width)

    def ring(self, x, y, radius, fill, width):
        self.line(arc(x, y, radius, radius), fill, width)

    def _pixels(self, points):
        return np.asarray(points, float) @ self._linear.T + self._offset
