"""Colours as (red, green, blue) tuples of 0...255, and the ways the drawings pick and vary them."""

import colorsys


def hsv(hue, saturation, value):
    """The colour of a hue in degrees and a saturation and value of 0...1."""
    return tuple(round(255 * part) for part in colorsys.hsv_to_rgb((hue % 360) / 360, saturation, value))


def mix(first, second, share):
    """`first` with the given share, 0...1, of `second`."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second))


def darker(colour, share=0.3):
    return mix(colour, (12, 10, 24), share)


def lighter(colour, share=0.4):
    return mix(colour, (255, 255, 250), share)


def among(rng, hues, saturation=(0.45, 0.85), value=(0.55, 0.95)):
    """A random colour whose hue lies in one of the given ranges of degrees."""
    low, high = hues[rng.integers(len(hues))]
    return hsv(rng.uniform(low, high), rng.uniform(*saturation), rng.uniform(*value))


def painted(rng):
    """Any colour that paint may have: mostly vivid, now and then nearly white, grey or black."""
    if rng.random() < 0.2:
        return hsv(rng.uniform(0, 360), rng.uniform(0, 0.15), rng.uniform(0.2, 0.97))
    return among(rng, [(0, 360)])
