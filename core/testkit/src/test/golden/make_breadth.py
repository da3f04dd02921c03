"""Write small models of the layers and functions that keras.applications and people's own classifiers use, with Keras's answers.

    VENV/bin/python make_breadth.py OUT                 the models and breadth.json (VENV as in make_golden.py)
    VENV/bin/python make_breadth.py OUT --pack FILE.zip all of OUT in one deflated archive: resources/golden/breadth.zip

Weights, images and breadth.json are as make_golden.py says, which this script imports. The files keras2_hard_sigmoid.* say
that Keras 2 wrote them; their answers are those of the same model with the function that Keras 2 meant by the name.
"""
import argparse
import json
import os

import make_golden as golden
import h5py
import keras
import numpy as np
from keras import Input, Model, layers, ops

from make_golden import branches, chain, flat_branches

LOUD = [layers.Rescaling(16.0, -8.0)]


def adapted(axis=-1, **arguments):
    layer = layers.Normalization(axis=axis, **arguments)
    layer.adapt(np.random.default_rng(5).uniform(0, 255, (16, 4, 4, 3)).astype("f") * np.array([1, 0.8, 0.6], "f"))
    return layer


def operators():
    x = inputs = Input((5, 4, 3))
    x = x * 255
    a = x / 127.5 - 1.0
    b = 1.0 - x * (1 / 255.0)
    c = (x - np.array([103.939, 116.779, 123.68], "f")) / np.array([[[[60.0, 50.0, 40.0]]]], "f")
    d = keras.applications.resnet50.preprocess_input(x) / 100
    e = keras.applications.densenet.preprocess_input(x)
    f = ops.cast(x, "float32")[..., ::-1] / 255.0
    g = x[:, :, :, ::-1] * -0.01
    return Model(inputs, ops.concatenate([a, b, c, d, e, f, g], axis=-1))


def operations():
    x = inputs = Input((5, 4, 3))
    x = x * 6 - 3
    names = [ops.relu, ops.relu6, ops.sigmoid, ops.tanh, ops.silu, ops.selu, ops.softplus, ops.hard_sigmoid, ops.hard_silu,
             lambda t: ops.gelu(t, approximate=False), lambda t: ops.elu(t, 0.5), lambda t: ops.leaky_relu(t, 0.3), ops.exp,
             lambda t: ops.softmax(t, axis=-1), lambda t: ops.mean(t, axis=-1, keepdims=True)]
    y = layers.Flatten()(ops.concatenate([f(x) for f in names], axis=-1))
    return Model(inputs, [y, ops.mean(x, axis=[1, 2])])


RARE = ("celu", "softsign", "hard_tanh", "tanh_shrink", "soft_shrink", "hard_shrink", "log_sigmoid", "log_softmax", "squareplus", "sparse_plus",
        "sparse_sigmoid")


def rare_operations():
    x = inputs = Input((5, 4, 3))
    x = x * 6 - 3
    functions = [ops.celu, ops.softsign, ops.hard_tanh, ops.tanh_shrink, ops.soft_shrink, ops.hard_shrink, ops.log_sigmoid, ops.log_softmax,
                 ops.squareplus, ops.sparse_plus, ops.sparse_sigmoid, lambda t: ops.celu(t, 0.4), lambda t: ops.soft_shrink(t, 1.25),
                 lambda t: ops.hard_shrink(t, 0.0), lambda t: ops.hard_shrink(t, 1.5), lambda t: ops.squareplus(t, 0.7)]
    return Model(inputs, layers.Flatten()(ops.concatenate([f(x) for f in functions], axis=-1)))


def augmentation():
    x = inputs = Input((6, 5, 3))
    for layer in (layers.RandomFlip(), layers.RandomRotation(0.2), layers.RandomZoom(0.2), layers.RandomContrast(0.2), layers.GaussianNoise(0.5),
                  layers.AlphaDropout(0.4), layers.Rescaling(2.0)):
        x = layer(x)
    return Model(inputs, layers.Conv2D(3, 2)(x))


