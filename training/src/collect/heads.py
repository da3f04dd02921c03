"""Heads for the bundled default, one for each view of a face: the second of two steps that make it.

    python heads.py BEFORE.keras OUT FEATURES.npz...          (needs TensorFlow, Keras 3, h5py, SciPy, scikit-learn)

FEATURES.npz are of features.py, those of its --trials too if they are to be reported, BEFORE a file of `unmask train --architecture taps --half` on mixed0 to mixed5. OUT gets
inception_taps.keras, with an output for each view, and report.json.

One ridge regression of +1 for fake and -1 for real on the collections' features of both views together, the square around
a face and the face alone, as they are, through the chain, and tilted; sources of a class weigh the same, classes too; the
penalty is 0.03 times the number of features, and the face alone counts two thirds of the other view. What it makes of
each view is that view's head. To it BEFORE's is added, both in units of their deviation, BEFORE's counting three quarters. What is
reported, and what scale, threshold and band are of, are eight models, each without an eighth of the generators and of the
cameras, on what it has not seen; BEFORE's head has seen few of the collections. Scale, threshold and band leave the tilted
ones out.
"""
import io
import json
import os
import sys
import zipfile

import h5py
import keras
import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

VIEWS, WEIGHTS = ["whole", "face"], [0.6, 0.4]
PENALTY, BEFORE_SHARE, FOLDS, FALSE_POSITIVES, FAKES_CALLED_REAL = 0.03, 0.75, 8, 0.01, 0.05
TRIED = 3  # variants from here on are looked at and not learned from

# Collections of one generator, of one project that asked several, or of the same photographers, are left out together.
KIN = [
    ["sdxl-art", "sdxl-misc", "storymaker", "photomaker", "instantid-lcm", "realvisxl-faceid"],
    ["sd14-men", "facechain-sd15", "iclight-sd15", "realistic-vision-lora", "sd-misc2", "ipadapter-faceid", "ip-adapter", "identity-misc"],
    ["stylegan2-l4rz", "sfhq-stylegan2", "stylegan2-asia", "synthpar-stylegan2", "tpdne-stylegan2"],
    ["stylegan2-ada-faces", "stylegan3-ffhq"],
    ["gemini-image", "gemini-sepia", "gemini-headshots", "nano-banana-pro", "higgsfield-people", "google-imagen-avatars", "replit-agent-people"],
    ["dalle3-people", "imagen4-people", "flux-dev-people", "grok2-people", "sdxl-turbo-people", "sfhq-t2i", "infiniteyou-flux", "withanyone-flux", "flux-portraits"],
    ["midjourney-sites", "ai-photos-nordic", "real-or-ai-game"],
    ["gpt-image-1", "gpt-image-2"],
    ["pexels", "model-agency", "models-web", "unsplash-men"],
    ["celebrities-web", "celebrities-web-b", "celebrities-aligned"],
    ["templates-stock", "templates-stock-b"],
    ["retouched-models", "makeup-aligned"],
    ["beauty-makeup", "makeup-backstage"],
    ["course-staff", "course-staff-b"],
    ["djangocon", "djangocon-b", "pycon-uganda"],
]


class Data:
    def __init__(self, *files):
        read = [(f["features"], f["rows"]) for f in map(np.load, files)]
        self.x = np.concatenate([features for features, _ in read]).astype(np.float32)
        rows = np.concatenate([rows for _, rows in read])
        self.source = np.array([f"{kind}/{source}" for kind, source, _, _ in rows])
        self.image = rows[:, 2]
        self.variant = np.array([int(v) for v in rows[:, 3]])
        self.learned = self.variant < TRIED
        self.fake = np.char.startswith(self.source, "fake/").astype(int)
        kin = {name: names_of_kin[0] for names_of_kin in KIN for name in names_of_kin}
        group = np.array([f"{kind}/{kin.get(source, source)}" for kind, source, _, _ in rows])
        size = {g: -(self.learned & (group == g)).sum() for g in sorted(set(group))}
        random_state, self.fold = np.random.RandomState(0), np.zeros(len(rows), int)
        for kind in ("real/", "fake/"):
            of_kind = sorted((g for g in size if g.startswith(kind)), key=size.get)
            random_state.shuffle(of_kind)
            for i, g in enumerate(of_kind):
                self.fold[group == g] = i % FOLDS

    def weights(self, chosen):
        """Of the chosen rows: 1 on average, sources of a class alike, classes alike."""
        w = np.zeros(chosen.sum())
        source, fake = self.source[chosen], self.fake[chosen]
        for kind in (0, 1):
            of_kind = sorted(set(source[fake == kind]))
            for s in of_kind:
                w[source == s] = len(w) / 2 / len(of_kind) / (source == s).sum()
        return w


