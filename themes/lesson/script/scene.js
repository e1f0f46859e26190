/* A scene on the page: its stages, its track, its controls, and what it says. */

/** A scene on the page: its stages, its track if it scrolls, its controls. */
class Scene {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    /** @type {NodeListOf<HTMLElement>} */
    this.versions = section.querySelectorAll(".version");
    this.versions.forEach(measure);
    /** @type {Stage[] | undefined} */
    this.made = undefined;
    /** @type {NodeListOf<HTMLInputElement>} */
    this.switches = section.querySelectorAll(".switch input");
    this.blinker = section.querySelector(".blink");
    /** The version that is shown, and the one to go back to. */
    this.chosen = 0;
    this.before = 1;
    this.compares = section.querySelector(".compare");
    this.track = section.querySelector(".beat") ? new Track(section) : null;
    /** @type {NodeListOf<HTMLElement>} */
    const boxes = section.querySelectorAll("[data-frames]");
    this.beats = Array.from(boxes, (box) => {
      const [first, last] = parted(box.dataset.frames).map(Number);
      const moments = Array.from(box.querySelectorAll("[class^=of-]"), (node) => ({ node, frame: Number(node.className.slice(3)) }));
      return { box, first, last, moments };
    });
    this.slider = /** @type {HTMLInputElement} */ (one(section, ".slider"));
    this.shown = one(section, ".at");
    this.playWord = one(section, ".play-word");
    this.paceButton = one(section, ".pace");
    /** How many times as fast as usual Play is. */
    this.speed = 1;
    this.spoken = one(section, ".spoken");
    this.count = Number(this.slider.max);
    this.standing = this.frame = Number(this.slider.value);
    /** @type {Way} */
    this.way = { from: this.frame, to: this.frame, share: 1, leaps: false };
    this.read = false;
    this.near = false;
    this.moving = 0;
    this.waiting = 0;
    this.playing = false;
    this.blinks = false;
    this.carries = false;
    /** Where the page is scrolled to while it shows a frame that is not that of the text; or nowhere. */
    this.held = NOWHERE;
    this.listen();
    this.tell();
  }

  /** Its stages, made once they are asked for: a page has many, and its reader looks at one. */
  get stages() {
    this.made ??= Array.from(this.versions, (version) => new Stage(version));
    return this.made;
  }

  listen() {
    /** @param {string} selector @param {string} type @param {(event: any) => void} act */
    const on = (selector, type, act) => one(this.section, selector).addEventListener(type, act);
    on(".back", "click", () => this.step(-1));
    on(".next", "click", () => this.step(1));
    on(".play", "click", () => this.toggle());
    on(".pace", "click", () => this.hasten());
    on(".reel", "click", (event) => event.target.dataset.frame && this.visit(Number(event.target.dataset.frame)));
    on(".slider", "input", () => this.jump(Number(this.slider.value)));
    on(".slider", "change", () => this.say());
    on(".stage", "keydown", (event) => this.key(event));
    on(".versions", "click", (event) => {
      const frame = Math.max(...this.stages.map((stage) => stage.writer(event.target, this.count)));
      if (frame) this.visit(frame);
    });
    this.versions.forEach((version, n) => {
      const button = /** @type {HTMLElement | null} */ (version.querySelector(".pick"));
      if (!button) return;
      const keys = new MapKeys(button, () => this.stages[n]);
      button.addEventListener("click", () => this.visit(keys.stage().writer(keys.cell.tile, this.count)));
    });
    this.switches.forEach((choice, n) => {
      choice.addEventListener("change", () => {
        if (this.blinks) this.pause();
        this.change(n);
      });
      if (choice.checked) this.choose(n);
    });
    this.blinker?.addEventListener("click", () => {
      const { blinks } = this;
      this.pause();
      if (!blinks) this.blink();
    });
  }

  /** Show a version. @param {number} version */
  choose(version) {
    if (version !== this.chosen) this.before = this.chosen;
    this.chosen = version;
    this.switches[version].checked = true;
    this.versions.forEach((section, n) => {
      section.hidden = n !== version;
    });
  }

  /** Show another version as far along. @param {number} version */
  change(version) {
    this.choose(version);
    this.draw();
    this.tabulate();
    if (this.spoken.textContent) write(this.spoken, this.words);
  }

  /** Show the version before, and so on in turn; where nothing may move, once. */
  blink() {
    write(this.spoken, "");
    this.change(this.before);
    if (!this.blinker || still.matches) return;
    this.blinks = true;
    this.blinker.setAttribute("aria-pressed", "true");
    this.waiting = setTimeout(() => this.blink(), BLINK_MS);
  }

  /** The versions that are drawn: the chosen one, or all that are compared. */
  get seen() {
    return this.stages.filter(({ section }) => this.compares || !section.hidden);
  }

  draw() {
    for (const stage of this.seen) stage.show(this.way, this.count);
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
    else if (event.key === " " && event.target === event.currentTarget) this.toggle();
    else return;
    event.preventDefault();
  }

  /** Draw all versions as they are in the end, for paper. */
  finish() {
    for (const stage of this.stages) stage.rest(stage.count);
  }

  /**
   * Choose a frame, and move to it in so many milliseconds; who is on the way already leaps from wherever it is.
   * @param {number} frame @param {number} ms @param {() => void} [then] @param {(share: number) => void} [along]
   * @param {number} [held] Where the page is scrolled to, if the text is to stay as it is until the reader scrolls.
   */
  go(frame, ms, then, along, held = NOWHERE) {
    const from = this.frame;
    this.held = held;
    const leaps = this.moving !== 0 || Math.abs(frame - from) > 1;
    cancelAnimationFrame(this.moving);
    this.moving = 0;
    this.frame = frame;
    this.way = { from, to: frame, share: 0, leaps };
    for (const stage of this.stages) stage.depart();
    this.tell();
    const begun = performance.now();
    const time = still.matches ? 0 : ms;
    /** @param {number} now */
    const tick = (now) => {
      this.way.share = time ? clamp((now - begun) / time, 0, 1) : 1;
      const done = this.way.share === 1;
      if (done) this.section.removeAttribute("data-moving");
      this.moving = done ? 0 : requestAnimationFrame(tick);
      along?.(this.way.share);
      if (this.way.share) this.draw(); // where it sets out it stands already
      if (done) then?.();
    };
    if (!time) return tick(begun);
    this.section.setAttribute("data-moving", "");
    this.moving = requestAnimationFrame(tick);
  }

  /** Tell in words and numbers which frame is shown. */
  tell() {
    const frame = String(Math.max(1, this.frame));
    write(this.shown, frame.padStart(this.slider.max.length));
    this.slider.value = frame;
    this.slider.setAttribute("aria-valuetext", `${frame} of ${this.count}`);
    this.section.dataset.frame = String(this.frame);
    if (this.track?.pins && this.holds) return;
    for (const { box, first, last, moments } of this.beats) {
      const lit = first <= this.frame && this.frame <= last;
      box.classList.toggle("lit", lit);
      for (const { node, frame } of moments) node.toggleAttribute("data-to-come", lit && frame > this.frame);
    }
  }

  /** Take the frame from where the page is scrolled to, unless the script itself scrolls it. @param {Place | null} place */
  follow(place) {
    if (this.carries || !place || this.holds) return;
    const stays = this.near && place.near;
    this.near = place.near;
    this.read = place.inside;
    this.track?.mark(place.stop);
    if (place.frame !== this.frame || this.held !== NOWHERE) this.go(place.frame, stays ? SCROLL_MS : 0);
    else if (!this.moving) this.dwell(place);
  }

  /** While the page is scrolled under one frame, point at its rows one after the other. @param {Place} place */
  dwell({ part, height }) {
    const steps = Math.ceil(height / ROW) - 1; // a short one has none
    for (const stage of this.seen) stage.point(Math.floor(part * (steps + 1)), steps);
  }

  /** Go to a frame at once. @param {number} frame */
  jump(frame) {
    this.pause();
    this.carry(clamp(frame, 1, this.count), 0);
  }

  /** Whether the page shows a frame that is not that of the text, and has not been scrolled since. */
  get holds() {
    return this.held !== NOWHERE && Math.abs(scrollY - this.held) <= ROUNDING; // to look where the page is makes the browser lay out
  }

  /** Go to a frame that a text points at, where it can be seen. @param {number} frame */
  point(frame) {
    this.pause();
    one(this.section, ".versions").scrollIntoView({ block: "nearest", behavior: "instant" });
    this.go(frame, STEP_MS, () => this.say(), undefined, scrollY);
  }

  /** Go to a frame at once and say it. @param {number} frame */
  visit(frame) {
    this.jump(frame);
    this.say();
  }

  /** Finish the next frame, or go back to the one before; quick steps add up. @param {number} by */
  step(by) {
    this.pause();
    const goal = clamp(this.frame + by, 1, this.count);
    this.carry(goal, goal === this.frame ? 0 : STEP_MS, () => this.say());
  }

  /** Move to a frame, and take the text along. @param {number} frame @param {number} ms @param {() => void} [then] */
  carry(frame, ms, then) {
    const from = scrollY;
    const to = this.track?.offset(frame);
    if (to === undefined) return this.go(frame, ms, then, undefined, scrollY);
    let left = from;
    this.carries = true;
    this.go(
      frame,
      ms,
      () => {
        this.carries = false;
        this.follow(this.track?.place() ?? null);
        then?.();
      },
      (share) => {
        if (!this.carries) return;
        if (Math.abs(scrollY - left) > ROUNDING) return this.pause(); // the reader scrolls
        scrollTo({ top: from + (to - from) * eased(part(share, GLIDE)), behavior: "instant" });
        left = scrollY;
      },
    );
  }

  toggle() {
    if (this.playing) this.rest();
    else this.play();
  }

  play() {
    if (this.moving || this.blinks) this.rest(); // what has begun is finished
    this.playing = true;
    write(this.playWord, "Pause");
    if ([this.count, this.standing].includes(this.frame)) this.carry(0, 0); // before the first again
    this.run();
  }

  /** Make one frame after another, up to the last. */
  run() {
    const next = () => {
      if (this.frame < this.count) this.carry(this.frame + 1, this.pace(this.frame + 1), () => this.run());
      else this.rest();
    };
    this.waiting = setTimeout(next, still.matches && this.frame < this.count ? STEP_MS : 0);
  }

  /** How many milliseconds Play takes for a frame: the first are slow, and those that say nothing new are quick. @param {number} frame */
  pace(frame) {
    const { again } = this.stages[0].shown(frame, this.count);
    return (frame <= FIRST ? PLAY_MS.first : again ? PLAY_MS.again : PLAY_MS.fresh) / this.speed;
  }

  /** Let Play be faster, or slow again. */
  hasten() {
    this.speed = PACES[(PACES.indexOf(this.speed) + 1) % PACES.length];
    write(this.paceButton, `${this.speed}×`);
  }

  /** Stop whatever moves by itself; what has begun is finished. */
  pause() {
    clearTimeout(this.waiting);
    this.carries = false;
    this.playing = false;
    this.blinks = false;
    this.blinker?.setAttribute("aria-pressed", "false");
    write(this.playWord, "Play");
    if (this.moving) this.go(this.frame, 0);
  }

  /** Stop, and say where. */
  rest() {
    const carried = this.carries && this.track;
    this.pause();
    if (carried) scrollTo({ top: carried.offset(this.frame) ?? scrollY, behavior: "instant" }); // or the page would take it back
    this.say();
  }

  /** Tell the frame in the tables, silently. */
  tabulate() {
    for (const stage of this.seen) stage.tabulate(this.frame, this.count);
  }

  /** Keep the frame in the tables, and in the address. */
  note() {
    this.tabulate();
    if (this.frame) remember(`#${this.section.id}=${this.frame}`);
  }

  /** Tell listeners what the frame shows, and keep it in the address. */
  say() {
    write(this.spoken, this.words);
    this.note();
  }
}
