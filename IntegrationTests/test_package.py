"""`package`: what it writes runs without Octet, also where nothing is installed, and gives the notebook's scores bit for bit."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest

from program import octet, run

EXAMPLE = Path(__file__).resolve().parents[1] / "Sources/Examples/Resources/classifier"
CLASSES = len((EXAMPLE / "labels.txt").read_text().split("\n")) - 1


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The folder of a package, the pictures, and the notebook's scores of them."""
    folder = tmp_path_factory.mktemp("package")
    result = run(
        """
parent = load example: classifier
calibration = dataset example: classifier part: calibration
photos = dataset example: classifier part: validation
q = calibrate parent using: calibration
predict q on: photos save: "scores.npy"
package q to: "deployment" batch: 4 streams: 2
""", folder)[-1]
    files = [path for path in (EXAMPLE / "validation").rglob("*") if path.suffix in (".png", ".jpg")]
    pictures = sorted(files, key=lambda path: path.name.encode())
    scores = np.load(folder / "scores.npy")
    assert len(pictures) == len(scores)
    return dict(folder=folder / "deployment", pictures=pictures, scores=scores, result=result)


def classify(program, pictures, output, *options, **arguments):
    """What octet-run says, and the scores that it writes."""
    done = subprocess.run(
        [*map(str, program), "--scores", str(output), *map(str, options), *map(str, pictures)], capture_output=True,
        text=True, timeout=120, **arguments)
    return done


def test_the_manifest_names_every_file_with_its_hash(package):
    folder = package["folder"]
    manifest = json.loads((folder / "manifest.json").read_text())
    listed = {entry["path"]: entry for entry in manifest["files"]}
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert found == set(listed) | {"manifest.json", "SHA256SUMS"}
    for path, entry in listed.items():
        content = (folder / path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"]), path
    assert (manifest["batch"], manifest["streams"], manifest["precision"]) == (4, 2, "INT8")
    for part in ("model/model.onnx", "model/model.xml", "model/model.bin", "model/model.octet", "model/model.json",
                 "model/labels.txt", "lib/libOctetRuntime.so", "bin/octet-run", "include/octet_runtime.h",
                 "examples/classify.c", "examples/classify.py", "README.md", "licences/LICENSE"):
        assert part in listed
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=True)


def test_the_archive_holds_the_same(package):
    folder = package["folder"]
    archive = folder.with_name("deployment.tar.gz")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == package["result"]["archive"]["sha256"]
    with tarfile.open(archive) as members:
        names = [member.name for member in members]
        assert all(name.startswith("deployment/") for name in names)
        for member in members.getmembers():
            file = folder.parent / member.name
            assert members.extractfile(member).read() == file.read_bytes(), member.name
            assert member.mode == file.stat().st_mode & 0o777
    assert len(names) == len([path for path in folder.rglob("*") if path.is_file()])


@pytest.mark.parametrize("options", [(), ("--batch", 1, "--streams", 1), ("--batch", 7, "--streams", 3)])
def test_the_program_gives_the_scores_of_the_notebook(package, tmp_path, options):
    pictures = package["pictures"]
    done = classify([package["folder"] / "bin/octet-run"], pictures, tmp_path / "scores", *options)
    assert done.returncode == 0, done.stderr
    scores = np.fromfile(tmp_path / "scores", np.float32).reshape(-1, CLASSES)
    np.testing.assert_array_equal(scores.view(np.uint32), package["scores"].view(np.uint32))
    labels = (EXAMPLE / "labels.txt").read_text().split("\n")
    for line, picture, row in zip(done.stdout.splitlines(), pictures, package["scores"]):
        path, index, label, score = line.split("\t")
        assert (path, int(index), label) == (str(picture), row.argmax(), labels[row.argmax()].split(",")[0])
        assert np.float32(score) == row.max()


def test_the_samples_run(package, tmp_path):
    folder, picture, row = package["folder"], package["pictures"][0], package["scores"][0]
    expected = f"{row.argmax()} "
    outputs = [subprocess.run(
        [sys.executable, folder / "examples/classify.py", folder / "model", picture], capture_output=True, text=True,
        check=True).stdout]
    compiler = shutil.which("cc") or shutil.which("clang")
    assert compiler, "a C compiler is needed, which the Swift toolchain has"
    program = tmp_path / "classify"
    subprocess.run(
        [compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{folder}/include", folder / "examples/classify.c",
         f"-L{folder}/lib", "-lOctetRuntime", f"-Wl,-rpath,{folder}/lib", "-o", program], check=True)
    outputs.append(subprocess.run([program, folder / "model", picture], capture_output=True, text=True, check=True).stdout)
    for output in outputs:
        assert output.startswith(expected) and np.float32(output.split()[-1]) == row.max(), output


def test_the_library_needs_the_c_library_and_what_lies_beside_it(package):
    folder = package["folder"] / "lib"
    listing = subprocess.run(["ldd", folder / "libOctetRuntime.so"], capture_output=True, text=True, check=True).stdout
    for line in listing.splitlines():
        name, *rest = line.split()
        if name.split("/")[-1].split(".")[0] not in ("linux-vdso", "libc", "libm", "libdl", "libpthread", "ld-linux-x86-64",
                                                     "ld-linux-aarch64"):
            assert Path(rest[1]).resolve().parent == folder.resolve(), line


