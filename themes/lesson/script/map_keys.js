/* A way through the map by keyboard: one stop of Tab, arrows inside, and Enter goes to the cell's frame. */

/** A button over one cell of a map, seen where it has the focus. */
class MapKeys {
  /** @param {HTMLElement} button @param {() => Stage} stage Returns the map's stage, which is not made before it is asked. */
  constructor(button, stage) {
    this.button = button;
    this.stage = stage;
    this.at = 0;
    this.button.addEventListener("focus", () => this.show());
    this.button.addEventListener("blur", () => this.button.removeAttribute("style")); // or it may lie outside a page that narrows
    this.button.addEventListener("keydown", (event) => this.key(event));
  }

  get cell() {
    return this.stage().cells[this.at];
  }

  /** Lie on the cell. */
  show() {
    const { left, top, width, height } = this.cell.tile.getBoundingClientRect();
    const corner = this.stage().section.getBoundingClientRect();
    set(this.button, { left: left - corner.left, top: top - corner.top, width, height });
  }

  /** Say which cell it is. */
  name() {
    const [row, column] = ["y", "x"].map((axis) => 1 + this.line(axis).indexOf(this.cell));
    this.button.setAttribute("aria-label", `Feature map, row ${row}, column ${column}: go there`);
  }

  /** The cells that it reaches along an axis, in order. @param {string} axis */
  line(axis) {
    const { tile } = this.cell;
    const across = axis === "x" ? "y" : "x";
    return this.stage()
      .cells.filter((cell) => cell.tile.parentNode === tile.parentNode && place(cell.tile, across) === place(tile, across))
      .sort((one, other) => place(one.tile, axis) - place(other.tile, axis));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const [axis, by] = way;
    const line = this.line(axis);
    const next = line[line.indexOf(this.cell) + by];
    if (next) this.at = this.stage().cells.indexOf(next);
    this.name();
    this.show();
  }
}
