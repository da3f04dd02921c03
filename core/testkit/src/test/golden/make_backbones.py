"""Write attention, and backbones of keras.applications with few filters, with Keras's answers.

    VENV/bin/python make_backbones.py OUT                   files of Keras 3 (VENV as in make_golden.py)
    VENV/bin/python make_backbones.py OUT --keras2 FOLDER   files of Keras 2, beside them; FOLDER holds the package tf_keras
    VENV/bin/python make_backbones.py OUT --pack FILE.zip   all of OUT in one deflated archive: resources/golden/backbones.zip

tf_keras is Keras 2's own source, https://github.com/keras-team/tf-keras with `protoc --python_out=. tf_keras/protobuf/*.proto`
in its folder, or pip's. The backbones are built by the functions that build EfficientNetB0, DenseNet121, MobileNetV3Small and
ConvNeXtTiny, with all kinds of blocks, but fewer of them and with fewer filters, so that the files are small; EfficientNet
has the two layers that scale as with ImageNet's weights. Weights take few values, so that they deflate, and batch
normalisation has the statistics of 16 images. Images and backbones.json (backbones_keras2.json) are as make_golden.py says;
quantised.* are to be refused.
"""
import argparse
import importlib
import json
import os
import sys
import unittest.mock

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np

SIZE = 32
LEVELS = np.array([-1, -0.5, 0.5, 1])


class Keras:
    """Keras 3 or Keras 2."""

    def __init__(self, folder=None):
        self.two = folder is not None
        if self.two:
            sys.path.insert(0, folder)
        self.name = "tf_keras" if self.two else "keras"
        self.k = importlib.import_module(self.name)
        self.L, self.Model, self.Input = self.k.layers, self.k.Model, self.k.Input

    def application(self, module):
        return importlib.import_module(f"{self.name}.{'' if self.two else 'src.'}applications.{module}")


# ------------------------------------------------------------------------------------------------------------- backbones

def levels_of(K, inputs):
    """0 to 255, which these scale themselves, of images in [0, 1]."""
    return K.L.Rescaling(255.0, name="levels")(inputs)


def efficientnet(K, **image):
    module = K.application("efficientnet")
    loader = "data_utils" if K.two else "file_utils"
    with unittest.mock.patch.object(getattr(module, loader), "get_file", lambda *a, **k: "none.h5"), \
            unittest.mock.patch.object(K.Model, "load_weights", lambda *a, **k: None):
        named = {"model_name": "efficientnetb0"} if K.two else {"name": "efficientnetb0", "weights_name": "b0"}
        return module.EfficientNet(0.1, 0.6, SIZE, weights="imagenet", include_top=False, **image, **named)


def densenet(K, **image):
    return K.application("densenet").DenseNet([1, 2, 2, 1], weights=None, include_top=False, **image)


def mobilenetv3(K, **image):
    return K.application("mobilenet_v3").MobileNetV3Small(alpha=0.1, weights=None, include_top=False, **image)


def convnext(K, **image):
    return K.application("convnext").ConvNeXt([1, 1, 2, 1], [8, 12, 16, 24], layer_scale_init_value=0.5, default_size=SIZE, weights=None,
                                              include_top=False, **image)


def flat(K, build):
    inputs = K.Input((SIZE, SIZE, 3))
    x = inputs if build is densenet else levels_of(K, inputs)
    return K.Model(inputs, head(K, build(K, input_tensor=x).output))


def nested(K, build):
    inputs = K.Input((SIZE, SIZE, 3))
    x = inputs if build is densenet else levels_of(K, inputs)
    return K.Model(inputs, head(K, build(K, input_shape=(SIZE, SIZE, 3))(x, training=False)))


def head(K, x):
    x = K.L.Dropout(0.3)(K.L.GlobalAveragePooling2D()(x))
    return K.L.Dense(1, activation="sigmoid", name="answer")(x)


