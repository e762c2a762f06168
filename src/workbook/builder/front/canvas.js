/* The canvas: milestones as nodes, what they hang on as lines. It draws the board that the kernel
   sends and moves nothing of the plan itself; while something is dragged it draws on its own. */

const WIDE = { w: 176, h: 98, gx: 52, gy: 20, pad: 18 };
const NARROW = { w: 150, h: 98, gx: 14, gy: 46, pad: 12 };
const LEAST_WIDTH = 138;
const LEAST_GAP = 26;
const NARROW_BELOW = 560;

class Canvas {
  constructor(screen) {
    this.screen = screen;
    this.nodes = new Map();
    this.selected = null;
    this.link = null;
    this.mode = null;
    this.queue = [];
    this.pendingAdds = 0;
    this.wantsFocus = false;
    this.arrow = ownId("arrow");
    this.drawn = { nodes: [], links: [] };
    const hint = ownId("hint");
    this.lines = el("svg:svg", { class: "wbb-lines", "aria-hidden": "true" });
    this.cut = button(screen.say("Take this link away"), () => this.unlinkChosen(), { bare: true, class: "wbb-cut", hidden: true });
    this.cut.append("×");
    this.field = el("div", { class: "wbb-field" }, this.lines, this.cut);
    this.board = el("div", {
      class: "wbb-board", role: "application", tabindex: "-1",
      "aria-label": screen.say("Your chain"), "aria-describedby": hint,
    }, this.field);
    this.hint = el("p", { id: hint, class: "wbb-hidden", text: screen.say("Arrows go from milestone to milestone. N adds one after it, B one before it, Enter renames, L links, U unlinks, Delete takes it away. Press ? for all keys.") });
    this.empty = el("div", { class: "wbb-empty" });
    this.root = el("div", { class: "wbb-canvas" }, this.board, this.empty, this.hint);
    this.board.addEventListener("keydown", (event) => keyOnCanvas(this, event));
    this.board.addEventListener("pointerdown", (event) => pressOnCanvas(this, event));
    new ResizeObserver(() => this.place()).observe(this.root);
  }

  get narrow() {
    return this.screen.root.clientWidth > 0 && this.screen.root.clientWidth < NARROW_BELOW;
  }

  /** How large a node is: smaller where that lets the whole chain be seen, down to a limit. */
  get size() {
    if (this.narrow) return NARROW;
    const columns = 1 + Math.max(0, ...this.drawn.nodes.map((node) => node.column));
    const each = (this.board.clientWidth - 2 * WIDE.pad + LEAST_GAP) / columns;
    if (!this.board.clientWidth || each >= WIDE.w + WIDE.gx) return WIDE;
    const w = Math.max(LEAST_WIDTH, Math.min(WIDE.w, 0.82 * each));
    return { ...WIDE, w, gx: Math.max(LEAST_GAP, Math.min(WIDE.gx, each - w)) };
  }

  /** Draw what the board says; elements stay, so that they glide and keep the focus. */
  draw(board) {
    this.drawn = board;
    this.field.querySelectorAll(".wbb-ghost.wbb-sent").forEach((ghost) => ghost.remove());
    const ids = new Set(board.nodes.map((node) => node.id));
    const lost = this.mode !== "name" && document.activeElement?.closest?.(".wbb-node");
    for (const [id, node] of this.nodes) {
      if (ids.has(id)) continue;
      node.remove();
      this.nodes.delete(id);
    }
    board.nodes.forEach((milestone) => this.drawNode(milestone));
    if (this.selected && !ids.has(this.selected)) this.select(null, { tell: false });
    this.place();
    this.roving();
    if (lost && !lost.isConnected) this.focusSomething();
    this.root.classList.toggle("wbb-bare-page", board.nodes.length === 0);
  }

  drawNode(milestone) {
    let node = this.nodes.get(milestone.id);
    if (!node) {
      node = this.newNode(milestone.id);
      this.nodes.set(milestone.id, node);
      this.field.append(node);
    }
    const { say } = this.screen;
    node.querySelector(".wbb-name").textContent = milestone.name;
    node.querySelector(".wbb-order").textContent = milestone.skipped ? "–" : milestone.order;
    const tags = [
      milestone.goal && ["goal", say("Goal")],
      milestone.origin && ["origin", say("origin")],
      milestone.kernel && ["kernel", say("kernel")],
      milestone.skipped && ["skipped", say("left out")],
      milestone.state && ["log", `${milestone.state === "passed" ? "✓" : "✕"} ${milestone.state_said}`],
    ].filter(Boolean);
    fill(node.querySelector(".wbb-tags"), tags.map(([kind, text]) => el("span", { class: `wbb-tag wbb-tag-${kind}`, text })));
    for (const kind of ["goal", "origin", "kernel", "skipped"]) node.classList.toggle(`wbb-is-${kind}`, Boolean(milestone[kind]));
    this.drawOdds(milestone.id);
    return node;
  }

