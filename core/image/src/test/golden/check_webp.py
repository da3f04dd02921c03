"""Compares every pixel of a long series of WebP files with libwebp's, and of a part with TensorFlow's.

Needs what webp_series.py needs, and the compiled tests beside it:

    ./mvnw -q -pl core/image -am test-compile
    python core/image/src/test/golden/check_webp.py [--photos FOLDER] [--keep FOLDER]

Files of --photos (JPEG or PNG, in folders below too) are coded in some ways as well. Prints how many files were
compared and which differ; the exit status is 1 if any does.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import webp_series as series
from PIL import Image

IMAGE = Path(__file__).resolve().parents[3]
PHOTO_OPTIONS = ["-q 75 -m 4", "-q 40 -m 0", "-q 92 -m 6 -sharpness 4", "-q 60 -nostrong", "-lossless -m 3", "-near_lossless 60"]
LARGE = [(1024, 1024), (2048, 1536), (2048, 2048), (1999, 1333)]
LARGE_OPTIONS = ["-q 75 -m 4", "-q 75 -m 0", "-q 30 -m 1 -f 80", "-q 95 -m 2 -nostrong", "-z 1"]


def files(photos):
    for kind, made in (("lossy", series.lossy), ("lossless", series.lossless), ("animated", series.animated), ("crafted", series.crafted)):
        for name, data in made():
            yield f"{kind}-{name}", data
    for name, data in series.lossy((333, 250), []):
        yield f"lossy-larger-{name}", data
    for i, (width, height) in enumerate(LARGE):
        for j, options in enumerate(LARGE_OPTIONS):
            yield f"large-{width}x{height}-{j}", series.cwebp(series.picture("smooth", width, height, i), options)
    yield "large-screen", series.cwebp(series.picture("screen", 1999, 1333), "-z 4")
    yield "large-palette", series.cwebp(series.picture("palette-16", 2048, 1536), "-z 2")
    for i, photo in enumerate(photos):
        array = np.asarray(Image.open(photo).convert("RGB"))
        options = PHOTO_OPTIONS[i % len(PHOTO_OPTIONS)]
        yield f"photo-{i}", series.cwebp(array, options)


def ours(names):
    """Sums by the Java decoder."""
    jars = [str(jar) for jar in Path.home().glob(".m2/repository/org/jspecify/jspecify/*/*.jar")]
    classes = [str(folder) for folder in IMAGE.parent.glob("*/target/classes")]
    path = os.pathsep.join([*classes, str(IMAGE / "target/test-classes"), *jars])
    command = ["java", "-cp", path, "io.unmask.image.PixelSums"]
    said = subprocess.run(command, input="\n".join(names), capture_output=True, check=True, text=True).stdout
    return dict(line.split("\t", 1) for line in said.splitlines())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--most-photos", type=int, default=120)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    photos = sorted(p for p in options.photos.rglob("*") if p.suffix in (".jpg", ".png")) if options.photos else []
    photos = photos[:: max(1, len(photos) // options.most_photos)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        libwebp, tensorflow = {}, {}
        for i, (name, data) in enumerate(files(photos)):
            file = folder / f"{name}.webp"
            file.write_bytes(data)
            libwebp[str(file)] = series.by_libwebp(data)
            known = series.by_tensorflow(data) if i % 3 == 0 or series.flags(data) else None
            if known is not None:
                tensorflow[str(file)] = known
        found = ours(libwebp)
    wrong = sorted(n for n in found if {found[n]} != {libwebp[n], tensorflow.get(n, libwebp[n])})
    for name in wrong:
        print(f"{name}: libwebp {libwebp.get(name)}, TensorFlow {tensorflow.get(name)}, ours {found[name]}")
    print(f"{len(found)} files, {len(libwebp)} compared with libwebp, {len(tensorflow)} with TensorFlow; {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
