"use strict";
(() => {
  const at = id => document.getElementById(id);
  const results = [];
  const queue = [];
  let running = 0;
  let done = 0;
  let asked = 0;
  let token = "";

  /** How many photos are sent at a time. */
  const SIDE_BY_SIDE = 2;

  const WORDS = {
    FAKE: "Fake: looks generated",
    REAL: "Real: looks like a photograph",
    UNCERTAIN: "Uncertain",
    NO_FACE: "No face found",
    ERROR: "Not judged",
  };
  const MEANINGS = {
    UNCERTAIN: "The model cannot tell. That says nothing against the photo: with most photos of a kind that it has not seen it abstains rather than guess.",
    NO_FACE: "No face was found, so nothing was judged. The model looks at faces only; a face may be too small, turned away, covered, or larger than the picture.",
  };
  const SOURCES = { c2pa: "C2PA content credentials", iptc_xmp: "IPTC or XMP", tc260: "China's label of generated content", generator_text: "A generator's text", exif: "EXIF", file: "The file" };
  const CLAIMS = { ai_generated: "says that an AI made it", ai_edited: "says that an AI edited it", camera: "says that a camera took it", edited: "says that it was edited", unspecified: "has a label that says none of that", unreadable: "is damaged or not read" };
  const SIGNED = { signature_valid: "signed, and the signature fits", signature_invalid: "signed, but the signature does not fit", signature_unchecked: "signed, but not checked", unsigned: "unsigned: anybody can write that" };

  function make(name, text, className) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function percent(probability) {
    const value = probability * 100;
    return (value > 0 && value < 1) || (value > 99 && value < 100) ? value.toFixed(1) + " %" : Math.round(value) + " %";
  }

  function say(text) { at("status").textContent = text; }

  function headers() { return token ? { Authorization: "Bearer " + token } : {}; }

  // The model

  async function describe() {
    let response;
    try {
      response = await fetch("v1/model", { headers: headers() });
    } catch (e) {
      return;
    }
    if (response.status === 401) { askForToken(); return; }
    if (!response.ok) return;
    const model = await response.json();
    at("token-form").hidden = true;
    at("scope").textContent = model.scope ? "The model: " + model.scope : "";
    const facts = [["Name", model.model], ["Looks at", model.looksAt], ["Fake above", percent(model.threshold)]];
    if (model.band) facts.push(["Uncertain", "from " + percent(model.band[0]) + " to " + percent(model.band[1])]);
    if (model.images) facts.push(["For", model.images]);
    if (model.members.length > 1) facts.push(["Members", model.members.join(", ")]);
    facts.push(["Parameters", model.parameters.toLocaleString("en")]);
    facts.push(["Runs on", model.backend + ", " + model.engine + ", " + model.device]);
    const list = at("model");
    list.replaceChildren();
    for (const [key, value] of facts) list.append(make("dt", key), make("dd", String(value)));
  }

  function askForToken() {
    at("token-form").hidden = false;
    say("This server asks for a token.");
    at("token").focus();
  }

  at("token-form").addEventListener("submit", event => {
    event.preventDefault();
    token = at("token").value.trim();
    describe().then(work);
  });

  // Sending

  function add(files) {
    for (const file of files) {
      if (file.type && !file.type.startsWith("image/")) {
        show({ file: file.name, error: "This is no picture." }, null);
        continue;
      }
      asked++;
      queue.push({ file, tries: 0 });
    }
    work();
  }

  function work() {
    progress();
    while (running < SIDE_BY_SIDE && queue.length > 0) {
      running++;
      send(queue.shift()).finally(() => { running--; work(); });
    }
  }

  function progress() {
    const busy = running > 0 || queue.length > 0;
    at("progress-area").hidden = !busy;
    at("progress").max = Math.max(asked, 1);
    at("progress").value = done;
    at("progress-text").textContent = "Looking at photo " + Math.min(done + 1, asked) + " of " + asked;
    if (!busy) { asked = 0; done = 0; }
  }

  async function send(job) {
    const form = new FormData();
    form.append("photo", job.file, job.file.name || "pasted.png");
    let response;
    try {
      response = await fetch("v1/classify", { method: "POST", body: form, headers: headers() });
    } catch (e) {
      finish(job, { error: "The server cannot be reached, or the photo is too large for it." });
      return;
    }
    if (response.status === 401) {
      queue.unshift(job);
      askForToken();
      await new Promise(resolve => at("token-form").addEventListener("submit", resolve, { once: true }));
      return;
    }
    if (response.status === 503 && job.tries < 30) {
      job.tries++;
      const seconds = Number(response.headers.get("Retry-After")) || 1;
      await new Promise(resolve => setTimeout(resolve, seconds * 1000));
      queue.unshift(job);
      return;
    }
    let answer;
    try {
      answer = await response.json();
    } catch (e) {
      answer = { title: "The server's answer cannot be read" };
    }
    finish(job, response.ok ? answer[0] : { error: answer.title + ": " + (answer.detail || "") });
  }

  function finish(job, result) {
    done++;
    show({ ...result, file: job.file.name || "pasted.png" }, job.file, job);
  }

  // Showing

  function label(result) { return result.error ? "ERROR" : result.label; }

  function show(result, file, job) {
    results.push(result);
    const kind = label(result);
    const card = make("article", "", "card");
    card.dataset.label = kind;
    card.append(picture(result, file), verdict(result, kind, job, card));
    at("results").prepend(card);
    row(result, kind);
    say(result.file + ": " + WORDS[kind] + (result.probability === undefined ? "" : ", probability of fake " + percent(result.probability)));
  }

  function picture(result, file) {
    const holder = make("div", "", "photo");
    if (!file) return holder;
    const image = make("img");
    image.alt = result.file;
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => {
      (result.faces || []).forEach((face, i) => holder.append(box(face, i, image)));
    });
    image.addEventListener("error", () => image.replaceWith(make("div", "This browser cannot show this photo.", "noimage")));
    holder.append(image);
    return holder;
  }

  function box(face, index, image) {
    const element = make("div", "", "box " + face.label);
    const [left, top, right, bottom] = face.box;
    const across = value => Math.max(0, Math.min(100, value / image.naturalWidth * 100));
    const down = value => Math.max(0, Math.min(100, value / image.naturalHeight * 100));
    element.style.left = across(left) + "%";
    element.style.top = down(top) + "%";
    element.style.width = across(right) - across(left) + "%";
    element.style.height = down(bottom) - down(top) + "%";
    if (down(top) < 8) element.classList.add("inside");
    element.setAttribute("aria-hidden", "true");
    element.append(make("span", (index + 1) + ": " + face.label));
    return element;
  }

  function verdict(result, kind, job, card) {
    const side = make("div");
    side.append(make("h3", result.file), make("p", WORDS[kind], "verdict " + kind));
    if (result.error) {
      side.append(make("p", result.error));
      return side;
    }
    if (result.probability !== undefined) side.append(bar(result, kind));
    if (MEANINGS[kind]) side.append(make("p", MEANINGS[kind]));
    const faces = result.faces || [];
    if (faces.length > 1 || faces.some(face => face.reason)) {
      side.append(list("Faces", faces.map((face, i) =>
        (i + 1) + ": " + face.label + ", probability of fake " + percent(face.probability) + (face.reason ? "; " + face.reason : ""))));
    }
    if (result.warnings) side.append(list("Beware", result.warnings));
    if (job && kind !== "NO_FACE") side.append(explanation(result, job, card));
    side.append(result.evidence.length === 0
      ? make("p", "The file claims nothing about how it was made, which proves nothing.", "soft")
      : list("What the file claims", result.evidence.map(claim)));
    return side;
  }

  /** A button that asks for the map. */
  function explanation(result, job, card) {
    const part = make("div");
    const button = make("button", "Show where it looks", "button quiet");
    button.type = "button";
    button.addEventListener("click", async () => {
      const shown = card.querySelectorAll(".map");
      if (shown.length > 0) {
        const hide = !shown[0].hidden;
        shown.forEach(map => { map.hidden = hide; });
        button.textContent = hide ? "Show where it looks" : "Hide where it looks";
        return;
      }
      button.disabled = true;
      button.textContent = "Looking for it";
      const answer = await explained(job);
      button.disabled = false;
      if (!answer) { button.textContent = "Try again"; return; }
      const image = card.querySelector(".photo img");
      if (image) for (const map of answer.maps) card.querySelector(".photo").append(overlay(map, image));
      button.textContent = "Hide where it looks";
      part.append(make("p", "Red places speak for fake, blue ones for real, to the network: it says what the network looked at, not what is wrong with the picture.", "soft"));
      say("The map lies over the photo.");
    });
    part.append(button);
    return part;
  }

  async function explained(job) {
    const form = new FormData();
    form.append("photo", job.file, job.file.name || "pasted.png");
    try {
      const response = await fetch("v1/classify?explain=true", { method: "POST", body: form, headers: headers() });
      const answer = response.ok ? (await response.json())[0] : null;
      return answer && answer.maps ? answer : null;
    } catch (e) {
      return null;
    }
  }

  function overlay(map, image) {
    const element = make("img", "", "map");
    const [left, top, right, bottom] = map.region;
    element.alt = "Where the network looks";
    element.src = "data:image/png;base64," + map.png;
    element.style.left = left / image.naturalWidth * 100 + "%";
    element.style.top = top / image.naturalHeight * 100 + "%";
    element.style.width = (right - left) / image.naturalWidth * 100 + "%";
    element.style.height = (bottom - top) / image.naturalHeight * 100 + "%";
    return element;
  }

  function claim(one) {
    return (SOURCES[one.source] || one.source) + " " + (CLAIMS[one.claim] || one.claim)
      + (one.generator ? " with " + one.generator : "") + " (" + (SIGNED[one.verified] || one.verified) + "). " + one.detail;
  }

  function list(title, items) {
    const part = make("div");
    const entries = make("ul");
    for (const item of items) entries.append(make("li", item));
    part.append(make("h3", title), entries);
    return part;
  }

  function bar(result, kind) {
    const part = make("div");
    const track = make("div", "", "bar");
    track.setAttribute("role", "img");
    track.setAttribute("aria-label", "Probability of fake " + percent(result.probability) + "; fake above " + percent(result.threshold));
    const fill = make("div", "", "fill " + kind);
    fill.style.width = Math.max(result.probability * 100, 1) + "%";
    const mark = make("div", "", "mark" + (result.threshold < 0.4 ? " left" : ""));
    mark.style.left = result.threshold * 100 + "%";
    mark.append(make("span", "fake above " + percent(result.threshold)));
    track.append(fill, mark);
    const ends = make("div", "", "ends");
    ends.append(make("span", "Probability of fake: " + percent(result.probability)), make("span", "100 %"));
    part.append(track, ends);
    return part;
  }

  // The table

  function cells(result, kind) {
    return [
      result.file,
      kind === "ERROR" ? "" : kind,
      result.probability === undefined ? "" : String(result.probability),
      result.faces ? String(result.faces.length) : "",
      (result.evidence || []).map(claim).join(" "),
    ];
  }

  function row(result, kind) {
    const line = make("tr");
    const [name, , , faces, claims] = cells(result, kind);
    const head = make("th", name);
    head.scope = "row";
    line.append(head, make("td", WORDS[kind]), make("td", result.probability === undefined ? "" : percent(result.probability)), make("td", faces), make("td", result.error || claims));
    at("rows").append(line);
    at("session").hidden = false;
  }

  /** A spreadsheet would run a cell that begins with one of these as a formula. */
  function cell(text) {
    const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return '"' + safe.replaceAll('"', '""') + '"';
  }

  at("csv").addEventListener("click", () => {
    const lines = [["file", "label", "probability", "faces", "evidence", "error"]];
    for (const result of results) lines.push([...cells(result, label(result)), result.error || ""]);
    const text = lines.map(line => line.map(cell).join(",")).join("\r\n") + "\r\n";
    const link = make("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
    link.download = "unmask.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });

  at("clear").addEventListener("click", () => {
    document.querySelectorAll(".photo img").forEach(image => URL.revokeObjectURL(image.src));
    results.length = 0;
    at("results").replaceChildren();
    at("rows").replaceChildren();
    at("session").hidden = true;
    say("All photos are forgotten.");
    at("files").focus();
  });

  // Adding

  for (const id of ["files", "camera"]) {
    at(id).addEventListener("change", event => {
      add([...event.target.files]);
      event.target.value = "";
    });
  }
  document.addEventListener("dragover", event => { event.preventDefault(); at("drop").classList.add("over"); });
  document.addEventListener("dragleave", event => { if (!event.relatedTarget) at("drop").classList.remove("over"); });
  document.addEventListener("drop", event => {
    event.preventDefault();
    at("drop").classList.remove("over");
    add([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", event => {
    const files = [...event.clipboardData.files];
    if (files.length > 0) { event.preventDefault(); add(files); }
  });

  describe();
})();
