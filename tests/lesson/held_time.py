"""What is run on a page whose time is held: each moment of a movement is seen, without waiting for any."""

HOLD = """(() => {
  const { requestAnimationFrame: paint, cancelAnimationFrame: unpaint } = window;
  const { setTimeout: wait, clearTimeout: unwait } = window;
  const due = new Map();
  let now = performance.now();
  let last = 1e9; // no number of the browser's
  const keep = (act, at, isFrame) => due.set(last += 1, { act, at, isFrame }) && last;
  const drop = other => number => due.delete(number) || other(number);
  performance.now = () => now;
  Object.assign(window, {
    requestAnimationFrame: act => keep(() => act(now), 0, true),
    cancelAnimationFrame: drop(unpaint),
    setTimeout: (act, ms = 0, ...rest) => keep(() => act(...rest), now + ms, false),
    clearTimeout: drop(unwait),
  });
  const pass = ms => {
    now += ms;
    for (const [number, { act, at }] of Array.from(due)) if (at <= now && due.delete(number)) act();
  };
  return {
    pass,
    run: (ms, step = 20) => { for (let n = 0; n < ms; n += step) pass(step); },
    painted: () => new Promise(done => paint(done)),
    release: () => {
      while (Array.from(due.values()).some(({ isFrame }) => isFrame)) pass(100);
      Object.assign(window, {
        requestAnimationFrame: paint, cancelAnimationFrame: unpaint, setTimeout: wait, clearTimeout: unwait,
      });
      delete performance.now;
      for (const { act, at } of due.values()) setTimeout(act, at - now);
    },
  };
})()"""
"""Holds the page's time, which then passes only as it is told; the reader's scrolling is told of as ever.

A test sees every moment of a movement without waiting for any."""

PASSING = """async (section, [step, tick, most]) => {
  const seen = SEEN;
  const time = HOLD;
  const side = section.querySelector(".side");
  const start = scrollY + side.getBoundingClientRect().top; // where the stage comes to its place
  const stage = section.querySelector(".stage").offsetHeight; // it goes when there is no more room for it
  const least = Math.min(stage, innerHeight);
  const isPast = ({ top, bottom }) => step > 0 ? bottom < least : top > innerHeight / 4;
  const samples = [];
  const look = () => samples.push([seen(section), {
    moving: section.hasAttribute("data-moving"), place: scrollY - start, hash: location.hash,
  }]);
  try {
    for (let n = 0, before = null; n < most && !isPast(side.getBoundingClientRect()); n += 1) {
      if (before === scrollY) break; // at the end of the page
      before = scrollY;
      scrollBy({ top: step, behavior: "instant" });
      await time.painted(); // by then the page has heard of it
      do {
        time.pass(tick);
        look();
      } while (section.hasAttribute("data-moving"));
    }
  } finally {
    time.release();
  }
  return samples;
}"""
"""Scrolls through a scene in steps, and reads it off the screen at every moment of what follows."""

STEPS = """async (section, step) => {
  const time = HOLD;
  const side = section.querySelector(".side");
  const stage = section.querySelector(".stage").offsetHeight; // it goes when there is no more room for it
  const least = Math.min(stage, innerHeight);
  const isPast = ({ top, bottom }) => step > 0 ? bottom < least : top > innerHeight / 4;
  for (let before = null; before !== scrollY && !isPast(side.getBoundingClientRect());) {
    before = scrollY;
    scrollBy({ top: step, behavior: "instant" });
    await time.painted();
    time.run(400, 100);
  }
  time.release();
}"""
"""Scrolls through a scene in steps, and lets what follows from each come to its end."""

STEPPING_ON = """(section, tick) => {
  const seen = SEEN;
  const time = HOLD;
  const samples = [];
  section.querySelector(".next").click();
  while (section.hasAttribute("data-moving")) {
    time.pass(tick);
    samples.push(seen(section));
  }
  time.release();
  return samples;
}"""
"""Goes on to the next frame by its button, and reads the scene off the screen at every moment of it."""

RESTS = """async (section, [notch, wait]) => {
  const time = HOLD;
  const texts = name => Array.from(section.querySelectorAll(name), node => node.textContent);
  const hidden = node => getComputedStyle(node).visibility === "hidden";
  const side = section.querySelector(".side");
  const rests = [];
  const last = section.querySelector(".stage").offsetHeight;
  while (side.getBoundingClientRect().bottom > Math.min(last, innerHeight)) {
    scrollBy({ top: notch, behavior: "instant" });
    await time.painted();
    const place = scrollY;
    time.run(wait, 50);
    const stage = section.querySelector(".stage").getBoundingClientRect();
    rests.push({
      frame: Number(section.dataset.frame),
      moving: section.hasAttribute("data-moving"),
      pushed: scrollY - place,
      whole: stage.top >= -1 && stage.bottom <= innerHeight + 1,
      total: texts(".total-text")[0],
      products: Array.from(section.querySelectorAll(".product-text"),
        node => Number(node.getAttribute("opacity") ?? 1)),
      cells: texts(".cell-text:not(.unfilled)"),
      factors: texts(".factor-text"),
      lit: Array.from(section.querySelectorAll(".beat"), beat => beat.classList.contains("lit")),
      told: Array.from(section.querySelectorAll(".lit .value"), value => Array.from(
        value.querySelectorAll("[class^=of-]"),
        node => [Number(node.className.slice(3)), hidden(node) ? "" : node.textContent])),
    });
  }
  time.release();
  return rests;
}"""
"""Turns the wheel notch by notch through the scene, and reads it off the screen so long after each."""
