// Reads a picture file and creates smaller copies of it, to show and to send. This module does not use the service.

import { Fault } from "./fault.js";

const longestShown = 2048; // pixels; more than a screen shows would only be slower
const thumbnail = 168; // pixels
const readThere = ["image/jpeg", "image/png", "image/webp", "image/bmp", "image/gif"]; // anything else goes as JPEG
const quality = 0.95;

/** Decodes a picture and applies its EXIF orientation; the caller closes the bitmap. */
export async function decode(file) {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Fault("This is not a picture that can be read.", "Use a complete JPEG, PNG, WebP, BMP or GIF.");
  }
}

/** Reads the size of a picture in pixels, and creates the copies to show and to send, and the thumbnail. */
export async function read(file, model) {
  const full = await decode(file);
  const { width, height } = full;
  const [shownScale, sentScale] = [Math.min(1, longestShown / Math.max(width, height)), scaleToSend(width, height, model)];
  const isSentAsItIs = sentScale === 1 && file.size <= model.limits.max_body_bytes && readThere.includes(file.type);

  // Each copy is made from the one before it, so that the full picture is resized once.
  const shown = scaled(full, width * shownScale, height * shownScale);
  full.close();
  const photo = {
    width,
    height,
    shown: shownScale === 1 ? file : await toJpeg(shown),
    sent: isSentAsItIs ? file : await toJpeg(await toSend(file, shown, width * sentScale, height * sentScale)),
    thumb: cropped(shown),
  };
  if (photo.sent.size > model.limits.max_body_bytes) {
    throw new Fault(
      "The picture is too large.",
      `It has ${megabytes(photo.sent.size)} MB, and the limit is ${megabytes(model.limits.max_body_bytes)} MB. Make it smaller.`);
  }
  return photo;
}

/**
 * The scale at which a picture is sent, at most 1: the network loses nothing at twice its working size, and the service limits the
 * number of pixels.
 */
function scaleToSend(width, height, { working_size: size, working_side: side, limits }) {
  const seen = side === "shorter" ? Math.min(width, height) : Math.max(width, height);
  const useful = size ? (2 * size) / seen : 1;
  return Math.min(1, useful, Math.sqrt(limits.max_pixels / (width * height)));
}

/** Creates the copy to send. It may be larger than the shown one, if the network does not scale pictures. */
async function toSend(file, shown, width, height) {
  if (width <= shown.width) {
    return scaled(shown, width, height);
  }
  const full = await decode(file);
  const canvas = scaled(full, width, height);
  full.close();
  return canvas;
}

/** Copies a picture at another size. */
export function scaled(source, width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height].map((side) => Math.max(1, Math.floor(side + 1e-6)));
  fill(canvas, source);
  return canvas;
}

/** Draws a picture over the whole of a canvas, on white if it is transparent, as the library decodes it. */
export function fill(canvas, source) {
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
}

/** The centre of a picture as a thumbnail, with an aspect ratio of 4 to 3. */
function cropped(source) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [thumbnail, (thumbnail * 3) / 4];
  const scale = Math.max(canvas.width / source.width, canvas.height / source.height);
  const [width, height] = [source.width * scale, source.height * scale];
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(source, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  return canvas;
}

async function toJpeg(canvas) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  if (!blob) {
    throw new Fault("The picture cannot be made smaller.", "The browser has too little memory for it. Close other pages.");
  }
  return blob;
}

function megabytes(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}
