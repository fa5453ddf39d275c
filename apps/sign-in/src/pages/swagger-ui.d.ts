/** As much of it as is used here. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  type Component = (props: never) => Element;
  interface Element {
    type: unknown;
  }
  type CreateElement = (
    type: string | Component,
    props?: object | null,
    ...children: (Element | string)[]
  ) => Element;
  export interface System {
    React: { createElement: CreateElement };
    getComponent: (name: string, isContainer?: boolean) => Component;
  }
  export default function SwaggerUI(options: object): void;
}