def activated(*activations):
    return chain((5, 4, 3), *LOUD, layers.Conv2D(4, 2, activation=activations[0]), layers.BatchNormalization(),
                 layers.DepthwiseConv2D(2, activation=activations[1]), layers.SeparableConv2D(4, 1, activation=activations[2]), layers.Flatten(),
                 layers.Dense(5, activation=activations[3]), layers.Dense(4, activation=activations[4]), layers.Dense(3, activation=activations[5]))


def hard_sigmoid(function):
    return chain((5, 4, 3), *LOUD, function(1), layers.Conv2D(3, 2), function(2))


def of_keras_2():
    return hard_sigmoid(lambda n: lambda x: layers.ReLU(max_value=1.0)(layers.Rescaling(0.2, 0.5, name=f"line_{n}")(x)))


def extremes():
    x = inputs = Input((5, 4, 3))
    a, b, c = layers.Conv2D(3, 2)(x), layers.Conv2D(3, 2)(x), layers.Conv2D(3, 2)(x)
    pooled = layers.GlobalAveragePooling2D(keepdims=True)(a)
    return Model(inputs, layers.Concatenate()([layers.Maximum()([a, b, c]), layers.Minimum()([a, b]), layers.Minimum()([c, a, b]),
                                               layers.Maximum()([pooled, b])]))


def custom_scale():
    from keras.src.applications.inception_resnet_v2 import CustomScaleLayer
    x = inputs = Input((5, 4, 3))
    return Model(inputs, CustomScaleLayer(0.17)([x, layers.Conv2D(3, 2, padding="same")(x)]))


def dot():
    x = inputs = Input((5, 4, 3))
    x = layers.Flatten()(x)
    a, b = layers.Dense(6)(x), layers.Dense(6)(x)
    return Model(inputs, layers.Concatenate()([layers.Dot(axes=1)([a, b]), layers.Dot(axes=-1)([a, a])]))


def convnext_block():
    from keras.src.applications.convnext import ConvNeXtBlock
    x = inputs = Input((8, 7, 3))
    x = layers.Normalization(mean=[123.675, 116.28, 103.53], variance=[3409.98, 3262.69, 3291.89])(layers.Rescaling(255.0)(x))
    x = layers.LayerNormalization(epsilon=1e-6)(layers.Conv2D(4, 2, strides=2)(x))
    x = ConvNeXtBlock(4, drop_path_rate=0.1, layer_scale_init_value=0.4, name="block")(x)
    return Model(inputs, layers.Dense(2)(layers.LayerNormalization(epsilon=1e-6)(layers.GlobalAveragePooling2D()(x))))


def nested_inputs():
    """Models of several inputs within a model, once and twice, and one of them reading a tensor twice."""
    a, b = Input((4, 3, 2)), Input((4, 3, 3))
    pair = Model([a, b], layers.Concatenate()([layers.Conv2D(2, 2)(a), layers.Conv2D(3, 2)(b)]))
    a, b, c = Input((3, 2, 5)), Input((3, 2, 5)), Input((6,))
    three = Model([c, a, b], [layers.Multiply()([layers.Subtract()([a, b]), layers.Reshape((1, 1, 5))(layers.Dense(5)(c))]), b])
    x = inputs = Input((4, 3, 3))
    y = layers.Conv2D(2, 1)(x)
    first, second = pair([y, x]), pair([layers.Conv2D(2, 1)(x), layers.Activation("tanh")(x)])
    vector = layers.Dense(6)(layers.Flatten()(x))
    product, same = three([vector, first, second])
    return Model(inputs, layers.Concatenate()([product, same, three([vector, second, second])[0]]))


