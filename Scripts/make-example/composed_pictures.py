"""Seeded pictures of several things; every one has its own random numbers, as in pictures.py."""

import zlib

import numpy as np

from compositions import composition
from photography import photograph


def composed_picture(seed, split, index, names, sizes, hardest=0.75):
    """The JPEG bytes of one picture, and the composition that it shows."""
    rng = np.random.default_rng([seed, zlib.crc32(split.encode()), index])
    difficulty = hardest * rng.beta(1.5, 1.5)
    size = sizes[rng.integers(len(sizes))]
    composed = composition(names, size, rng, difficulty)
    return photograph(composed.canvas, rng, difficulty), composed
