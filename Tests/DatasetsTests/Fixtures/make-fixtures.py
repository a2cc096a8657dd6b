#!/usr/bin/env python3
"""Draws the pictures of these tests and writes what Pillow and NumPy make of them.

Needs NumPy and Pillow; made with Pillow 13.0.0. Run it in any folder: python3 make-fixtures.py
Everything is seeded; other versions of Pillow may compress JPEG files differently.
"""
import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

HERE = Path(__file__).resolve().parent
PICTURES, EXPECTED, RESIZED, FRAMES = (HERE / n for n in ("Pictures", "Expected", "Resized", "Frames"))
NORMALIZED = HERE / "Normalized"


def scene(width, height, seed=0):
    """A gradient with shapes, edges and noise."""
    generator = np.random.default_rng(seed)
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    rgb = np.stack([255 * x, 255 * y, 127 + 127 * np.sin(9 * x + 5 * y)], axis=-1)
    image = Image.fromarray(rgb.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.1, height * 0.2, width * 0.5, height * 0.8), fill=(230, 40, 30))
    draw.rectangle((width * 0.6, height * 0.1, width * 0.9, height * 0.5), fill=(255, 255, 255), outline=(0, 0, 0))
    draw.line((0, height, width, 0), fill=(10, 200, 250), width=2)
    noisy = np.asarray(image).astype(int) + generator.integers(-20, 21, (height, width, 3))
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


def write_ppm(path, image):
    path.write_bytes(b"P6\n%d %d\n255\n" % image.size + image.tobytes())


def picture(name, data, expected=None):
    """Stores a file and the upright RGB picture that Pillow sees in it, unless another is given."""
    (PICTURES / name).write_bytes(data)
    if expected is None:
        expected = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
    write_ppm(EXPECTED / (name + ".ppm"), expected)


def saved(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def exif(orientation, order):
    """A TIFF structure with a Make tag before the orientation."""
    mark = {"<": b"II", ">": b"MM"}[order]
    entries = struct.pack(order + "HHI4s", 0x010F, 2, 4, b"abc\0")
    entries += struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    return mark + struct.pack(order + "HIH", 42, 8, 2) + entries + struct.pack(order + "I", 0)


def jpegs():
    rgb = scene(45, 33)
    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        picture(f"baseline-{name}.jpg", saved(rgb, "JPEG", quality=85, subsampling=sampling))
        picture(f"progressive-{name}.jpg", saved(rgb, "JPEG", quality=85, subsampling=sampling, progressive=True))
    picture("restarts.jpg", saved(rgb, "JPEG", quality=70, restart_marker_rows=1))
    picture("stored-as-rgb.jpg", saved(rgb, "JPEG", quality=90, keep_rgb=True))
    picture("grey.jpg", saved(rgb.convert("L"), "JPEG", quality=85))
    picture("grey-progressive.jpg", saved(rgb.convert("L"), "JPEG", quality=85, progressive=True))
    generator = np.random.default_rng(3)
    black = generator.integers(0, 256, (3, 4, 1)).repeat(11, 0).repeat(12, 1)[:, :45]
    inks = np.concatenate([np.asarray(rgb), black], 2)
    cmyk = saved(Image.fromarray(inks.astype(np.uint8), "CMYK"), "JPEG", quality=90)
    picture("cmyk.jpg", cmyk)
    # The last byte of Adobe's marker says how colours are transformed: 2 is YCCK.
    adobe = cmyk.index(b"\xff\xee\x00\x0eAdobe") + 15
    picture("ycck.jpg", cmyk[:adobe] + b"\x02" + cmyk[adobe + 1 :])
    start = cmyk.index(b"\xff\xee\x00\x0eAdobe")
    picture("cmyk-without-adobe.jpg", cmyk[:start] + cmyk[start + 16 :])
    picture("trailing-bytes.jpg", saved(rgb, "JPEG", quality=50) + b"something else")
    for orientation in range(1, 9):
        order = "<>"[orientation % 2]
        data = b"Exif\0\0" + exif(orientation, order)
        picture(f"orientation-{orientation}.jpg", saved(scene(24, 16), "JPEG", quality=80, exif=data))
    picture("orientation-0.jpg", saved(scene(24, 16), "JPEG", quality=80, exif=b"Exif\0\0" + exif(0, "<")))
    picture("one-pixel.jpg", saved(scene(1, 1), "JPEG"))
    picture("one-column.jpg", saved(scene(1, 19), "JPEG"))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def png(samples, depth, colour, interlaced=False, extra=()):
    """A PNG file of an integer array [height, width, channels]."""
    height, width, channels = samples.shape

    def rows(part):
        out = b""
        for row in part:
            flat = row.reshape(-1)
            if depth == 16:
                packed = flat.astype(">u2").tobytes()
            else:
                bits = "".join(f"{value:0{depth}b}" for value in flat)
                bits += "0" * (-len(bits) % 8)
                packed = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))
            out += b"\0" + packed
        return out

    if interlaced:
        parts = [samples[y::dy, x::dx] for x, y, dx, dy in ADAM7]
        data = b"".join(rows(part) for part in parts if part.size)
    else:
        data = rows(samples)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    body = chunk(b"IHDR", header) + b"".join(chunk(*c) for c in extra) + chunk(b"IDAT", zlib.compress(data, 9))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def pngs():
    generator = np.random.default_rng(7)
    width, height = 19, 11
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
    depths = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
    names = {0: "grey", 2: "rgb", 3: "palette", 4: "grey-alpha", 6: "rgb-alpha"}
    for colour, name in names.items():
        for depth in depths[colour]:
            samples = generator.integers(0, 2**depth, (height, width, channels[colour]))
            extra = []
            if colour == 3:
                extra.append((b"PLTE", generator.integers(0, 256, 3 * 2**depth).astype(np.uint8).tobytes()))
            # Pillow cuts 16-bit grey off at 255; the high byte is what the picture looks like.
            high = Image.fromarray((samples[:, :, 0] >> 8).astype(np.uint8)).convert("RGB")
            expected = high if (colour, depth) == (0, 16) else None
            for interlaced in (False, True):
                suffix = "-interlaced" if interlaced else ""
                picture(f"{name}-{depth}{suffix}.png", png(samples, depth, colour, interlaced, extra), expected)
    grey = generator.integers(0, 256, (height, width, 1))
    rgb = generator.integers(0, 256, (height, width, 3))
    palette = generator.integers(0, 4, (height, width, 1))
    colours = (b"PLTE", bytes([255, 0, 0, 0, 255, 0, 0, 0, 255, 90, 90, 90]))
    picture("grey-8-transparent.png", png(grey, 8, 0, extra=[(b"tRNS", struct.pack(">H", int(grey[0, 0, 0])))]))
    picture("rgb-8-transparent.png", png(rgb, 8, 2, extra=[(b"tRNS", struct.pack(">HHH", *map(int, rgb[0, 0])))]))
    picture("palette-2-transparent.png", png(palette, 2, 3, extra=[colours, (b"tRNS", bytes([0, 128]))]))
    picture("gamma.png", png(rgb, 8, 2, extra=[(b"gAMA", struct.pack(">I", 100000))]))
    picture("orientation-6.png", png(rgb, 8, 2, extra=[(b"eXIf", exif(6, ">"))]))
    picture("filtered.png", saved(scene(45, 30), "PNG"))
    picture("large-scale.png", saved(scene(97, 61, 1), "PNG"))


