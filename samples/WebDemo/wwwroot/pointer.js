// Names the class under the mouse, the finger or the keyboard's cross.

import { spaced } from "./legend.js";

const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Pointer {
  /** `onPoint(id or null)` receives the class under the pointer; `parts` are the frame, the tag, the cross and the text that is read aloud. */
  constructor(picture, parts, onPoint) {
    Object.assign(this, { picture, onPoint, classes: [] }, parts);
    this.cursor = null; // where the keyboard points, in pixels of the labels
    const { photo, overlay } = picture;
    for (const surface of [photo, overlay]) { // the photo where the divider lays it bare
      for (const kind of ["pointermove", "pointerdown"]) {
        surface.addEventListener(kind, (event) => {
          this.cross.hidden = true;
          this.cursor = null;
          this.point(event.clientX, event.clientY);
        });
      }
      surface.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.leave());
    }
    overlay.addEventListener("blur", () => this.leave());
    overlay.addEventListener("keydown", (event) => this.press(event));
  }

  leave() {
    this.tag.hidden = this.cross.hidden = true;
    this.cursor = null;
    this.onPoint(null);
  }

  point(clientX, clientY) {
    const id = this.picture.classAt(clientX, clientY);
    const info = this.classes[id];
    this.tag.hidden = !info;
    this.onPoint(info ? id : null);
    if (info) {
      const swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.style.background = swatch.style.borderColor = this.picture.colors[id];
      this.tag.replaceChildren(swatch, spaced(info.name));
      this.place(clientX, clientY);
    }
    return info;
  }

  place(clientX, clientY) {
    const box = this.frame.getBoundingClientRect();
    const [x, y] = [clientX - box.left, clientY - box.top];
    const left = x + 16 + this.tag.offsetWidth < box.width ? x + 16 : x - 16 - this.tag.offsetWidth;
    const top = Math.max(4, y - 14 - this.tag.offsetHeight);
    this.tag.style.transform = `translate(${Math.max(4, left)}px, ${top}px)`;
  }

  press(event) {
    const step = steps[event.key];
    if (event.key === "Escape") {
      this.leave();
    } else if (step && this.picture.answered) {
      event.preventDefault();
      this.move(step, event.shiftKey ? 100 : 25);
    }
  }

  /** Moves the cross by a fraction of the picture's longer side, and announces the class there. */
  move([stepX, stepY], fraction) {
    const { width, height } = this.picture.answered;
    const stride = Math.max(1, Math.round(Math.max(width, height) / fraction));
    this.cursor ??= { x: Math.floor(width / 2), y: Math.floor(height / 2) };
    this.cursor.x = Math.min(width - 1, Math.max(0, this.cursor.x + stepX * stride));
    this.cursor.y = Math.min(height - 1, Math.max(0, this.cursor.y + stepY * stride));

    const box = this.picture.sheet.getBoundingClientRect();
    const x = box.left + ((this.cursor.x + 0.5) / width) * box.width;
    const y = box.top + ((this.cursor.y + 0.5) / height) * box.height;
    const outer = this.frame.getBoundingClientRect();
    this.cross.style.transform = `translate(${x - outer.left}px, ${y - outer.top}px)`;
    this.cross.hidden = false;
    const info = this.point(x, y);
    this.spoken.textContent = info ? spaced(info.name) : "No class";
  }
}
