"""Makes the two example detectors: annotated scenes, one body trained with both heads, and two models of it."""

import sys
from xml.sax.saxutils import escape

import numpy as np
import onnx
import torch

import checking
import detection_checking as detections
import detection_training as training
from composed_pictures import composed_picture
from detection_losses import SSDLoss, YOLOLoss
from detectors import SIDE, detector, ssd_decoded, yolo_decoded
from example_files import fresh, require_equal, write_manifest, write_readme
from exporting_detectors import ssd_exported, yolo_exported

CALIBRATION, VALIDATION = 100, 120
SEED, PICTURES, STEPS, RATE = 3, 4500, 1300, 0.004
PREPROCESSING = {
    "channels": "rgb",
    "mean": training.MEAN,
    "scale": training.SCALE,
    "size": [SIDE, SIDE],
    "interpolation": "bilinear, antialiased",
}


def make(out, fixtures):
    """Writes the folder of the SSD-style example, and beside it that of the YOLO-style one, which shares pictures."""
    other = fresh(out.parent / "detector_yolo")
    annotations = _write_pictures(out)
    network = detector(len(training.CLASSES))
    network.features.start_from(out.parent / "classifier/classifier.onnx")
    ssd_loss, yolo_loss = SSDLoss(), YOLOLoss()
    pictures = training.DetectionPictures(SEED, PICTURES)
    training.trained(
        network,
        lambda outputs, boxes: ssd_loss(outputs, boxes) + yolo_loss(outputs, boxes),
        pictures,
        SEED,
        STEPS,
        RATE,
    )
    onnx.save(ssd_exported(network), out / "detector.onnx")
    onnx.save(yolo_exported(network), other / "detector.onnx")
    datasets = {
        "calibration": {"folder": "calibration", "pictures": CALIBRATION},
        "validation": {"folder": "validation", "pictures": VALIDATION},
    }
    made = {"seed": SEED, "training_pictures": PICTURES, "steps": STEPS, "started_from": "classifier/classifier.onnx"}
    results, all_figures = {}, {}
    for folder, name in ((out, "detector"), (other, "detector_yolo")):
        outputs, figures = _evaluated(folder / "detector.onnx", network, out, annotations)
        all_figures[name] = figures
        results[name] = outputs
        shared = datasets if folder == out else _beside(datasets, out.name)
        write_readme(folder, name)
        (folder / "labels.txt").write_text("".join(f"{label}\n" for label in training.CLASSES))
        write_manifest(
            folder,
            "detection",
            "detector.onnx",
            network,
            PREPROCESSING,
            training.CLASSES,
            shared,
            figures,
            made,
        )
    if fixtures:
        for name, outputs in results.items():
            for key, values in outputs.items():
                np.save(fixtures / f"{name}_{key}_first3.npy", values[:3])
    return all_figures


def _beside(datasets, name):
    return {part: item | {"folder": f"../{name}/{item['folder']}"} for part, item in datasets.items()}


def _write_pictures(out):
    """Writes both sets of pictures; gives back the boxes and classes of the annotated ones in pixels of the input."""
    calibration, validation = fresh(out / "calibration"), fresh(out / "validation")
    folders = {name: fresh(validation / name) for name in ("Annotations", "JPEGImages", "ImageSets/Main")}
    for index in range(CALIBRATION):
        data, _ = composed_picture(SEED, "detection calibration", index, training.CLASSES, training.SIZES)
        (calibration / f"scene_{index + 1:03}.jpg").write_bytes(data)
    names, annotations = [], []
    for index in range(VALIDATION):
        data, composed = composed_picture(SEED, "detection validation", index, training.CLASSES, training.SIZES)
        name = f"scene_{index + 1:03}"
        (folders["JPEGImages"] / f"{name}.jpg").write_bytes(data)
        (folders["Annotations"] / f"{name}.xml").write_text(_annotation(name, composed))
        names.append(name)
        annotations.append(training.annotation(composed))
    (folders["ImageSets/Main"] / "val.txt").write_text("".join(f"{name}\n" for name in names))
    labels = ["background", *training.CLASSES]
    lines = ",\n".join(f'    "{index}": "{label}"' for index, label in enumerate(labels))
    text = f'{{\n  "label_map": {{\n{lines}\n  }},\n  "background_label": 0\n}}\n'
    (validation / "dataset_meta.json").write_text(text)
    return annotations


def _annotation(name, composed):
    """The picture's XML in the form of Pascal VOC, whose pixels are counted from 1."""
    width, height = composed.canvas.size
    objects = []
    for thing in composed.things:
        left, top, right, bottom = (edge + 1 for edge in thing.box)
        objects.append(
            f"  <object>\n    <name>{escape(training.CLASSES[thing.label])}</name>\n"
            f"    <difficult>{int(thing.difficult)}</difficult>\n    <bndbox>\n      <xmin>{left}</xmin>\n"
            f"      <ymin>{top}</ymin>\n      <xmax>{right}</xmax>\n      <ymax>{bottom}</ymax>\n    </bndbox>\n"
            "  </object>\n"
        )
    return (
        f"<annotation>\n  <filename>{name}.jpg</filename>\n  <size>\n    <width>{width}</width>\n"
        f"    <height>{height}</height>\n    <depth>3</depth>\n  </size>\n{''.join(objects)}</annotation>\n"
    )


def _read(folder):
    files = sorted(folder.glob("*.jpg"))
    return training.normalized(np.stack([training.pixels(file.read_bytes()) for file in files]))


def _found(outputs):
    if "boxes" in outputs:
        return detections.ssd_detections(outputs["boxes"], outputs["scores"])
    return detections.yolo_detections(outputs["detections"])


def _evaluated(model, network, out, annotations):
    """ONNX Runtime's outputs of the validation set, and the figures that go into the manifest."""
    inputs = _read(out / "validation/JPEGImages")
    with torch.no_grad():
        raw = network(torch.from_numpy(inputs))
    reference = {
        "boxes": ssd_decoded(raw["offsets"]).numpy(),
        "scores": torch.softmax(raw["logits"], -1).numpy(),
        "detections": yolo_decoded(raw["rows"]).numpy(),
    }
    outputs = checking.outputs(model, inputs)
    for name, values in outputs.items():
        require_equal(values, reference[name], name)
    classes = len(training.CLASSES)
    precision = detections.mean_average_precision(_found(outputs), annotations, classes)
    quantized = checking.int8_outputs(model, _read(out / "calibration"), inputs, symmetric=False)
    int8 = detections.mean_average_precision(_found(quantized), annotations, classes)
    figures = {"fp32_map_50": round(precision, 4), "onnxruntime_int8_asymmetric": {"map_50": round(int8, 4)}}
    print(model.parent.name, figures, file=sys.stderr, flush=True)
    return outputs, figures
