"""Whatever an author writes, a page is no wider than its window, and every beat can be read whole."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import begin_visit
from tests.built import build_shown
from tests.lesson.reader import Reader

pytestmark = pytest.mark.browser

HOSTILE = Path(__file__).with_name("hostile.md")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlüsselloch"
CODE = "torch.nn.functional.conv_transpose2d(image,kernel,output_padding=(1,1),stride=(2,2))"
COURSE = f"""title = "{LONG}"
summary = "{CODE} and {LONG}."
[[parts]]
title = "{LONG}"
chapters = ["01-hostile", {{ planned = "{CODE}" }}]
"""
WINDOWS = {
    16: [
        (1920, 1080),
        (1440, 900),
        (1024, 768),
        (820, 1180),
        (844, 390),
        (390, 844),
        (360, 640),
        (640, 400),
        (320, 256),
    ],
    24: [(844, 390)],
    32: [(390, 844)],
}
"""Sizes of windows, by the size of the text that a reader has set."""

MEASURED = """() => {
  const root = document.documentElement;
  const wide = root.scrollWidth - root.clientWidth;
  const all = Array.from(document.querySelectorAll("body *")).filter(node => node.checkVisibility());
  const scrolls = node => /auto|scroll/.test(getComputedStyle(node).overflowX)
    && node.scrollWidth > node.clientWidth;
  const held = node => node.closest("[tabindex], fieldset");
  const tag = node => `${node.tagName}.${node.getAttribute("class")}`;
  const cut = all.filter(node => {
    const box = node.getBoundingClientRect();
    for (let outer = node; (outer = outer.parentElement);) if (scrolls(outer)) return false;
    return box.width > 1 && (box.right > root.clientWidth + 1 || box.left < -1) && !node.closest(".skip, .spoken, legend, .covers");
  });
  return { wide, out: cut.map(tag), unheld: all.filter(node => scrolls(node) && !held(node)).map(tag) };
}"""
"""By how much a page is wider than its window, what is outside it, and what scrolls and cannot be focused."""

UNREAD = """() => {
  const lines = told => {
    const texts = document.createTreeWalker(told, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const all = [];
    while (texts.nextNode()) {
      range.selectNodeContents(texts.currentNode);
      all.push(...range.getClientRects());
    }
    return all.filter(({ width, height }) => width > 1 && height > 1);
  };
  return Array.from(document.querySelectorAll(".beat"), beat => {
    const told = beat.querySelector(".told");
    const stage = beat.closest(".side").querySelector(".stage");
    const pins = getComputedStyle(stage).position === "sticky";
    const seen = new Set();
    const count = lines(told).length;
    const { top, bottom } = beat.getBoundingClientRect();
    const [from, to] = [scrollY + top - innerHeight, scrollY + bottom];
    for (let y = from; y < to && seen.size < count; y += 24) {
      scrollTo({ top: y, behavior: "instant" });
      const over = stage.getBoundingClientRect();
      lines(told).forEach((line, n) => {
        const covered = pins && line.top < over.bottom - 1 && line.bottom > over.top + 1
          && line.left < over.right - 1 && line.right > over.left + 1;
        if (!covered && line.top >= -1 && line.bottom <= innerHeight + 1) seen.add(n);
      });
    }
    return [beat.closest(".scene").id, beat.dataset.frames, count - seen.size];
  }).filter(([, , left]) => left);
}"""
"""The beats of which some lines are never seen uncovered, wherever the page is scrolled to."""