  /** What the last play says of a milestone, on its node. */
  drawOdds(id) {
    const node = this.nodes.get(id);
    const milestone = this.drawn.nodes.find((one) => one.id === id);
    if (!node || !milestone) return;
    const odds = (this.screen.answers.nodes || {})[id];
    const { say } = this.screen;
    node.querySelector(".wbb-bar i").style.width = odds ? `${Math.round(odds.share * 100)}%` : "0";
    node.querySelector(".wbb-reached").textContent = odds ? odds.reached : "…";
    node.querySelector(".wbb-runway").textContent = odds ? odds.runway || "" : "";
    node.classList.toggle("wbb-gap", Boolean(odds && odds.gap));
    const face = node.querySelector(".wbb-face");
    const needs = this.needs(id).map((need) => this.nameOf(need));
    const said = [
      milestone.name,
      ...[...node.querySelectorAll(".wbb-tag")].map((tag) => tag.textContent),
      odds && odds.said,
      needs.length ? say("after {names}", { names: new Intl.ListFormat(this.screen.words.html_lang).format(needs) }) : "",
    ];
    face.setAttribute("aria-label", said.filter(Boolean).join(this.screen.lang === "zh" ? "。" : ". "));
    face.title = face.getAttribute("aria-label");
  }

  newNode(id) {
    const { say } = this.screen;
    const face = el("button", { type: "button", class: "wbb-face", tabindex: "-1", "data-id": id },
      el("span", { class: "wbb-facetop" }, el("span", { class: "wbb-order" }), el("span", { class: "wbb-tags" })),
      el("span", { class: "wbb-name", dir: "auto" }),
      el("span", { class: "wbb-bar" }, el("i")),
      el("span", { class: "wbb-odds" }, el("span", { class: "wbb-reached" }), el("span", { class: "wbb-runway" })));
    face.addEventListener("focus", () => this.mode || this.select(id));
    face.addEventListener("dblclick", () => this.rename(id));
    const handle = el("span", { class: "wbb-handle", title: say("Drag to what comes after"), "aria-hidden": "true" });
    return el("div", { class: "wbb-node", "data-id": id }, face, handle);
  }

  nameOf(id) {
    return this.drawn.nodes.find((node) => node.id === id)?.name || id;
  }

  needs(id) {
    return this.drawn.links.filter(([, then]) => then === id).map(([first]) => first);
  }

  /** Where a milestone stands, in pixels. */
  at(milestone) {
    const { w, h, gx, gy, pad } = this.size;
    const [across, down] = this.narrow ? [milestone.row, milestone.column] : [milestone.column, milestone.row];
    return { x: pad + across * (w + gx), y: pad + down * (h + gy) };
  }

  place() {
    const { w, h, pad } = this.size;
    this.places = new Map();
    let [right, bottom] = [0, 0];
    for (const milestone of this.drawn.nodes) {
      const spot = this.at(milestone);
      this.places.set(milestone.id, spot);
      const node = this.nodes.get(milestone.id);
      if (node && !node.classList.contains("wbb-dragged")) {
        node.style.transform = `translate(${spot.x}px, ${spot.y}px)`;
        node.style.width = `${w}px`;
        node.style.height = `${h}px`;
      }
      [right, bottom] = [Math.max(right, spot.x + w), Math.max(bottom, spot.y + h)];
    }
    this.field.style.width = `${right + pad}px`;
    this.field.style.height = `${bottom + pad}px`;
    this.root.classList.toggle("wbb-narrow", this.narrow);
    this.drawLines();
  }

  drawLines() {
    const known = this.drawn.links.filter(([a, b]) => this.places.has(a) && this.places.has(b));
    fill(this.lines, arrowHeads(this.arrow), known.map(([first, then]) => this.line(first, then)),
      (this.drawn.pending || []).map(([first, then]) => this.line(first, then, "wbb-pending")));
    this.showCut();
  }

  line(first, then, kind = "") {
    const d = curve(this.places.get(first), this.places.get(then), this.size, this.narrow, this.way(first, then));
    const chosen = this.link && this.link[0] === first && this.link[1] === then;
    const near = this.selected && (first === this.selected || then === this.selected);
    const visible = el("svg:path", { d, class: `wbb-line ${kind} ${chosen ? "wbb-chosen" : ""} ${near ? "wbb-near" : ""}`, "marker-end": `url(#${this.arrow})` });
    const touch = el("svg:path", { d, class: "wbb-touch", onclick: () => this.chooseLink(first, then) });
    return el("svg:g", {}, visible, touch);
  }

  /** Past what stands between two milestones: on the row of the one, of the other, or between. */
  way(first, then) {
    const [a, b] = [first, then].map((id) => this.drawn.nodes.find((node) => node.id === id));
    if (this.narrow || !a || !b || b.column - a.column < 2) return "";
    const free = (row) => !this.drawn.nodes.some((node) => node.row === row && node.column > a.column && node.column < b.column);
    return free(a.row) ? "late" : free(b.row) ? "early" : "between";
  }

  chooseLink(first, then) {
    this.link = [first, then];
    this.drawLines();
    this.cut.focus();
  }

