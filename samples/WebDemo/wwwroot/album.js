// The pictures that the visitor opened: decoded one after the other, and answered one after the other. Nothing here draws.

/** The most pictures that are kept at one time. */
export const most = 20;

export class Album {
  /**
   * `read(file)` decodes, `answer(photo, onWait, signal)` segments, `onChange(item)` is told when something of an item is new;
   * null stands for the whole list and for what is selected.
   */
  constructor(read, answer, onChange) {
    [this.read, this.answer, this.onChange] = [read, answer, onChange];
    this.items = [];
    this.selected = null;
    this.reading = Promise.resolve();
    this.working = false;
  }

  /** Takes files and selects the first; one that is here already is not taken twice. Gives the files that found no room. */
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

  /** Tries an item again that failed. */
  retry(item) {
    this.begin(item);
    this.onChange(null);
    this.work();
  }

  select(item) {
    this.selected = item;
    this.onChange(null);
  }

  /** Forgets an item: what is being asked for it is given up, and where it was selected, the next one is. */
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

  /** What is looked at goes first. */
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

  /** Does a part of the work for an item that was neither removed nor failed before. */
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
