// The list of classes: their shares of the picture, which class is highlighted, and which are hidden.

export class Legend {
  /** `onLight(id or null)` and `onToggle(id, hidden)` report the visitor's actions. */
  constructor(list, classes, onLight, onToggle) {
    this.list = list;
    this.rows = classes.map((info) => this.makeRow(info, onLight, onToggle));
    list.replaceChildren(...this.rows.map((row) => row.item));
  }

  makeRow({ id, name }, onLight, onToggle) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.id = id;
    button.disabled = true;
    button.setAttribute("aria-pressed", "true");
    const [swatch, label, share, meter] = ["swatch", "name", "share", "meter"].map((kind) => {
      const part = document.createElement("span");
      part.className = kind;
      return part;
    });
    label.textContent = spaced(name);
    swatch.setAttribute("aria-hidden", "true");
    meter.setAttribute("aria-hidden", "true");
    button.append(swatch, label, share, meter);
    item.append(button);

    button.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && onLight(id));
    button.addEventListener("pointerleave", () => onLight(null));
    button.addEventListener("focus", () => button.matches(":focus-visible") && onLight(id));
    button.addEventListener("blur", () => onLight(null));
    button.addEventListener("click", () => {
      const hidden = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!hidden));
      onToggle(id, hidden);
    });
    return { id, item, button, swatch, share, meter, order: id };
  }

  /** Colours the rows; one colour for each class. */
  paint(colors) {
    for (const { id, swatch, meter } of this.rows) {
      swatch.style.background = swatch.style.borderColor = meter.style.color = colors[id];
    }
  }

  /** Shows shares, largest first; classes that the picture lacks come last. */
  show(classes) {
    const shares = new Map(classes.map((info) => [info.id, info.share]));
    for (const row of this.rows) {
      const share = shares.get(row.id) ?? 0;
      row.button.disabled = share === 0;
      row.share.textContent = share === 0 ? "–" : percent(share);
      row.meter.style.transform = `scaleX(${share})`;
      row.order = share;
    }
    this.showAll();
    this.list.append(...this.rows.toSorted((a, b) => b.order - a.order || a.id - b.id).map((row) => row.item));
  }

  /** Shows all classes. */
  showAll() {
    this.rows.forEach((row) => row.button.setAttribute("aria-pressed", "true"));
  }

  /** Marks the class under the pointer. */
  point(id) {
    this.rows.forEach((row) => row.button.classList.toggle("pointed", row.id === id));
  }
}

/** "SignSymbol" reads as "Sign symbol". */
export function spaced(name) {
  return name.replace(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
}

function percent(share) {
  return share < 0.001 ? "<0.1 %" : `${(100 * share).toFixed(1)} %`;
}
