#!/usr/bin/env python3
"""Writes src/test/resources/callbacks/decisions.csv: what Keras's callbacks decide.

Needs keras 3.15.1 and tensorflow-cpu 2.21.0. One line an epoch of a made-up course of validation losses: the
course's number, the epoch, its loss, the learning rate for the next epoch, whether
ModelCheckpoint(save_best_only) saves, and whether EarlyStopping stops.
"""

import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
import keras  # noqa: E402
import numpy as np  # noqa: E402

TARGET = pathlib.Path(__file__).parents[1] / "resources" / "callbacks" / "decisions.csv"


class Optimizer:
    def __init__(self, rate):
        self.learning_rate = np.float32(rate)


class Model:
    """As much of a model as the callbacks ask for."""

    def __init__(self, rate):
        self.optimizer = Optimizer(rate)
        self.stop_training = False
        self.saved = 0

    def get_weights(self):
        return []

    def set_weights(self, weights):
        pass

    def save(self, path, overwrite=True):
        self.saved += 1


def courses():
    rng = np.random.default_rng(7)
    yield 1e-3, 4, 10, [0.7 - 0.01 * i for i in range(20)]
    yield 1e-3, 4, 10, [0.7] * 20
    yield 1e-3, 4, 10, [0.7, 0.6, 0.60005, 0.5999, 0.59995, 0.61, 0.6, 0.5998] + [0.6] * 12
    yield 1e-5, 7, 15, [0.5 + 0.05 * np.sin(i) for i in range(30)]
    yield 1e-6, 2, 12, [0.5] * 30
    yield 1e-3, 4, 10, [0.7, float("nan"), 0.6] + [float("nan")] * 16
    yield 1e-3, 1, 1, [0.7, 0.7, 0.7]
    for _ in range(8):
        yield 1e-3, 4, 10, list(np.abs(0.6 + np.cumsum(rng.normal(-0.003, 0.03, 30))))
    for _ in range(4):
        yield 1e-5, 7, 15, list(0.4 + rng.normal(0, 0.0001, 30))


def main():
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    lines = ["course,rate,plateau,patience,epoch,loss,next,saved,stopped"]
    for number, (rate, plateau, patience, losses) in enumerate(courses()):
        model = Model(rate)
        callbacks = [
            keras.callbacks.EarlyStopping(
                monitor="val_loss", patience=patience, restore_best_weights=True),
            keras.callbacks.ReduceLROnPlateau(
                monitor="val_loss", factor=0.5, patience=plateau, min_lr=1e-7),
            keras.callbacks.ModelCheckpoint("x.keras", monitor="val_loss", save_best_only=True),
        ]
        for callback in callbacks:
            callback.set_model(model)
            callback.on_train_begin()
        for epoch, loss in enumerate(losses):
            before = model.saved
            for callback in callbacks:
                callback.on_epoch_end(epoch, {"val_loss": loss})
            lines.append(
                f"{number},{rate!r},{plateau},{patience},{epoch},{float(loss)!r},"
                f"{float(model.optimizer.learning_rate)!r},{model.saved - before},"
                f"{int(model.stop_training)}")
            if model.stop_training:
                break
    TARGET.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
