/* What the kernel sends the page, and what the page's modules hand to one another. For the type
   checker only: nothing of it is shipped with the page's program. */

import type { Children, El, Model, Props } from "../../front/types.d.ts";
import type { Canvas } from "./canvas.js";
import type { Screen } from "./screen.js";

/** A value of the plan file, as JSON has it. */
export type Value = any;
/** A figure: a number, or a text with its sign where it adds to another ("+1700"). */
export type Figure = number | string;
/** What `say` puts into the gaps of a sentence. */
export type Gaps = Record<string, string | number>;
export type Say = (sentence: string, gaps?: Gaps) => string;

/** A command to the kernel. */
export interface Command {
  do: string;
  path?: string;
  weeks?: Record<string, number | null>;
  [detail: string]: unknown;
}

/** A button that the kernel offers with what it says. */
export interface Act {
  label: string;
  do: string;
  detail?: object;
}

export interface Said {
  text: string;
  kind: "note" | "fault" | "asks";
  count: number;
  acts: Act[];
  path: string;
}

/** What was typed into a box, as the kernel understood it. */
export interface Entry {
  path: string;
  text: string;
  notes: string[];
  problem: string;
  choices: string[];
}

export interface Kept {
  file: string;
  kind: "note" | "fault";
  text: string;
  acts?: Act[];
}

/** What is typed into a box while the kernel does not know it. */
export interface Typing {
  path: string;
  text: string;
  last: boolean;
  timer: ReturnType<typeof setTimeout>;
}

/** A milestone as the canvas draws it. */
export interface BoardNode {
  id: string;
  name: string;
  order: number;
  column: number;
  row: number;
  goal: boolean;
  origin: boolean;
  kernel: boolean;
  skipped: boolean;
  unwritten: string[];
  leans: string;
  state?: "passed" | "failed";
  state_said?: string;
}

export interface ForkOption {
  id: string;
  name: string;
  note?: string;
}

export interface Fork {
  id: string;
  name: string;
  note: string;
  opens: string;
  milestone: string | null;
  chosen: string;
  options: ForkOption[];
}

export type Link = [first: string, then: string];

export interface LogEntry {
  week: number;
  milestone?: string;
  result?: "passed" | "failed";
  cash?: number;
  customers?: number;
  figure?: string;
  counted?: number;
  of?: number;
  decision?: "go" | "no-go" | "redirect";
  note?: string;
}

/** A figure with a range that can be counted; `now` where a count teaches something by now. */
export interface Countable {
  figure: string;
  label: string;
  unit: "share" | "people" | "money";
  now: boolean;
}

export interface GuideStep {
  title: string;
  done: boolean;
  now: boolean;
}

export interface GuideBoard {
  steps: GuideStep[];
  done?: boolean;
  question?: string;
  text?: string;
  open?: string;
  milestone?: string;
}

/** The chain, the plan, and what was just said. */
export interface Board {
  serial: number;
  revision: number;
  title?: string;
  nodes: BoardNode[];
  links: Link[];
  /** Those of the links that are one of several. */
  either?: Link[];
  forks?: Fork[];
  plan?: Value;
  next_weeks?: Record<string, number>;
  countable?: Countable[];
  counts_customers?: boolean;
  selected?: string;
  said?: Said;
  entries?: Entry[];
  /** Ids of the milestones that were new rows of the table, by the keys of those. */
  named?: Record<string, string>;
  kept?: Kept;
  guide?: GuideBoard;
  can_undo?: boolean;
  can_redo?: boolean;
  /** Links that the kernel has not heard of yet. */
  pending?: Link[];
}

/** What stands on a node of the last play. */
export interface Odds {
  share: number;
  /** The share of all lives that end at it, and the same in words. */
  lost_share: number;
  lost: string;
  /** By which week half, and eight in ten, of all lives have reached it. */
  week: number | null;
  likely_by: number | null;
  reached: string;
  runway: string;
  said: string;
  gap: boolean;
}

export interface Item {
  text: string;
  title?: string;
  kind?: string;
  source?: string;
  milestone?: string;
  act?: Act;
  items?: Item[];
}

/** One page of the answers. */
export interface Page {
  id: string;
  title: string;
  count?: number | string;
  lines?: string[];
  notes?: string[];
  /** Whether it has a picture, which is sent while the page is open. */
  drawn?: boolean;
  svg?: string;
  tool?: "compare" | "decide";
  a?: string;
  b?: string;
  versions?: { id: string; name: string }[];
  /** Which of them stand in the picture, what it says, and how it was played. */
  sides?: string[];
  side_lines?: string[];
  side_notes?: string[];
  pair?: { title: string; svg: string; said: string }[];
  items?: Item[];
}

