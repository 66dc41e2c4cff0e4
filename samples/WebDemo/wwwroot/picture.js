// Shows a photo and, over it, the colours of its classes and the outlines between them; finds the class at a point.

import { codesOf, opacityOfOutlines, paint } from "./paint.js";
import { decode, fill, scaled } from "./shrink.js";

const mostSaved = 16_000_000; // pixels of a canvas that phones still make
const litOpacity = 0.75;

export class Picture {
  /** The sheet has the shape of the photo; its three canvases lie one over the other. */
  constructor(sheet, { photo, overlay, outlines }) {
    Object.assign(this, { sheet, photo, overlay, outlines });
    this.colors = []; // of each class
    this.opacity = 0.5;
    this.hasOutlines = true;
    this.forget();
  }

  /** Shows nothing. */
  clear() {
    this.forget();
    this.sheet.hidden = true;
  }

  /** Shows only the photo. */
  forget() {
    this.answered = null; // labels, width and height
    this.hidden = new Set();
    this.lit = null;
    for (const canvas of [this.overlay, this.outlines]) {
      canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
    }
  }

  /** Shows a photo that has no classes yet. */
  showPhoto(bitmap) {
    this.forget();
    for (const canvas of [this.photo, this.overlay, this.outlines]) {
      [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    }
    fill(this.photo, bitmap);
    this.sheet.style.setProperty("--shape", bitmap.width / bitmap.height);
    this.sheet.hidden = false;
  }

  /** Shows labels over the photo: a byte for every pixel, row by row, in the photo's aspect ratio. */
  showLabels(answered) {
    this.answered = answered;
    this.codes = codesOf(answered, this.overlay);
    this.draw();
  }

  /** Repaints after a change of hidden or highlighted classes, or of the colours. */
  draw() {
    this.fade();
    if (this.answered) {
      this.overlay.getContext("2d").putImageData(paint(this.codes, this.overlay, this.shownColors(), 1, 1), 0, 0);
      this.outlines.getContext("2d").putImageData(paint(this.codes, this.outlines, this.shownColors(), 0, 1), 0, 0);
    }
  }

  /** Updates the layers after a change of the opacity or of the outlines. */
  fade() {
    const opacity = this.lit === null ? this.opacity : Math.max(this.opacity, litOpacity);
    this.overlay.style.opacity = opacity;
    // Outlines lie over the overlay, which already contributes a part of their colour.
    this.outlines.style.opacity = opacity === 1 ? 1 : 1 - (1 - opacityOfOutlines(opacity)) / (1 - opacity);
    this.outlines.hidden = !this.hasOutlines;
  }

  shownColors() {
    return this.colors.map((color, id) => (!this.hidden.has(id) && (this.lit === null || this.lit === id) ? color : null));
  }

  /** The class id under a point of the page; null beside the picture. */
  classAt(clientX, clientY) {
    const box = this.sheet.getBoundingClientRect();
    const { labels, width, height } = this.answered ?? { width: 0, height: 0 };
    const x = Math.floor(((clientX - box.left) / box.width) * width);
    const y = Math.floor(((clientY - box.top) / box.height) * height);
    return x >= 0 && y >= 0 && x < width && y < height ? labels[y * width + x] : null;
  }

  /** The photo of a file with the shown classes, as a PNG of the photo's size; null if the browser cannot create it. */
  async toPng(file) {
    const full = await decode(file);
    const scale = Math.min(1, Math.sqrt(mostSaved / (full.width * full.height)));
    const canvas = scaled(full, full.width * scale, full.height * scale);
    full.close();
    const colors = document.createElement("canvas");
    [colors.width, colors.height] = [canvas.width, canvas.height];
    const outline = this.hasOutlines ? opacityOfOutlines(this.opacity) : this.opacity;
    const painted = paint(codesOf(this.answered, canvas), canvas, this.shownColors(), this.opacity, outline);
    colors.getContext("2d").putImageData(painted, 0, 0);
    canvas.getContext("2d").drawImage(colors, 0, 0);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }
}
