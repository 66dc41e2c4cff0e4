// Draws a photo and, over it, the colours of its classes; knows which class is where. Nothing here asks the service.

const longestShown = 2048; // pixels; more than a screen shows would only be slower
const mostSaved = 16_000_000; // pixels of a canvas that phones still make

export class Picture {
  /** Two canvases, one over the other, and the classes in order of id. */
  constructor(photo, overlay) {
    this.photo = photo;
    this.overlay = overlay;
    this.hidden = new Set();
    this.lit = null;
    this.opacity = 0.5;
    this.colors = [];
  }

  /** Shows a photo that has no classes yet; the bitmap is closed when another one comes. */
  showPhoto(bitmap) {
    this.bitmap?.close();
    this.bitmap = bitmap;
    this.labels = null;
    [this.width, this.height] = [bitmap.width, bitmap.height];
    const scale = Math.min(1, longestShown / Math.max(this.width, this.height));
    for (const canvas of [this.photo, this.overlay]) {
      canvas.width = Math.max(1, Math.round(this.width * scale));
      canvas.height = Math.max(1, Math.round(this.height * scale));
      canvas.hidden = false;
    }
    this.photo.getContext("2d").drawImage(bitmap, 0, 0, this.photo.width, this.photo.height);
  }

  /** Lays classes over the photo: a byte for every pixel, row by row. */
  showLabels(labels, width, height) {
    [this.labels, this.width, this.height] = [labels, width, height];
    this.draw();
  }

  /** Draws the overlay again, after a change of what is hidden, lit or see-through. */
  draw() {
    this.overlay.style.opacity = this.lit === null ? this.opacity : Math.max(this.opacity, 0.75);
    if (this.labels) {
      this.overlay.getContext("2d").putImageData(this.paint(this.overlay.width, this.overlay.height), 0, 0);
    }
  }

  /** The class id under a point of the page, and where in the picture that is; null beside the picture. */
  classAt(clientX, clientY) {
    const box = this.shownBox();
    const x = Math.floor(((clientX - box.left) / box.width) * this.width);
    const y = Math.floor(((clientY - box.top) / box.height) * this.height);
    const inside = this.labels && x >= 0 && y >= 0 && x < this.width && y < this.height;
    return inside ? { id: this.labels[y * this.width + x], x, y } : null;
  }

  /** Where the picture lies on the page: the canvas's box without the space that keeps its shape. */
  shownBox() {
    const box = this.overlay.getBoundingClientRect();
    const scale = Math.min(box.width / this.width, box.height / this.height);
    const [width, height] = [this.width * scale, this.height * scale];
    return { left: box.left + (box.width - width) / 2, top: box.top + (box.height - height) / 2, width, height };
  }

  /** The photo with what is shown over it, as a PNG of the photo's own size; null if the browser cannot make one. */
  toPng() {
    const scale = Math.min(1, Math.sqrt(mostSaved / (this.width * this.height)));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(this.width * scale), Math.round(this.height * scale)];
    const colors = canvas.cloneNode();
    colors.getContext("2d").putImageData(this.paint(colors.width, colors.height), 0, 0);

    const context = canvas.getContext("2d");
    context.drawImage(this.bitmap, 0, 0, canvas.width, canvas.height);
    context.globalAlpha = this.opacity;
    context.drawImage(colors, 0, 0);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  /** The colours of the classes at a size, transparent where a class is hidden or another one is lit. */
  paint(width, height) {
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const table = this.colorTable();
    const columns = Uint32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * this.width) / width));
    for (let y = 0, at = 0; y < height; y++) {
      const row = Math.floor(((y + 0.5) * this.height) / height) * this.width;
      for (let x = 0; x < width; x++) {
        pixels[at++] = table[this.labels[row + columns[x]]];
      }
    }
    return image;
  }

  colorTable() {
    const table = new Uint32Array(256);
    const bytes = new Uint8Array(table.buffer);
    this.colors.forEach((color, id) => {
      const shown = !this.hidden.has(id) && (this.lit === null || this.lit === id);
      bytes.set([1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)), 4 * id);
      bytes[4 * id + 3] = shown ? 255 : 0;
    });
    return table;
  }
}
