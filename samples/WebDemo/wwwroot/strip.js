// The strip of thumbnails: the pictures, the progress of each, and the selected one.

const marks = { waiting: "…", working: "", done: "✓", failed: "!" };
const words = { waiting: "waiting", working: "being segmented", done: "done" };

export class Strip {
  /** `onSelect(item)` and `onRemove(item)` report the visitor's actions. */
  constructor(list, onSelect, onRemove) {
    [this.list, this.onSelect, this.onRemove] = [list, onSelect, onRemove];
    this.options = new Map();
    list.addEventListener("keydown", (event) => this.press(event));
  }

  /** Shows the current state of the items. */
  show(items, selected) {
    [this.items, this.selected] = [items, selected];
    for (const gone of [...this.options.keys()].filter((item) => !items.includes(item))) {
      this.options.get(gone).remove();
      this.options.delete(gone);
    }
    items.forEach((item) => this.showItem(item));
  }

  showItem(item) {
    if (!this.options.has(item)) {
      this.options.set(item, this.makeOption(item));
    }
    const option = this.options.get(item);
    const state = item.error ? `failed: ${item.error.title ?? item.error.message}` : words[item.state];
    option.dataset.state = item.state;
    option.title = option.ariaLabel = `${item.file.name || "Picture"}, ${state}`;
    option.tabIndex = item === this.selected ? 0 : -1;
    option.querySelector(".mark").textContent = marks[item.state];
    if (item.photo && !option.contains(item.photo.thumb)) {
      option.prepend(item.photo.thumb);
    }
    if (option.ariaSelected !== String(item === this.selected)) {
      option.ariaSelected = String(item === this.selected);
      if (item === this.selected) {
        option.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }
  }

  makeOption(item) {
    const option = document.createElement("li");
    option.role = "option";
    const [name, mark] = ["name", "mark"].map((kind) => {
      const part = document.createElement("span");
      part.className = kind;
      return part;
    });
    name.textContent = item.file.name;
    option.append(name, mark);
    option.addEventListener("click", () => this.onSelect(item));
    this.list.append(option);
    return option;
  }

  press(event) {
    const at = this.items.indexOf(this.selected);
    const last = this.items.length - 1;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (event.key === "Delete") {
      this.onRemove(this.selected);
    } else if (to === undefined) {
      return;
    } else {
      this.onSelect(this.items[Math.min(last, Math.max(0, to))]);
    }
    event.preventDefault();
    this.options.get(this.selected)?.focus();
  }
}
