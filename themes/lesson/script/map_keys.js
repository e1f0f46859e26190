/* A way through the map by keyboard: one stop of Tab, arrows inside, and Enter goes to the cell's frame. */

/** A button over one cell of a map, seen where it has the focus. */
class MapKeys {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.at = 0;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "pick";
    this.button.addEventListener("focus", () => this.show());
    this.button.addEventListener("blur", () => this.button.removeAttribute("style")); // or it may lie outside a page that narrows
    this.button.addEventListener("keydown", (event) => this.key(event));
    stage.panels.after(this.button);
    this.name();
  }

  get cell() {
    return this.stage.cells[this.at].tile;
  }

  /** Lie on the cell. */
  show() {
    const box = this.cell.getBoundingClientRect();
    const corner = this.stage.section.getBoundingClientRect();
    for (const [name, length] of Object.entries({
      left: box.left - corner.left,
      top: box.top - corner.top,
      width: box.width,
      height: box.height,
    })) {
      this.button.style.setProperty(name, `${length}px`);
    }
  }

  /** Say which cell it is. */
  name() {
    const [row, column] = ["y", "x"].map((axis) => 1 + lines(this.grid, axis).indexOf(place(this.cell, axis)));
    this.button.setAttribute("aria-label", `Feature map, row ${row}, column ${column}: go there`);
  }

  /** The cells of the map that it lies on. */
  get grid() {
    return this.stage.cells.filter(({ tile }) => tile.ownerSVGElement === this.cell.ownerSVGElement);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const [axis, by] = way;
    const across = axis === "x" ? "y" : "x";
    const goals = lines(this.grid, axis);
    const goal = goals[goals.indexOf(place(this.cell, axis)) + by];
    const next = this.grid.find(({ tile }) => place(tile, axis) === goal && place(tile, across) === place(this.cell, across));
    if (next) this.at = this.stage.cells.indexOf(next);
    this.name();
    this.show();
  }
}

/** @param {Element} tile @param {string} axis */
const place = (tile, axis) => Number(tile.getAttribute(axis));

/** Where the rows or the columns of some cells lie, in order. @param {Tile[]} grid @param {string} axis */
const lines = (grid, axis) => [...new Set(grid.map(({ tile }) => place(tile, axis)))].sort((a, b) => a - b);
