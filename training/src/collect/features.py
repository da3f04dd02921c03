"""What the bundled default's trunk says of the views of faces: the first of two steps that make the default.

    python features.py [--trials] MIRRORS TRUNK.keras OUT.npz [SOURCES.tsv]          (needs git, Pillow, TensorFlow, Keras 3)

MIRRORS is as windows.py wants it; at most 60 images of a source of sources.tsv count, the first face of each, or 60
faces of a source whose images are sheets of many. TRUNK is the InceptionV3 up to mixed5 that `unmask train --weights` takes.

Each face of at least 80 pixels is seen in two views, as `unmask` makes them: the square around it (margin 0.5) and the face
alone (margin 0), both shrunk to 256 pixels. An image of a collection is taken as it is and twice more, each time put through
one chain for both classes: the face's box is changed a little (by 7 % and 3 %), half of the images are
shrunk so that the face is 110 to 360 pixels high, all are saved as JPEG. The first time of quality 70 to 96; the second
time of 45 to 96, and the image is tilted by 5 to 35 degrees about the face, what was beyond its border black, white, gray or mirrored.
The random numbers are the blob's.

OUT has `features` (rows, 2 views, 6272: mean and variance of each channel of mixed0 to mixed5) and `rows` (class, source,
image, variant: 0 for the image as it is, 1 for the chain, 2 for the tilted one). SOURCES, if it is given, is read in
place of sources.tsv. With --trials it has what nothing is trained with instead, of seven images of a source: variant 3 saved
as JPEG of quality 60, 4 shrunk to half and saved at 92, 5 resized to 0.8 without loss, as a screenshot saved as PNG.
"""
import io
import os
import random
import sys

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from windows import FILTERS, SHEETS, alone, collected, upright

SIDE, LEAST, MOST, VARIANTS = 256, 80, 60, 2
TRIALS = "--trials" in sys.argv
TRIED = 7


def tilted(image, box, rng):
    """The image turned about the middle of the face, so that the box stays where it is."""
    degrees = rng.choice([-1, 1]) * rng.uniform(5, 35)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    beyond = rng.choice(["black", "white", "gray", "mirrored", "mirrored", "mirrored"])
    if beyond != "mirrored":
        return image.rotate(degrees, Image.BICUBIC, center=(x, y), fillcolor=beyond)
    pad = int(min(image.size) // 2)
    wide = Image.fromarray(np.pad(np.asarray(image), ((pad, pad), (pad, pad), (0, 0)), "symmetric"))
    wide = wide.rotate(degrees, Image.BICUBIC, center=(x + pad, y + pad))
    return wide.crop((pad, pad, pad + image.width, pad + image.height))


def chain(image, box, rng, hard):
    if hard:
        image = tilted(image, box, rng)
    h = box[3] - box[1]
    half, x, y = h / 2 * rng.uniform(0.93, 1.07), rng.uniform(-0.03, 0.03) * h, rng.uniform(-0.03, 0.03) * h
    x, y = x + (box[0] + box[2]) / 2, y + (box[1] + box[3]) / 2
    box = [x - half, y - half, x + half, y + half]
    if rng.random() < 0.5 and h > 130:
        scale = rng.uniform(110, min(360, h)) / h
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image = image.resize(size, rng.choice(FILTERS))
        box = [v * scale for v in box]
    return saved(image, rng.randint(45 if hard else 70, 96), rng.choice([0, 2])), box


def saved(image, quality, subsampling=-1):
    made = io.BytesIO()
    image.save(made, "JPEG", quality=quality, subsampling=subsampling)
    return Image.open(made).convert("RGB")


def resized(image, box, scale):
    return image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.BICUBIC), [v * scale for v in box]


def trials(image, box):
    yield 3, saved(image, 60), box
    small, place = resized(image, box, 0.5)
    yield 4, saved(small, 92), place
    yield 5, *resized(image, box, 0.8)


def near(image, box):
    """What the views can see: the rest of a large photo would only cost time."""
    h, x, y = box[3] - box[1], (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    half = max(3 * h, 600) / 2
    left, top = int(max(0, x - half)), int(max(0, y - half))
    image = image.crop((left, top, int(min(image.width, x + half)), int(min(image.height, y + half))))
    return image, [box[0] - left, box[1] - top, box[2] - left, box[3] - top]


def start(middle, side, size):
    return int(max(0, min(round(middle - side / 2), size - side)))


def square(image, box, margin):
    side = int(min(round(max(box[2] - box[0], box[3] - box[1]) * (1 + 2 * margin)), image.width, image.height))
    left, top = start((box[0] + box[2]) / 2, side, image.width), start((box[1] + box[3]) / 2, side, image.height)
    return left, top, left + side, top + side


def views(image, box):
    return [np.asarray(image.crop(square(image, box, m)).resize((SIDE, SIDE), Image.BILINEAR)) for m in (0.5, 0)]


def faces_of(mirrors, *sources):
    by_source = {}
    for line in collected(*sources):
        by_source.setdefault(line[:2], []).append(line)
    for (kind, source), lines in sorted(by_source.items()):
        sheet = source in SHEETS
        faces = [(line, face) for line in lines for face in (line.faces if sheet else line.faces[:1])]
        random.Random(5).shuffle(faces)
        for line, box in faces[: TRIED if TRIALS else MOST]:
            if box[3] - box[1] < LEAST:
                continue
            image, _ = upright(line.read(mirrors))
            image, box = alone(image, box) if sheet else near(image, box)
            name = line.blob + "".join(f",{v:.0f}" for v in box) if sheet else line.blob
            if TRIALS:
                for trial in trials(image, box):
                    yield kind, source, name, *trial
                continue
            yield kind, source, name, 0, image, box
            for variant in range(1, VARIANTS + 1):
                yield kind, source, name, variant, *chain(image, box, random.Random(name + str(variant)), variant == 2)


def main(mirrors, trunk, out, *sources):
    net = keras.models.load_model(trunk)
    inner = keras.Model(net.input, [net.get_layer(f"mixed{i}").output for i in range(6)])

    @tf.function
    def run(x):
        blocks = inner(tf.cast(x, tf.float32) / 255, training=False)
        return tf.concat([tf.concat(tf.nn.moments(t, [1, 2]), 1) for t in blocks], 1)

    rows, seen, features = [], [], []

    def flush():
        if seen:
            features.append(run(tf.constant(np.stack(seen))).numpy().reshape(len(seen) // 2, 2, -1).astype(np.float16))
            seen.clear()

    for kind, source, name, variant, image, box in faces_of(mirrors, *sources):
        rows.append((kind, source, name, variant))
        seen.extend(views(image, box))
        if len(seen) == 24:
            flush()
        if len(rows) % 500 == 0:
            print(len(rows), kind, source, flush=True)
    flush()
    np.savez(out, features=np.concatenate(features), rows=np.array(rows))


if __name__ == "__main__":
    main(*(a for a in sys.argv[1:] if a != "--trials"))
