"""What the bundled default's trunk says of the views of faces; directions.py comes before this, heads.py behind it.

    python features.py [--trials] MIRRORS TRUNK.keras DIRECTIONS.npz OUT.npz [SOURCES.tsv]
                                                                   (needs git, Pillow, TensorFlow, Keras 3)

MIRRORS is as windows.py wants it; at most 22 images of a source of sources.tsv count, the first face of each, or 22
faces of a source whose images are sheets of many. TRUNK is the InceptionV3 up to mixed5 that `unmask train --weights` takes.

Each face of at least 80 pixels is seen in three views, as `unmask` makes them: the square around it (margin 0.5), the face
alone (margin 0) and its middle (margin -0.2), all resized to 256 pixels. An image of a collection is taken as it is and five times more, each time changed as
variants.py does it, mirrored in half of the cases. The random numbers are the blob's.

OUT has `covariances` (rows, 3 views, 6 x 2080: of each of mixed0 to mixed5 the variances and covariances of 64 components, of
which DIRECTIONS has the directions) and `rows` (class, source, image, variant: 0 for the image as it is, 1 saved again, 2 tilted, 3 in other surroundings, 4 cut close to the face, 5
travelled). SOURCES, if it is given, is read in place of sources.tsv. With --trials it has what nothing is trained with instead, of
seven images of a source: variant 10 saved as JPEG of quality 60, 11 shrunk to half and saved at 92, 12 resized to 0.8 without loss,
as a screenshot saved as PNG.
"""
import random
import sys

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from variants import saved, scaled, variants
from windows import SHEETS, alone, collected, upright

BLOCKS = [f"mixed{i}" for i in range(6)]
SIDE, LEAST, MOST = 256, 80, 22
MARGINS = (0.5, 0, -0.2)
TRIALS = "--trials" in sys.argv
TRIED = 7


def trials(image, box):
    yield 10, saved(image, 60), box
    small, place = scaled(image, box, 0.5, Image.BICUBIC)
    yield 11, saved(small, 92), place
    yield 12, *scaled(image, box, 0.8, Image.BICUBIC)


def pool(mirrors, *sources):
    """A picture of each source, small, for what a face may stand before."""
    first = {}
    for line in collected(*sources):
        first.setdefault(line[:2], line)
    lines = [line for _, line in sorted(first.items())]
    random.Random(11).shuffle(lines)
    pictures = []
    for line in lines:
        picture, _ = upright(line.read(mirrors))
        picture.thumbnail((640, 640))
        pictures.append(picture)
    return pictures


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


def views(image, box, margins=MARGINS):
    return [np.asarray(image.crop(square(image, box, m)).resize((SIDE, SIDE), Image.BILINEAR)) for m in margins]


def of_sources(*sources):
    """Class and source, and the faces of it that count."""
    by_source = {}
    for line in collected(*sources):
        by_source.setdefault(line[:2], []).append(line)
    for key, lines in sorted(by_source.items()):
        faces = [(line, face) for line in lines for face in (line.faces if key[1] in SHEETS else line.faces[:1])]
        random.Random(5).shuffle(faces)
        yield key, faces[:MOST]


def faces_of(mirrors, *sources):
    others = [] if TRIALS else pool(mirrors, *sources)
    for (kind, source), faces in of_sources(*sources):
        sheet = source in SHEETS
        for line, box in faces[: TRIED if TRIALS else MOST]:
            if box[3] - box[1] < LEAST:
                continue
            name = line.blob + "".join(f",{v:.0f}" for v in box) if sheet else line.blob
            image, _ = upright(line.read(mirrors))
            image, box = alone(image, box) if sheet else near(image, box)
            if TRIALS:
                for trial in trials(image, box):
                    yield kind, source, name, *trial
                continue
            yield kind, source, name, 0, image, box
            for variant in variants(image, box, name, others):
                yield kind, source, name, *variant


def covariances(feature_map, directions, mean):
    """(images, components * (components + 1) / 2), the rows of the upper triangle behind each other."""
    components, places = directions.shape[1], feature_map.shape[1] * feature_map.shape[2]
    seen = tf.nn.conv2d(feature_map - mean, directions[None, None], 1, "VALID")
    seen = tf.reshape(seen, [-1, places, components])
    seen = seen - tf.reduce_mean(seen, 1, keepdims=True)
    square = tf.matmul(seen, seen, transpose_a=True) / places
    rows, columns = np.triu_indices(components)
    return tf.gather(tf.reshape(square, [-1, components**2]), rows * components + columns, axis=1)


def main(mirrors, trunk, directions, out, *sources):
    net = keras.models.load_model(trunk)
    inner = keras.Model(net.input, [net.get_layer(name).output for name in BLOCKS])
    known = np.load(directions)
    ways = [(known[name], known[name + "_mean"]) for name in BLOCKS]

    @tf.function
    def run(x):
        blocks = inner(tf.cast(x, tf.float32) / 255, training=False)
        return tf.concat([covariances(t, *way) for t, way in zip(blocks, ways)], 1)

    rows, seen, said = [], [], []

    def flush():
        if seen:
            values = np.clip(run(tf.constant(np.stack(seen))).numpy(), -60000, 60000)
            said.append(values.reshape(len(seen) // len(MARGINS), len(MARGINS), -1).astype(np.float16))
            seen.clear()

    for kind, source, name, variant, image, box in faces_of(mirrors, *sources):
        rows.append((kind, source, name, variant))
        seen.extend(views(image, box))
        if len(seen) >= 24:
            flush()
        if len(rows) % 500 == 0:
            print(len(rows), kind, source, flush=True)
    flush()
    np.savez(out, covariances=np.concatenate(said), rows=np.array(rows))


if __name__ == "__main__":
    main(*(a for a in sys.argv[1:] if a != "--trials"))
