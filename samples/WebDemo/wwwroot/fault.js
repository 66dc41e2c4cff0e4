/** What went wrong, in words for people. */
export class Fault extends Error {
  constructor(title, detail) {
    super(detail);
    this.title = title;
  }
}