def resized():
    filters = {"bilinear": Image.BILINEAR, "nearest": Image.NEAREST}
    cases = {
        "large-scale.png": [(64, 40), (150, 95), (31, 90), (97, 20), (13, 61), (1, 1), (5, 3), (96, 60), (98, 62)],
        "one-column.jpg": [(7, 5), (1, 40)],
        "one-pixel.jpg": [(4, 3)],
        "baseline-420.jpg": [(44, 32), (90, 66)],
    }
    for name, sizes in cases.items():
        image = Image.open(PICTURES / name).convert("RGB")
        for size in sizes:
            for kind, method in filters.items():
                write_ppm(RESIZED / f"{name}.{size[0]}x{size[1]}.{kind}.ppm", image.resize(size, method))


def frames():
    """The shorter side resized, the middle cropped; named after side and crop."""
    cases = [
        ("large-scale.png", 40, (32, 32)),
        ("large-scale.png", 61, (61, 61)),
        ("filtered.png", 15, (15, 15)),
        ("filtered.png", 25, (20, 13)),
        ("orientation-6.jpg", 17, (16, 10)),
        ("cmyk.jpg", 64, (56, 56)),
    ]
    for name, side, (cw, ch) in cases:
        image = ImageOps.exif_transpose(Image.open(PICTURES / name)).convert("RGB")
        w, h = image.size
        s = side / min(w, h)
        image = image.resize((round(w * s), round(h * s)), Image.BILINEAR)
        w, h = image.size
        left, top = (w - cw) // 2, (h - ch) // 2
        image = image.crop((left, top, left + cw, top + ch))
        write_ppm(FRAMES / f"{name}.{side}.{cw}x{ch}.ppm", image)
        (FRAMES / f"{name}.{side}.{cw}x{ch}.gray").write_bytes(image.convert("L").tobytes())


def normalized():
    """(x - mean) / scale of the 256 samples, little-endian float32."""
    samples = np.arange(256, dtype=np.uint8).astype(np.float32)
    for mean, scale in ((127.5, 127.5), (103.94, 58.8235), (123.675, 58.395), (0, 255), (0, 1), (-3, -0.017)):
        values = (samples - np.float32(mean)) / np.float32(scale)
        (NORMALIZED / f"{mean}_{scale}.f32").write_bytes(values.astype("<f4").tobytes())


if __name__ == "__main__":
    for folder in (PICTURES, EXPECTED, RESIZED, FRAMES, NORMALIZED):
        folder.mkdir(exist_ok=True)
        for file in folder.iterdir():
            file.unlink()
    jpegs()
    pngs()
    resized()
    frames()
    normalized()
