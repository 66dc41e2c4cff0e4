// Holds the pictures that the visitor opened, and decodes and segments them one at a time. This module draws nothing.

/** Maximum number of pictures. */
export const most = 20;

export class Album {
  /**
   * `read(file)` decodes, `answer(photo, onWait, signal)` segments, `onChange(item)` is called when an item has changed;
   * null means that the list or the selection has changed.
   */
  constructor(read, answer, onChange) {
    [this.read, this.answer, this.onChange] = [read, answer, onChange];
    this.items = [];
    this.selected = null;
    this.reading = Promise.resolve();
    this.working = false;
  }

  /** Adds files and selects the first; a file that the album has already is not added again. Returns the files beyond the limit. */
  add(files) {
    const left = [];
    const taken = [];
    for (const file of files) {
      const known = this.items.find((item) => isSame(item.file, file));
      if (known || this.items.length < most) {
        taken.push(known ?? this.insert(file));
      } else {
        left.push(file);
      }
    }
    taken.filter((item) => item.state === "failed").forEach((item) => this.begin(item));
    if (taken.length > 0) {
      this.select(taken[0]);
    }
    this.work();
    return left;
  }

  insert(file) {
    const item = { file };
    this.items.push(item);
    this.begin(item);
    return item;
  }

  /** Retries a failed item. */
  retry(item) {
    this.begin(item);
    this.onChange(null);
    this.work();
  }

  select(item) {
    this.selected = item;
    this.onChange(null);
  }

  /** Removes an item and cancels its request; if the item was selected, the next item is selected. */
  remove(item) {
    const at = this.items.indexOf(item);
    this.items.splice(at, 1);
    item.stop.abort();
    if (this.selected === item) {
      this.select(this.items[Math.min(at, this.items.length - 1)] ?? null);
    } else {
      this.onChange(null);
    }
  }

  removeAll() {
    this.items.splice(0).forEach((item) => item.stop.abort());
    this.select(null);
  }

  count(state) {
    return this.items.filter((item) => item.state === state).length;
  }

  begin(item) {
    Object.assign(item, { state: "waiting", error: null, wait: null, stop: new AbortController() });
    if (!item.photo) {
      item.reading = this.reading = this.reading.then(() => this.attempt(item, async () => {
        item.photo = await this.read(item.file);
        this.onChange(item);
      }));
    }
  }

  async work() {
    if (this.working) {
      return;
    }
    this.working = true;
    for (let item; (item = this.next()); ) {
      await item.reading;
      await this.attempt(item, () => this.ask(item));
    }
    this.working = false;
  }

  /** The next item to segment: the selected one if it waits, or else the first that waits. */
  next() {
    const waits = (item) => item?.state === "waiting";
    return waits(this.selected) ? this.selected : this.items.find(waits);
  }

  async ask(item) {
    const { signal } = item.stop;
    item.state = "working";
    this.onChange(item);
    const begun = performance.now();
    item.answer = await this.answer(item.photo, (seconds) => {
      item.wait = seconds;
      this.onChange(item);
    }, signal);
    signal.throwIfAborted();
    item.seconds = (performance.now() - begun) / 1000;
    item.photo.sent = null; // not needed any more
    item.state = "done";
    this.onChange(item);
  }

  /** Runs a part of the work for an item, unless the item was removed or has failed. */
  async attempt(item, part) {
    const { signal } = item.stop;
    if (signal.aborted || item.state === "failed") {
      return;
    }
    try {
      await part();
    } catch (error) {
      if (!signal.aborted) {
        item.state = "failed";
        item.error = error;
        this.onChange(item);
      }
    }
  }
}

function isSame(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
