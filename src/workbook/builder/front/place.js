/* Where each milestone stands, in pixels: left to right by what it hangs on; downwards on a narrow
   screen. A row that is too long for the screen is folded like a line of text where its folds fit. */

/** @typedef {{ column: number, row: number }} Place where a milestone stands, counted in columns and rows */

const WIDE = { w: 176, h: 112, gx: 52, gy: 20, pad: 18 };
const NARROW = { w: 150, h: 112, gx: 14, gy: 34, pad: 12 };
const LEAST_WIDTH = 138;
const LEAST_GAP = 26;
const NARROW_BELOW = 560;

export class Places {
  /** Measured once for all milestones: to ask the page between two of them is slow.
      @param {Place[]} nodes @param {{ clientWidth: number, clientHeight: number }} board @param {number} screenWidth */
  constructor(nodes, board, screenWidth) {
    const columns = 1 + Math.max(0, ...nodes.map((node) => node.column));
    this.rows = 1 + Math.max(0, ...nodes.map((node) => node.row));
    this.narrow = screenWidth > 0 && screenWidth < NARROW_BELOW;
    this.each = this.narrow ? columns : this.folded(columns, board.clientWidth, board.clientHeight);
    this.size = this.narrow ? NARROW : this.shrunk(this.each, board.clientWidth);
  }

  /** How wide the whole is, each node at its least. */
  get width() {
    if (this.narrow) return 0;
    return 2 * WIDE.pad + this.each * (LEAST_WIDTH + LEAST_GAP) - LEAST_GAP;
  }

  /** How many columns stand in a line.
      @param {number} columns @param {number} width @param {number} height */
  folded(columns, width, height) {
    const most = Math.floor((width - 2 * WIDE.pad + LEAST_GAP) / (LEAST_WIDTH + LEAST_GAP));
    if (most < 2 || columns <= most) return columns;
    const lines = Math.ceil(columns / most);
    const high = 2 * WIDE.pad + lines * this.rows * (WIDE.h + WIDE.gy) - WIDE.gy;
    return high <= height ? Math.ceil(columns / lines) : columns;
  }

  /** How large a node is: smaller where that lets the whole chain be seen, down to a limit.
      @param {number} columns @param {number} width */
  shrunk(columns, width) {
    const each = (width - 2 * WIDE.pad + LEAST_GAP) / columns;
    if (!width || each >= WIDE.w + WIDE.gx) return WIDE;
    const w = Math.max(LEAST_WIDTH, Math.min(WIDE.w, 0.82 * each));
    return { ...WIDE, w, gx: Math.max(LEAST_GAP, Math.min(WIDE.gx, each - w)) };
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
