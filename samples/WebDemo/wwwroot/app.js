// The page: visitors choose, drop or paste pictures, or open the example, and see their classes.

import { Album, most } from "./album.js";
import { about, fetchModel, segment } from "./answer.js";
import { Divider } from "./divider.js";
import { saveJson, savePng } from "./download.js";
import { Fault } from "./fault.js";
import { Legend } from "./legend.js";
import { Picture } from "./picture.js";
import { Pointer } from "./pointer.js";
import { decode, read } from "./shrink.js";
import { Strip } from "./strip.js";

const at = (id) => document.getElementById(id);
const frame = at("frame");
const layers = { photo: at("photo"), overlay: at("overlay"), outlines: at("outlines") };
const picture = new Picture(at("sheet"), layers);
const divider = new Divider(at("divider"), [layers.overlay, layers.outlines]);
const album = new Album(readPhoto, (photo, onWait, signal) => segment(photo.sent, onWait, signal), changed);
const strip = new Strip(at("strip"), (item) => album.select(item), (item) => album.remove(item));
const pointed = { frame, tag: at("tag"), cross: at("cross"), spoken: at("spoken") };
const pointer = new Pointer(picture, pointed, (id) => legend?.point(id));

let model = null;
let legend = null;
let stage = { item: null }; // what is shown, and how much of it already is

const ready = start();

async function start() {
  at("privacy").textContent = `Up to ${most} at a time. ${about.privacy}`;
  if (about.api) {
    at("api").href = about.api;
    at("api").hidden = false;
  }
  setView();
  model = await fetchModel(showProgress).finally(() => {
    at("progress").hidden = true;
  });
  legend = new Legend(at("legend"), model.classes, light, toggle);
  pointer.classes = model.classes;
  at("palette").disabled = model.classes.every((info) => info.color === info.overlay_color);
  setColors();
  at("engine").textContent = `${model.name ?? "Segmentation"} on the ${model.engine}`;
  tell(album.selected);
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

async function readPhoto(file) {
  await ready;
  return read(file, model);
}

// ---- opening pictures

function take(files, nothing) {
  if (files.length === 0) {
    report(nothing);
    return;
  }
  const left = album.add([...files]).map((file) => file.name);
  if (left.length > 0) {
    const names = left.length > 6 ? `${left.slice(0, 5).join(", ")} and ${left.length - 5} more` : left.join(", ");
    report(new Fault(`There is room for ${most} pictures at a time.`, `Not taken: ${names}. Remove some, and add these again.`));
  }
}

async function openExample() {
  try {
    const response = await fetch("leuven.jpg");
    if (!response.ok) {
      throw new Error(`It answered ${response.status}.`);
    }
    take([new File([await response.blob()], "leuven.jpg", { type: "image/jpeg", lastModified: 0 })]);
  } catch {
    report(new Fault("The example cannot be loaded.", "Check your connection and try again."));
  }
}

for (const id of ["choose", "welcome"]) {
  at(id).addEventListener("click", () => at("file").click());
}
at("example").addEventListener("click", openExample);
at("file").addEventListener("change", ({ target }) => {
  const files = [...target.files];
  target.value = "";
  if (files.length > 0) {
    take(files);
  }
});

document.addEventListener("paste", ({ clipboardData }) =>
  take(clipboardData.files, new Fault("There is no picture on the clipboard.", "Copy a picture, and paste it here.")));

for (const kind of ["dragover", "drop", "dragleave"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    frame.classList.toggle("dropping", kind === "dragover");
    if (kind === "drop") {
      take(event.dataTransfer.files, new Fault("This is no file.", "Drop picture files here."));
    }
  });
}

// ---- progress

function changed(item) {
  strip.show(album.items, album.selected);
  showCount();
  if (item === null || item === album.selected) {
    tell(album.selected);
    present(album.selected).catch(report);
  }
}

function showCount() {
  const [all, done, failed] = [album.items.length, album.count("done"), album.count("failed")];
  const isFinished = done + failed === all;
  const text = `${isFinished ? pictures(all) : `${done} of ${pictures(all)} done`}${failed > 0 ? `, ${failed} failed` : ""}`;
  if (isFinished && all > 1 && at("count").textContent !== text) {
    at("spoken").textContent = text;
  }
  at("count").textContent = text;
  at("shelf").hidden = all < 2;
}

