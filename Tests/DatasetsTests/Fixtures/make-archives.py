"""Writes Archives: archives as datasets come in, and as an enemy would make them. Run: python make-archives.py"""

import io
import tarfile
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent
PICTURE = (FOLDER / "Pictures" / "filtered.png").read_bytes()
TEXT = b"a.png 3\nsub/b.png 1\n"
GOOD = {"photos/a.png": PICTURE, "photos/sub/b.png": PICTURE, "photos/val.txt": TEXT, "photos/run.sh": b"#!/bin/sh\n"}


def member(name, content=b"", kind=tarfile.REGTYPE, link=""):
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = len(content), kind, link
    return info, io.BytesIO(content)


def tar(name, mode, members):
    with tarfile.open(FOLDER / "Archives" / name, mode, format=tarfile.PAX_FORMAT) as archive:
        for info, content in members:
            archive.addfile(info, content)


def main():
    (FOLDER / "Archives").mkdir(exist_ok=True)
    good = [member(name, content) for name, content in GOOD.items()]
    tar("good.tar", "w", good)
    tar("good.tar.gz", "w:gz", [member(name, content) for name, content in GOOD.items()])
    with zipfile.ZipFile(FOLDER / "Archives" / "good.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in GOOD.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    tar("hostile.tar", "w", [
        member("a.png", PICTURE), member("../out.png", PICTURE), member("/absolute.png", PICTURE),
        member("sub/../../out.png", PICTURE), member("link.png", kind=tarfile.SYMTYPE, link="/etc/passwd"),
        member("folder", kind=tarfile.SYMTYPE, link="/tmp"), member("folder/through.png", PICTURE),
        member("hard.png", kind=tarfile.LNKTYPE, link="a.png"), member("pipe.png", kind=tarfile.FIFOTYPE),
        member("a.png", b"again"), member("back\\slash.png", PICTURE), member("x" * 300 + ".png", PICTURE)])
    with zipfile.ZipFile(FOLDER / "Archives" / "bomb.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("bomb.txt"), bytes(80_000_000), zipfile.ZIP_DEFLATED, 9)
    (FOLDER / "Archives" / "damaged.zip").write_bytes((FOLDER / "Archives" / "good.zip").read_bytes()[:150])
    (FOLDER / "Archives" / "none.tar.gz").write_bytes(b"this is no archive")


if __name__ == "__main__":
    main()
