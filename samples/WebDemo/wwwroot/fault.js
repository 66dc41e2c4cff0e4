/** An error with a title and a message for the visitor. */
export class Fault extends Error {
  constructor(title, detail) {
    super(detail);
    this.title = title;
  }
}
