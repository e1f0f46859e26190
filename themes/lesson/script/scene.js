/* A scene on the page: its stages, its track, its controls, and what it says. */

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
