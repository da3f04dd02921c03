"""Write files of weights alone, with real Keras, and Keras's answers: golden/weights.zip of the testkit.

    VENV/bin/python make_weights.py OUT                   files of Keras 3 (VENV as in make_golden.py)
    VENV/bin/python make_weights.py OUT --keras2 FOLDER   files of Keras 2, beside them; FOLDER as in make_backbones.py
    VENV/bin/python make_weights.py OUT --pack FILE.zip   all of OUT in one deflated archive

    mesonet4, mesoinception4     .weights.h5 of Keras 3, .h5 of Keras 2: layers conv2d_7 and so on, by order
    MobileNetV3Small_1, _3       of one and of three classes; each array has one number, so that it deflates
    nested.json, nested...       augmentation and a backbone inside a model, Normalization, attention (Keras 3);
                                 Keras 2's has the names of its JSON, Keras 2's nested_renamed those of another session
    frozen...                    the same (Keras 2), the first layers of the backbone frozen, renamed

weights.json and weights_keras2.json name file, architecture, and answers as backbones.json does.
"""
import argparse
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
from make_backbones import Keras, levels, noise, randomise


def mesonet4(K):
    L = K.L
    inputs = x = K.Input((256, 256, 3))
    for filters, kernel, pool in ((8, 3, 2), (8, 5, 2), (16, 5, 2), (16, 5, 4)):
        x = L.Conv2D(filters, kernel, padding="same", activation="relu")(x)
        x = L.BatchNormalization()(x)
        x = L.MaxPooling2D(pool, padding="same")(x)
    return K.Model(inputs, meso_head(L, x))


def meso_head(L, x):
    x = L.LeakyReLU(0.1)(L.Dense(16)(L.Dropout(0.5)(L.Flatten()(x))))
    return L.Dense(1, activation="sigmoid")(L.Dropout(0.5)(x))


def mesoinception4(K):
    L = K.L

    def conv(filters, kernel, x, dilation=1):
        return L.Conv2D(filters, kernel, dilation_rate=dilation, padding="same", activation="relu")(x)

    inputs = x = K.Input((256, 256, 3))
    for a, b, c, d in ((1, 4, 4, 2), (2, 4, 4, 2)):      # as classifiers.py of MesoNet does
        x1 = conv(a, 1, x)
        x2 = conv(b, 3, conv(b, 1, x))
        x3 = conv(c, 3, conv(c, 1, x), 2)
        x4 = conv(d, 3, conv(d, 1, x), 3)
        x = L.MaxPooling2D(2, padding="same")(L.BatchNormalization()(L.Concatenate(axis=-1)([x1, x2, x3, x4])))
    for pool in (2, 4):
        x = L.Conv2D(16, 5, padding="same", activation="relu")(x)
        x = L.MaxPooling2D(pool, padding="same")(L.BatchNormalization()(x))
    return K.Model(inputs, meso_head(L, x))


def nested(K, frozen=False):
    L = K.L
    augmentation = K.k.Sequential([L.RandomFlip("horizontal"), L.RandomRotation(0.1)])
    a = y = K.Input((16, 16, 3))
    for _ in range(3):                                   # all of the same shapes, so that a wrong order fits
        y = L.BatchNormalization()(L.Conv2D(3, 3, padding="same")(y))
    backbone = K.Model(a, L.BatchNormalization(scale=False, center=False)(L.DepthwiseConv2D(3)(y)))
    if frozen:
        for layer in backbone.layers[:5]:
            layer.trainable = False
    inputs = K.Input((16, 16, 3))
    x = L.Normalization(mean=[0.4, 0.5, 0.6], variance=[0.1, 0.2, 0.3])(inputs) if K.two else L.Normalization()(inputs)
    x = L.RandomContrast(0.1)(augmentation(x))
    x = backbone(x, training=False)
    if not K.two:
        t = L.Reshape((-1, 3))(x)
        x = L.MultiHeadAttention(2, 2)(t, t)
        x = L.GlobalAveragePooling1D()(x)
    else:
        x = L.GlobalAveragePooling2D()(x)
    return K.Model(inputs, L.Dense(1, activation="sigmoid")(L.Dense(4, activation="tanh")(x)))


