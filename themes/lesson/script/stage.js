/* The stage of a scene at any head. */

/** Draws a scene's stage at any head. */
class Stage {
  /** @param {HTMLElement} section */
  constructor(section) {
    /** @type {SceneData} */
    const data = JSON.parse(one(section, ".frames").textContent ?? "");
    this.section = section;
    this.data = data;
    this.count = data.frames.length;
    this.panels = one(section, ".panels");
    this.lenses = section.querySelectorAll(".lens");
    this.factors = tiles(section, "factor");
    this.weights = tiles(section, "weight");
    this.bias = section.querySelector(".bias");
    this.products = tiles(section, "product");
    this.signs = section.querySelectorAll(".sign");
    this.channels = tiles(section, "subtotal");
    this.cells = tiles(section, "cell");
    this.total = tiles(section, "total")[0];
    this.answer = tiles(section, "answer")[0];
    /** What runs into the sum; a pool has no products. */
    this.terms = this.products.length ? this.products : this.factors;
    this.ghosts = this.total ? this.terms.map((_, n) => this.ghost(n)) : [];
    this.flight = document.createElement("span");
    this.flight.className = "flight";
    this.flight.setAttribute("aria-hidden", "true");
    this.panels.append(this.flight);
    this.history = this.changes();
    this.loaded = 0;
    this.filter = -1;
    /** @type {string[]} The loaded frame's sums on the way. */
    this.running = [];
    /** @type {number[]} How far each product has appeared. */
    this.seen = [];
    this.filled = this.count;
  }

  /** What is written into each cell, in order. @returns {Change[][]} */
  changes() {
    /** @type {Change[][]} */
    const history = this.cells.map(() => []);
    this.data.frames.forEach(({ cells }, n) => {
      for (const [cell, tile] of cells) history[cell].push({ frame: n + 1, tile });
    });
    return history;
  }

  /** A copy of a term that will run into its sum: that of its channel, where there are several. @param {number} n @returns {Ghost} */
  ghost(n) {
    const text = this.terms[n].text;
    const node = /** @type {Element} */ (text.cloneNode(true));
    node.textContent = "";
    node.setAttribute("class", "ghost ink-ink");
    node.setAttribute("opacity", "0");
    this.total.tile.parentNode?.append(node);
    const goal = this.channels[Math.floor((n * this.channels.length) / this.terms.length)] ?? this.total;
    /** @param {string} name */
    const gap = (name) => Number(goal.text.getAttribute(name)) - Number(text.getAttribute(name));
    return { node, dx: gap("x"), dy: gap("y") };
  }

  /** The frame that is shown at a frame of a scene of so many. @param {number} frame @param {number} of */
  frameAt(frame, of) {
    return Math.ceil((frame * this.count) / of);
  }

  /** Draw the state of a scene of so many frames: of more, several pass in one; of fewer, one rests through several. @param {number} head @param {number} of */
  show(head, of) {
    const frame = Math.max(1, Math.ceil(head));
    const before = this.frameAt(frame - 1, of);
    this.draw(before + (this.frameAt(frame, of) - before) * (head - frame + 1));
  }

  /** What a frame shows, in a sentence. @param {number} frame @param {number} of */
  words(frame, of) {
    return this.data.frames[this.frameAt(frame, of) - 1].spoken;
  }

  /** @param {number} head */
  draw(head) {
    const number = Math.max(1, Math.ceil(head));
    const phase = head - (number - 1);
    const way = this.way(number, phase);
    if (number !== this.loaded) this.load(number);
    this.slide(number, eased(share(phase, GLIDE)));
    this.multiply(share(phase, APPEAR));
    if (this.total) this.add(number, share(phase, GATHER));
    this.activate(number, share(phase, CARRY));
    this.carry(number, eased(share(phase, CARRY)), way);
    this.fill(phase < 1 ? number - 1 : number);
  }

  /** Put a frame's numbers in their places. @param {number} number */
  load(number) {
    const { filter, factor, product, signs, running } = this.data.frames[number - 1];
    if (filter !== this.filter && this.data.filters.length) this.change(filter);
    parted(factor).forEach((word, n) => paint(this.factors[n], "factor", word));
    parted(product).forEach((word, n) => paint(this.products[n], "product", word));
    parted(signs).forEach((word, n) => write(this.signs[n], word));
    this.running = parted(running);
    this.loaded = number;
  }

  /** Show the weights of another filter. @param {number} filter */
  change(filter) {
    const { weights, inks, bias } = this.data.filters[filter];
    parted(weights).forEach((word, n) => write(this.weights[n].text, word));
    parted(inks).forEach((word, n) => put(this.weights[n].text, "class", `weight-text ink-${word}`));
    if (this.bias) write(this.bias, bias);
    this.filter = filter;
  }

