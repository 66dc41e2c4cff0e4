// The page: pictures in by choosing, dropping, pasting or the example; classes out.

import { about, Fault, fetchModel, segment } from "./answer.js";
import { Legend, spaced } from "./legend.js";
import { Picture } from "./picture.js";

const at = (id) => document.getElementById(id);
const frame = at("frame");
const overlay = at("overlay");
const picture = new Picture(at("photo"), overlay);

let model = null;
let legend = null;
let result = null;
let running = new AbortController();
let cursor = null; // where the keyboard points, in pixels of the picture

const ready = start();

async function start() {
  setOpacity();
  at("privacy").textContent = about.privacy;
  if (about.api) {
    at("api").href = about.api;
    at("api").hidden = false;
  }
  model = await fetchModel(showProgress).finally(() => {
    at("progress").hidden = true;
  });
  at("status").textContent = "Ready.";
  picture.colors = model.classes.map((info) => info.overlay_color);
  legend = new Legend(at("legend"), model.classes, light, toggle);
  at("engine").textContent = `${model.name ?? "Segmentation"} on the ${model.engine}`;
}

function showProgress(text, fraction) {
  at("status").textContent = text;
  at("progress").hidden = false;
  if (fraction === null) {
    at("progress").removeAttribute("value");
  } else {
    at("progress").value = fraction;
  }
}

// ---- a picture comes in

async function open(file) {
  running.abort(new DOMException("Another picture came.", "AbortError"));
  running = new AbortController();
  const { signal } = running;
  at("fault").hidden = true;
  setBusy(true, "Looking at the picture …");
  try {
    await ready;
    check(file);
    const bitmap = await readable(file);
    if (signal.aborted) {
      bitmap.close();
      return;
    }
    forget();
    picture.showPhoto(bitmap);
    at("welcome").hidden = true;
    await show(file, signal);
    setBusy(false);
  } catch (error) {
    if (error.name !== "AbortError") {
      report(error);
    }
  }
}

async function show(file, signal) {
  const begun = performance.now();
  const wait = (seconds) => setBusy(true, `The service is busy. Trying again in ${seconds} s …`);
  const { description, labels } = await segment(file, wait, signal);
  result = { description, name: (file.name || "picture").replace(/\.[^.]*$/, "") };
  picture.showLabels(labels, description.width, description.height);
  legend.show(description.classes);
  at("save-png").disabled = at("save-json").disabled = false;
  const seconds = ((performance.now() - begun) / 1000).toFixed(2);
  at("status").textContent = `${description.width} × ${description.height} pixels, ${description.classes.length} classes, ${seconds} s`;
}

function check(file) {
  const limit = model.limits.max_body_bytes;
  if (file.size > limit) {
    throw new Fault("The file is too large.", `It has ${megabytes(file.size)} MB, and the limit is ${megabytes(limit)} MB. Make it smaller, or save it as JPEG.`);
  }
}

async function readable(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Fault("This is not a picture that can be read.", "Use a complete JPEG, PNG, WebP, BMP or GIF.");
  }
}

function megabytes(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}

function forget() {
  result = null;
  picture.hidden.clear();
  picture.lit = null;
  frame.classList.remove("lit");
  at("show-all").hidden = true;
  at("save-png").disabled = at("save-json").disabled = true;
  legend.show([]);
  unpoint();
}

function report(error) {
  setBusy(false, "Ready for another picture.");
  const known = error instanceof Fault;
  at("fault-title").textContent = known ? error.title : "Something went wrong.";
  at("fault-detail").textContent = known ? error.message : "Try again, or reload the page.";
  at("fault").hidden = false;
}

function setBusy(busy, text) {
  at("busy").hidden = !busy;
  frame.setAttribute("aria-busy", String(busy));
  if (text) {
    at("status").textContent = text;
  }
}

async function openExample() {
  try {
    const response = await fetch("leuven.jpg");
    await open(new File([await response.blob()], "leuven.jpg", { type: "image/jpeg" }));
  } catch {
    report(new Fault("The example cannot be loaded.", "Check your connection and try again."));
  }
}

for (const id of ["choose", "welcome"]) {
  at(id).addEventListener("click", () => at("file").click());
}
at("example").addEventListener("click", openExample);
at("file").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  target.value = "";
  if (file) {
    open(file);
  }
});

document.addEventListener("paste", ({ clipboardData }) => {
  const [file] = clipboardData.files;
  if (file) {
    open(file);
  }
});