def ridge(kernel, data, chosen):
    """What each of the chosen rows counts for."""
    root = np.sqrt(data.weights(chosen)).astype(np.float32)
    a = kernel[np.ix_(chosen, chosen)] * root[:, None] * root[None]
    a[np.diag_indices(len(a))] += PENALTY
    target = (2 * data.fake[chosen] - 1).astype(np.float32)
    return cho_solve(cho_factor(a, overwrite_a=True), root * target) * root


def standard(data, view):
    """The features in units of their deviation, and center and deviation."""
    x, w = data.x[:, view], np.zeros(len(data.x))
    w[data.learned] = data.weights(data.learned)
    center = np.average(x, 0, w)
    deviation = np.sqrt(np.average((x - center) ** 2, 0, w)) + 1e-6
    return ((x - center) / deviation).astype(np.float32), center, deviation


def fitted(data):
    """The heads of the views, on features in units of their deviation, and what heads say that have not seen the row's source."""
    kernel = 0
    for view, weight in enumerate(WEIGHTS):
        z, _, _ = standard(data, view)
        kernel = kernel + weight * (z @ z.T) / z.shape[1]
    unseen = np.zeros(len(data.x))
    for i in range(FOLDS):
        out, within = data.fold == i, data.learned & (data.fold != i)
        unseen[out] = kernel[np.ix_(out, within)] @ ridge(kernel, data, within)
        print("fold", i, flush=True)
    counts, heads = ridge(kernel, data, data.learned), []
    for view, weight in enumerate(WEIGHTS):
        z, center, deviation = standard(data, view)
        heads.append((weight * (z[data.learned].T @ counts) / z.shape[1], center, deviation))
    return heads, unseen


def at_rate(scores, weights, rate):
    """The score that this share of the photographs is above."""
    order = np.argsort(-scores)
    return scores[order][np.searchsorted(np.cumsum(weights[order]) / weights.sum(), rate)]


def table(data, scores, chosen):
    real = chosen & (data.fake == 0)
    w = data.weights(chosen)[(data.fake == 0)[chosen]]
    limits = [at_rate(scores[real], w, rate) for rate in (0.05, 0.01, 0.005)]
    rows = {}
    for s in sorted(set(data.source[chosen & (data.fake == 1)])):
        of = scores[chosen & (data.source == s)]
        auc = roc_auc_score(
            np.r_[np.zeros(real.sum()), np.ones(len(of))],
            np.r_[scores[real], of],
            sample_weight=np.r_[w / w.sum(), np.full(len(of), 1 / len(of))],
        )
        rows[s] = [len(of), auc] + [(of > limit).mean() for limit in limits]
    return rows, np.mean([r[1:] for r in rows.values()], 0), limits


def half(model, out):
    """Saved with kernels in half precision, always as the same bytes."""
    saved = out + ".tmp.keras"
    model.save(saved)
    content = zipfile.ZipFile(saved)
    made = io.BytesIO()
    with h5py.File(io.BytesIO(content.read("model.weights.h5"))) as whole, h5py.File(made, "w") as halved:

        def put(name, item):
            if isinstance(item, h5py.Group):
                group = halved.require_group(name)
            else:
                value = item[()]
                group = halved.create_dataset(name, data=value.astype(np.float16) if value.ndim > 1 else value)
            for key, value in item.attrs.items():
                group.attrs[key] = value

        whole.visititems(put)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in ("metadata.json", "config.json", "model.weights.h5"):
            data = made.getvalue() if name.endswith(".h5") else content.read(name)
            if name == "metadata.json":
                data = json.dumps({"keras_version": json.loads(data)["keras_version"]}).encode()
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    os.remove(saved)


