/* The track: which head belongs to which place of the page. */

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
