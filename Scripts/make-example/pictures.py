"""Seeded pictures: every one has its own random numbers, from the seed, the split's name and its index alone."""

import zlib

import numpy as np

from drawings import NAMES
from photography import photograph
from scenes import scene


def picture(seed, split, index):
    """The JPEG bytes and the class number of one picture; classes take turns."""
    label = index % len(NAMES)
    rng = np.random.default_rng([seed, zlib.crc32(split.encode()), index])
    difficulty = rng.beta(1.5, 1.5)
    return photograph(scene(NAMES[label], rng, difficulty), rng, difficulty), label