BAD = {
    "no picture": (lambda folder, tmp: ["nothing.png"], 1, "nothing.png"),
    "damaged picture": (lambda folder, tmp: [write(tmp / "bad.png", (EXAMPLE / "validation").rglob("*.*"))], 1, "bad.png"),
    "no model": (lambda folder, tmp: ["--model", str(tmp), "x.png"], 1, "model.json"),
    "batch": (lambda folder, tmp: ["--batch", "0", "x.png"], 2, "--batch 0"),
    "option": (lambda folder, tmp: ["--nothing", "x.png"], 2, "--nothing"),
    "nothing": (lambda folder, tmp: [], 2, "usage"),
}


def write(path, pictures):
    source = next(file for file in sorted(pictures) if file.suffix in (".png", ".jpg"))
    path.write_bytes(source.read_bytes()[:500])
    return str(path)


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said(package, tmp_path, name):
    arguments, status, words = BAD[name]
    done = subprocess.run(
        [package["folder"] / "bin/octet-run", *arguments(package["folder"], tmp_path)], capture_output=True, text=True)
    assert (done.returncode, words in done.stderr) == (status, True), done.stderr


def test_c_programs_cannot_trap_it(package):
    import ctypes

    library = ctypes.CDLL(str(package["folder"] / "lib/libOctetRuntime.so"))
    message = ctypes.create_string_buffer(64)
    assert library.octet_model_open(None, 0, 0, None, None, ctypes.c_size_t(0)) == 1
    model = ctypes.c_void_p(1)
    assert library.octet_model_open(b"/nowhere", -1, 0, ctypes.byref(model), message, ctypes.c_size_t(64)) == 1
    assert model.value is None and b"negative" in message.value
    assert library.octet_classify_files(None, None, ctypes.c_size_t(1), 0, None, message, ctypes.c_size_t(64)) == 1
    library.octet_model_close(None)
    folder = str(package["folder"] / "model").encode()
    assert library.octet_model_open(folder, 0, 0, ctypes.byref(model), message, ctypes.c_size_t(64)) == 0
    scores = (ctypes.c_float * CLASSES)()
    for width, height in ((0, 5), (2**63 - 1, 2), (2**40, 2**40)):
        code = library.octet_classify_pixels(
            model, b"abc", ctypes.c_size_t(width), ctypes.c_size_t(height), scores, message, ctypes.c_size_t(64))
        assert code == 3 and b"extents" in message.value
    label = ctypes.create_string_buffer(3)
    assert library.octet_model_label(model, ctypes.c_size_t(CLASSES), label, ctypes.c_size_t(3)) == 1
    assert library.octet_model_label(model, ctypes.c_size_t(0), label, ctypes.c_size_t(3)) == 0 and len(label.value) == 2
    library.octet_model_close(model)


@pytest.fixture(scope="module")
def bare_root(tmp_path_factory):
    """A Debian root that holds the C library and nothing else, not even a shell."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("apt-get", "dpkg-deb", "chroot"))):
        pytest.skip("a bare root is made as root, with apt-get and dpkg-deb")
    folder = tmp_path_factory.mktemp("bare")
    download = subprocess.run(["apt-get", "download", "libc6"], cwd=folder, capture_output=True, text=True)
    if download.returncode != 0:
        pytest.skip(f"libc6 cannot be fetched: {download.stderr[-300:]}")
    root = folder / "root"
    subprocess.run(["dpkg-deb", "-x", next(folder.glob("libc6_*.deb")), root], check=True)
    return root


def test_it_runs_in_a_root_with_nothing_installed(package, bare_root):
    with tarfile.open(package["folder"].with_name("deployment.tar.gz")) as archive:
        archive.extractall(bare_root / "opt", filter="fully_trusted")
    photos = bare_root / "photos"
    photos.mkdir()
    pictures = package["pictures"][::6][:10]
    for picture in pictures:
        shutil.copy(picture, photos)
    done = classify(["chroot", bare_root, "/opt/deployment/bin/octet-run"],
                    [f"/photos/{picture.name}" for picture in pictures], "/scores")
    assert done.returncode == 0, done.stderr
    scores = np.fromfile(bare_root / "scores", np.float32).reshape(-1, CLASSES)
    np.testing.assert_array_equal(scores.view(np.uint32), package["scores"][::6][:10].view(np.uint32))


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/precious").write_text("keep me")
    done = subprocess.run(
        [octet(), "run", "-c", 'm = load example: classifier\npackage m to: "mine"'], cwd=tmp_path, capture_output=True,
        text=True)
    assert done.returncode != 0 and "holds other files" in done.stdout + done.stderr
    assert (tmp_path / "mine/precious").read_text() == "keep me"


def test_a_folder_with_a_manifest_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "page").mkdir()
    (tmp_path / "page/manifest.json").write_text('{"name": "a page"}')
    done = subprocess.run(
        [octet(), "run", "-c", 'm = load example: classifier\npackage m to: "page"'], cwd=tmp_path, capture_output=True,
        text=True)
    assert done.returncode != 0 and "holds other files" in done.stdout + done.stderr
    assert (tmp_path / "page/manifest.json").read_text() == '{"name": "a page"}'


def test_a_slash_at_the_end_changes_nothing(tmp_path):
    for _ in range(2):
        run('m = load example: classifier\npackage m to: "deployment/"', tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {"deployment", "deployment.tar.gz"}
        assert (tmp_path / "deployment/manifest.json").exists()
