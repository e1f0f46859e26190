/* The one script of a page: it lets the reader's scrolling move the window.

   Every number it shows was computed when the site was built; here they are only put in their places.
   A scene has one state, its head: a number from 0 to the count of frames. At 12 the twelfth frame is
   finished; between 11 and 12 it is being made. Scrolling, buttons, slider, keys, a click on the map and
   the address all set the head, and what is drawn depends on nothing else. */

(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

  /**
   * @typedef {{filter: number, lenses: (number[] | null)[], factor?: string, product?: string, subtotal?: string, signs?: string,
   *   running?: string, total?: string, answer?: string, cells: [number, string][], spoken: string}} FrameData
   *   Spaces part lists; a tile is its text and, behind a colon, its colour.
   * @typedef {{weights: string, inks: string, bias: string}} FilterData
   * @typedef {{filters: FilterData[], frames: FrameData[]}} SceneData
   * @typedef {{frame: number, tile: string}} Change What a frame writes into a cell.
   * @typedef {{tile: Element, text: Element}} Tile
   * @typedef {{node: Element, dx: number, dy: number}} Ghost
   * @typedef {{box: Element, frames: number[], top: number, height: number}} Beat
   * @typedef {{beat: Beat, index: number, frame: number}} Stop
   * @typedef {{head: number, stop: number, inside: boolean}} Place
   */

  /** When, within one frame, each movement happens; 0 is its beginning, 1 its end. */
  const GLIDE = [0, 0.3];
  const APPEAR = [0.2, 0.55];
  const GATHER = [0.45, 0.85];
  const CARRY = [0.85, 1];
  /** Of the way to the map, after which an activation has acted. */
  const ACTIVATED = 0.3;
  /** Grey steps that carry light numbers. */
  const LIGHT_INKED = /^pixel-[012]$/;
  /** The share of a ghost's way to the sum that it needs for itself; the rest staggers the ghosts. */
  const GHOST = 0.4;
  /** The share of a stop's scrolling after which its frame rests, but no more than this share of the screen. */
  const SETTLED = 0.75;
  const LONGEST = 0.35;
  /** How far, in pixels, a frame that is jumped to lies beyond the place where it begins to rest. */
  const BEYOND = 20;
  const STEP_MS = 900;
  const QUIET_MS = 250;
  /** How far, in pixels, a browser may round the place that the page is scrolled to. */
  const ROUNDING = 2;
  /** How far the covers of a photograph's answers move when all or none of them are seen. */
  const AWAY = [0, 1e6];
  const NONE = [0, 0];

  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {number} value @param {number} low @param {number} high */
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

  /** How far a movement has come: 0 before it, 1 after it. @param {number} phase @param {number[]} span */
  const share = (phase, [from, to]) => clamp((phase - from) / (to - from), 0, 1);

  /** Slow, quick, slow, as a hand moves. @param {number} x */
  const eased = (x) => x * x * (3 - 2 * x);

  /** @param {Element} node @param {string} name @param {string | number} value */
  function put(node, name, value) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }

  /** An old text node is kept: a new one costs the browser far more. @param {Element} node @param {string} text */
  function write(node, text) {
    const old = node.firstChild;
    if (old?.nodeValue === text) return;
    if (old && text) old.nodeValue = text;
    else if (old || text) node.textContent = text;
  }

  /** @param {Element} root @param {string} name @returns {Tile[]} */
  function tiles(root, name) {
    const texts = root.querySelectorAll(`.${name}-text`);
    return Array.from(root.querySelectorAll(`.${name}`), (tile, n) => ({ tile, text: texts[n] }));
  }

  /** @template {Element} T @param {ParentNode} root @param {string} selector @returns {T} */
  function one(root, selector) {
    const found = /** @type {T | null} */ (root.querySelector(selector));
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  /** Show on a tile what a word says: its text and, behind a colon, its colour. @param {Tile} tile @param {string} part @param {string} [word] */
  function paint({ tile, text }, part, word = ":zero") {
    const [shown, fill] = word.split(":");
    const ink = LIGHT_INKED.test(fill) ? "on-dark" : fill.startsWith("pixel") ? "on-bright" : fill === "paper" ? "muted" : "ink";
    write(text, shown);
    put(tile, "class", `${part} fill-${fill}`);
    put(text, "class", `${part}-text ink-${ink}`);
  }

  /** The middle of an element on the screen. @param {Element} node */
  function middle(node) {
    const { left, top, width, height } = node.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  }

  /** @param {string | undefined} list */
  const parted = (list) => (list ? list.split(" ") : []);

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
      /** Of a photograph: what covers the answers to come, map by map, or lights them up, frame by frame. */
      this.covers = section.querySelectorAll(".covers");
      this.lit = section.querySelectorAll(".lit");
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
      if (count !== this.filled) this.uncover(count);
      for (let n = Math.min(count, this.filled); n < Math.max(count, this.filled); n += 1) {
        for (const [cell] of this.data.frames[n].cells) this.settle(cell, count);
      }
      this.filled = count;
    }

    /** Show of a photograph's answers what the first frames have reached. @param {number} count */
    uncover(count) {
      const { filter, lenses } = this.data.frames[count - 1] ?? { filter: -1, lenses: [] };
      this.covers.forEach((cover, map) => {
        const [x, y] = lenses[map + 1] ?? (filter > map ? AWAY : NONE);
        put(cover.children[0], "transform", `translate(0 ${y})`);
        put(cover.children[1], "transform", `translate(${x} ${y})`);
      });
      this.lit.forEach((part) => {
        put(part, "visibility", Number(part.getAttribute("data-frame")) > count ? "hidden" : "visible");
      });
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

  /** The beats of a scene as a track: which head belongs to which place of the page. */
  class Track {
    /** @param {HTMLElement} section */
    constructor(section) {
      this.stage = /** @type {HTMLElement} */ (one(section, ".stage"));
      this.column = /** @type {HTMLElement} */ (one(section, ".beats"));
      this.size = { width: 0, height: 0, beside: false, stage: 0 };
      /** @type {Beat[]} */
      this.beats = Array.from(section.querySelectorAll(".beat"), (box) => ({
        box,
        frames: (box.getAttribute("data-stops") ?? "").split(" ").map(Number),
        top: 0,
        height: 0,
      }));
      this.stops = this.beats.flatMap((beat) => beat.frames.map((frame, index) => ({ beat, index, frame })));
      this.holes = section.querySelectorAll(".sprockets i");
      this.stop = -1;
    }

    /** Have the track measured anew at the next look. */
    outdated() {
      this.size.width = 0;
    }

    /** Measure the track anew where its column has changed; scrolling alone changes nothing but its place. */
    measured() {
      const { top, left, width, height } = this.column.getBoundingClientRect();
      if (width !== this.size.width || height !== this.size.height) {
        const stage = this.stage.getBoundingClientRect();
        this.size = { width, height, beside: left >= stage.right - 1, stage: stage.height };
        for (const beat of this.beats) {
          const box = beat.box.getBoundingClientRect();
          beat.top = box.top - top;
          beat.height = box.height;
        }
      }
      return top;
    }

    /** The height at which the page is read: beside the stage, or on a narrow screen towards the end of what is free. */
    line() {
      const { beside, stage } = this.size;
      return beside ? root.clientHeight * 0.55 : stage + (root.clientHeight - stage) * 0.8;
    }

    /** The share of a stop during which its frame is made; then it rests, and the text can be read. @param {number} height */
    busy(height) {
      return Math.min(SETTLED, (LONGEST * root.clientHeight) / height);
    }

    /** How far down its column the track is read. */
    at() {
      return -this.measured() + this.line();
    }

    /** The head and the stop at the reading line. @returns {Place} */
    place() {
      const line = this.at();
      let passed = 0;
      for (const { top, height, frames } of this.beats) {
        if (line < top) break;
        if (line < top + height) {
          const at = ((line - top) / height) * frames.length;
          const index = Math.min(frames.length - 1, Math.floor(at));
          const phase = still.matches ? 1 : Math.min(1, (at - index) / this.busy(height / frames.length));
          return { head: frames[index] - 1 + phase, stop: passed + index, inside: true };
        }
        passed += frames.length;
      }
      const last = this.stops[passed - 1];
      return { head: last ? last.frame : 0, stop: passed - 1, inside: false };
    }

    /** How far down the page a frame rests; of several places the nearest. @param {number} frame */
    offset(frame) {
      const known = this.stops.map((stop, n) => ({ stop, n })).filter(({ stop }) => stop.frame === frame);
      known.sort((a, b) => Math.abs(a.n - this.stop) - Math.abs(b.n - this.stop));
      const { beat, index } = known[0].stop;
      const origin = this.measured();
      const stop = beat.height / beat.frames.length;
      const busy = this.busy(stop) * stop;
      return scrollY + origin + beat.top + index * stop + busy + Math.min((stop - busy) / 2, BEYOND) - this.line();
    }

    /** Show on the film's edge how far it has run. @param {number} stop */
    mark(stop) {
      if (stop === this.stop) return;
      this.holes.forEach((hole, n) => {
        put(hole, "class", n === stop ? "here" : n < stop ? "passed" : "");
      });
      this.stop = stop;
    }
  }

  /** A scene on the page: its stage, its track if it scrolls, its controls. */
  class Scene {
    /** @param {HTMLElement} section */
    constructor(section) {
      this.section = section;
      const versions = /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll(".version"));
      this.stages = Array.from(versions, (version) => new Stage(version));
      this.count = this.stages[0].count;
      this.switches = section.querySelectorAll(".switch input");
      this.compares = section.querySelector(".compare");
      this.track = section.querySelector(".beat") ? new Track(section) : null;
      this.slider = /** @type {HTMLInputElement} */ (one(section, ".slider"));
      this.shown = one(section, ".count").firstChild;
      this.playButton = one(section, ".play");
      this.spoken = one(section, ".spoken");
      this.head = -1;
      this.shownFrame = 0;
      this.read = false;
      this.goal = 0;
      this.moving = 0;
      this.waiting = 0;
      this.playing = false;
      this.show(this.count);
      this.listen();
    }

    /** The frame that is finished, or being made. */
    get frame() {
      return Math.max(1, Math.ceil(this.head));
    }

    listen() {
      /** @param {string} selector @param {string} type @param {(event: any) => void} act */
      const on = (selector, type, act) => one(this.section, selector).addEventListener(type, act);
      on(".back", "click", () => this.step(-1));
      on(".next", "click", () => this.step(1));
      on(".play", "click", () => (this.playing ? this.rest() : this.play()));
      on(".slider", "input", () => this.jump(Number(this.slider.value)));
      on(".slider", "change", () => this.say());
      on(".stage", "keydown", (event) => this.key(event));
      on(".versions", "click", (event) => {
        const frame = Math.max(...this.stages.map((stage) => stage.writer(event.target, this.count)));
        if (frame) this.visit(frame);
      });
      this.switches.forEach((choice) => choice.addEventListener("change", () => this.change()));
      if (this.switches.length) this.choose();
    }

    /** Show the version that is chosen. */
    choose() {
      this.stages.forEach(({ section }, n) => {
        section.hidden = !(/** @type {HTMLInputElement} */ (this.switches[n]).checked);
      });
      this.draw();
    }

    /** Show another version as far along, also where its stage is higher and the text moves. */
    change() {
      const before = this.track?.at() ?? 0;
      this.choose();
      this.track?.outdated();
      if (this.track && this.read) scrollBy({ top: before - this.track.at(), behavior: "instant" });
      if (this.spoken.textContent) write(this.spoken, this.words);
    }

    /** The versions that are drawn: the chosen one, or all that are compared. */
    get seen() {
      return this.stages.filter(({ section }) => this.compares || !section.hidden);
    }

    draw() {
      for (const stage of this.seen) stage.show(this.head, this.count);
    }

    /** What the frame's stages say, one after the other. */
    get words() {
      return this.seen.map((stage) => stage.words(this.frame, this.count)).join(" ");
    }

    /** @param {KeyboardEvent} event */
    key(event) {
      const modified = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
      if (event.target instanceof HTMLInputElement || modified) return;
      if (event.key === "ArrowLeft") this.step(-1);
      else if (event.key === "ArrowRight") this.step(1);
      else if (event.key === "Home") this.visit(1);
      else if (event.key === "End") this.visit(this.count);
      else return;
      event.preventDefault();
    }

    /** Draw all versions as they are in the end, for paper. */
    finish() {
      for (const stage of this.stages) stage.draw(stage.count);
    }

    /** Draw the state. @param {number} head */
    show(head) {
      if (head === this.head) return;
      this.head = head;
      this.draw();
      if (this.frame === this.shownFrame) return;
      this.shownFrame = this.frame;
      const frame = String(this.frame);
      if (this.shown) this.shown.nodeValue = frame.padStart(this.slider.max.length);
      this.slider.value = frame;
      this.section.dataset.frame = frame;
    }

    /** Take the state from where the page is scrolled to. @param {Place} place */
    follow({ head, stop, inside }) {
      this.read = inside;
      this.show(head);
      this.track?.mark(stop);
    }

    /** Set the state: a scrolling scene by scrolling, so that the text goes along. @param {number} frame */
    set(frame) {
      if (this.track) {
        scrollTo({ top: this.track.offset(frame), behavior: "instant" });
        this.follow(this.track.place());
      } else {
        this.show(frame);
      }
    }

    /** Go to a frame at once. @param {number} frame */
    jump(frame) {
      this.pause();
      this.set(clamp(frame, 1, this.count));
    }

    /** Go to a frame at once and say it. @param {number} frame */
    visit(frame) {
      this.jump(frame);
      this.say();
    }

    /** Finish the next frame, or go back to the one before; quick steps add up. @param {number} by */
    step(by) {
      const from = this.moving ? this.goal : this.head;
      this.pause();
      const frame = by > 0 ? Math.floor(from) + 1 : Math.ceil(from) - 1;
      this.glide(clamp(frame, 1, this.count), () => this.say());
    }

    /** Move to a frame so that it is seen being made, or taken apart. @param {number} frame @param {() => void} then */
    glide(frame, then) {
      this.goal = frame;
      const from = this.track ? scrollY : this.head;
      const to = this.track ? this.track.offset(frame) : frame;
      const begun = performance.now();
      let left = scrollY;
      /** @param {number} now */
      const tick = (now) => {
        if (this.track && Math.abs(scrollY - left) > ROUNDING) return this.pause(); // the reader scrolls
        const done = still.matches ? 1 : clamp((now - begun) / STEP_MS, 0, 1);
        const at = from + (to - from) * done;
        this.moving = done < 1 ? requestAnimationFrame(tick) : 0;
        if (done === 1) this.set(frame);
        else if (this.track) scrollTo({ top: at, behavior: "instant" });
        else this.show(at);
        left = scrollY;
        if (done === 1) then();
      };
      tick(begun);
    }

    play() {
      this.playing = true;
      write(this.playButton, "Pause");
      if (this.head === this.count) this.set(1);
      this.run();
    }

    /** Make one frame after another, up to the last. */
    run() {
      if (this.head >= this.count) return this.rest();
      const next = () => this.glide(Math.floor(this.head) + 1, () => this.run());
      this.waiting = setTimeout(next, still.matches ? STEP_MS : 0);
    }

    /** Stop whatever moves by itself. */
    pause() {
      if (!this.playing && !this.moving) return;
      cancelAnimationFrame(this.moving);
      clearTimeout(this.waiting);
      this.moving = 0;
      this.playing = false;
      write(this.playButton, "Play");
    }

    /** Stop, and say where. */
    rest() {
      this.pause();
      this.say();
    }

    /** Tell listeners what the frame shows, and keep it in the address. */
    say() {
      write(this.spoken, this.words);
      remember(`#${this.section.id}=${this.frame}`);
    }
  }

  /** @param {string} hash */
  function remember(hash) {
    if (location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
  }

  /** The scene and frame that the address names. @param {Scene[]} scenes */
  function addressed(scenes) {
    const match = /^#([a-z0-9-]+)=(\d+)$/.exec(location.hash);
    const scene = match && scenes.find(({ section }) => section.id === match[1]);
    return scene ? { scene, frame: Number(match[2]) } : null;
  }

  /** Go where the address says. @param {Scene[]} scenes */
  function visit(scenes) {
    const found = addressed(scenes);
    if (!found) return;
    if (!found.scene.track) found.scene.section.scrollIntoView({ block: "center", behavior: "instant" });
    found.scene.visit(found.frame);
  }

  /** Follow the page: once a frame while it moves, and once when it has come to rest. @param {Scene[]} scenes */
  function follow(scenes) {
    const tracks = scenes.flatMap((scene) => (scene.track ? [{ scene, track: scene.track }] : []));
    let waiting = false;
    let quiet = 0;
    let width = innerWidth;
    const update = () => {
      waiting = false;
      const places = tracks.map(({ track }) => track.place()); // read everything before anything is written
      tracks.forEach(({ scene }, n) => scene.follow(places[n]));
    };
    const rest = () => {
      const scene = scenes.find((each) => each.read);
      if (scene && !scene.playing && !scene.moving) scene.say();
      else if (!scene && addressed(scenes)?.scene.track) remember("");
    };
    const moved = () => {
      clearTimeout(quiet);
      quiet = setTimeout(rest, QUIET_MS);
      if (!waiting) requestAnimationFrame(update);
      waiting = true;
    };
    addEventListener("scroll", moved, { passive: true });
    addEventListener("resize", () => {
      tracks.forEach(({ track }) => track.outdated());
      const scene = scenes.find((each) => each.read);
      if (scene && innerWidth !== width) scene.jump(scene.frame); // lines break anew: keep the reader's place
      width = innerWidth;
      moved();
    });
    still.addEventListener("change", moved);
    for (const type of ["wheel", "touchmove"]) {
      addEventListener(type, () => tracks.forEach(({ scene }) => scene.pause()), { passive: true });
    }
    update();
  }

  /** Copy a listing, also where the clipboard is closed to scripts. @param {HTMLElement} listing */
  async function copy(listing) {
    const code = one(listing, "code");
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
    } catch {
      getSelection()?.selectAllChildren(code);
      document.execCommand("copy");
    }
    const button = one(listing, ".copy");
    write(button, "Copied");
    setTimeout(() => write(button, "Copy"), 2000);
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const listing of document.querySelectorAll(".listing")) {
      one(listing, ".copy").addEventListener("click", () => copy(/** @type {HTMLElement} */ (listing)));
    }
    const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-scene]"));
    const scenes = Array.from(sections, (section) => new Scene(section));
    if (!scenes.length) return;
    follow(scenes);
    visit(scenes);
    addEventListener("hashchange", () => visit(scenes));
    addEventListener("beforeprint", () => scenes.forEach((scene) => scene.finish()));
    addEventListener("afterprint", () => scenes.forEach((scene) => scene.draw()));
  });
})();
