// Before and after: a line over the picture; the overlay is hidden to the left of the line.

export class Divider {
  /** `input` is a range over the picture whose thumb is the line; `layers` lie over the photo. */
  constructor(input, layers) {
    [this.input, this.layers] = [input, layers];
    input.addEventListener("input", () => this.cut());
  }

  set shown(shown) {
    this.input.parentElement.hidden = !shown;
    this.cut();
  }

  cut() {
    const percent = Number(this.input.value);
    const isShown = !this.input.parentElement.hidden;
    this.layers.forEach((layer) => {
      layer.style.clipPath = isShown ? `inset(0 0 0 ${percent}%)` : "";
    });
    this.input.parentElement.style.setProperty("--at", `${percent}%`);
    this.input.setAttribute("aria-valuetext", `${Math.round(percent)} percent of the photo bare`);
  }
}
