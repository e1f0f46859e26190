/* The stage of a scene: each frame finished, and all that lies between two of them. */

/** What the page holds of a version: all stand together at its end, in their order, and tell frames key by key, for so
    they pack well. @param {Element} version @returns {SceneData} */
function dataOf(version) {
  const at = Array.from(document.querySelectorAll(".version")).indexOf(version);
  const data = JSON.parse(document.querySelectorAll(".frames")[at].textContent ?? "");
  /** @type {[string, unknown[]][]} */
  const lists = Object.entries(data.frames);
  data.frames = lists[0][1].map((_, n) => Object.fromEntries(lists.map(([key, list]) => [key, list[n] ?? undefined])));
  return data;
}

/** Draws a scene's stage. */
class Stage {
  /** @param {HTMLElement} section */
  constructor(section) {
    const data = dataOf(section);
    this.section = section;
    this.data = data;
    this.count = data.frames.length;
    this.panels = /** @type {HTMLElement} */ (one(section, ".panels"));
    this.lenses = section.querySelectorAll(".lens");
    this.factors = tiles(section, "factor");
    this.weights = tiles(section, "weight");
    this.laid = tiles(section, "laid");
    this.bias = section.querySelector(".bias");
    this.products = tiles(section, "product");
    this.signs = section.querySelectorAll(".sign");
    this.channels = tiles(section, "subtotal");
    this.cells = tiles(section, "cell");
    this.total = tiles(section, "total")[0];
    this.answer = tiles(section, "answer")[0];
    /** What runs into the sum; a pool has no products. */
    this.terms = this.products.length ? this.products : this.factors;
    const ghosts = section.querySelectorAll(".ghost");
    this.ghosts = data.rows.map((row, n) => ({ node: ghosts[n], row }));
    /** The planes of a kernel that is turned, where it is written and where it lies. @type {Tile[][]} */
    this.planes = [];
    for (const grid of data.turned ? [this.weights, this.laid] : []) {
      for (let n = 0; n < grid.length; n += data.turned) this.planes.push(grid.slice(n, n + data.turned));
    }
    this.flight = /** @type {HTMLElement} */ (one(section, ".flight"));
    /** @type {NodeListOf<HTMLElement>} */
    this.told = section.querySelectorAll("[data-text]");
    /** What covers the answers of a photograph, and what is lit up of them. */
    this.covers = section.querySelectorAll(".covers");
    this.traces = section.querySelectorAll(".lit");
    this.history = this.changes();
    /** Whose numbers stand there, once there are some. @type {FrameData} */
    this.frame = { filter: NOWHERE, lenses: [], cells: [], spoken: "" };
    /** @type {string[]} The loaded frame's sums on the way, after each row. */
    this.running = [];
    this.lit = "";
    /** @type {Route | null} The answer's way to its cell, while it is under way. */
    this.route = null;
    this.filled = this.count;
    /** @type {Places} Where everything lies that moves, and where it lay when it set out. */
    this.places = [];
    this.origin = { places: this.places, filled: this.filled };
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

  /** The frame that is shown at a frame of a scene of so many. @param {number} frame @param {number} of */
  frameAt(frame, of) {
    return Math.ceil((frame * this.count) / of);
  }

  /** Whose numbers stand under the window at a frame: before the first, those of the place where it lies then. @param {number} frame */
  at(frame) {
    return frame || (this.data.opening ?? 1);
  }

  /** What stands on the stage at a frame of a scene of so many. @param {number} frame @param {number} of */
  shown(frame, of) {
    return this.data.frames[this.at(this.frameAt(frame, of)) - 1];
  }

  /** What a frame shows, in a sentence. @param {number} frame @param {number} of */
  words(frame, of) {
    return this.shown(frame, of).spoken;
  }

  /** Tell in the table what a frame computes. @param {number} frame @param {number} of */
  tabulate(frame, of) {
    const shown = this.shown(frame, of);
    /** @type {any} */
    const words = Object.assign({ weights: this.weights.map(({ text }) => text.textContent).join(" ") }, shown, this.data.filters[shown.filter]);
    for (const cell of this.told) {
      const text = cell.dataset.text ?? "";
      write(cell, text.replace(/{(\w+) (\d+)}/g, (/** @type {string} */ _, /** @type {string} */ list, /** @type {number} */ n) => (parted(words[list])[n] ?? shown.total ?? "").split(":")[0]));
    }
  }

  /** Set out from what is shown now. */
  depart() {
    this.origin = { places: this.places, filled: this.filled };
  }

  /** Draw a way between two frames of a scene of so many: of more, several pass in one; of fewer, one stays. @param {Way} way @param {number} of */
  show({ from, to, share, leaps }, of) {
    const [start, end] = [this.frameAt(from, of), this.frameAt(to, of)];
    if (share === 1 || (start === end && !leaps)) this.rest(end);
    else if (leaps || Math.abs(end - start) > 1) this.leap(end, share);
    else if (end > start) this.make(end, share);
    else this.make(start, 1 - share);
  }

  /** Draw a frame finished; 0 is before the first. @param {number} number */
  rest(number) {
    this.load(this.at(number));
    this.slide(this.lie(number), this.lie(number), 1);
    this.reckon(number ? DONE : NOT_BEGUN);
    this.fill(number);
    this.turn(number ? 1 : 0);
  }

  /** Draw how a frame is made after the one before: the window glides, and takes its numbers along. @param {number} number @param {number} whole */
  make(number, whole) {
    const turns = this.data.turned && number === 1;
    const share = turns ? part(whole, [TURN[1], 1]) : whole;
    this.turn(turns ? eased(part(whole, TURN)) : 1);
    const glide = part(share, GLIDE);
    this.load(glide < 1 ? this.at(number - 1) : number);
    this.slide(this.lie(number - 1), this.lie(number), eased(glide));
    this.fill(number - 1);
    this.reckon({ seen: part(share, APPEAR), added: part(share, GATHER), carried: part(share, CARRY), faded: 1 });
  }

  /** Draw one movement from wherever everything lies to a frame. @param {number} number @param {number} share */
  leap(number, share) {
    this.turn(1);
    const glide = part(share, FLY);
    if (glide === 1) this.load(this.at(number));
    this.slide(this.origin.places, this.lie(number), 1 - (1 - glide) ** 3);
    const { filled } = this.origin;
    this.fill(Math.round(filled + (number - filled) * glide));
    this.reckon(number ? { ...DONE, added: 0, faded: part(share, LAND) } : NOT_BEGUN);
  }

  /** Where everything lies at a frame; before the first, where it lies then. @param {number} number @returns {Places} */
  lie(number) {
    return this.data.frames[this.at(number) - 1].lenses;
  }

  /** Put a frame's numbers in their places. @param {number} number */
  load(number) {
    const frame = this.data.frames[number - 1];
    if (frame === this.frame) return;
    const { filter, factor, product, signs, running } = frame;
    if (filter !== this.frame.filter && this.data.filters.length) this.change(filter);
    parted(factor).forEach((word, n) => paint(this.factors[n], "factor", word));
    parted(product).forEach((word, n) => paint(this.products[n], "product", word));
    parted(signs).forEach((word, n) => write(this.signs[n], word));
    this.running = parted(running);
    this.frame = frame;
  }

  /** Show the weights of another filter. @param {number} filter */
  change(filter) {
    const { weights, inks, bias } = this.data.filters[filter];
    const [words, colours] = [parted(weights), parted(inks)];
    words.forEach((word, n) => write(this.weights[n].text, word));
    colours.forEach((ink, n) => put(this.weights[n].text, "class", `weight-text ink-${ink}`));
    this.laid.forEach(({ tile, text }, n) => {
      const ink = colours[n % colours.length];
      if (text.textContent) write(text, words[n % words.length]);
      put(tile, "class", `laid fill-${ink === "muted" ? "hairline" : ink}`);
      put(text, "class", `laid-text ink-${ink === "muted" ? "ink" : "paper"}`);
    });
    if (this.bias) write(this.bias, bias);
  }

  /** Turn a convolution's kernel by half a circle, from how it is written to how it is laid. @param {number} done */
  turn(done) {
    for (const plane of this.planes) turnAbout(plane, (1 - done) * Math.PI);
  }

  /** Move everything that moves. @param {Places} from @param {Places} to @param {number} done */
  slide(from, to, done) {
    this.places = to.map((end, n) => end && end.map((goal, m) => goal + ((from[n] ?? end)[m] - goal) * (1 - done)));
    this.lenses.forEach((lens, n) => {
      const place = this.places[n];
      put(lens, "visibility", place ? "visible" : "hidden");
      if (!place) return;
      const [x, y, ...size] = place.map((length) => Math.round(length * 100) / 100);
      put(lens, "transform", `translate(${x} ${y})`);
      size.forEach((length, n) => put(one(lens, "rect"), n ? "height" : "width", length));
    });
  }

  /** Draw how far the loaded frame is computed. @param {Pose} pose */
  reckon({ seen, added, carried, faded }) {
    this.multiply(seen, faded);
    if (this.total) this.add(added);
    this.activate(carried);
    this.carry(carried);
  }

  /** Let the products appear one after another, each lit together with what makes it. @param {number} done @param {number} faded */
  multiply(done, faded) {
    const count = this.products.length;
    this.products.forEach((product, n) => {
      const seen = Math.round(clamp(done * count - n, 0, 1) * faded * 20) / 20;
      if (product.seen === seen) return;
      product.seen = seen;
      put(product.tile, "opacity", seen);
      put(product.text, "opacity", seen);
    });
    const at = done > 0 && done < 1 ? Math.floor(done * count) : NOWHERE;
    this.light(at, at + 1);
  }

  /** Light up some terms, each with its pixel and its weight. @param {number} first @param {number} end */
  light(first, end) {
    const lit = `${first} ${end}`;
    if (lit === this.lit) return;
    const { length } = this.weights;
    for (const grid of [this.factors, this.weights, this.products, this.laid]) {
      grid.forEach(({ tile }, n) => tile.toggleAttribute("data-lit", n % length >= first && n % length < end));
    }
    this.lit = lit;
  }

  /** Point at some rows of the finished sum, or at terms where there are fewer rows; after so many steps at none. @param {number} step @param {number} steps */
  point(step, steps) {
    const rows = this.ghosts.length < steps ? this.terms.map((_, n) => [n, n + 1]) : this.ghosts.map(({ row }) => row);
    const [from, to] = [step, step + 1].map((each) => Math.floor((each * rows.length) / Math.max(1, steps)));
    const points = step < steps && to > from;
    this.light(points ? rows[from][0] : NOWHERE, points ? rows[to - 1][1] : NOWHERE);
  }

  /** Let the terms run into the sum row by row; it counts those that have arrived. @param {number} done */
  add(done) {
    const { total, subtotal } = this.frame;
    const count = this.ghosts.length;
    const arrived = done === 1 ? count : Math.floor(done * count);
    this.ghosts.forEach(({ node, row }, n) => {
      const way = done === 1 ? 0 : clamp(done * count - n, 0, 1) % 1;
      if (way && !node.firstChild) node.append(...this.copies(row));
      else if (!way && node.firstChild) node.replaceChildren();
      if (!way) return;
      put(node, "opacity", Math.min(1, 3 - 3 * way));
      put(node, "transform", `translate(${row[2] * eased(way)} 0)`);
    });
    const reached = this.running[arrived - 1] ?? "";
    paint(this.total, "total", arrived === count ? total : `${reached}:zero`);
    parted(subtotal).forEach((word, n, { length }) => {
      paint(this.channels[n], "subtotal", arrived * length >= count * (n + 1) ? word : undefined);
    });
  }

  /** The terms of a row as they stand, to be moved. @param {Row} row */
  copies([first, end]) {
    return this.terms.slice(first, end).flatMap(({ tile, text }) => [tile.cloneNode(), text.cloneNode(true)]);
  }

  /** Show what the activation leaves of the sum: first it arrives, then what is negative disappears. @param {number} done */
  activate(done) {
    if (!this.answer) return;
    const { total, answer } = this.frame;
    paint(this.answer, "answer", done >= ACTIVATED ? answer : done > 0 ? total : undefined);
  }

  /** Carry the answer to its cell. @param {number} done */
  carry(done) {
    const { total = "", answer = total } = this.frame;
    const moving = done > (this.answer ? ACTIVATED : 0) && done < 1;
    this.route = moving ? (this.route ?? this.way()) : null; // looked up once: to look makes the browser lay out
    const way = this.route;
    write(this.flight, way ? answer.split(":")[0] : "");
    if (way) {
      const [x, y] = [way.x + way.dx * eased(done), way.y + way.dy * eased(done)];
      this.flight.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
    } else if (this.flight.hasAttribute("style")) {
      this.flight.removeAttribute("style");
    }
  }

  /** Where the answer starts its way to the map, and how far it goes. @returns {Route | null} */
  way() {
    if (!this.total) return null;
    const corner = this.panels.getBoundingClientRect();
    const from = middle((this.answer ?? this.total).tile);
    const [[index] = [-1]] = this.frame.cells;
    const cell = this.cells[index]?.tile ?? this.target;
    if (!cell) return null;
    const to = middle(cell);
    return { x: from.x - corner.left, y: from.y - corner.top, dx: to.x - from.x, dy: to.y - from.y };
  }

  /** The mark on the map, if one is shown. */
  get target() {
    return this.section.querySelector(".lens:not([visibility=hidden]) .target");
  }

  /** Show the map as the first frames have left it. @param {number} count */
  fill(count) {
    if (count !== this.filled) uncover(this, count, this.data.frames[count - 1]);
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
