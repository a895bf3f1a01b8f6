import type { RouteRecordRaw } from 'vue-router';
import { GROUPS, type Feature, type MenuPlace } from './feature-contract.ts';

/** A place of the menu, with the names of all pages that lie in it. */
export interface Place extends MenuPlace {
  readonly name: string;
  readonly pages: readonly string[];
}

/** The places of the menu, in its order: those of every day first. */
export function placesOf(features: readonly Feature[]): Place[] {
  return GROUPS.flatMap((group) =>
    features.flatMap(({ name, place }) => {
      if (place?.group !== group) return [];
      const own = features.filter((one) => one.name === name || one.within === name);
      const routes = withChildren(own.flatMap((one) => one.routes ?? []));
      return [{ ...place, name, pages: routes.map((route) => String(route.name)) }];
    }),
  );
}

/** Pages with those that open beside them. */
export function withChildren(routes: readonly RouteRecordRaw[]): RouteRecordRaw[] {
  return routes.flatMap((route) => [route, ...withChildren(route.children ?? [])]);
}

export function isIn({ pages }: Place, routeName: unknown): boolean {
  return typeof routeName === 'string' && pages.includes(routeName);
}
