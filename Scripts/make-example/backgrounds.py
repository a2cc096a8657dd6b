"""What lies behind the things of a scene: landscapes, rooms and studio walls, on a canvas of any size."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from colours import among, darker, hsv, lighter, mix, painted


def gradient(size, top, bottom):
    """A canvas that goes from one colour at the top to another at the bottom."""
    column = np.linspace(np.array(top, float), np.array(bottom, float), 64)[:, None]
    return Image.fromarray(column.round().astype(np.uint8)).resize(size, Image.BILINEAR)


def meadow(size, rng):
    blue = hsv(rng.uniform(190, 225), rng.uniform(0.25, 0.65), rng.uniform(0.75, 0.98))
    canvas = gradient(size, blue, lighter(blue, 0.6))
    _clouds(canvas, rng, (250, 250, 252))
    grass = among(rng, [(65, 130)], (0.35, 0.75), (0.4, 0.8))
    horizon = rng.uniform(0.45, 0.75)
    _hills(canvas, rng, horizon, [mix(grass, blue, 0.45), mix(grass, blue, 0.2)])
    _ground(canvas, rng, horizon + 0.04, grass, blades=90)
    return canvas


def sea(size, rng):
    blue = hsv(rng.uniform(185, 225), rng.uniform(0.2, 0.5), rng.uniform(0.8, 0.98))
    canvas = gradient(size, blue, lighter(blue, 0.5))
    _clouds(canvas, rng, (250, 250, 252))
    width, height = size
    horizon = rng.uniform(0.4, 0.65)
    water = hsv(rng.uniform(175, 225), rng.uniform(0.45, 0.8), rng.uniform(0.4, 0.75))
    canvas.paste(gradient((width, height), lighter(water, 0.3), darker(water, 0.35)), (0, int(horizon * height)))
    draw = ImageDraw.Draw(canvas)
    for _ in range(45):
        y = rng.uniform(horizon, 1)
        x, reach = rng.uniform(0, 1), 0.02 + 0.1 * (y - horizon)
        draw.line([(x * width, y * height), ((x + reach) * width, y * height)], fill=lighter(water, 0.45), width=2)
    return canvas


def under_water(size, rng):
    water = hsv(rng.uniform(170, 225), rng.uniform(0.4, 0.8), rng.uniform(0.5, 0.9))
    canvas = gradient(size, lighter(water, 0.35), darker(water, 0.5))
    draw = ImageDraw.Draw(canvas)
    width, height = size
    for _ in range(14):
        x, y, radius = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(2, 9)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=lighter(water, 0.6), width=2)
    weed = among(rng, [(90, 170)], (0.4, 0.8), (0.25, 0.55))
    for _ in range(rng.integers(2, 7)):
        x, reach = rng.uniform(0, width), rng.uniform(0.15, 0.45) * height
        points = [(x + 9 * np.sin(t * 2 + x), height - reach * t / 6) for t in range(7)]
        draw.line(points, fill=weed, width=7, joint="curve")
    _ground(canvas, rng, rng.uniform(0.86, 0.96), hsv(42, 0.35, 0.7), blades=0)
    return canvas


def sunset(size, rng):
    glow = hsv(rng.uniform(5, 45), rng.uniform(0.5, 0.85), rng.uniform(0.85, 1.0))
    canvas = gradient(size, hsv(rng.uniform(220, 300), 0.5, rng.uniform(0.35, 0.65)), glow)
    width, height = size
    x, y, radius = rng.uniform(0.1, 0.9) * width, rng.uniform(0.2, 0.6) * height, rng.uniform(0.06, 0.14) * height
    ImageDraw.Draw(canvas).ellipse((x - radius, y - radius, x + radius, y + radius), fill=lighter(glow, 0.7))
    land = hsv(rng.uniform(250, 380), 0.35, rng.uniform(0.2, 0.4))
    horizon = rng.uniform(0.55, 0.8)
    _hills(canvas, rng, horizon, [mix(land, glow, 0.4), mix(land, glow, 0.2)])
    _ground(canvas, rng, horizon + 0.08, land, blades=20)
    return canvas


def night(size, rng):
    canvas = gradient(size, (14, 16, 38), hsv(rng.uniform(210, 270), 0.55, rng.uniform(0.3, 0.45)))
    draw = ImageDraw.Draw(canvas)
    width, height = size
    for _ in range(30):
        x, y = rng.uniform(0, width), rng.uniform(0, height * 0.7)
        draw.ellipse((x, y, x + 3, y + 3), fill=(240, 240, 220))
    x, y, radius = rng.uniform(0.1, 0.9) * width, rng.uniform(0.1, 0.35) * height, 0.08 * height
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(245, 240, 205))
    _ground(canvas, rng, rng.uniform(0.65, 0.85), hsv(rng.uniform(90, 240), 0.35, 0.25), blades=20)
    return canvas


def snow(size, rng):
    canvas = gradient(size, hsv(215, rng.uniform(0.1, 0.35), rng.uniform(0.65, 0.95)), (236, 240, 246))
    _hills(canvas, rng, rng.uniform(0.5, 0.7), [(196, 208, 224), (214, 223, 235)])
    _ground(canvas, rng, rng.uniform(0.65, 0.8), (240, 244, 250), blades=0)
    draw = ImageDraw.Draw(canvas)
    for _ in range(40):
        x, y, radius = rng.uniform(0, size[0]), rng.uniform(0, size[1]), rng.uniform(1.5, 4)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 255, 255))
    return canvas


def street(size, rng):
    haze = hsv(rng.uniform(20, 230), rng.uniform(0.05, 0.3), rng.uniform(0.75, 0.95))
    canvas = gradient(size, darker(haze, 0.15), lighter(haze, 0.4))
    draw = ImageDraw.Draw(canvas)
    width, height = size
    horizon, x = rng.uniform(0.62, 0.8), -20
    while x < width:
        reach, top = rng.uniform(0.09, 0.22) * width, rng.uniform(0.1, 0.5) * height
        wall = mix(among(rng, [(0, 50), (200, 230)], (0.1, 0.4), (0.4, 0.8)), haze, 0.35)
        draw.rectangle((x, top, x + reach, height), fill=wall)
        for wx in np.arange(x + 8, x + reach - 10, 20):
            for wy in np.arange(top + 10, horizon * height - 12, 26):
                draw.rectangle(
                    (wx, wy, wx + 9, wy + 13), fill=darker(wall, 0.25) if rng.random() < 0.75 else (250, 225, 150)
                )
        x += reach + rng.uniform(0, 8)
    _ground(canvas, rng, horizon, hsv(30, 0.05, rng.uniform(0.35, 0.65)), blades=0)
    return canvas


def room(size, rng):
    wall = lighter(painted(rng), rng.uniform(0.3, 0.75))
    canvas = gradient(size, wall, darker(wall, 0.12))
    draw = ImageDraw.Draw(canvas)
    width, height = size
    paper, tone = rng.integers(3), mix(wall, darker(wall, 0.5), rng.uniform(0.15, 0.4))
    step = rng.uniform(18, 42)
    if paper == 0:
        for x in np.arange(0, width, step):
            draw.rectangle((x, 0, x + step * 0.4, height), fill=tone)
    elif paper == 1:
        for row, y in enumerate(np.arange(0, height, step)):
            for x in np.arange(step / 2 * (row % 2), width, step):
                draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=tone)
    floor = rng.uniform(0.6, 0.82) * height
    wood = among(rng, [(18, 40)], (0.25, 0.65), (0.35, 0.8))
    draw.rectangle((0, floor, width, height), fill=wood)
    draw.rectangle((0, floor - 9, width, floor), fill=lighter(wall, 0.6))
    for x in np.linspace(-width, 2 * width, 16):
        draw.line([(width / 2 + (x - width / 2) * 0.6, floor), (x, height)], fill=darker(wood, 0.25), width=2)
    return canvas


def studio(size, rng):
    tone = painted(rng)
    return gradient(size, lighter(tone, rng.uniform(0.1, 0.8)), darker(tone, rng.uniform(0.0, 0.5)))


def lights(size, rng):
    """Blurred discs of light, as a lens makes of a far crowd."""
    tone = painted(rng)
    canvas = gradient(size, darker(tone, 0.3), darker(tone, 0.6))
    draw = ImageDraw.Draw(canvas)
    for _ in range(rng.integers(12, 30)):
        x, y, radius = rng.uniform(0, size[0]), rng.uniform(0, size[1]), rng.uniform(8, 40)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=mix(tone, painted(rng), 0.45))
    return canvas.filter(ImageFilter.BoxBlur(5))


def cloth(size, rng):
    """A mottled surface."""
    rough = rng.normal(0, rng.uniform(12, 40), (int(rng.integers(6, 26)), int(rng.integers(6, 26)), 3))
    rough = rough.mean(axis=2, keepdims=True) * 0.7 + rough * 0.3
    return Image.fromarray(np.clip(rough + painted(rng), 0, 255).astype(np.uint8)).resize(size, Image.BICUBIC)


KINDS = [meadow, sea, under_water, sunset, night, snow, street, room, studio, lights, cloth]

USUAL = {
    "bicycle": [street, meadow],
    "bird": [meadow, sea, sunset],
    "boat": [sea, sunset],
    "car": [street, meadow, snow],
    "cat": [room, meadow],
    "cup": [room, studio],
    "fish": [under_water, studio],
    "flower": [meadow, lights],
    "house": [meadow, snow, night],
    "mushroom": [meadow, lights],
    "tree": [meadow, snow, sunset],
    "umbrella": [street, sea, room],
}


def background(name, size, rng):
    """A background for a thing of the given class: half of the time a usual one, else any."""
    kinds = USUAL[name] if rng.random() < 0.5 else KINDS
    return kinds[rng.integers(len(kinds))](size, rng)


def _clouds(canvas, rng, tone):
    draw = ImageDraw.Draw(canvas)
    width, height = canvas.size
    for _ in range(rng.integers(0, 4)):
        x, y, reach = rng.uniform(0, width), rng.uniform(0.05, 0.4) * height, rng.uniform(0.05, 0.1) * width
        for shift in (-1.1, -0.4, 0.4, 1.1):
            radius = reach * (0.75 if abs(shift) < 1 else 0.45)
            draw.ellipse(
                (x + shift * reach - radius, y - radius * 0.7, x + shift * reach + radius, y + radius * 0.5), fill=tone
            )


def _hills(canvas, rng, horizon, tones):
    draw = ImageDraw.Draw(canvas)
    width, height = canvas.size
    for tone in tones:
        phase, waves, reach = rng.uniform(0, 6), rng.uniform(1, 5), rng.uniform(0.03, 0.12)
        xs = np.linspace(0, 1, 40)
        ys = horizon - reach * (1 + np.sin(phase + waves * xs)) / 2
        draw.polygon([(x * width, y * height) for x, y in zip(xs, ys)] + [(width, height), (0, height)], fill=tone)
        horizon += 0.02


def _ground(canvas, rng, horizon, tone, blades):
    width, height = canvas.size
    top = int(horizon * height)
    canvas.paste(gradient((width, max(1, height - top)), lighter(tone, 0.1), darker(tone, 0.25)), (0, top))
    draw = ImageDraw.Draw(canvas)
    for _ in range(blades):
        x, y = rng.uniform(0, width), rng.uniform(top, height)
        shade = lighter(tone, 0.25) if rng.random() < 0.5 else darker(tone, 0.25)
        draw.line([(x, y), (x + rng.uniform(-5, 5), y - rng.uniform(5, 14))], fill=shade, width=2)