# ------------------------------------------------------------------------------------------------------------- attention

def vit(K):
    L = K.L
    inputs = K.Input((SIZE, SIZE, 3))
    x = L.Reshape((16, 16))(L.Conv2D(16, 8, strides=8)(inputs))
    for _ in range(2):
        y = L.LayerNormalization(epsilon=1e-6)(x)
        x = L.Add()([x, L.MultiHeadAttention(num_heads=2, key_dim=8, dropout=0.1)(y, y)])
        y = L.LayerNormalization(epsilon=1e-6)(x)
        x = L.Add()([x, L.Dense(16)(L.Dense(32, activation="gelu")(y))])
    x = L.GlobalAveragePooling1D()(L.LayerNormalization(epsilon=1e-6)(x))
    return K.Model(inputs, L.Dense(1, activation="sigmoid", name="answer")(x))


def attention(K):
    """Of three inputs of different sizes, in every way of naming them."""
    L = K.L
    inputs = K.Input((8, 6, 3))
    a = L.Reshape((-1, 4))(L.Conv2D(4, 2)(inputs))
    b = L.Reshape((-1, 6))(L.Conv2D(6, 3, strides=2)(inputs))
    c = L.Reshape((-1, 6))(L.Conv2D(6, 3, strides=2)(inputs))
    parts = [L.MultiHeadAttention(3, 2)(a, a), L.MultiHeadAttention(2, 3, value_dim=5, use_bias=False)(a, b),
             L.MultiHeadAttention(1, 4, output_shape=4)(query=a, value=b, key=c),
             L.MultiHeadAttention(2, 4, attention_axes=1)(a, key=b, value=c)]
    shared = L.MultiHeadAttention(2, 2)
    parts += [shared(a, a), shared(parts[0], a)]
    outputs = [L.GlobalAveragePooling1D()(L.Add()(parts)), L.Flatten()(L.Attention()([b, c])), L.Flatten()(L.Attention()([b, c, b]))]
    return K.Model(inputs, outputs)


def products(K):
    L = K.L
    inputs = K.Input((6, 4, 3))
    a = L.Reshape((6, 8))(L.Conv2D(2, 1)(inputs))
    b = L.Reshape((6, 4))(L.Conv2D(1, 1)(inputs))
    dots = [L.Dot(axes=1)([a, b]), L.Dot(axes=(1, 1))([b, a]), L.Dot(axes=2)([a, a]), L.Dot(axes=(1, 2))([b, L.Permute((2, 1))(b)])]
    if K.two:
        import tensorflow as tf
        dots.append(tf.matmul(L.Permute((2, 1))(a), b))
    else:
        dots.append(K.k.ops.matmul(L.Permute((2, 1))(a), b))
        dots.append(L.Permute((2, 1))(a) @ b)
    return K.Model(inputs, L.Concatenate()([L.Flatten()(d) for d in dots]))


# ---------------------------------------------------------------------------------------------------------- functions, names

