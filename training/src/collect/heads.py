"""Heads for the bundled default, one for each view of a face: the last of three steps that make it.

    python heads.py TRUNK.keras DIRECTIONS.npz OUT FEATURES.npz...    (needs TensorFlow, Keras 3, h5py, SciPy, scikit-learn)

TRUNK is what directions.py and features.py take, DIRECTIONS.npz is of the first, FEATURES.npz of the other, those of its
--trials too if they are to be reported. OUT gets inception_taps.keras, with an output for each view, and report.json.

One ridge regression of +1 for fake and -1 for real on the collections' covariances in all views together, the square around
a face, the face alone and its middle, as they are and in the five variants of variants.py; sources of a class weigh the same, and
photographs ten times as much as fakes; the penalty is PENALTY times the number of features, and the views count as WEIGHTS says. To
it are added, in units of their deviation and together as much as it, regressions of each family of generators alone (FAMILIES)
and all photographs. What they make of each view is that view's head.

The covariances of a block are a matrix. It is divided by its trace, and its eigenvalues e become 1 - (1 - e) ** 64, six times twice
the matrix less its square: the few large ones, those of an image's light and colours, count less, and the faint ones more. What is reported, and what scale, threshold and band are of, are eight models, each without an eighth of the generators
and of the cameras, on what it has not seen. Scale and threshold are of photos as they are and saved again, what is called REAL
is of travelled ones too.
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

VIEWS, WEIGHTS = ["whole", "face", "middle"], [0.45, 0.3, 0.25]
BLOCKS, COMPONENTS, STEPS, EPSILON = [f"mixed{i}" for i in range(6)], 64, 6, 1e-3
PENALTY, FOLDS, FALSE_POSITIVES, FAKES_CALLED_REAL = 0.1, 8, 0.01, 0.05
LIKELY = (0, 1, 5)  # what most photos are: as they are, saved again, travelled
PHOTOGRAPHS = 10  # count so many times what fakes count, in the head of all
TRIED = 10  # variants from here on are looked at and not learned from

# Collections of one generator, of one project that asked several, or of the same photographers, are left out together.
KIN = [
    ["sdxl-art", "sdxl-misc", "storymaker", "photomaker", "instantid-lcm", "realvisxl-faceid", "canopus-sdxl-realism", "searge-sdxl", "sdxl-extension-samples", "umo-omnigen2", "ecomid-showcase"],
    ["sd14-men", "facechain-sd15", "iclight-sd15", "realistic-vision-lora", "sd-misc2", "ipadapter-faceid", "ip-adapter", "identity-misc", "sd15-photo-models", "perflow-sd15"],
    ["stylegan2-l4rz", "sfhq-stylegan2", "stylegan2-asia", "synthpar-stylegan2", "tpdne-stylegan2", "tpdne-stylegan2-b", "seeprettyface-stylegan1", "ai-faces-stylegan2", "ai-or-human-720", "nanny-site-stylegan2", "tpdne-avatars-256", "tpdne-examples-1024", "personas-200px", "generated-faces-512", "stylegan2-supermodel-app", "generated-photos-photoday", "generated-photos-yoga", "tpdne-crowd-256", "tpdne-school-site-l", "tpdne-tinderclone", "tpdne-site-baucampus", "tpdne-small-sites-l"],
    ["stylegan2-ada-faces", "stylegan3-ffhq"],
    ["gemini-image", "gemini-sepia", "gemini-headshots", "nano-banana-pro", "higgsfield-people", "google-imagen-avatars", "replit-agent-people", "gemini-ugc", "google-agent-portraits", "gemini-expat-stories", "gemini-gradgen", "gemini-photoai", "gemini-app-examples", "rin-persona", "openvto-people", "elena-influencer", "gemini3pro-miniclaw", "gemini-swimwear-models", "gemini-hairstyle-studio", "gemini-desi-companions", "gemini-small-sites", "gemini-redcashmere", "gemini-wedding", "aistudio-apps", "nano-banana-awesomeprompts", "replit-agent-teams", "replit-agent-sites", "replit-agent-small", "higgsfield-natalia", "aistudio-fitmirror-models", "aistudio-beatriz-brides", "gemini-scav-avatars", "nano-banana-lumina-fashion", "replit-generated-indian-merchants", "imagen-realorai-teenb"],
    ["dalle3-people", "imagen4-people", "flux-dev-people", "grok2-people", "sdxl-turbo-people", "sfhq-t2i", "infiniteyou-flux", "withanyone-flux", "flux-portraits", "flux-super-portrait-lora", "flux-profile-previews", "flux-identity", "headshots-ai-jm", "headshot-saas-b", "astria-headshots", "umo-flux-uno", "ovela-companion", "dalle3-coldcall-personas", "imagen3-deepfake-survey", "grok-deepfake-survey", "flux1dev-deepfake-survey", "sd35-deepfake-survey", "a1111-girlfriend-ai", "flux1dev-lora-valef", "dalle-small-sites-l"],
    ["midjourney-sites", "ai-photos-nordic", "real-or-ai-game", "midjourney-sites-b", "midjourney-lookbook", "midjourney-personas", "midjourney-v6-students", "midjourney-mitarbeiter", "zky-portraits", "maskin-eller-menneske", "midjourney-profiles", "midjourney-galeria-santuace", "midjourney-beauty-frankfurt", "midjourney-onsia-realty", "midjourney-wedding-planner-kr", "midjourney-spot-the-ai-infosek"],
    ["gpt-image-1", "gpt-image-2", "openai-misc", "chatgpt-students", "gpt-image-2-cases", "gpt4o-deepfake-survey", "gpt4o-truman-c2pa", "gpt-image-wigs"],
    ["qwen-edit", "firered-edit"],
    ["occupation-audit-sd", "occupation-audit-crops"],
    ["pexels", "model-agency", "models-web", "unsplash-men"],
    ["celebrities-web", "celebrities-web-b", "celebrities-aligned"],
    ["templates-stock", "templates-stock-b", "stock-portraits-2018", "stock-users-2018"],
    ["retouched-models", "makeup-aligned"],
    ["beauty-makeup", "makeup-backstage", "makeup-elena-2019", "makeup-editorial", "beauty-stock-2022"],
    ["course-staff", "course-staff-b"],
    ["djangocon", "djangocon-b", "pycon-uganda", "pyladies-chapters", "pycon-india", "pycon-korea-organisers", "pycon-canada-2012"],
    ["many-models", "new-models", "comfy-new-models", "visionatrix-flows", "cog-photo-models", "few-step-models", "sd-misc-outputs", "few-misc"],
    ["headshot-saas-a", "kodevio-headshots"],
    ["z-image-turbo", "zimage-turbo-modelscope-jg"],
    ["ministers-norway", "world-leaders"],
    ["csvconf-2014-2016", "csvconf-2017-2019"],
    ["3dsk-cutouts", "canada-students", "london-faces-smiling"],
    ["conferences-b", "jsconf-iceland", "jsconf-budapest", "jsconf-korea", "jsconf-korea-2022", "jsconf-armenia-2019", "jsconf-us-2018"],
    ["rubyconf-india-2022", "rubyconf-kenya", "rubyconf-ph", "rubyconf-taiwan", "rubyconf-portugal", "rubyconf-colombia", "rubyconf-thailand", "rubyconf-portugal-2015", "reddot-rubyconf-2016"],
    ["football-press-a", "football-press-b"],
    ["face-mask-with", "face-mask-without"],
    ["primary-school-singapore", "secondary-school-singapore"],
    ["tedx-itb", "tedx-jnec-2021", "tedx-sapienza", "tedx-warsaw-2021", "tedx-yale-2013"],
    ["wedding-hungary", "wedding-lhomme", "wedding-nest-2014", "wedding-primus"],
    ["theatre-gyumri", "theatre-kansas"],
    ["newborn-jenniek", "newborn-photobaby", "newborn-alena", "newborn-deer-2014"],
    ["family-photographer", "family-texas", "baby-family-mbn", "kids-deana", "family-linds-2016", "family-hergt", "family-mcharlene"],
]


# Generators by what they are made of; each family has a head of its own. What is in none is of "other".
FAMILIES = {
    "GANs": [
        "ai-faces-stylegan2", "ai-or-human-720", "bmsg-gan", "gan-3d", "generated-faces-512",
        "nanny-site-stylegan2", "personas-200px", "tpdne-avatars-256", "tpdne-examples-1024", "gan-genforce", "seeprettyface-stylegan1", "sfhq-stylegan2",
        "stylegan2-ada-faces", "stylegan2-asia", "stylegan2-l4rz", "stylegan3-ffhq", "synthpar-stylegan2",
        "tpdne-stylegan2", "tpdne-stylegan2-b",
        "stylegan2-supermodel-app",
        "generated-photos-photoday", "generated-photos-yoga", "tpdne-crowd-256", "tpdne-school-site-l", "tpdne-tinderclone", "tpdne-site-baucampus", "tpdne-small-sites-l",
    ],
    "of companies": [
        "chatgpt-students", "dalle3-people", "gpt-image-2-cases", "occupation-audit-crops", "openvto-people",
        "elena-influencer", "rin-persona", "gemini-app-examples", "gemini-expat-stories", "gemini-gradgen",
        "gemini-headshots", "gemini-image", "gemini-photoai", "gemini-sepia", "gemini-ugc",
        "google-agent-portraits", "google-imagen-avatars", "gpt-image-1", "gpt-image-2", "grok2-people",
        "imagen4-people", "nano-banana-pro", "openai-misc", "replit-agent-people", "zencreator-ideogram",
        "aistudio-apps", "dalle3-coldcall-personas", "gemini-desi-companions", "gemini-hairstyle-studio", "gemini-redcashmere",
        "gemini-small-sites", "gemini-swimwear-models", "gemini-wedding", "gemini3pro-miniclaw", "gpt4o-deepfake-survey",
        "gpt4o-truman-c2pa", "grok-deepfake-survey", "imagen3-deepfake-survey", "nano-banana-awesomeprompts",
        "replit-agent-small", "replit-agent-sites", "replit-agent-teams",
        "aistudio-fitmirror-models", "aistudio-beatriz-brides", "gemini-scav-avatars", "nano-banana-lumina-fashion", "replit-generated-indian-merchants", "imagen-realorai-teenb", "gpt-image-wigs", "dalle-small-sites-l",
    ],
    "Midjourney and the like": [
        "ai-photos-nordic", "higgsfield-people", "leonardo-influencer", "lummi-ai-stock",
        "midjourney-lookbook", "midjourney-mitarbeiter", "midjourney-personas", "midjourney-sites", "midjourney-v6-students", "midjourney-sites-b",
        "real-or-ai-game",
        "higgsfield-natalia", "maskin-eller-menneske", "midjourney-profiles", "service-comparison",
        "midjourney-galeria-santuace", "midjourney-beauty-frankfurt", "midjourney-onsia-realty", "midjourney-wedding-planner-kr", "midjourney-spot-the-ai-infosek", "firefly-small-sites-l",
    ],
    "transformers": [
        "astria-headshots", "comfy-new-models", "dit-misc", "firered-edit", "flux-dev-people", "flux-identity",
        "flux-portraits", "flux-profile-previews", "flux-super-portrait-lora", "headshots-ai-jm",
        "infiniteyou-flux", "kolors", "new-models", "nucleus-image", "occupation-audit-sd", "omnigen", "ovela-companion", "qwen-edit", "sd35-sheets",
        "umo-flux-uno", "umo-omnigen2", "visionatrix-flows", "withanyone-flux", "z-image-turbo",
        "a1111-girlfriend-ai", "flux1dev-deepfake-survey", "sd35-deepfake-survey", "ace-plus-flux",
        "flux1dev-lora-valef", "zimage-turbo-modelscope-jg",
    ],
    "Stable Diffusion 1": [
        "facechain-sd15", "iclight-sd15", "identity-misc", "ip-adapter", "ipadapter-faceid", "perflow-sd15",
        "realistic-vision-lora", "sd-misc2", "sd14-men", "sd15-photo-models",
    ],
}


class Data:
    def __init__(self, *files):
        read = [(f["covariances"], f["rows"]) for f in map(np.load, files)]
        self.covariances, rows = (np.concatenate(part) for part in zip(*read))
        del read
        self.source = np.array([f"{kind}/{source}" for kind, source, _, _ in rows])
        self.image = rows[:, 2]
        self.variant = np.array([int(v) for v in rows[:, 3]])
        self.learned = self.variant < TRIED
        self.fake = np.char.startswith(self.source, "fake/").astype(int)
        kin = {name: names_of_kin[0] for names_of_kin in KIN for name in names_of_kin}
        group = np.array([f"{kind}/{kin.get(source, source)}" for kind, source, _, _ in rows])
        family = {name: f for f, names in FAMILIES.items() for name in names}
        self.family = np.array([family.get(source, "other") if kind == "fake" else "" for kind, source, _, _ in rows])
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


def ridge(kernel, data, chosen, photographs=1):
    """What each of the chosen rows counts for."""
    weights = data.weights(chosen) * np.where(data.fake[chosen], 1, photographs)
    root = np.sqrt(weights / weights.mean()).astype(np.float32)
    a = kernel[np.ix_(chosen, chosen)] * root[:, None]
    a *= root
    a[np.diag_indices(len(a))] += PENALTY
    target = (2 * data.fake[chosen] - 1).astype(np.float32)
    return solved(a, root * target) * root


def solved(a, b):
    """What a, positive definite, makes b of; by halves, as LAPACK may fail on matrices of more than 2 GiB."""
    half = len(a) // 2
    first, across = cho_factor(a[:half, :half].copy(), overwrite_a=True), a[:half, half:].copy()
    through = cho_solve(first, across)
    second = cho_factor(a[half:, half:] - across.T @ through, overwrite_a=True)
    rest = cho_solve(second, b[half:] - through.T @ b[:half])
    return np.r_[cho_solve(first, b[:half] - across @ rest), rest]


def add_products(kernel, z, share):
    """Some rows at a time, for the same reason."""
    for start in range(0, len(z), 4096):
        rows = slice(start, start + 4096)
        kernel[rows] += np.float32(share) * (z[rows] @ z.T)


def saturated(covariances):
    """What the network makes of the covariances of all blocks, as rows of the upper triangles."""
    rows, columns = np.triu_indices(COMPONENTS)
    made = np.empty(covariances.shape, np.float32)
    for start in range(0, len(made), 500):
        of = slice(start, start + 500)
        triangles = covariances[of].astype(np.float32).reshape(-1, len(rows))
        matrix = np.zeros((len(triangles), COMPONENTS, COMPONENTS), np.float32)
        matrix[:, rows, columns] = matrix[:, columns, rows] = triangles
        matrix /= (np.trace(matrix, axis1=1, axis2=2) + COMPONENTS * EPSILON)[:, None, None]
        for _ in range(STEPS):
            matrix = 2 * matrix - matrix @ matrix
        made[of] = matrix[:, rows, columns].reshape(len(made[of]), -1)
    return made


def standard(data, view):
    """The features in units of their deviation, and center and deviation."""
    z, w = saturated(data.covariances[:, view]), data.weights(data.learned)
    center = np.average(z[data.learned], 0, w)
    z -= center.astype(np.float32)
    deviation = np.sqrt(np.average(z[data.learned] ** 2, 0, w)) + 1e-6
    z /= deviation.astype(np.float32)
    return z, center, deviation


def fitted(data):
    """For each view the head on the features and their center, and what heads say that have not seen the row's source."""
    kernel = np.zeros((len(data.fake),) * 2, np.float32)
    for view, counts in enumerate(WEIGHTS):
        z, _, _ = standard(data, view)
        add_products(kernel, z, counts / z.shape[1])
        del z
    unseen, duals = np.zeros(len(data.fake)), np.zeros(data.learned.sum())
    for family in ("", *FAMILIES, "other"):
        of = data.learned & ((data.fake == 0) | (data.family == family)) if family else data.learned
        counts = 1 if family else PHOTOGRAPHS
        says = np.zeros(len(data.fake))
        for i in range(FOLDS):
            out, within = data.fold == i, of & (data.fold != i)
            says[out] = kernel[np.ix_(out, within)] @ ridge(kernel, data, within, counts)
        unit = says[data.learned].std() / (1 if family else len(FAMILIES) + 1)
        unseen += says / unit
        duals[of[data.learned]] += ridge(kernel, data, of, counts) / unit
        print("heads of", family or "all", flush=True)
    del kernel
    heads = []
    for view, counts in enumerate(WEIGHTS):
        z, center, deviation = standard(data, view)
        heads.append((counts * (z[data.learned].T @ duals) / z.shape[1] / deviation, center))
        del z
    return heads, unseen


