"""Write files that training can start from, with real Keras: golden/start_weights.zip of the tests.

    VENV/bin/python make_start_weights.py FILE.zip      (VENV as in make_golden.py)

The network is keras.applications.Xception itself with every number of filters multiplied by 1/64, for 71x71 images, on
its own or under the reference's head with 6 and 4 units. All weights are those of the formula in make_golden.py, with
conv2d, conv2d_1, ... for the residual convolutions whatever the session called them (conv2d_8 to conv2d_11 here), and
likewise for their batch normalisations, so that the tests can compute what must be found.

    whole.keras, whole.h5              the classifier, its trunk a nested model
    whole.weights.h5                   the same by save_weights
    whole_legacy_weights.h5            the same in the layout of Keras 2's save_weights, by Keras's own function for it
    flat.keras                         the trunk and another head as one flat model; the head's names are automatic too
    top.keras                          keras.applications.Xception with its own top (5 classes)
    trunk.h5                           without top; its HDF5 ends in a B-tree node
    trunk.weights.h5                   the same by save_weights
    published.h5                       without top, weights alone in the layout of Keras 2
    published_keras1.h5                with top, likewise in that of Keras 1: block1_conv1_W:0, convolution2d_1, running_std
    cnn.keras                          the small CNN for 22x22 images, conv2d_9 to conv2d_11
    nameless.weights.h5                one convolution, without the layers' names
    cycle.weights.h5                   one convolution, which contains the group it lies in
    external_link.weights.h5           one convolution, which lies in another file
    dangling.h5                        one convolution, in layer_names but not there

Keras itself loads published.h5 and published_keras1.h5 into keras.applications' model in the end, as a check that this is
the layout its loader takes.
"""
import argparse
import os
import tempfile
import zipfile

import h5py
import numpy as np
from make_golden import Input, Model, Sequential, formula_weight, keras, layers
from keras.src.applications import xception
from keras.src.legacy.saving import legacy_h5_format

WIDTH = 1 / 64


class Narrow:
    """keras.layers with fewer filters."""

    def __getattr__(self, name):
        return getattr(layers, name)

    def Conv2D(self, filters, *args, **kwargs):
        return layers.Conv2D(narrow(filters), *args, **kwargs)

    def SeparableConv2D(self, filters, *args, **kwargs):
        return layers.SeparableConv2D(narrow(filters), *args, **kwargs)


def narrow(filters):
    return max(1, int(np.floor(WIDTH * filters + 0.5)))


xception.layers = Narrow()


def new_session(made_before=8):
    keras.utils.clear_session()
    for _ in range(made_before):
        layers.Conv2D(1, 1), layers.BatchNormalization()


def number(name):
    last = name.rsplit("_", 1)[-1]
    return int(last) if last.isdigit() else 0


def fill(model, prefixes=("conv2d", "batch_normalization")):
    """Weights by formula; the layers with automatic names count from the first of the model."""
    canonical = {}
    for prefix in prefixes:
        automatic = sorted((l.name for l in model.layers if l.name.startswith(prefix)), key=number)
        canonical.update({name: prefix + (f"_{n}" if n else "") for n, name in enumerate(automatic)})
    for layer in model.layers:
        if isinstance(layer, Model):
            fill(layer, prefixes)
            continue
        name = canonical.get(layer.name, layer.name)
        for v in layer.weights:
            v.assign(formula_weight(f"{name}/{v.name}", tuple(v.shape)).astype(np.float32))
    return model


def application(top=False):
    return keras.applications.Xception(
        weights=None, include_top=top, classes=5, **({} if top else {"input_shape": (71, 71, 3)}))


def whole():
    trunk = application()
    trunk.trainable = False
    inputs = Input((71, 71, 3), name="input_layer")
    x = layers.GlobalAveragePooling2D(name="global_avg_pooling")(trunk(inputs, training=False))
    for n, units in enumerate((6, 4), 1):
        x = layers.Dense(units, activation="relu", name=f"dense_{n}")(x)
        x = layers.BatchNormalization(name=f"batch_norm_{n}")(x)
        x = layers.Dropout(0.3, name=f"dropout_{n}")(x)
    outputs = layers.Dense(1, activation="sigmoid", name="output_layer")(x)
    return Model(inputs, outputs, name="deepfake_classifier_xception")