def main(before, out, *features):
    data = Data(*features)
    model = keras.models.load_model(before, compile=False)
    normalization = model.get_layer("taps_normalization")
    moved, spread = (np.asarray(v, np.float64) for v in normalization.get_weights())
    spread = np.sqrt(spread + normalization.epsilon)
    old, bias = (np.asarray(v, np.float64) for v in model.get_layer("output_layer").get_weights())

    fits, unseen = fitted(data)
    unit, heads, seen_by_before = unseen[data.learned].std(), [], np.zeros(len(unseen))
    for view, (head, center, deviation) in enumerate(fits):
        by_before = ((data.x[:, view] - moved) / spread) @ old[:, 0] + bias[0]
        part = WEIGHTS[view] / by_before[data.learned].std()
        seen_by_before += part * by_before
        # On what the normalisation puts out; twice, for the answer is the mean of the views' logits.
        kernel = head / unit * spread / deviation + BEFORE_SHARE * part * old[:, 0]
        constant = ((moved - center) / deviation) @ head / unit + BEFORE_SHARE * part * bias[0]
        heads.append((2 * kernel, 2 * constant))
    scores = unseen / unit + BEFORE_SHARE * seen_by_before

    # Platt's calibration, and what follows from the scores, on unseen sources.
    plain = data.variant < 2
    w, y = data.weights(plain), data.fake[plain]
    loss = lambda p: np.average(np.logaddexp(0, -(2 * y - 1) * (p[0] * scores[plain] + p[1])), weights=w)
    scale, offset = minimize(loss, [1.0, 0.0]).x
    scores = scale * scores + offset
    probability = lambda logit: float(1 / (1 + np.exp(-logit)))
    real, fake = plain & (data.fake == 0), plain & (data.fake == 1)
    wr, wf = w[y == 0], w[y == 1]
    threshold = at_rate(scores[real], wr, FALSE_POSITIVES)
    low = at_rate(scores[fake], wf, 1 - FAKES_CALLED_REAL)
    share = lambda what, weights: float(np.average(what, weights=weights))
    decision = {
        "calibration": {"scale": float(scale), "offset": float(offset)},
        "threshold": probability(threshold),
        "band": [probability(low), probability(threshold)],
        "photographs called FAKE": share(scores[real] > threshold, wr),
        "photographs called REAL": share(scores[real] < low, wr),
        "fakes called FAKE": share(scores[fake] > threshold, wf),
        "fakes called REAL": share(scores[fake] < low, wf),
    }
    report = {"sources": len(set(data.source)), "photos": int((data.variant == 0).sum()), "decision": decision}
    tried = data.variant == TRIED
    of_trials = np.isin(data.image, data.image[tried])
    for name, variant in (("as they are", 0), ("JPEG 60", 3), ("half", 4), ("0.8 without loss", 5)):
        if tried.any():
            _, mean, _ = table(data, scores, of_trials & (data.variant == variant))
            print(f"of trials, {name:24} AUC %.3f, recall at 5, 1, 0.5 %%: %.3f %.3f %.3f" % tuple(mean))
            report["of trials, " + name] = [float(v) for v in mean]
    names = "as they are", "shrunk and saved again", "tilted and saved again"
    for name, chosen in ((name, data.variant == v) for v, name in enumerate(names)):
        rows, mean, limits = table(data, scores, chosen)
        print(f"{name:24} {'':20} AUC %.3f, recall at 5, 1, 0.5 %%: %.3f %.3f %.3f" % tuple(mean))
        before_rows, before_mean, _ = table(data, seen_by_before, chosen)
        print(f"{name:24} {'before':20} AUC %.3f, recall %.3f %.3f %.3f" % tuple(before_mean))
        falsely = {
            s: float((scores[chosen & (data.source == s)] > threshold).mean()) for s in sorted(set(data.source[real]))
        }
        wc, yc = data.weights(chosen), data.fake[chosen]
        said = {
            kind: [share(scores[chosen][yc == of] > threshold, wc[yc == of]), share(scores[chosen][yc == of] < low, wc[yc == of])]
            for of, kind in enumerate(("photographs", "fakes"))
        }
        print("  called FAKE, REAL:", said)
        report[name] = {
            "mean AUC, recall at 5, 1 and 0.5 %": [float(v) for v in mean],
            "of the head before": [float(v) for v in before_mean],
            "generators: photos, AUC, recall at 5, 1 and 0.5 %": {s: [float(v) for v in r] for s, r in rows.items()},
            "called FAKE, REAL": said,
            "photographs called FAKE": falsely,
        }
        if name == "as they are":
            for s, r in rows.items():
                print(f"  {s:32} {r[0]:4} AUC {r[1]:.2f} recall {r[2]:.2f} {r[3]:.2f}, before {before_rows[s][1]:.2f} {before_rows[s][2]:.2f}")
            worst = sorted(falsely, key=falsely.get)[:-9:-1]
            print("  called FAKE:", ", ".join(f"{s} {falsely[s]:.2f}" for s in worst))
    print(json.dumps(decision, indent=1))
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "report.json"), "w") as file:
        json.dump(report, file, indent=1)

    outputs = []
    for name, (kernel, constant) in zip(VIEWS, heads):
        dense = keras.layers.Dense(1, activation="sigmoid", name=name)
        outputs.append(dense(normalization.output))
        dense.set_weights([kernel[:, None].astype(np.float32), np.array([constant], np.float32)])
    half(keras.Model(model.input, outputs, name="unmask_default"), os.path.join(out, "inception_taps.keras"))


if __name__ == "__main__":
    main(*sys.argv[1:])
