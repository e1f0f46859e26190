/* The track: which frame belongs to which place of the page. */

/** The beats of a scene as a track: each hole on the film's edge is as long as its frame takes to pass. */
class Track {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.stage = /** @type {HTMLElement} */ (one(section, ".stage"));
    this.column = /** @type {HTMLElement} */ (one(section, ".beats"));
    this.told = one(section, ".told");
    this.holes = section.querySelectorAll(".sprockets i");
    /** @type {NodeListOf<HTMLElement>} */
    const boxes = section.querySelectorAll("[data-stops]");
    this.frames = Array.from(boxes).flatMap(({ dataset }) => parted(dataset.stops).map(Number));
    this.size = "";
    /** @type {Stop[]} */
    this.stops = [];
    this.line = 0;
    this.height = 0;
    /** How far down the page its middle was when it was looked for. */
    this.middle = NaN;
    /** Whether the stage stays in sight: where there is no room for it and for the text, nothing scrolls it. */
    this.pins = false;
    this.stop = -1;
  }

  /** Measure the track anew where its column or the window has changed; scrolling alone changes nothing but its place. */
  measured() {
    const { top, height } = this.column.getBoundingClientRect();
    const size = `${height} ${innerWidth} ${innerHeight}`; // looked at, not awaited: who has just resized the window asks at once
    if (this.size !== size) {
      this.size = size;
      this.height = height;
      this.pins = getComputedStyle(this.stage).position === "sticky";
      this.line = parseFloat(getComputedStyle(this.told).top) + LEAD;
      this.stops = Array.from(this.holes, (hole, n) => {
        const box = hole.getBoundingClientRect();
        return { frame: this.frames[n], top: box.top - top, height: box.height };
      });
      const last = this.stops[this.stops.length - 1]; // runs on until the stage goes
      last.height = Math.max(last.height, height - this.stage.offsetHeight + this.line - last.top);
    }
    return top;
  }

  /** Whether scrolling moves the stage now. */
  get stays() {
    this.measured();
    return this.pins;
  }

  /** The frame and the stop at the reading line; nothing where the stage does not stay, or is and was far away.
      @param {boolean} [was] Whether it was near. @param {number} [scrolled] Where the page is, if it was only scrolled:
      then what was far away need not be looked for. @returns {Place | null} */
  place(was, scrolled = NaN) {
    if (!was && this.isFar(scrolled)) return null;
    const origin = this.measured();
    const line = this.line - origin;
    this.middle = scrollY + origin + this.height / 2;
    const near = !this.isFar(scrollY);
    if (!this.pins || !(near || was)) return null;
    const stop = this.stops.filter(({ top }) => top <= line).length - 1;
    const { frame, top, height } = this.stops[stop] ?? BEFORE;
    const part = Math.min((line - top) / height, 1);
    return { frame, part, stop, height, inside: part < 1, near };
  }

  /** Whether nobody sees it, as far as it was looked for. @param {number} scrolled Where the page is. */
  isFar(scrolled) {
    return Math.abs(this.middle - scrolled) > this.height / 2 + FAR;
  }

  /** How far down the page a frame rests; of several places the nearest. Before the first, the stage is in its place;
      nowhere, where the stage does not stay or no place is the frame's. @param {number} frame @returns {number | undefined} */
  offset(frame) {
    const origin = this.measured();
    if (!this.pins) return;
    if (!frame) return scrollY + origin;
    const known = this.stops.map((stop, n) => ({ ...stop, far: Math.abs(n - this.stop) })).filter((stop) => stop.frame === frame);
    const [stop] = known.sort((one, other) => one.far - other.far);
    return stop && scrollY + origin + stop.top + Math.min(stop.height / 2, BEYOND) - this.line;
  }

  /** Show on the film's edge how far it has run. @param {number} stop */
  mark(stop) {
    if (stop === this.stop) return;
    const [first, last] = [Math.min(stop, this.stop), Math.max(stop, this.stop)];
    for (let n = Math.max(first, 0); n <= last; n += 1) {
      this.holes[n].classList.toggle("here", n === stop);
      this.holes[n].classList.toggle("passed", n < stop);
    }
    this.stop = stop;
  }
}