/** Shows the progress of the selected picture. */
function tell(item) {
  const isBusy = item?.state === "waiting" || item?.state === "working";
  at("busy").hidden = !isBusy;
  frame.setAttribute("aria-busy", String(isBusy));
  at("status").textContent = statusOf(item);
  at("fault").hidden = true;
  if (item?.error) {
    report(item.error);
    at("retry").hidden = !item.photo; // a file that cannot be read stays so
  }
}

function statusOf(item) {
  switch (item?.state) {
    case "waiting":
      return album.count("working") > 0 ? "Waiting for its turn …" : "Looking at the picture …";
    case "working":
      return item.wait ? `The service is busy. Trying again in ${item.wait} s …` : "Looking at the picture …";
    case "done":
      return resultOf(item);
    case "failed":
      return "Ready for another picture.";
    default:
      return "Ready.";
  }
}

function resultOf({ photo, answer: { description }, seconds }) {
  const { width, height, classes } = description;
  const seen = width === photo.width && height === photo.height ? "" : `segmented at ${width} × ${height}, `;
  const found = `${classes.length} ${classes.length === 1 ? "class" : "classes"}`;
  return `${photo.width} × ${photo.height} pixels, ${seen}${found}, ${seconds.toFixed(2)} s`;
}

function pictures(count) {
  return `${count} ${count === 1 ? "picture" : "pictures"}`;
}

function report(error) {
  const isKnown = error instanceof Fault;
  at("fault-title").textContent = isKnown ? error.title : "Something went wrong.";
  at("fault-detail").textContent = isKnown ? error.message : "Try again, or reload the page.";
  at("retry").hidden = true;
  at("fault").hidden = false;
}

at("retry").addEventListener("click", () => {
  album.retry(album.selected);
  layers.overlay.focus();
});

for (const [id, remove] of [["remove", () => album.remove(album.selected)], ["remove-all", () => album.removeAll()]]) {
  at(id).addEventListener("click", () => {
    remove();
    if (at("shelf").hidden) {
      at("choose").focus();
    }
  });
}

// ---- the selected picture

/** Shows the available parts of an item: nothing, its photo, or its photo and its classes. */
async function present(item) {
  if (stage.item !== item) {
    stage = { item, photo: null, isShown: false, isAnswered: false };
    forget();
  }
  const mine = stage;
  if (!item?.photo) {
    picture.clear();
    at("welcome").hidden = false;
    return;
  }
  mine.photo ??= decode(item.photo.shown);
  const bitmap = await mine.photo;
  if (stage !== mine) {
    bitmap.close();
    return;
  }
  if (!mine.isShown) {
    mine.isShown = true;
    picture.showPhoto(bitmap);
    bitmap.close();
    at("welcome").hidden = true;
  }
  if (item.answer && !mine.isAnswered) {
    mine.isAnswered = true;
    const { description, labels } = item.answer;
    picture.showLabels({ labels, width: description.width, height: description.height });
    legend.show(description.classes);
    at("save-png").disabled = at("save-json").disabled = false;
  }
}

function forget() {
  frame.classList.remove("lit");
  at("show-all").hidden = true;
  at("save-png").disabled = at("save-json").disabled = true;
  pointer.leave();
  if (!stage.item?.answer) {
    legend?.show([]);
  }
}

function light(id) {
  if (picture.lit !== id && picture.answered) {
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

at("show-all").addEventListener("click", () => {
  picture.hidden.clear();
  legend.showAll();
  at("show-all").hidden = true;
  picture.draw();
  at("opacity").focus();
});

// ---- display options

function setView() {
  const percent = at("opacity").value;
  at("opacity-value").textContent = `${percent} %`;
  at("opacity").setAttribute("aria-valuetext", `${percent} percent`);
  picture.opacity = percent / 100;
  picture.hasOutlines = at("with-outlines").checked;
  picture.fade();
  divider.shown = at("compare").checked;
}

function setColors() {
  const kind = document.querySelector("input[name='colors']:checked").value;
  picture.colors = model.classes.map((info) => info[kind]);
  legend.paint(picture.colors);
  picture.draw();
}

for (const id of ["opacity", "with-outlines", "compare"]) {
  at(id).addEventListener("input", setView);
}
at("palette").addEventListener("input", setColors);

// ---- downloads

at("save-png").addEventListener("click", () => savePng(stage.item, picture).catch(report));
at("save-json").addEventListener("click", () => saveJson(stage.item));

ready.catch(report);
