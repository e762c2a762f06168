"""Words and amounts of a page that stand on two lines, broken inside."""

from __future__ import annotations

BROKEN = """() => {
  const broken = [], walk = document.createTreeWalker(document.querySelector('main'), 4);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.parentElement.closest('svg, .away, details:not([open])')) continue;
    if (node.parentElement.closest('thead')?.getBoundingClientRect().width < 2) continue;
    for (const word of node.data.matchAll(/[\\w$¥,.'’]*\\w/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
      if (lines.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


def broken_words(page):
    """Every one that shows; empty where each stands on one line."""
    return page.evaluate(BROKEN)
