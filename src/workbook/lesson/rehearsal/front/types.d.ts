/* What the kernel sends the rehearsal's page. For the type checker only. */

import type { Model } from "../../../front/types.d.ts";

/** A sentence of the diary: its week in words, what happened, the cash after it. */
export interface Line {
  week: number;
  when: string;
  text: string;
  left: string;
  kind: string;
}

export interface Tile {
  label: string;
  value: string;
  note: string;
  kind: string;
}

/** How many more rounds of a milestone can be paid for; `more` beyond those that are drawn. */
export interface Rounds {
  count: number;
  said: string;
}

export interface Step {
  name: string;
  state: "reached" | "here" | "ready" | "ahead" | "skipped" | "lost";
  said: string;
  goal: boolean;
}

export interface Choice {
  id: string;
  key: string;
  title: string;
  /** The fork that it belongs to, where several are open. */
  group: string;
  terms: string[];
  kind: string;
  /** What the coach says of it, where it was asked. */
  coach: string;
  best: boolean;
}

/** What cannot be done now, of one kind: names that share a reason, and the reason. */
export interface WhyNot {
  heading: string;
  rows: { title: string; reason: string }[];
}

export interface Coach {
  label: string;
  asked: string;
  said: string;
  warning: string;
}

export interface Decision {
  title: string;
  text: string;
  verdict: string;
  kind: string;
  /** The number of the decision to go back to. */
  rewind: number;
  rewind_label: string;
}

export interface Debrief {
  lines: string[];
  /** The odds line; of a rehearsal that was rewound, with that of before. */
  picture: string;
  decisions: Decision[];
  same_luck: { head: string[]; rows: string[][] } | null;
  diary: Line[];
  notes: string[];
}

export interface Act {
  do: string;
  label: string;
  primary?: boolean;
}

/** One screen of the rehearsal. */
export interface Board {
  serial: number;
  stage: "begin" | "decide" | "ended";
  title: string;
  luck: string;
  place: string;
  intro: string[];
  week: number;
  from_week: number;
  horizon: number;
  when: string;
  tiles: Tile[];
  rounds: Rounds[];
  chain: Step[];
  since: Line[];
  known: string[];
  due: string[];
  question: string;
  choices: Choice[];
  why_not: WhyNot[];
  coach: Coach | null;
  /** The question for the chance of the attempt that starts; empty where none does. */
  chance: string;
  who: { label: string; value: string } | null;
  acts: Act[];
  end: string;
  end_kind: string;
  debrief: Debrief | null;
  said: string;
  fault: string;
  /** What a screen reader hears of this screen. */
  spoken: string;
}

/** The labels of the page, by name. */
export type Labels = Record<string, string>;

export interface Messages {
  html_lang: string;
  labels: Labels;
}

export type { Model };