MODELS = {
    "normalization": (lambda: chain(
        (5, 4, 3), layers.Rescaling(255.0), layers.Normalization(mean=[120.0, 110.0, 100.0], variance=[3600.0, 3500.0, 3000.0]),
        layers.Normalization(mean=0.3, variance=2.0), layers.Normalization(axis=None, mean=0.1, variance=0.25, invert=True),
        layers.Conv2D(2, 2)), ".keras .h5"),
    "normalization_adapted": (lambda: chain((5, 4, 3), layers.Rescaling(255.0), adapted(), layers.Conv2D(2, 2)), ".keras .h5"),
    "normalization_single": (lambda: chain((5, 4, 3), layers.Rescaling(255.0), adapted(None), adapted(invert=True),
                                           layers.Rescaling(0.01)), ".keras .h5"),
    "graph_operators": (operators, ".keras .h5"),
    "graph_operations": (operations, ".keras"),
    "augmentation_in_graph": (augmentation, ".keras .h5"),
    "activations_newer": (lambda: branches(
        (4, 3, 3), *[layers.Activation(a) for a in ("gelu", "hard_sigmoid", "hard_silu", "selu", "softplus", "mish", "exponential")],
        before=[layers.Rescaling(8.0, -4.0)]), ".keras .h5"),
    "activations_in_layers": (lambda: activated("hard_sigmoid", "hard_silu", "selu", "softplus", "mish", "gelu"), ".keras"),
    "maximum": (extremes, ".keras .h5"),
    "custom_scale": (custom_scale, ".keras .h5"),
    "dot": (dot, ".keras .h5"),
    "permute": (lambda: chain(
        (5, 4, 3), layers.Permute((2, 1, 3)), layers.Conv2D(2, 2), layers.Permute((3, 1, 2)), layers.Reshape((6, -1)), layers.Permute((2, 1)),
        layers.Dense(3)), ".keras .h5"),
    "conv2d_transpose": (lambda: flat_branches(
        (5, 4, 3), layers.Conv2DTranspose(2, 3, strides=2, padding="same", activation="relu"), layers.Conv2DTranspose(2, (4, 3), strides=3),
        layers.Conv2DTranspose(3, (4, 2), strides=(2, 1), padding="same", use_bias=False), layers.Conv2DTranspose(2, 2),
        layers.Conv2DTranspose(1, 5, strides=2, padding="same", activation="selu")), ".keras .h5"),
    "cropping": (lambda: chain(
        (11, 10, 3), layers.Cropping2D(((1, 2), (3, 0))), layers.Conv2D(2, 2), layers.Cropping2D((1, 0)), layers.CenterCrop(4, 3),
        layers.Cropping2D(1)), ".keras .h5"),
    "resizing": (lambda: flat_branches(
        (9, 7, 3), layers.Resizing(6, 5), layers.Resizing(13, 20), layers.Resizing(5, 16, interpolation="nearest"), layers.Resizing(18, 14),
        layers.Resizing(4, 7, interpolation="nearest")), ".keras .h5"),
    "layer_normalization": (lambda: chain(
        (6, 5, 3), layers.Conv2D(8, 2), layers.LayerNormalization(), layers.DepthwiseConv2D(2), layers.LayerNormalization(scale=False, epsilon=0.02),
        layers.Conv2D(4, 1), layers.LayerNormalization(axis=[1, 2, 3]), layers.Reshape((-1, 4)), layers.LayerNormalization(center=False),
        layers.Flatten(), layers.Dense(5), layers.LayerNormalization(scale=False, center=False, epsilon=1e-6)), ".keras .h5"),
    "group_normalization": (lambda: chain(
        (6, 5, 3), layers.Conv2D(8, 2), layers.GroupNormalization(4), layers.Conv2D(6, 2), layers.GroupNormalization(-1, scale=False),
        layers.Conv2D(6, 1), layers.GroupNormalization(1, center=False, epsilon=0.1), layers.GroupNormalization(2, scale=False, center=False)),
                            ".keras .h5"),
    "global_pooling_1d": (lambda: flat_branches(
        (6, 5, 3), *[p(keepdims=k) for p in (layers.GlobalAveragePooling1D, layers.GlobalMaxPooling1D) for k in (False, True)],
        before=[layers.Conv2D(4, 2), layers.Reshape((-1, 4))]), ".keras .h5"),
    "convnext_block": (convnext_block, ".keras .h5"),
    "keras2_hard_sigmoid": (lambda: hard_sigmoid(lambda n: layers.Activation("hard_sigmoid")), ".keras .h5"),
    "activations_rare": (lambda: branches(
        (4, 3, 3), *[layers.Activation(a) for a in RARE], before=[layers.Rescaling(6.0, -3.0)]), ".keras .h5"),
    "activations_rare_in_layers": (lambda: flat_branches(
        (4, 3, 3), *[layers.Conv2D(2, 2, activation=a) for a in RARE], before=[layers.Rescaling(6.0, -3.0)]), ".keras"),
    "operations_rare": (rare_operations, ".keras"),
    "sequences": (lambda: flat_branches(
        (6, 5, 3), layers.Conv1D(3, 4), layers.Conv1D(2, 3, strides=2, padding="same", activation="relu"),
        layers.Conv1D(3, 3, dilation_rate=2, padding="causal", activation="softmax"), layers.Conv1D(4, 2, groups=2, use_bias=False),
        layers.MaxPooling1D(3), layers.MaxPooling1D(2, strides=1, padding="same"), layers.AveragePooling1D(4, padding="same"),
        before=[layers.Conv2D(4, 2), layers.Reshape((-1, 4))]), ".keras .h5"),
    "repeat_vector": (lambda: chain((5, 4, 3), layers.Flatten(), layers.Dense(4), layers.RepeatVector(5), layers.Conv1D(3, 2)), ".keras .h5"),
    "adaptive_pooling": (lambda: flat_branches(
        (6, 8, 3), layers.AdaptiveAveragePooling2D((3, 2)), layers.AdaptiveMaxPooling2D(2), layers.AdaptiveAveragePooling2D((6, 1))), ".keras .h5"),
    "batch_normalization_axes": (lambda: chain(
        (5, 4, 3), layers.BatchNormalization(axis=1), layers.Conv2D(4, 2, activation="relu"), layers.BatchNormalization(axis=2, center=False),
        layers.Reshape((-1, 4)), layers.BatchNormalization(axis=-2, scale=False)), ".keras .h5"),
    "nested_inputs": (nested_inputs, ".keras .h5"),
}


