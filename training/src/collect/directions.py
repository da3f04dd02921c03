"""The directions in which the bundled default looks at a trunk's channels together: what comes before features.py.

    python directions.py MIRRORS TRUNK.keras DIRECTIONS.npz [SOURCES.tsv]          (as features.py needs)

Of each block the first 64 principal components of its channels over all places of three images of a source in the first two
views, the channels in units of their deviation. DIRECTIONS has for each block `mixed0` (channels, 64), in units of the components' deviation, and
`mixed0_mean` (channels).
"""
import sys

import keras
import numpy as np
import tensorflow as tf

from features import BLOCKS, LEAST, MARGINS, near, of_sources, views
from windows import SHEETS, alone, upright

COMPONENTS, IMAGES = 64, 3


def pictures(mirrors, *sources):
    for (_, source), faces in of_sources(*sources):
        large = [(line, box) for line, box in faces if box[3] - box[1] >= LEAST]
        for line, box in large[:IMAGES]:
            image, _ = upright(line.read(mirrors))
            yield from views(*(alone(image, box) if source in SHEETS else near(image, box)), MARGINS[:2])


def main(mirrors, trunk, out, *sources):
    net = keras.models.load_model(trunk)
    inner = keras.Model(net.input, [net.get_layer(name).output for name in BLOCKS])

    @tf.function
    def run(x):
        places = [tf.reshape(t, [-1, t.shape[-1]]) for t in inner(tf.cast(x, tf.float32) / 255, training=False)]
        return [(tf.reduce_mean(p, 0), tf.matmul(p, p, transpose_a=True) / tf.cast(tf.shape(p)[0], tf.float32)) for p in places]

    sums, batches, seen = None, 0, []
    for view in pictures(mirrors, *sources):
        seen.append(view)
        if len(seen) == 24:
            found = [[v.numpy().astype(np.float64) for v in pair] for pair in run(tf.constant(np.stack(seen)))]
            sums = found if sums is None else [[a + b for a, b in zip(*pairs)] for pairs in zip(sums, found)]
            batches += 1
            seen.clear()
    made = {}
    for name, (mean, squares) in zip(BLOCKS, sums):
        mean, covariance = mean / batches, squares / batches
        covariance = covariance - np.outer(mean, mean)
        deviation = np.sqrt(np.diag(covariance)) + 1e-6
        variances, vectors = np.linalg.eigh(covariance / np.outer(deviation, deviation))
        first = np.argsort(-variances)[:COMPONENTS]
        made[name] = (vectors[:, first] / np.sqrt(variances[first]) / deviation[:, None]).astype(np.float32)
        made[name + "_mean"] = mean.astype(np.float32)
    np.savez(out, **made)


if __name__ == "__main__":
    main(*sys.argv[1:])