/** What comes of the plan of one revision. */
export interface Answer {
  revision?: number;
  at_rest?: boolean;
  nodes?: Record<string, Odds>;
  fates?: string;
  headline?: string[];
  why?: string;
  legend?: [fate: string, count: string, name: string][];
  pages?: Page[];
  odds?: { share?: string; change?: string; said?: string };
  done?: boolean;
  moves?: { gain: string; label: string; do: string; detail: object }[];
}

/** The plans in the folder, and which is on the canvas. */
export interface PlanList {
  now?: string;
  deleted?: string;
  said?: string;
  plans?: { name: string; title: string; written: string }[];
}

/** A start that was read and waits to be taken. */
export interface Preview {
  n?: number;
  lines?: string[];
  faults?: string[];
  ready?: boolean;
  taken?: boolean;
  blank?: boolean;
}

/** One figure of the form. */
export interface Field {
  path: string;
  kind: string;
  label: string;
  help?: string;
  unit?: string;
  slide?: [number, number];
  step?: number;
  optional?: boolean;
  signed?: boolean;
  when?: string;
  part?: Value;
  last?: string;
  empty?: string;
  columns?: Field[];
  fields?: Field[];
  keyed?: string;
  ranged?: boolean;
  weekly?: boolean;
  table?: boolean;
  row?: Value;
  choices?: [string, string][];
}

export interface FieldGroup {
  id: string;
  title: string;
  folded: boolean;
  fields: Field[];
}

export type Form = Record<"milestone" | "resources", FieldGroup[]>;

/** Everything that the page says, whatever the plan. */
export interface Words {
  lang: string;
  html_lang: string;
  form: Form;
  cases: { id: string; title: string; example: boolean }[];
  sentences: Record<string, string>;
}

/** Where the figure at a path comes from. */
export interface Source {
  value: Value;
  mark: string;
  ground: string;
}

/** What a field knows of the place that it stands for. */
export interface FieldContext {
  screen: Screen;
  path: string;
  milestone: string | null;
  lang: string;
  htmlLang: string;
  say: Say;
  unit(unit: string): string;
  get(): Value;
  set(value: Value, drag?: boolean): void;
  setAt(at: string, value: Value): void;
  enter(place: string, text: string, now: boolean, last?: boolean): void;
  settle(): void;
  /** The fields of an item of it, or of the part itself, with their places. */
  inner(fields: Field[], key?: string): HTMLElement[];
  /** A part that is folded away until it is opened, remembered by its place. */
  fold(place: string, title: HTMLElement, build: () => Children[]): HTMLDetailsElement;
  /** Tell only what is about the place itself: its parts have boxes of their own. */
  own(frame: { tell(entries: Entry[]): void }): (entries: Entry[]) => void;
}

/** A field on the page. */
export interface Control {
  node: HTMLElement;
  wrong(reason: string | null): void;
  tell(entries: Entry[]): void;
  update(value: Value): void;
  shape?: string;
}

/** One box of a field. */
export interface Box {
  node: HTMLElement;
  update(value: Value): void;
}

/** What a box for one number gets: its own label, and its place below that of its field. */
export interface BoxAt {
  label?: string | null;
  at?: string;
  get(): Value;
  factor?: number;
  last?: boolean;
}

export interface NumberBox extends Box {
  box: HTMLInputElement;
  show(value: Figure | null): void;
}

export interface Spot {
  x: number;
  y: number;
}

/** How large a node is, and the gaps between two of them, in pixels. */
export interface Size {
  w: number;
  h: number;
  gx: number;
  gy: number;
  pad: number;
}

/** A row of the table: a milestone, or, without an id, one that is not yet known by its key. */
export interface GridRow {
  id: string;
  key: string;
  node: HTMLTableRowElement;
  head: HTMLTableCellElement;
  /** Its boxes by the paths of their columns. */
  cells: Map<string, HTMLInputElement>;
}

/** What a key press says; one that had to wait is said again without its event. */
export type KeyPress = Pick<KeyboardEvent, "key" | "altKey" | "target" | "preventDefault"> &
  Partial<Pick<KeyboardEvent, "ctrlKey" | "metaKey" | "shiftKey" | "isComposing" | "keyCode">>;

/** Something that can be done: what it is, its key on the canvas. */
export interface Action {
  label: string;
  keys: string;
  act(): void;
}

/** Something that follows the pointer until it lets go. */
export interface Gesture {
  move(spot: Spot, origin: Spot, event: PointerEvent): void;
  drop(spot: Spot): void;
  leave(moved?: boolean): void;
}

export interface Target {
  id: string;
  far: number;
  spot: Spot;
  forward: boolean;
  sideways: boolean;
}

export type { Canvas, Children, El, Model, Props, Screen };

declare global {
  interface Window {
    jupyterapp?: unknown;
  }
}