for (const kind of ["dragover", "drop", "dragleave"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    frame.classList.toggle("dropping", kind === "dragover");
    const file = kind === "drop" && event.dataTransfer.files[0];
    if (file) {
      open(file);
    }
  });
}

// ---- what is shown of it

function light(id) {
  if (picture.lit !== id && picture.labels) {
    picture.lit = id;
    frame.classList.toggle("lit", id !== null);
    picture.draw();
  }
}

function toggle(id, hidden) {
  picture.hidden[hidden ? "add" : "delete"](id);
  picture.lit = null;
  frame.classList.remove("lit");
  at("show-all").hidden = picture.hidden.size === 0;
  picture.draw();
}

function setOpacity() {
  const percent = at("opacity").value;
  at("opacity-value").textContent = `${percent} %`;
  at("opacity").setAttribute("aria-valuetext", `${percent} percent`);
  picture.opacity = percent / 100;
  picture.draw();
}

at("opacity").addEventListener("input", setOpacity);
at("show-all").addEventListener("click", () => {
  picture.hidden.clear();
  legend.showAll();
  at("show-all").hidden = true;
  picture.draw();
  at("opacity").focus();
});

// ---- the class under the pointer

function point(clientX, clientY) {
  const found = picture.classAt(clientX, clientY);
  const info = found && model.classes[found.id];
  at("tag").hidden = !info;
  legend?.point(info ? found.id : null);
  if (!info) {
    return null;
  }

  const swatch = document.createElement("span");
  swatch.className = "swatch";
  swatch.style.background = swatch.style.borderColor = info.overlay_color;
  at("tag").replaceChildren(swatch, spaced(info.name));
  place(clientX, clientY);
  return info;
}

function place(clientX, clientY) {
  const [box, tag] = [frame.getBoundingClientRect(), at("tag")];
  const [x, y] = [clientX - box.left, clientY - box.top];
  const left = x + 16 + tag.offsetWidth < box.width ? x + 16 : x - 16 - tag.offsetWidth;
  const top = Math.max(4, y - 14 - tag.offsetHeight);
  tag.style.transform = `translate(${Math.max(4, left)}px, ${top}px)`;
}

function unpoint() {
  at("tag").hidden = at("cross").hidden = true;
  cursor = null;
  legend?.point(null);
}

for (const kind of ["pointermove", "pointerdown"]) {
  overlay.addEventListener(kind, (event) => {
    at("cross").hidden = true;
    cursor = null;
    point(event.clientX, event.clientY);
  });
}
overlay.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && unpoint());
overlay.addEventListener("blur", unpoint);

const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

overlay.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  if (event.key === "Escape") {
    unpoint();
  } else if (step && picture.labels) {
    event.preventDefault();
    moveCursor(step, event.shiftKey ? 100 : 25);
  }
});

/** Moves by a fraction of the picture's longer side, and says what is there. */
function moveCursor([stepX, stepY], fraction) {
  const stride = Math.max(1, Math.round(Math.max(picture.width, picture.height) / fraction));
  cursor ??= { x: Math.floor(picture.width / 2), y: Math.floor(picture.height / 2) };
  cursor.x = Math.min(picture.width - 1, Math.max(0, cursor.x + stepX * stride));
  cursor.y = Math.min(picture.height - 1, Math.max(0, cursor.y + stepY * stride));

  const box = picture.shownBox();
  const x = box.left + ((cursor.x + 0.5) / picture.width) * box.width;
  const y = box.top + ((cursor.y + 0.5) / picture.height) * box.height;
  const outer = frame.getBoundingClientRect();
  at("cross").style.transform = `translate(${x - outer.left}px, ${y - outer.top}px)`;
  at("cross").hidden = false;
  const info = point(x, y);
  at("spoken").textContent = info ? spaced(info.name) : "No class";
}

// ---- what can be taken away

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function savePng() {
  const { name } = result;
  const png = await picture.toPng();
  if (png) {
    save(png, `${name}-overlay.png`);
  } else {
    report(new Fault("The PNG cannot be made.", "The browser has too little memory for it. Close other pages, or use a smaller picture."));
  }
}

at("save-png").addEventListener("click", savePng);
at("save-json").addEventListener("click", () =>
  save(new Blob([JSON.stringify(result.description, null, 2)], { type: "application/json" }), `${result.name}.json`));

ready.catch(report);
