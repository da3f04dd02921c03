"""Write scikit-learn's own folds.

    python3 -m venv VENV
    VENV/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
    VENV/bin/python make_folds_golden.py ../resources/folds/golden.txt

A line for each fold: kind, images, folds, seed, fold, and the images it validates with, separated by commas; for many
images the CRC-32 of that list instead. Image i is fake if (i * 2654435761 mod 2^32) < 0.4 * 2^32.
"""
import sys
import warnings
import zlib

import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold


def main(out):
    warnings.simplefilter("ignore")
    with open(out, "w") as file:
        for images, folds, seed in [
                (10, 5, 42), (11, 2, 0), (23, 5, 42), (23, 4, 4294967295), (64, 3, 1), (65, 8, 7), (257, 5, 42),
                (1703, 5, 42), (1703, 10, 123456789), (7000, 5, 42), (66000, 5, 42)]:
            fake = (np.arange(images, dtype=np.uint64) * 2654435761 % 2**32 < 0.4 * 2**32).astype(int)
            for name, kind in [("shuffled", KFold), ("stratified", StratifiedKFold)]:
                if name == "stratified" and np.bincount(fake).min() < folds:
                    continue
                splits = kind(folds, shuffle=True, random_state=seed).split(fake, fake)
                for number, (_, test) in enumerate(splits, 1):
                    text = ",".join(map(str, test))
                    if images > 100:
                        text = f"crc32 {zlib.crc32(text.encode()):08x}"
                    print(name, images, folds, seed, number, text, file=file)


main(sys.argv[1])
