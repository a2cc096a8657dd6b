"""Runs any packaged network on one picture, with nothing but Python's standard library, and prints its outputs:

    python3 outputs.py ../model picture.jpg
"""

import ctypes
import sys
from pathlib import Path

UPRIGHT = 0


class Network:
    """A packaged model."""

    def __init__(self, folder, batch=0, streams=0):
        self.library = ctypes.CDLL(str(Path(__file__).resolve().parents[1] / "lib" / "libOctetRuntime.so"))
        for function in ("count", "rank", "extent", "size"):
            getattr(self.library, f"octet_model_output_{function}").restype = ctypes.c_size_t
        self.model = ctypes.c_void_p()
        self.call("octet_model_open", str(folder).encode(), batch, streams, ctypes.byref(self.model))
        self.outputs = [self.describe(ctypes.c_size_t(index)) for index in range(self.ask("count"))]

    def call(self, function, *arguments):
        message = ctypes.create_string_buffer(512)
        if getattr(self.library, function)(*arguments, message, ctypes.c_size_t(len(message))) != 0:
            raise RuntimeError(message.value.decode())

    def ask(self, what, *arguments):
        return getattr(self.library, f"octet_model_output_{what}")(self.model, *arguments)

    def describe(self, output):
        """The name, the extents for one picture, and their product."""
        name = ctypes.create_string_buffer(256)
        self.ask("name", output, name, ctypes.c_size_t(len(name)))
        extents = [self.ask("extent", output, ctypes.c_size_t(axis)) for axis in range(self.ask("rank", output))]
        return name.value.decode(), extents, self.ask("size", output)

    def run(self, paths):
        """For each output one row of numbers a picture file."""
        paths = [str(path).encode() for path in paths]
        places = [(ctypes.c_float * (size * len(paths)))() for _, _, size in self.outputs]
        pointers = (ctypes.POINTER(ctypes.c_float) * len(places))(
            *(ctypes.cast(place, ctypes.POINTER(ctypes.c_float)) for place in places))
        names = (ctypes.c_char_p * len(paths))(*paths)
        self.call("octet_run_files", self.model, names, ctypes.c_size_t(len(paths)), UPRIGHT, pointers)
        return [
            [place[row * size:(row + 1) * size] for row in range(len(paths))]
            for place, (_, _, size) in zip(places, self.outputs)]

    def close(self):
        self.library.octet_model_close(self.model)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} MODEL_FOLDER PICTURE")
    try:
        network = Network(sys.argv[1])
        results = network.run([sys.argv[2]])
    except (OSError, RuntimeError) as error:
        sys.exit(str(error))
    for (name, extents, _), rows in zip(network.outputs, results):
        print(name, "x".join(map(str, extents)), *(f"{number:.9g}" for number in rows[0][:4]))
    network.close()
