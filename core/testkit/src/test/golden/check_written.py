"""Load what KerasWriter wrote with real Keras and compare the answers.

    ./mvnw -q -B -ntp test-compile -pl core/testkit -am
    java -cp core/testkit/target/classes:core/testkit/target/test-classes:<dependencies> io.unmask.keras.WrittenModels FOLDER
    VENV/bin/python core/testkit/src/test/golden/check_written.py FOLDER        (VENV as in make_golden.py)

For each file: Keras loads it without a complaint; its answer to the image differs from the expected one by at most 2e-5
(of the larger of 1 and the answer); Keras saves it and loads it again with the same weights under the same paths. For
the full-size Xception: layers and their order are those of keras.applications and of the reference's head.
"""
import json
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

import h5py
import numpy as np
from make_golden import image, keras, smooth_image

BOUND = 2e-5


def arrays(file):
    found = {}
    with zipfile.ZipFile(file) as archive, archive.open("model.weights.h5") as member, h5py.File(member) as h5:
        assert all(i.compress_type == zipfile.ZIP_STORED for i in archive.infolist())
        h5.visititems(lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    return found


def check(folder, case):
    file = folder / case["model"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = keras.models.load_model(file)
    make = smooth_image if case["image"] == "smooth" else image
    x = make(tuple(case["input_shape"]), case["seed"])
    worst = 0
    odd = "odd_names" in case["model"]      # Keras itself cannot predict with these: TensorFlow refuses the names
    for answers in [model(x, training=False)] + ([] if odd else [model.predict(x, verbose=0)]):
        answers = answers if isinstance(answers, list) else [answers]
        assert len(answers) == len(case["outputs"]), "outputs"
        for got, expected in zip(answers, case["outputs"]):
            expected = np.array(expected)
            error = np.abs(np.asarray(got).ravel() - expected) / np.maximum(1, np.abs(expected))
            worst = max(worst, error.max())
    with tempfile.TemporaryDirectory() as temporary:
        again = Path(temporary) / "again.keras"
        model.save(again)
        ours, theirs = arrays(file), arrays(again)
        theirs = {name: value for name, value in theirs.items() if "seed_generator" not in name}
        assert ours.keys() == theirs.keys(), ours.keys() ^ theirs.keys()
        assert all(np.array_equal(ours[name], theirs[name]) for name in ours), "weights"
    if case["model"] == "full_size_xception.keras":
        trunk = keras.applications.Xception(weights=None, include_top=False, input_shape=(224, 224, 3))
        mine = model.get_layer("xception")
        assert [type(l) for l in mine.layers] == [type(l) for l in trunk.layers]
        assert [l.name for l in model.layers] == [
            "input_layer", "xception", "global_avg_pooling", "dense_1", "batch_norm_1", "dropout_1", "dense_2",
            "batch_norm_2", "dropout_2", "output_layer"]
        assert model.count_params() == 21420585
        model.summary()
    return worst


def main():
    folder = Path(sys.argv[1])
    failed = 0
    for case in json.loads((folder / "written.json").read_text())["checks"]:
        try:
            worst = check(folder, case)
            good = worst <= BOUND
            print(f"{'ok  ' if good else 'OFF '} {case['model']:45} {worst:.1e}")
        except Exception as e:
            good = False
            print(f"FAIL {case['model']:45} {type(e).__name__}: {str(e)[:300]}")
        failed += not good
    print("failed:", failed)
    sys.exit(1 if failed else 0)


main()