def fill(K, model, seed):
    rng = np.random.default_rng(seed)
    randomise(model, rng)
    for v in model.weights:
        if v.name.split(":")[0].rsplit("/", 1)[-1] in ("moving_mean", "beta", "mean"):
            v.assign(rng.choice([-0.5, -0.25, 0.25, 0.5], tuple(v.shape)).astype("float32"))


def one_number(K, model):
    for n, v in enumerate(model.weights):
        name = v.name
        if name == "kernel":
            fan = np.prod(v.shape[:-1]) if len(v.shape) != 4 or v.shape[-1] != 1 else v.shape[0] * v.shape[1]
            v.assign(np.full(v.shape, (0.6 + n % 5 / 5) / fan, "f"))
        else:
            v.assign(np.full(v.shape, 0.5 + n % 7 / 10, "f"))
    head = model.get_layer("logits")
    kernel, bias = head.get_weights()
    features = np.asarray(K.Model(model.inputs, head.input)(noise((224, 224, 3), 331), training=False)).reshape(-1, kernel.shape[-2])
    kernel *= 2 / (features @ kernel.reshape(-1, bias.size)).max()
    head.set_weights([kernel, np.linspace(-1, 0.5, bias.size).astype("f")])


def answer(out, file, architecture, model, seed):
    shape = tuple(model.input_shape[1:])
    y = np.asarray(model(noise(shape, seed), training=False), np.float32)
    print("%-32s %s" % (file, y.ravel()))
    return {"model": file, "architecture": architecture, "input_shape": list(shape), "seed": seed,
            "outputs": [{"shape": list(y.shape[1:]), "values": [float(str(v)) for v in y.ravel()]}]}


def shifted(K):
    """Automatic names as another session gives them."""
    K.k.backend.clear_session()
    for _ in range(7):
        K.L.Conv2D(1, 1), K.L.BatchNormalization(), K.L.Dense(1), K.L.DepthwiseConv2D(1)


def write(K, out):
    answers = []

    def save(model, file, architecture, seed):
        model.save_weights(os.path.join(out, file))
        model.load_weights(os.path.join(out, file))      # which also has Normalization know its numbers
        answers.append(answer(out, file, architecture, model, seed))

    suffix = ".h5" if K.two else ".weights.h5"
    prefix = "keras2_" if K.two else ""
    for n, build in enumerate((mesonet4, mesoinception4), 301):
        shifted(K)
        model = build(K)
        fill(K, model, n)
        save(model, prefix + build.__name__ + suffix, build.__name__, n)
    K.k.backend.clear_session()
    model = nested(K)
    fill(K, model, 311)
    with open(os.path.join(out, prefix + "nested.json"), "w") as f:
        f.write(model.to_json())
    save(model, prefix + "nested" + suffix, prefix + "nested.json", 311)
    shifted(K)
    again = nested(K)
    fill(K, again, 312)
    save(again, prefix + "nested_renamed" + suffix, prefix + "nested.json", 312)
    if K.two:
        K.k.backend.clear_session()
        model = nested(K, frozen=True)
        with open(os.path.join(out, prefix + "frozen.json"), "w") as f:
            f.write(model.to_json())
        shifted(K)
        model = nested(K, frozen=True)
        fill(K, model, 321)
        save(model, prefix + "frozen" + suffix, prefix + "frozen.json", 321)
    else:
        for classes in (1, 3):
            K.k.backend.clear_session()
            model = K.k.applications.MobileNetV3Small(weights=None, classes=classes, input_shape=(224, 224, 3),
                                                      classifier_activation="sigmoid" if classes == 1 else "softmax")
            one_number(K, model)
            save(model, "MobileNetV3Small_%d.weights.h5" % classes, "MobileNetV3Small", 330 + classes)
    with open(os.path.join(out, "weights_keras2.json" if K.two else "weights.json"), "w") as f:
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