def symmetric(triangles, share=1.0):
    """Rows of the blocks' upper triangles as whole matrices, behind each other; what is beside the diagonal times a share."""
    rows, columns = np.triu_indices(COMPONENTS)
    matrices = np.zeros((len(BLOCKS), COMPONENTS, COMPONENTS))
    values = triangles.reshape(len(BLOCKS), -1) * np.where(rows == columns, 1, share)
    matrices[:, rows, columns] = matrices[:, columns, rows] = values
    return matrices.ravel()


def covariances_of(tensor, looks):
    """The covariances of what a block puts out in some directions, over their sum along the diagonal: (1, 64, 64)."""
    layers, name = keras.layers, looks.name
    seen = looks(tensor)
    height, width, channels = seen.shape[1:]
    mean = layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_mean")(seen)
    seen = layers.Subtract(name=f"{name}_centered")([seen, mean])
    seen = layers.Reshape((height * width, channels), name=f"{name}_places")(seen)
    unit = layers.LayerNormalization(axis=(1, 2), epsilon=EPSILON, center=False, scale=False, name=f"{name}_unit")
    seen = unit(seen)
    products = layers.Dot(axes=(1, 1), name=f"{name}_products")([seen, seen])
    shares = layers.Rescaling(1 / (height * width * channels), name=f"{name}_covariances")(products)
    return layers.Reshape((1, channels, channels), name=f"{name}_matrix")(shares)


