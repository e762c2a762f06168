/* Where each milestone stands, in pixels: left to right by what it hangs on; downwards on a narrow
   screen. A row that is too long for the screen is folded like a line of text where its folds fit. */

/** @typedef {{ column: number, row: number }} Place where a milestone stands, counted in columns and rows */

const WIDE = { w: 176, h: 112, gx: 52, gy: 20, pad: 18 };
const NARROW = { w: 150, h: 112, gx: 14, gy: 34, pad: 12 };
/** The narrowest a node and its gap are drawn: as a rule, and where the chain is drawn small to fit. */
const ROOMY = { w: 138, gx: 26, pad: 18 };
const DENSE = { w: 105, gx: 14, pad: 12 };
const NARROW_BELOW = 560;
/** The lowest a node is drawn, with what lies over the foot of a low board; its name has two lines then. */
const LOW = 88;
const FOOT = 32;

export class Places {
  /** Measured once for all milestones: to ask the page between two of them is slow.
      @param {Place[]} nodes @param {{ clientWidth: number, clientHeight: number }} board @param {number} screenWidth @param {boolean} [dense] */
  constructor(nodes, board, screenWidth, dense = false) {
    this.least = dense ? DENSE : ROOMY;
    const columns = 1 + Math.max(0, ...nodes.map((node) => node.column));
    this.rows = 1 + Math.max(0, ...nodes.map((node) => node.row));
    this.narrow = screenWidth > 0 && screenWidth < NARROW_BELOW;
    this.each = this.narrow ? columns : this.folded(columns, board.clientWidth, board.clientHeight);
    this.size = this.narrow ? NARROW : this.shrunk(this.each, board.clientWidth, board.clientHeight, columns);
  }

  /** How wide the whole is, each node at its least. */
  get width() {
    if (this.narrow) return 0;
    const { w, gx, pad } = this.least;
    return 2 * pad + this.each * (w + gx) - gx;
  }

  /** How many columns stand in a line.
      @param {number} columns @param {number} width @param {number} height */
  folded(columns, width, height) {
    const { w, gx, pad } = this.least;
    const most = Math.floor((width - 2 * pad + gx) / (w + gx));
    if (most < 2 || columns <= most) return columns;
    const lines = Math.ceil(columns / most);
    const high = 2 * WIDE.pad + lines * this.rows * (WIDE.h + WIDE.gy) - WIDE.gy;
    return high <= height ? Math.ceil(columns / lines) : columns;
  }

  /** How large a node is: smaller where that lets the whole chain be seen, down to a limit.
      @param {number} columns in a line @param {number} width @param {number} height @param {number} all columns */
  shrunk(columns, width, height, all) {
    const { least } = this;
    const each = (width - 2 * least.pad + least.gx) / columns;
    const h = this.low(height, all);
    if (!width || each >= WIDE.w + WIDE.gx) return { ...WIDE, h };
    const w = Math.max(least.w, Math.min(WIDE.w, 0.82 * each));
    return { ...WIDE, w, h, gx: Math.max(least.gx, Math.min(WIDE.gx, each - w)), pad: least.pad };
  }

  /** How high a node is: the first row, and the last of a fold, do not reach under what lies over the
      foot of the board.
      @param {number} height @param {number} columns */
  low(height, columns) {
    const rows = columns > this.each ? Math.ceil(columns / this.each) * this.rows : 1;
    const each = Math.floor((height - this.least.pad - FOOT + WIDE.gy) / rows) - WIDE.gy;
    return !height ? WIDE.h : Math.max(LOW, Math.min(WIDE.h, each));
  }

  /** In which line of the fold a column stands.
      @param {number} column */
  line(column) {
    return this.narrow ? 0 : Math.floor(column / this.each);
  }

  /** Where a milestone stands.
      @param {Place} milestone */
  at({ column, row }) {
    const { w, h, gx, gy, pad } = this.size;
    const line = this.line(column);
    const [across, down] = this.narrow ? [row, column] : [column - line * this.each, line * this.rows + row];
    return { x: pad + across * (w + gx), y: pad + down * (h + gy) };
  }
}
