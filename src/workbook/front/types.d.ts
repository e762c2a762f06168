/* What elements.js makes, and a widget's model. For the type checker only. */

/** Attributes of an element, its `text`, its `value`, its listeners. */
export type Props = Record<string, unknown>;
/** What may stand in an element; nothing where it is not there. */
export type Children = Node | string | null | undefined | false | Children[];

/** Makes an element: `svg:path` for one of a picture. */
export interface El {
  <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, props?: Props, ...children: Children[]): HTMLElementTagNameMap[Tag];
  (tag: `svg:${string}`, props?: Props, ...children: Children[]): SVGElement;
}

/** The widget's model, as anywidget hands it over. */
export interface Model {
  get(name: string): any;
  send(content: object, callbacks?: undefined, buffers?: ArrayBuffer[]): void;
  on(name: string, act: () => void): void;
  off(name: string, act: () => void): void;
  comm_live?: boolean;
}
