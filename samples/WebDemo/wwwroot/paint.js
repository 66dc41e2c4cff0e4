// Turns labels into colours, with the same outlines between regions as in the library's overlays.

const pixelsPerOutline = 600;
const outlineOpacity = 0.9;
const border = 256; // added to the class of a pixel on the border of a region

/** The opacity of outlines, for an opacity of the overlay. */
export function opacityOfOutlines(opacity) {
  return opacity === 0 ? 0 : Math.max(outlineOpacity, opacity);
}

/** The class of every pixel of a canvas, plus 256 on the border of a region. */
export function codesOf({ labels, width, height }, canvas) {
  const codes = new Uint16Array(canvas.width * canvas.height);
  const columns = Uint32Array.from({ length: canvas.width }, (_, x) => Math.floor(((x + 0.5) * width) / canvas.width));
  for (let y = 0, at = 0; y < canvas.height; y++) {
    const row = Math.floor(((y + 0.5) * height) / canvas.height) * width;
    for (let x = 0; x < canvas.width; x++) {
      codes[at++] = labels[row + columns[x]];
    }
  }
  markBorders(codes, canvas.width, canvas.height);
  return codes;
}

/** Marks pixels with another class next to them or at the outline's width, straight up, down, left or right. */
function markBorders(codes, width, height) {
  const reach = Math.max(1, Math.round(Math.max(width, height) / pixelsPerOutline));
  const mask = border - 1;
  for (let y = 0, at = 0; y < height; y++) {
    const [above, below] = [Math.min(y, 1) * width, Math.min(height - 1 - y, 1) * width];
    const [farAbove, farBelow] = [Math.min(y, reach) * width, Math.min(height - 1 - y, reach) * width];
    for (let x = 0; x < width; x++, at++) {
      const id = codes[at] & mask;
      const [left, right] = [x === 0 ? 0 : 1, x === width - 1 ? 0 : 1];
      const [farLeft, farRight] = [Math.min(x, reach), Math.min(width - 1 - x, reach)];
      if ((codes[at - above] & mask) !== id || (codes[at + below] & mask) !== id
        || (codes[at - farAbove] & mask) !== id || (codes[at + farBelow] & mask) !== id
        || (codes[at - left] & mask) !== id || (codes[at + right] & mask) !== id
        || (codes[at - farLeft] & mask) !== id || (codes[at + farRight] & mask) !== id) {
        codes[at] = id + border;
      }
    }
  }
}

/**
 * Paints every pixel in the colour of its class. `colors` has one for each class, null for one that is not shown; `inside` and
 * `outline` are opacities.
 */
export function paint(codes, { width, height }, colors, inside, outline) {
  const table = new Uint32Array(2 * border);
  const bytes = new Uint8Array(table.buffer);
  colors.forEach((color, id) => {
    const rgb = color && [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
    if (rgb) {
      bytes.set([...rgb, Math.round(255 * inside)], 4 * id);
      bytes.set([...rgb, Math.round(255 * outline)], 4 * (id + border));
    }
  });
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < codes.length; i++) {
    pixels[i] = table[codes[i]];
  }
  return image;
}
