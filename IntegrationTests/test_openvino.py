"""OpenVINO IR between Octet, OpenVINO and NNCF, both ways.

The other programs live in an environment of their own, whose Python is named by OCTET_PEERS_PYTHON; else that of
`shared/peers/setup` is taken where it was made. Without one, these tests are skipped.
"""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from program import octet, run

PEER = Path(__file__).with_name("openvino_peer.py")
PYTHON = Path(os.environ.get("OCTET_PEERS_PYTHON", Path.home() / ".cache/octet-peers/bin/python"))
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
EXAMPLE = Path(__file__).resolve().parents[1] / "Sources/Examples/Resources/classifier"

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="there is no environment with OpenVINO (OCTET_PEERS_PYTHON)")

NETWORKS = {
    "example": dict(
        model=EXAMPLE / "classifier.onnx", side=72, crop=64, calibration=EXAMPLE / "calibration",
        validation=EXAMPLE / "validation"),
    "mobilenet": dict(
        model=SHARED / "models/mobilenet_v2.onnx", side=256, crop=224, calibration=SHARED / "imagenet-calibration",
        validation=SHARED / "imagenet-validation"),
}


def peer(*arguments):
    done = subprocess.run([PYTHON, PEER, *map(str, arguments)], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-4000:]


@pytest.fixture(scope="module", params=NETWORKS)
def network(request, tmp_path_factory):
    """A network's files, tensors of its pictures, and what Octet computes and writes."""
    network = NETWORKS[request.param]
    if not network["model"].exists():
        pytest.skip("the folder shared with the network and photographs is not there")
    folder = tmp_path_factory.mktemp(request.param)
    for part in ("calibration", "validation"):
        peer("tensors", network[part], network["side"], network["crop"], folder / f"{part}.npy")
    network = dict(network, folder=folder)
    run(
        f"""
{load(network, network["model"], "m")}
calibration = dataset "{network["calibration"]}"
photos = dataset "{network["validation"]}"
q = calibrate m using: calibration
predict m on: photos save: "fp32.npy"
predict q on: photos save: "int8.npy"
export m to: "fp32.xml"
export q to: "int8.xml"
""", folder)
    return network


def load(network, file, name):
    return (f'{name} = load "{file}" mean: 127.5 scale: 127.5 channels: rgb '
            f'resize: {network["side"]} crop: {network["crop"]}')


def predictions(network, file):
    """What Octet says of the photographs with a model that another program wrote."""
    output = file.with_suffix(".octet.npy")
    run(f'{load(network, file, "m")}\nphotos = dataset "{network["validation"]}"\npredict m on: photos save: "{output}"',
        network["folder"])
    return np.load(output)


def reference(network, file):
    output = file.with_suffix(".peer.npy")
    peer("outputs", file, network["folder"] / "validation.npy", output)
    return np.load(output)


def agreement(a, b):
    return (a.argmax(1) == b.argmax(1)).mean()


def signal_to_noise(floats, quantized):
    """dB, of log-probabilities whose mean over the classes is 0."""
    logs = [np.log(np.maximum(p.astype(np.float64), 1e-12)) for p in (floats, quantized)]
    signal, other = (x - x.mean(1, keepdims=True) for x in logs)
    return 10 * np.log10((signal**2).sum() / ((other - signal) ** 2).sum())


def test_openvino_computes_the_same_of_what_octet_writes_in_fp32(network):
    theirs = reference(network, network["folder"] / "fp32.xml")
    np.testing.assert_allclose(theirs, np.load(network["folder"] / "fp32.npy"), atol=2e-5)


def test_openvino_computes_the_same_of_what_octet_writes_in_int8(network):
    ours, theirs = np.load(network["folder"] / "int8.npy"), reference(network, network["folder"] / "int8.xml")
    # OpenVINO requantizes in other places, so that pictures on the edge of two classes may fall to either side.
    assert agreement(ours, theirs) >= 0.95
    assert np.abs(ours - theirs).mean() < 0.005
    floats = np.load(network["folder"] / "fp32.npy")
    assert abs(signal_to_noise(floats, ours) - signal_to_noise(floats, theirs)) < 0.5


def test_octet_computes_the_same_of_what_openvino_and_nncf_write(network, tmp_path):
    peer("convert", network["model"], tmp_path, network["folder"] / "calibration.npy")
    for name, tolerance in (("fp32", 2e-5), ("fp16", 2e-5)):
        file = tmp_path / f"{name}.xml"
        np.testing.assert_allclose(predictions(network, file), reference(network, file), atol=tolerance, err_msg=name)
    for name in ("performance", "mixed"):
        file = tmp_path / f"{name}.xml"
        ours, theirs = predictions(network, file), reference(network, file)
        # Two INT8 engines round differently; of MobileNetV2, both differ so much from what the file says exactly.
        assert agreement(ours, theirs) >= 0.95, name
        assert np.abs(ours - theirs).mean() < 0.005, name


@pytest.mark.parametrize("name", ["resnet50", "squeezenet", "shufflenet", "densenet121", "inception_v1", "inception_v2"])
def test_networks_of_other_kinds_go_both_ways(name, tmp_path):
    model = tmp_path / f"{name}.onnx"
    peer("light", name, model)
    rows = np.random.default_rng(0).uniform(-1, 1, (2, 3, 224, 224)).astype(np.float32)
    np.save(tmp_path / "input.npy", rows)
    peer("outputs", model, tmp_path / "input.npy", tmp_path / "written_expected.npy")
    peer("onnxruntime", model, tmp_path / "input.npy", tmp_path / "read_expected.npy")
    peer("convert", model, tmp_path)
    run(f'm = load "{model}"\nexport m to: "written.xml"\n'
        f'p = load "{tmp_path}/fp32.xml"\nexport p to: "read.onnx"', tmp_path)
    peer("outputs", tmp_path / "written.xml", tmp_path / "input.npy", tmp_path / "written.npy")
    peer("onnxruntime", tmp_path / "read.onnx", tmp_path / "input.npy", tmp_path / "read.npy")
    # Each beside the same engine on the original.
    for way in ("written", "read"):
        expected = np.load(tmp_path / f"{way}_expected.npy")
        tolerance = 1e-4 * np.abs(expected).max()
        np.testing.assert_allclose(np.load(tmp_path / f"{way}.npy"), expected, atol=tolerance, err_msg=way)


def test_transposed_convolutions_are_padded_as_openvino_pads_them(tmp_path):
    done = subprocess.run([PYTHON, PEER.with_name("openvino_transposed.py"), tmp_path], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-4000:]
    networks = sorted(tmp_path.glob("*.xml"))
    assert len(networks) == 10
    for network in networks:
        results = tmp_path / network.stem
        ran = subprocess.run(
            [octet(), "infer", network, "--input", f"x={network.with_suffix('.x.npy')}", "--output-dir", results],
            capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stderr
        [found] = results.glob("*.npy")
        np.testing.assert_allclose(np.load(found), np.load(network.with_suffix(".y.npy")), atol=1e-5)