def functions(K):
    """Functions on tensors as people write them: TensorFlow's with Keras 2, keras.ops with Keras 3."""
    L = K.L
    inputs = K.Input((6, 5, 3))
    x = inputs * 4.0 - 2.0
    if K.two:
        import tensorflow as tf
        parts = [1.0 - x, x[..., ::-1] / 255.0, tf.nn.bias_add(x, [-1.0, 0.5, 2.0]), x + tf.constant([0.1, 0.2, 0.3]), tf.square(x), tf.abs(x),
                 x ** 2, tf.nn.relu(x), tf.nn.leaky_relu(x, alpha=0.3), tf.nn.elu(x), tf.math.sigmoid(x), tf.nn.swish(x), tf.nn.gelu(x), tf.cast(x, "float32"),
                 tf.reduce_mean(x, axis=-1, keepdims=True), tf.reduce_max(x, axis=-1, keepdims=True), tf.image.rgb_to_grayscale(x)]
        x = tf.concat(parts, axis=-1)
        y = tf.reshape(tf.transpose(x[:, 1:5, 2:, :4], (0, 3, 1, 2)), (-1, 6, 8))
        z = tf.expand_dims(tf.expand_dims(tf.reduce_mean(x, axis=[1, 2]), 1), 1) * tf.image.resize(x, (4, 3))
        return K.Model(inputs, [L.Flatten()(x), L.Flatten()(y[:, 0]), L.Flatten()(z), L.Flatten()(tf.reduce_max(x, axis=[1, 2]))])
    o = K.k.ops
    parts = [1.0 - x, x[..., ::-1] / 255.0, x + np.array([0.1, 0.2, 0.3], "f"), o.square(x), o.abs(x), x ** 2, o.gelu(x, approximate=False),
             o.mean(x, axis=-1, keepdims=True), o.max(x, axis=-1, keepdims=True), o.image.rgb_to_grayscale(x)]
    x = o.concatenate(parts, axis=-1)
    y = o.reshape(o.transpose(x[:, 1:5, 2:, :4], (0, 3, 1, 2)), (-1, 6, 8))
    z = o.expand_dims(o.expand_dims(o.mean(x, axis=[1, 2]), 1), 1) * o.image.resize(x, (4, 3))
    return K.Model(inputs, [L.Flatten()(x), L.Flatten()(y[:, 0]), L.Flatten()(z), o.max(x, axis=[1, 2]), o.max(x, axis=3)[:, -2, 1:],
                            o.mean(x, axis=-1)])


def dictionary(K):
    L = K.L
    inner = K.Input((4, 3, 3), name="image")
    model = K.Model({"image": inner}, {"features": L.Conv2D(2, 2)(inner)})
    inputs = K.Input((4, 3, 3), name="photo")
    x = L.GlobalAveragePooling2D()(model({"image": inputs})["features"])
    return K.Model({"photo": inputs}, {"fake": L.Dense(1, activation="sigmoid", name="answer")(x)})


MODELS = {
    "efficientnet": (lambda K: flat(K, efficientnet), ".keras .h5"),
    "efficientnet_nested": (lambda K: nested(K, efficientnet), ".keras .h5"),
    "densenet": (lambda K: flat(K, densenet), ".keras"),
    "densenet_nested": (lambda K: nested(K, densenet), ".h5"),
    "mobilenetv3": (lambda K: flat(K, mobilenetv3), ".keras .h5"),
    "mobilenetv3_nested": (lambda K: nested(K, mobilenetv3), ".h5"),
    "convnext": (lambda K: flat(K, convnext), ".keras .h5"),
    "convnext_nested": (lambda K: nested(K, convnext), ".keras"),
    "vit": (vit, ".keras .h5"),
    "attention": (attention, ".keras .h5"),
    "matrix_products": (products, ".keras .h5"),
    "functions": (functions, ".keras"),
    "dictionary": (dictionary, ".keras .h5"),
}


# --------------------------------------------------------------------------------------------------------------- writing

def walk(model):
    for layer in model.layers:
        yield layer
        if hasattr(layer, "layers"):
            yield from walk(layer)


def levels(rng, scale, shape):
    """Few different numbers, so that they take little room in the archive."""
    return (rng.choice(LEVELS, shape) * scale).astype("float32")


def randomise(model, rng):
    for v in model.weights:
        name, shape = v.name.split(":")[0].rsplit("/", 1)[-1], tuple(v.shape)
        if name in ("mean", "variance", "count") or name.startswith("seed"):
            continue
        if name in ("kernel", "depthwise_kernel"):
            fan = shape[0] * shape[1] if name == "depthwise_kernel" or shape[-2:] == (1, 1) else np.prod(shape[:-1])
            value = levels(rng, 1.5 / np.sqrt(fan), shape)
        elif name in ("gamma", "moving_variance"):
            value = 1 + levels(rng, 0.25, shape)
        else:
            value = levels(rng, 0.125, shape)
        v.assign(value)


