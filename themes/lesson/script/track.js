/* The track: which frame belongs to which place of the page. */

/** The beats of a scene as a track: each hole on the film's edge is as long as its frame takes to pass. */
class Track {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.stage = /** @type {HTMLElement} */ (one(section, ".stage"));
    this.column = /** @type {HTMLElement} */ (one(section, ".beats"));
    this.told = one(section, ".told");
    this.holes = section.querySelectorAll(".sprockets i");
    this.frames = Array.from(section.querySelectorAll("[data-stops]")).flatMap((box) =>
      (box.getAttribute("data-stops") ?? "").split(" ").map(Number),
    );
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
    if (!was && Math.abs(this.middle - scrolled) > this.height / 2 + FAR) return null;
    const top = this.measured();
    const line = this.line - top;
    this.middle = scrollY + top + this.height / 2;
    if (!this.pins) return null;
    const near = Math.abs(this.height / 2 - line) < this.height / 2 + FAR;
    const passed = this.stops.filter(({ top }) => top <= line).length;
    const stop = this.stops[passed - 1];
    if (!stop) return { frame: 0, part: 0, stop: -1, inside: false, near };
    const share = (line - stop.top) / stop.height;
    return { frame: stop.frame, part: Math.min(share, 1), stop: passed - 1, inside: share < 1, near };
  }

  /** In how many steps one stop points at the rows of its products; a short one does not. @param {number} stop */
  steps(stop) {
    return stop < 0 ? 0 : Math.ceil(this.stops[stop].height / ROW) - 1;
  }

  /** How far down the page a frame rests; of several places the nearest. Before the first, the stage is in its place;
      nowhere, where the stage does not stay or no place is the frame's. @param {number} frame @returns {number | undefined} */
  offset(frame) {
    const origin = this.measured();
    if (!this.pins) return;
    if (!frame) return scrollY + origin;
    const known = this.stops.map((stop, n) => ({ ...stop, far: Math.abs(n - this.stop) })).filter((stop) => stop.frame === frame);
    if (!known.length) return;
    const { top, height } = known.reduce((best, stop) => (stop.far < best.far ? stop : best));
    return scrollY + origin + top + Math.min(height / 2, BEYOND) - this.line;
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