def network(trunk, directions, heads):
    """The trunk with the covariances behind it and behind them the views' heads, each a kernel and a constant."""
    layers = keras.layers
    looks = [layers.Conv2D(COMPONENTS, 1, use_bias=False, name=f"directions_{block}") for block in BLOCKS]
    matrices = [covariances_of(trunk.get_layer(block).output, look) for block, look in zip(BLOCKS, looks)]
    matrix = layers.Concatenate(axis=1, name="covariances")(matrices)
    for step in range(1, STEPS + 1):
        twice = layers.Rescaling(2.0, name=f"twice_{step}")(matrix)
        matrix = layers.Subtract(name=f"saturated_{step}")([twice, keras.ops.matmul(matrix, matrix)])
    inner = keras.Model(trunk.input, layers.Flatten(name="saturated")(matrix), name="trunk")
    for block, look in zip(BLOCKS, looks):
        look.set_weights([directions[block][None, None].astype(np.float32)])
    image = keras.Input(trunk.input_shape[1:], name="image")
    features, outputs = inner(image), []
    for name, (kernel, constant) in zip(VIEWS, heads):
        dense = layers.Dense(1, activation="sigmoid", name=name)
        outputs.append(dense(features))
        dense.set_weights([kernel[:, None].astype(np.float32), np.array([constant], np.float32)])
    return keras.Model(image, outputs, name="unmask_default")


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


