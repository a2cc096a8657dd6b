"""The twelve classes, in the order of their numbers, and the function that draws each."""

from .animals import bird, cat, fish
from .belongings import cup, umbrella
from .buildings import house
from .plants import flower, mushroom, tree
from .vehicles import bicycle, boat, car

CLASSES = {
    "bicycle": bicycle,
    "bird": bird,
    "boat": boat,
    "car": car,
    "cat": cat,
    "cup": cup,
    "fish": fish,
    "flower": flower,
    "house": house,
    "mushroom": mushroom,
    "tree": tree,
    "umbrella": umbrella,
}
NAMES = list(CLASSES)
