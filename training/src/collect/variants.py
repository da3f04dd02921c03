"""What may happen to a photo before somebody sees it: the variants that the bundled default's heads learn from.

Each takes an image, the box of the face in it (left, top, right, bottom) and a source of random numbers, and returns
the changed image and where the face is in it. Both classes go through the same ones.
"""
import io
import random

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from windows import FILTERS


def saved(image, quality, subsampling=-1):
    made = io.BytesIO()
    image.save(made, "JPEG", quality=quality, subsampling=subsampling)
    return Image.open(made).convert("RGB")


def scaled(image, box, scale, resampling):
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, resampling), [v * scale for v in box]


def mirrored(image, box):
    return ImageOps.mirror(image), [image.width - box[2], box[1], image.width - box[0], box[3]]


def tilted(image, box, rng):
    """The image turned about the middle of the face, so that the box stays where it is."""
    degrees = rng.choice([-1, 1]) * rng.uniform(5, 35)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    beyond = rng.choice(["black", "white", "gray", "mirrored", "mirrored", "mirrored"])
    if beyond != "mirrored":
        return image.rotate(degrees, Image.BICUBIC, center=(x, y), fillcolor=beyond), box
    pad = int(min(image.size) // 2)
    wide = Image.fromarray(np.pad(np.asarray(image), ((pad, pad), (pad, pad), (0, 0)), "symmetric"))
    wide = wide.rotate(degrees, Image.BICUBIC, center=(x + pad, y + pad))
    return wide.crop((pad, pad, pad + image.width, pad + image.height)), box


def chain(image, box, rng, worst=70):
    """The box changed by 7 % and 3 %; half are shrunk so that the face is 110 to 360 pixels high; JPEG."""
    h = box[3] - box[1]
    half, x, y = h / 2 * rng.uniform(0.93, 1.07), rng.uniform(-0.03, 0.03) * h, rng.uniform(-0.03, 0.03) * h
    x, y = x + (box[0] + box[2]) / 2, y + (box[1] + box[3]) / 2
    box = [x - half, y - half, x + half, y + half]
    if rng.random() < 0.5 and h > 130:
        scale = rng.uniform(110, min(360, h)) / h
        image, box = scaled(image, box, scale, rng.choice(FILTERS))
    return saved(image, rng.randint(worst, 96), rng.choice([0, 2])), box


def cut(image, box, rng, least, most):
    """What is up to so many heights of the face around it, on each side otherwise."""
    h = box[3] - box[1]
    left, top, right, bottom = (rng.uniform(least, most) * h for _ in range(4))
    x, y = int(max(0, box[0] - left)), int(max(0, box[1] - top))
    image = image.crop((x, y, int(min(image.width, box[2] + right)), int(min(image.height, box[3] + bottom))))
    return image, [box[0] - x, box[1] - y, box[2] - x, box[3] - y]


def cover(image, size, rng):
    """A part of the image that fills the size."""
    scale = max(size[0] / image.width, size[1] / image.height) * rng.uniform(1, 1.3)
    big = image.resize((max(size[0], round(image.width * scale)), max(size[1], round(image.height * scale))), Image.BICUBIC)
    x, y = (big.width - size[0]) // 2, (big.height - size[1]) // 2
    return big.crop((x, y, x + size[0], y + size[1]))


def surrounded(image, box, rng, others):
    """The face with little around it on its own blurred enlargement, a plain colour, or another photo."""
    piece, box = cut(image, box, rng, 0, 0.6)
    share, ratio = rng.uniform(0.4, 0.95), rng.choice([0.5625, 0.75, 1, 1, 1.333, 1.78])
    width = piece.width / share if ratio < 1 else piece.height / share * ratio
    height = piece.height / share if ratio >= 1 else piece.width / share / ratio
    size = round(max(width, piece.width * 1.02)), round(max(height, piece.height * 1.02))
    kind = rng.choice(["own", "own", "plain", "plain", "other", "other"])
    if kind == "own":
        small = piece.resize((max(8, piece.width // 4), max(8, piece.height // 4)), Image.BOX)
        canvas = cover(small, size, rng).filter(ImageFilter.GaussianBlur(rng.uniform(0.01, 0.06) * min(size)))
    elif kind == "plain":
        gray, colour = (rng.randint(0, 255),) * 3, tuple(rng.randint(0, 255) for _ in range(3))
        canvas = Image.new("RGB", size, rng.choice([(255,) * 3, (0,) * 3, gray, colour]))
    else:
        canvas = cover(rng.choice(others), size, rng)
    x, y = size[0] - piece.width, size[1] - piece.height
    x, y = (x // 2, y // 2) if rng.random() < 0.5 else (rng.randint(0, x), rng.randint(0, y))
    canvas.paste(piece, (x, y))
    return canvas, [box[0] + x, box[1] + y, box[2] + x, box[3] + y]


def travelled(image, box, rng):
    """Once or twice: shrunk, perhaps blurred, sharpened, with noise or other colours, and saved as JPEG of quality 40 to 90."""
    for _ in range(rng.randint(1, 2)):
        h = box[3] - box[1]
        if rng.random() < 0.7 and h > 100:
            image, box = scaled(image, box, rng.uniform(90, min(300, h)) / h, rng.choice(FILTERS))
        change = rng.randint(0, 5)
        if change == 0:
            image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.0)))
        elif change == 1:
            image = image.filter(ImageFilter.UnsharpMask(rng.uniform(0.5, 2), rng.randint(30, 120), 0))
        elif change == 2:
            pixels, noise = np.asarray(image).astype(np.float32), np.random.RandomState(rng.randint(0, 2**31 - 1))
            noisy = pixels + noise.normal(0, rng.uniform(1, 6), pixels.shape) + 0.5
            image = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
        elif change == 3:
            image = ImageEnhance.Brightness(image).enhance(rng.uniform(0.8, 1.2))
            image = ImageEnhance.Contrast(image).enhance(rng.uniform(0.8, 1.25))
            image = ImageEnhance.Color(image).enhance(rng.uniform(0.5, 1.4))
        image = saved(image, rng.randint(40, 90), rng.choice([0, 2]))
    return image, box


def variants(image, box, name, others):
    """Number, image and box of each; the random numbers are the name's."""

    def of(number, change):
        rng = random.Random(name + str(number))
        return number, *change(*(mirrored(image, box) if rng.random() < 0.5 else (image, box)), rng)

    yield of(1, chain)
    yield of(2, lambda i, b, rng: chain(*tilted(i, b, rng), rng, 45))
    yield of(3, lambda i, b, rng: chain(*surrounded(i, b, rng, others), rng))
    yield of(4, lambda i, b, rng: chain(*cut(i, b, rng, -0.05, 0.3), rng))
    yield of(5, travelled)
