// Downloads: the picture with its classes as a PNG, and the result as JSON.

import { Fault } from "./fault.js";

export async function savePng({ file }, picture) {
  const png = await picture.toPng(file);
  if (!png) {
    throw new Fault("The PNG cannot be made.", "The browser has too little memory for it. Close other pages, or use a smaller picture.");
  }
  save(png, `${stemOf(file)}-overlay.png`);
}

/** The description has the size of the segmented picture, which may be a smaller copy; `original` has the size of the photo. */
export function saveJson({ file, photo, answer }) {
  const { schema_version, ...description } = answer.description;
  const { width, height } = photo;
  const text = JSON.stringify({ schema_version, picture: file.name, original: { width, height }, ...description }, null, 2);
  save(new Blob([text], { type: "application/json" }), `${stemOf(file)}.json`);
}

function stemOf(file) {
  return (file.name || "picture").replace(/\.[^.]*$/, "");
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
