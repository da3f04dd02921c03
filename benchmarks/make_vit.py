"""Write the vision transformer that is measured, without weights: python make_vit.py FILE.json.gz (Keras 3)."""
import gzip
import json
import sys

import keras
from keras import layers as L

WIDTH, HEADS, BLOCKS = 384, 6, 12


def vit():
    inputs = keras.Input((224, 224, 3))
    x = L.Reshape((196, WIDTH))(L.Conv2D(WIDTH, 16, strides=16)(inputs))
    for _ in range(BLOCKS):
        y = L.LayerNormalization(epsilon=1e-6)(x)
        x = L.Add()([x, L.MultiHeadAttention(HEADS, WIDTH // HEADS)(y, y)])
        y = L.LayerNormalization(epsilon=1e-6)(x)
        x = L.Add()([x, L.Dense(WIDTH)(L.Dense(4 * WIDTH, activation="gelu")(y))])
    x = L.GlobalAveragePooling1D()(L.LayerNormalization(epsilon=1e-6)(x))
    return keras.Model(inputs, L.Dense(2, activation="softmax", name="predictions")(x), name="vit-small")


def stripped(node):
    if isinstance(node, dict):
        return {k: stripped(v) for k, v in node.items()
                if not k.endswith(("initializer", "regularizer", "constraint")) and k not in ("build_config", "registered_name")}
    return [stripped(v) for v in node] if isinstance(node, list) else node


text = json.dumps({**stripped(json.loads(vit().to_json())), "keras_version": keras.__version__}, separators=(",", ":"))
with open(sys.argv[1], "wb") as f, gzip.GzipFile(filename="", mode="wb", fileobj=f, mtime=0) as z:
    z.write(text.encode())
