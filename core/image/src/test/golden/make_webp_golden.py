"""Makes the small WebP files of core/image/src/test/resources/images/webp and sums.tsv, the SHA-256 of their RGB bytes.

Everything is synthetic. Needs what webp_series.py needs:

    python core/image/src/test/golden/make_webp_golden.py

The sums are libwebp's, and TensorFlow's, which must agree. Files whose names begin with "reported" are
not made here: they were refused or read wrongly once. Their sums are made anew.
"""

import itertools
from pathlib import Path

import webp_series as series

OUT = Path(__file__).resolve().parents[1] / "resources" / "images" / "webp"

LOSSY = """m0-q5 m1-q75 m4-q0 m4-q75 m6-q95 size-1x1-m4 size-2x1-m0 size-17x15-m4 size-3x120-m0 filter-0-q10
filter-2-q10 filter-3-q10 filter-4-q60 filter-6-q10 segments4-sns100 segments1-sns0 partitions1 partitions3 flat-m0
noise-m5 alpha-q80-a0 alpha-exact metadata newer-m4""".split()
LOSSLESS = """palette1-z6 palette2-z9 palette3-z6 palette4-z0 palette5-z9 palette16-z9 palette17-z6 palette256-z9
palette257-z6 smooth-z0 smooth-z9 noise-z6 screen-z6 screen-z9 smooth-size-1x1 flat-size-2x1 palette-2-size-1x3
palette-16-size-3x120 near20 alpha alpha-exact one-alpha clear metadata newer-m6""".split()
ANIMATED = "opaque-0 opaque-2 clear-0 clear-3 part-first-0 glass-first-1 glass-unblended-0 part-second-2 newer".split()


def chosen(kind, files, names):
    found = {name: data for name, data in files if name in names}
    assert set(found) == set(names), set(names) - set(found)
    return [(f"{kind}-{name}", data) for name, data in found.items()]


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    made = itertools.chain(
        chosen("lossy", series.lossy((37, 35)), LOSSY),
        chosen("lossless", series.lossless((41, 29)), LOSSLESS),
        chosen("animated", series.animated((28, 22)), ANIMATED),
        ((f"crafted-{name}", data) for name, data in series.crafted()),
    )
    for name, data in made:
        (OUT / f"{name}.webp").write_bytes(data)
    lines = []
    for file in sorted(OUT.glob("*.webp")):
        data = file.read_bytes()
        expected = series.by_libwebp(data)
        assert series.by_tensorflow(data) in (None, expected), file
        lines.append(f"{file.name}\t{expected}\n")
    (OUT / "sums.tsv").write_text("".join(lines))


if __name__ == "__main__":
    main()