  /** Move everything that moves from the place before to this one. @param {number} number @param {number} done */
  slide(number, done) {
    const here = this.data.frames[number - 1].lenses;
    const before = this.data.frames[Math.max(0, number - 2)].lenses;
    this.lenses.forEach((lens, n) => {
      const to = here[n];
      put(lens, "visibility", to ? "visible" : "hidden");
      if (!to) return;
      const from = before[n] ?? to;
      const [x, y, ...size] = to.map((end, n) => Number((from[n] + (end - from[n]) * done).toFixed(2)));
      put(lens, "transform", `translate(${x} ${y})`);
      size.forEach((length, n) => put(one(lens, "rect"), n ? "height" : "width", length));
    });
  }

  /** Let the products appear one after another. @param {number} done */
  multiply(done) {
    const count = this.products.length;
    this.products.forEach(({ tile, text }, n) => {
      const seen = Math.round(clamp(done * count - n, 0, 1) * 20) / 20;
      if (seen === this.seen[n]) return;
      this.seen[n] = seen;
      put(tile, "opacity", seen);
      put(text, "opacity", seen);
    });
  }

  /** Let the terms run into the sum, which counts those that have arrived. @param {number} number @param {number} done */
  add(number, done) {
    const frame = this.data.frames[number - 1];
    const count = this.ghosts.length;
    let arrived = 0;
    this.ghosts.forEach(({ node, dx, dy }, n) => {
      const start = (n / count) * (1 - GHOST);
      const way = eased(share(done, [start, start + GHOST]));
      const moving = way > 0 && way < 1;
      if (way === 1) arrived = n + 1;
      write(node, (moving && this.terms[n].text.textContent) || "");
      put(node, "opacity", moving ? 1 - way * 0.6 : 0);
      put(node, "transform", `translate(${dx * way} ${dy * way})`);
    });
    const finished = arrived === count;
    paint(this.total, "total", finished ? frame.total : `${this.running[arrived - 1] ?? ""}:zero`);
    parted(frame.subtotal).forEach((word, n, { length }) => {
      paint(this.channels[n], "subtotal", arrived * length >= count * (n + 1) ? word : undefined);
    });
  }

  /** Show what the activation leaves of the sum: first it arrives, then what is negative disappears. @param {number} number @param {number} done */
  activate(number, done) {
    if (!this.answer) return;
    const { total, answer } = this.data.frames[number - 1];
    paint(this.answer, "answer", done >= ACTIVATED ? answer : done > 0 ? total : undefined);
  }

  /** Where the answer starts its way to the map, and how far it goes; read before anything is written. @param {number} number @param {number} phase */
  way(number, phase) {
    if (!this.total || phase <= CARRY[0] || phase >= 1) return null;
    const corner = this.panels.getBoundingClientRect();
    const from = middle((this.answer ?? this.total).tile);
    const [[index] = [-1]] = this.data.frames[number - 1].cells;
    const cell = this.cells[index]?.tile ?? this.target;
    if (!cell) return null;
    const to = middle(cell);
    return { x: from.x - corner.left, y: from.y - corner.top, dx: to.x - from.x, dy: to.y - from.y };
  }

  /** The mark on the map, if one is shown. */
  get target() {
    return this.section.querySelector(".lens:not([visibility=hidden]) .target");
  }

  /**
   * Carry the answer to its cell.
   * @param {number} number @param {number} done @param {{x: number, y: number, dx: number, dy: number} | null} way
   */
  carry(number, done, way) {
    const waits = this.answer && done < ACTIVATED;
    const { total = "", answer = total } = this.data.frames[number - 1];
    write(this.flight, way && !waits ? answer.split(":")[0] : "");
    if (way) {
      const [x, y] = [way.x + way.dx * done, way.y + way.dy * done];
      this.flight.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
    } else if (this.flight.hasAttribute("style")) {
      this.flight.removeAttribute("style");
    }
  }

  /** Show the map as the first frames have left it. @param {number} count */
  fill(count) {
    if (count !== this.filled) uncover(this.section, count, this.data.frames[count - 1]);
    for (let n = Math.min(count, this.filled); n < Math.max(count, this.filled); n += 1) {
      for (const [cell] of this.data.frames[n].cells) this.settle(cell, count);
    }
    this.filled = count;
  }

  /** Show in a cell what the last of the first frames has written there. @param {number} cell @param {number} count */
  settle(cell, count) {
    const { tile, text } = this.cells[cell];
    const written = this.history[cell].filter(({ frame }) => frame <= count).pop();
    if (written) paint(this.cells[cell], "cell", written.tile);
    tile.classList.toggle("unfilled", !written);
    text.classList.toggle("unfilled", !written);
  }

  /** The last frame that writes what an element of the map shows, or 0. @param {EventTarget | null} element @param {number} of */
  writer(element, of) {
    const at = this.cells.findIndex(({ tile, text }) => tile === element || text === element);
    const written = at < 0 ? 0 : this.history[at][this.history[at].length - 1].frame;
    return written && Math.floor(((written - 1) * of) / this.count) + 1;
  }
}