def calibrate(model, images):
    norms = [layer for layer in walk(model) if type(layer).__name__ == "BatchNormalization"]
    for n in norms:
        n.momentum = 0.0
    if norms:
        inner = [layer for layer in model.layers if hasattr(layer, "layers")]
        if inner:                              # which the model calls with training=False
            levels = [layer for layer in model.layers if layer.name == "levels"]
            inner[0](levels[0](images) if levels else images, training=True)
        else:
            model(images, training=True)
    for n in norms:
        n.momentum = 0.99


def spread(K, model, images):
    """Scale the last kernel, so that the answer is neither 0 nor 1 and an error anywhere shows."""
    last = model.layers[-1]
    if last.name == "answer" and not isinstance(model.input_shape, dict):
        features = np.array(K.Model(model.inputs, last.input)(images, training=False), "float64")
        kernel, bias = last.get_weights()
        logits = (features - features.mean(0)) @ kernel
        kernel = kernel * 1.5 / np.abs(logits).max()
        last.set_weights([kernel.astype("float32"), (-features.mean(0) @ kernel).astype("float32") + 0.3])


def noise(shape, seed):
    i = np.arange(int(np.prod(shape)), dtype=np.uint64)
    u = (i * np.uint64(2654435761) + np.uint64(seed * 40503)) & np.uint64(0xFFFFFFFF)
    return ((u >> np.uint64(8)).astype(np.float64) / 2.0 ** 24).astype(np.float32).reshape(1, *shape)


def write(K, out):
    answers = []
    prefix = "keras2_" if K.two else ""
    for n, (name, (build, formats)) in enumerate(MODELS.items(), 201):
        if K.two and name in ("convnext", "efficientnet", "densenet"):
            continue                           # the nested ones say as much; Keras 2's ConvNeXt forgets what is before it
        K.k.backend.clear_session()
        K.k.utils.set_random_seed(n)
        model = build(K)
        rng = np.random.default_rng(n)
        randomise(model, rng)
        shape = (list(model.input_shape.values())[0] if isinstance(model.input_shape, dict) else model.input_shape)[1:]
        seed = 7919 * n
        images = np.concatenate([noise(shape, seed + 13 * i) for i in range(16)])
        images[1:] *= rng.uniform(0.2, 1, (15, 1, 1, 3)).astype("f")
        calibrate(model, images)
        spread(K, model, images)
        outputs = model(noise(shape, seed), training=False)
        outputs = list(outputs.values()) if isinstance(outputs, dict) else outputs
        outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        for suffix in [".h5"] if K.two else formats.split():
            model.save(os.path.join(out, prefix + name + suffix))
            answers.append({"model": prefix + name + suffix, "input_shape": list(shape), "seed": seed,
                            "outputs": [{"shape": list(o.shape[1:]), "values": [float(str(v)) for v in np.asarray(o, np.float32).ravel()]}
                                        for o in outputs]})
        print("%-28s %8d parameters, %s" % (prefix + name, model.count_params(), np.asarray(outputs[0]).ravel()[:4]))
    if not K.two:
        model = K.k.Sequential([K.Input((4, 4, 3)), K.L.Flatten(), K.L.Dense(8), K.L.Dense(1, activation="sigmoid")])
        model.quantize("int8")
        model.save(os.path.join(out, "quantised.keras"))
        model.save(os.path.join(out, "quantised.h5"))
    with open(os.path.join(out, "backbones_keras2.json" if K.two else "backbones.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(a) for a in answers) + "\n]\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out")
    ap.add_argument("--keras2", metavar="FOLDER")
    ap.add_argument("--pack", metavar="FILE")
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    if a.pack:
        import make_golden
        make_golden.pack(a.out, a.pack)
    else:
        write(Keras(a.keras2), a.out)


if __name__ == "__main__":
    main()
