"""Classifies one picture with nothing but Python's standard library:

    python3 classify.py ../model picture.jpg
"""

import ctypes
import sys
from pathlib import Path

UPRIGHT = 0


class Classifier:
    """A packaged model."""

    def __init__(self, folder, batch=0, streams=0):
        self.library = ctypes.CDLL(str(Path(__file__).resolve().parents[1] / "lib" / "libOctetRuntime.so"))
        self.library.octet_model_class_count.restype = ctypes.c_size_t
        self.model = ctypes.c_void_p()
        self.call("octet_model_open", str(folder).encode(), batch, streams, ctypes.byref(self.model))
        self.class_count = self.library.octet_model_class_count(self.model)

    def call(self, function, *arguments):
        message = ctypes.create_string_buffer(512)
        if getattr(self.library, function)(*arguments, message, ctypes.c_size_t(len(message))) != 0:
            raise RuntimeError(message.value.decode())

    def scores(self, paths):
        """One list of scores for each picture file."""
        paths = [str(path).encode() for path in paths]
        scores = (ctypes.c_float * (self.class_count * len(paths)))()
        names = (ctypes.c_char_p * len(paths))(*paths)
        self.call("octet_classify_files", self.model, names, ctypes.c_size_t(len(paths)), UPRIGHT, scores)
        return [scores[row * self.class_count:(row + 1) * self.class_count] for row in range(len(paths))]

    def label(self, index):
        label = ctypes.create_string_buffer(128)
        self.library.octet_model_label(self.model, ctypes.c_size_t(index), label, ctypes.c_size_t(len(label)))
        return label.value.decode()

    def close(self):
        self.library.octet_model_close(self.model)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} MODEL_FOLDER PICTURE")
    try:
        classifier = Classifier(sys.argv[1])
        row = classifier.scores([sys.argv[2]])[0]
    except (OSError, RuntimeError) as error:
        sys.exit(str(error))
    best = max(range(len(row)), key=row.__getitem__)
    print(best, classifier.label(best), f"{row[best]:.9g}")
    classifier.close()