def flat():
    trunk = application()
    x = layers.GlobalAveragePooling2D()(trunk.output)
    for units in (6, 4):
        x = layers.BatchNormalization()(layers.Dense(units, activation="relu")(x))
    return Model(trunk.input, layers.Dense(1, activation="sigmoid")(x))


def cnn():
    return Sequential([
        Input((22, 22, 3)),
        layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Flatten(), layers.Dense(256, activation="relu"), layers.Dense(1, activation="sigmoid")])


def write_keras2(model, path):
    with h5py.File(path, "w") as f:
        legacy_h5_format.save_weights_to_hdf5_group(f, model)


def write_keras1(model, path):
    """As Keras 1.1 wrote: every layer in order, also those without weights; fixed-length strings; no slash in names."""
    variables = {"kernel": "W", "bias": "b", "moving_mean": "running_mean", "moving_variance": "running_std"}
    with h5py.File(path, "w") as f:
        names = []
        for layer in model.layers:
            name = layer.name
            for new, old in (("conv2d", "convolution2d"), ("batch_normalization", "batchnormalization")):
                if name.startswith(new):
                    name = f"{old}_{number(name) + 1}"
            group = f.create_group(name)
            arrays = [f"{name}_{variables.get(v.name, v.name)}:0" for v in layer.weights]
            for array, v in zip(arrays, layer.weights):
                group.create_dataset(array, data=v.numpy())
            group.attrs["weight_names"] = np.array([a.encode() for a in arrays])
            names.append(name.encode())
        f.attrs["layer_names"] = names


def same_in_keras(path, expected, top):
    model = application(top)
    model.load_weights(path)
    assert all(np.array_equal(a.numpy(), b.numpy()) for a, b in zip(model.weights, expected.weights, strict=True)), path


def strip_names(f):
    f.visititems(lambda _, node: node.attrs.pop("name", None) and None)


def make_cycle(f):
    f["layers/conv2d/layers"] = f["layers"]


def link_outside(f):
    del f["layers/conv2d"]
    f["layers/conv2d"] = h5py.ExternalLink("trunk.weights.h5", "layers/conv2d")


def drop_group(f):
    del f["block1_conv1"]


def write_broken(path):
    convolution = Sequential([Input((71, 71, 3)), layers.Conv2D(1, 3, name="block1_conv1")])
    for name, change in (("nameless", strip_names), ("cycle", make_cycle), ("external_link", link_outside)):
        file = path(f"{name}.weights.h5")
        convolution.save_weights(file)
        with h5py.File(file, "a") as f:
            change(f)
    write_keras2(convolution, path("dangling.h5"))
    with h5py.File(path("dangling.h5"), "a") as f:
        drop_group(f)


def write(out):
    def path(name):
        return os.path.join(out, name)

    new_session()
    model = fill(whole())
    model.save(path("whole.keras"))
    model.save(path("whole.h5"))
    model.save_weights(path("whole.weights.h5"))
    write_keras2(model, path("whole_legacy_weights.h5"))
    new_session()
    fill(flat()).save(path("flat.keras"))
    new_session()
    top = fill(application(top=True))
    top.save(path("top.keras"))
    write_keras1(top, path("published_keras1.h5"))
    same_in_keras(path("published_keras1.h5"), top, top=True)
    new_session()
    trunk = fill(application())
    trunk.save(path("trunk.h5"))
    trunk.save_weights(path("trunk.weights.h5"))
    write_keras2(trunk, path("published.h5"))
    same_in_keras(path("published.h5"), trunk, top=False)
    new_session(made_before=9)
    fill(cnn(), ("conv2d", "dense")).save(path("cnn.keras"))
    write_broken(path)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("archive")
    archive = ap.parse_args().archive
    with tempfile.TemporaryDirectory() as out:
        write(out)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as z:
            for name in sorted(os.listdir(out)):
                info = zipfile.ZipInfo("start/" + name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                with open(os.path.join(out, name), "rb") as f:
                    z.writestr(info, f.read(), compresslevel=9)


if __name__ == "__main__":
    main()