  showCut() {
    const places = this.link && this.link.map((id) => this.places.get(id));
    const there = places && places.every(Boolean) && this.drawn.links.some(([a, b]) => a === this.link[0] && b === this.link[1]);
    this.cut.hidden = !there;
    if (!there) return;
    const { w, h } = this.size;
    const x = (places[0].x + places[1].x + w) / 2;
    const y = (places[0].y + places[1].y + h) / 2;
    this.cut.style.transform = `translate(${x - 14}px, ${y - 14}px)`;
    const label = this.screen.say("Take away: {first} before {then}", { first: this.nameOf(this.link[0]), then: this.nameOf(this.link[1]) });
    this.cut.setAttribute("aria-label", label);
    this.cut.title = label;
  }

  unlinkChosen() {
    const [first, then] = this.link;
    this.link = null;
    this.screen.order("unlink", { first, then });
    this.focus(then);
  }

  select(id, { tell = true } = {}) {
    if (this.selected === id) return;
    this.selected = id;
    for (const [one, node] of this.nodes) node.classList.toggle("wbb-selected", one === id);
    this.roving();
    this.drawLines();
    if (tell) this.screen.order("select", { id });
    this.screen.selectionChanged();
  }

  /** One milestone can be reached with Tab; arrows lead to the others. */
  roving() {
    const home = this.nodes.has(this.selected) ? this.selected : this.drawn.nodes[0]?.id;
    for (const [id, node] of this.nodes) {
      node.classList.toggle("wbb-selected", id === this.selected);
      node.querySelector(".wbb-face").tabIndex = id === home ? 0 : -1;
      node.querySelector(".wbb-face").setAttribute("aria-current", id === this.selected ? "true" : "false");
    }
  }

  focus(id) {
    const face = this.nodes.get(id)?.querySelector(".wbb-face");
    if (!face) return false;
    face.focus({ preventScroll: true });
    this.reveal(id);
    return true;
  }

  /** Scroll the board, and only the board, until the node is seen. */
  reveal(id) {
    const spot = this.places.get(id);
    if (!spot) return;
    const { w, h, pad } = this.size;
    const board = this.board;
    const left = Math.min(spot.x - pad, Math.max(board.scrollLeft, spot.x + w + pad - board.clientWidth));
    const top = Math.min(spot.y - pad, Math.max(board.scrollTop, spot.y + h + pad - board.clientHeight));
    board.scrollTo({ left, top });
  }

  focusSomething() {
    const id = this.nodes.has(this.selected) ? this.selected : this.drawn.nodes[this.drawn.nodes.length - 1]?.id;
    if (!id || !this.focus(id)) this.board.focus();
  }

  /** A name is written on the node itself; Enter keeps it, Escape leaves it as it was. */
  rename(id) {
    const node = this.nodes.get(id);
    if (!node) return;
    writeName(this, node, this.nameOf(id), this.screen.say("Name of the milestone"), (name) => {
      this.focus(id);
      if (name !== null && name !== this.nameOf(id)) {
        node.querySelector(".wbb-name").textContent = name;
        this.screen.order("rename", { id, name });
      }
    });
  }

  /** A new milestone is written where it will stand, before the kernel has heard of it. */
  add(how, id = this.selected) {
    const { w, h, gx, gy, pad } = this.size;
    const anchor = this.pendingAdds ? "@" : id; // the one before it may still be under way
    const beside = this.places?.get(id);
    const ghost = el("div", { class: "wbb-node wbb-ghost" });
    const step = how === "before" ? -0.5 : 0.5;
    let spot = { x: pad, y: pad };
    if (beside) spot = this.narrow ? { x: beside.x, y: beside.y + step * (h + gy) } : { x: beside.x + step * (w + gx), y: beside.y + 14 };
    spot = { x: Math.max(4, spot.x), y: Math.max(4, spot.y) };
    ghost.style.transform = `translate(${spot.x}px, ${spot.y}px)`;
    ghost.style.width = `${w}px`;
    ghost.style.height = `${h}px`;
    this.field.append(ghost);
    this.root.classList.add("wbb-writing");
    const label = how === "before" && id
      ? this.screen.say("What must be true before “{name}”?", { name: this.nameOf(id) })
      : id ? this.screen.say("What comes after “{name}”?", { name: this.nameOf(id) }) : this.screen.say("Name of the milestone");
    writeName(this, ghost, "", label, (name) => {
      this.root.classList.remove("wbb-writing");
      if (name) {
        ghost.classList.add("wbb-sent");
        ghost.append(el("span", { class: "wbb-name", text: name, dir: "auto" }));
        this.screen.addMilestone(name, how, anchor);
      } else {
        ghost.remove();
        if (!this.focus(id)) this.board.focus();
      }
    });
    ghost.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }

  /** Keys that came while a milestone was on its way are done when it has arrived. */
  replay() {
    const waiting = this.queue.splice(0);
    waiting.forEach((event) => keyOnCanvas(this, event));
  }

  delete(id = this.selected) {
    if (id) this.screen.order("delete", { id });
  }
}