def main(trunk, directions, out, *features):
    data, directions = Data(*features), np.load(directions)
    found, unseen = fitted(data)
    unit = unseen[data.learned].std()
    heads = []
    for form, center in found:
        # As often as there are views, for the answer is the mean of their logits.
        form = len(VIEWS) / unit * symmetric(form, 0.5)
        heads.append((form, -symmetric(center) @ form))
    scores = unseen / unit

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
    likely = (data.fake == 1) & np.isin(data.variant, LIKELY)
    low = at_rate(scores[likely], data.weights(likely), 1 - FAKES_CALLED_REAL)
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
    for name, variant in (("as they are", 0), ("JPEG 60", TRIED), ("half", TRIED + 1), ("0.8 without loss", TRIED + 2)):
        if tried.any():
            _, mean, _ = table(data, scores, of_trials & (data.variant == variant))
            print(f"of trials, {name:24} AUC %.3f, recall at 5, 1, 0.5 %%: %.3f %.3f %.3f" % tuple(mean))
            report["of trials, " + name] = [float(v) for v in mean]
    names = (
        "as they are",
        "shrunk and saved again",
        "tilted and saved again",
        "in other surroundings",
        "cut close to the face",
        "travelled",
    )
    for name, chosen in ((name, data.variant == v) for v, name in enumerate(names)):
        rows, mean, limits = table(data, scores, chosen)
        print(f"{name:24} AUC %.3f, recall at 5, 1, 0.5 %%: %.3f %.3f %.3f" % tuple(mean))
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
            "generators: photos, AUC, recall at 5, 1 and 0.5 %": {s: [float(v) for v in r] for s, r in rows.items()},
            "called FAKE, REAL": said,
            "photographs called FAKE": falsely,
        }
        if name == "as they are":
            for s, r in rows.items():
                print(f"  {s:32} {r[0]:4} AUC {r[1]:.2f} recall {r[2]:.2f} {r[3]:.2f}")
            worst = sorted(falsely, key=falsely.get)[:-9:-1]
            print("  called FAKE:", ", ".join(f"{s} {falsely[s]:.2f}" for s in worst))
    print(json.dumps(decision, indent=1))
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(out, "report.json"), "w") as file:
        json.dump(report, file, indent=1)

    made = network(keras.models.load_model(trunk, compile=False), directions, heads)
    half(made, os.path.join(out, "inception_taps.keras"))


if __name__ == "__main__":
    main(*sys.argv[1:])