def as_keras_2(path):
    if path.endswith(".keras"):
        golden.rewrite(path, path, metadata={"keras_version": "2.15.0"})
    else:
        with h5py.File(path, "a") as f:
            f.attrs["keras_version"] = "2.15.0"


def write(out):
    answers = []
    for n, (name, (build, formats)) in enumerate(MODELS.items(), 101):
        keras.backend.clear_session()
        keras.utils.set_random_seed(n)
        model = build()
        golden.randomise(model, np.random.default_rng(n))
        seed = 7919 * n
        for suffix in formats.split():
            path = os.path.join(out, name + suffix)
            model.save(path)
            answered = model
            if name == "keras2_hard_sigmoid":
                as_keras_2(path)
                answered = of_keras_2()
                answered.set_weights(model.get_weights())
            answers.append(golden.answer(answered, name + suffix, seed))
            for output in answers[-1]["outputs"]:
                print("%-32s %3d values, %8.4f to %8.4f" % (name + suffix, len(output["values"]), min(output["values"]), max(output["values"])))
    with open(os.path.join(out, "breadth.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(a) for a in answers) + "\n]\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out")
    ap.add_argument("--pack", metavar="FILE")
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    if a.pack:
        golden.pack(a.out, a.pack)
    else:
        write(a.out)


if __name__ == "__main__":
    main()
