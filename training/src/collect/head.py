"""A linear head on the bundled trunk's features, added to the head of a default: a trial, see docs/training.md.

    python head.py DATA TRUNK.keras BEFORE.keras OUT.keras          (needs TensorFlow, Keras 3, h5py)

DATA is real/SOURCE/*.jpg and fake/SOURCE/*.jpg, TRUNK the InceptionV3 up to mixed5 that `unmask train --weights` takes,
BEFORE a file of `unmask train --architecture taps --half` on mixed0 to mixed5. At most 300 images of a source count.
Ridge regression of +1 for fake and -1 for real, sources of a class weighing the same, classes too; the penalty is 0.3
times the number of features. The sum is before / deviation + 0.7 * new / deviation, in the scale of BEFORE: deviations
of what both say of DATA, the new one's by eight heads that were each fitted without an eighth of the sources of either
class.
"""
import glob
import os
import random
import sys
import zipfile

import h5py
import keras
import numpy as np
import tensorflow as tf
from PIL import Image

PENALTY, SHARE, FOLDS, MOST = 0.3, 0.7, 8, 300


def features(trunk, files):
    net = keras.models.load_model(trunk)
    inner = keras.Model(net.input, [net.get_layer(f"mixed{i}").output for i in range(6)])

    @tf.function
    def run(x):
        return tf.concat([tf.concat(tf.nn.moments(t, [1, 2]), 1) for t in inner(x, training=False)], 1)

    rows = []
    for at in range(0, len(files), 16):
        batch = [Image.open(f).convert("RGB").resize((256, 256), Image.BILINEAR) for f in files[at : at + 16]]
        rows.append(run(tf.constant(np.stack([np.asarray(b, np.float32) / 255 for b in batch]))).numpy())
    return np.concatenate(rows)


def weights(fake, source, chosen):
    w = np.zeros(len(fake))
    for kind in (0, 1):
        sources = set(source[chosen & (fake == kind)])
        for s in sources:
            of = chosen & (fake == kind) & (source == s)
            w[of] = 1 / len(sources) / of.sum()
    return w


def folds(fake, source):
    fold, random_state = np.zeros(len(fake), int), np.random.RandomState(0)
    for kind in (0, 1):
        size = lambda s: -((source == s) & (fake == kind)).sum()
        sources = sorted(sorted(set(source[fake == kind])), key=size)
        random_state.shuffle(sources)
        for i, s in enumerate(sources):
            fold[(source == s) & (fake == kind)] = i % FOLDS
    return fold


def main(data, trunk, before, out):
    files = []
    for folder in sorted(glob.glob(data + "/real/*")) + sorted(glob.glob(data + "/fake/*")):
        of = sorted(glob.glob(folder + "/*"))
        random.Random(7).shuffle(of)
        files += sorted(of[:MOST])
    fake = np.array([f.split("/")[-3] == "fake" for f in files]).astype(int)
    source = np.array([f.split("/")[-2] for f in files])
    x = features(trunk, files)

    w = weights(fake, source, np.ones(len(fake), bool))
    mean = (x * w[:, None]).sum(0) / w.sum()
    deviation = np.sqrt(((x - mean) ** 2 * w[:, None]).sum(0) / w.sum()) + 1e-6
    z = ((x - mean) / deviation).astype(np.float32)
    kernel, target = z @ z.T / z.shape[1], (2 * fake - 1).astype(np.float32)

    def fit(chosen):
        v = weights(fake, source, chosen)[chosen]
        v = np.sqrt(v / v.sum() * chosen.sum()).astype(np.float32)
        a = kernel[np.ix_(chosen, chosen)] * v[:, None] * v[None]
        solved = np.linalg.solve(a + PENALTY * np.eye(len(a), dtype=np.float32), v * target[chosen])
        return z[chosen].T @ (v * solved) / z.shape[1]

    fold, unseen = folds(fake, source), np.zeros(len(fake))
    for i in range(FOLDS):
        unseen[fold == i] = z[fold == i] @ fit(fold != i)
    head = fit(np.ones(len(fake), bool)).astype(np.float64)

    archive = zipfile.ZipFile(before)
    with open(out + ".h5", "wb") as file:
        file.write(archive.read("model.weights.h5"))
    with h5py.File(out + ".h5", "r+") as h:
        centre = np.array(h["layers/batch_normalization/vars/0"], np.float64)
        spread = np.sqrt(np.array(h["layers/batch_normalization/vars/1"], np.float64) + 1e-10)
        old, bias = np.array(h["layers/dense/vars/0"], np.float64)[:, 0], float(h["layers/dense/vars/1"][0])
        said = ((x - centre) / spread) @ old + bias
        part = SHARE * said.std() / unseen.std()
        h["layers/dense/vars/0"][...] = (old + part * spread / deviation * head).astype(np.float16)[:, None]
        h["layers/dense/vars/1"][...] = np.float32(bias + part * ((centre - mean) / deviation) @ head)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for i in archive.infolist():
            content = open(out + ".h5", "rb").read() if i.filename.endswith(".h5") else archive.read(i.filename)
            made.writestr(zipfile.ZipInfo(i.filename, (1980, 1, 1, 0, 0, 0)), content)
    os.remove(out + ".h5")


if __name__ == "__main__":
    main(*sys.argv[1:])
