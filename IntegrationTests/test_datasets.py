"""Annotated datasets as folders and archives: what is recognised, counted, shown, and refused."""

import json
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from program import octet, run


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    folder = run("dataset example: classifier part: validation subset: 6 seed: 1", tmp_path_factory.mktemp("x"))[0]["folder"]
    return sorted(Path(folder).glob("*.jpg"))[:6]


@pytest.fixture
def coco(tmp_path, pictures):
    """A folder as COCO has it, with two annotations that cannot be used."""
    folder = tmp_path / "coco"
    (folder / "val").mkdir(parents=True)
    (folder / "annotations").mkdir()
    images, annotations = [], []
    for number, picture in enumerate(pictures):
        shutil.copy(picture, folder / "val" / picture.name)
        images.append({"id": number, "file_name": picture.name, "width": 64, "height": 64})
        annotations.append({"id": number, "image_id": number, "category_id": 1 + number % 2, "bbox": [4, 4, 20, 20]})
    annotations.append({"id": 90, "image_id": 77, "category_id": 1, "bbox": [4, 4, 20, 20]})
    annotations.append({"id": 91, "image_id": 0, "category_id": 1, "bbox": [4, 4, 0, 20]})
    content = {
        "info": {}, "licenses": [], "images": images, "annotations": annotations,
        "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}]}
    (folder / "annotations" / "instances_val.json").write_text(json.dumps(content, indent=1))
    return folder


def test_describe_tells_tasks_counts_classes_and_every_problem(coco, tmp_path):
    (coco / "val" / "broken.jpg").write_bytes(b"no picture")
    _, report = run('d = dataset "coco"\ndescribe d', tmp_path)
    assert report["type"] == "COCO" and report["images"] == 6 and report["tasks"][0] == "object detection"
    assert [(c["name"], c["images"], c["objects"]) for c in report["classes"]] == [("cat", 3, 3), ("dog", 3, 3)]
    assert report["bytes"] == sum(path.stat().st_size for path in (coco / "val").iterdir()) - 10
    problems = " ".join(report["problems"])
    assert "77, which is not listed" in problems and "without area" in problems and "instances_val.json:" in problems


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_an_archive_is_the_same_as_its_folder(coco, tmp_path, kind):
    archive = tmp_path / f"photos.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(archive, "w") as packed:
            for path in coco.rglob("*"):
                packed.write(path, path.relative_to(coco.parent))
    else:
        with tarfile.open(archive, "w:gz" if kind == "tar.gz" else "w") as packed:
            packed.add(coco, "coco")
    folder, packed, part = run(
        f'dataset "coco"\nd = dataset "photos.{kind}"\ndataset "photos.{kind}" subset: 50% seed: 7', tmp_path)
    assert packed["name"] == "photos" and part["images"] == 3
    for key in ["type", "images", "classes", "tasks", "problems"]:
        assert packed[key] == folder[key], key


def test_an_archive_that_climbs_out_writes_nothing_outside(pictures, tmp_path):
    with tarfile.open(tmp_path / "evil.tar", "w") as packed:
        packed.add(pictures[0], "a.jpg")
        packed.add(pictures[0], "../../../escaped.jpg")
        link = tarfile.TarInfo("link.jpg")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    for _ in range(2):
        report = run('d = dataset "evil.tar"', tmp_path)[0]
        assert report["images"] == 1 and len(report["problems"]) == 2
        assert "no path inside" in report["problems"][0] and "is a link" in report["problems"][1]
    assert not list(tmp_path.parent.glob("escaped.jpg"))


def test_accuracy_needs_classes_of_whole_pictures(coco, tmp_path):
    text = 'm = load example: classifier\nd = dataset "coco"\nreport accuracy m on: d'
    done = subprocess.run([octet(), "run", "-c", text], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "object detection" in done.stderr, done.stderr
