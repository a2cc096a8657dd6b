"""Makes the examples that come with Octet: pictures, networks trained on their like, and what these say about them.

    python3 -m venv env && env/bin/pip install -r Scripts/make-example/requirements.txt
    env/bin/python3 Scripts/make-example/make.py classifier --out Sources/Examples/Resources/classifier

The pictures follow from the seed and the versions in requirements.txt. The weights do too on one kind of processor,
since training uses one thread and deterministic algorithms only; another kind may sum in another order and end at
slightly other weights. The classifier takes about ten minutes, the others less; the detectors start from the layers of
the classifier, and the segmenter from those of the detectors, which must be there.
"""

import argparse
import json
import sys
from pathlib import Path

import torch

import classifier_example
import detector_example
import segmenter_example
import super_resolution_example

# What makes each folder of examples. A new one is one module and one line here.
EXAMPLES = {
    "classifier": classifier_example.make,
    "detector": detector_example.make,
    "segmenter": segmenter_example.make,
    "super_resolution": super_resolution_example.make,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("example", choices=EXAMPLES)
    parser.add_argument("--out", type=Path, required=True, help="folder of the example")
    parser.add_argument("--fixtures", type=Path, help="folder for expected values that tests compare with")
    options = parser.parse_args()
    torch.set_num_threads(1)
    for folder in (options.out, options.fixtures):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    figures = EXAMPLES[options.example](options.out, options.fixtures)
    print(json.dumps(figures, indent=2), file=sys.stderr)


if __name__ == "__main__":
    main()
